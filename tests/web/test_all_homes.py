"""The list of all homes: who is in it, how it is narrowed, and its download."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest

from carers.db import db
from carers.domain import clock
from carers.domain.register import Approval, CarerType, EndReason, Skill, SkillLevel
from carers.domain.roles import Role
from tests.browser import Page
from tests.statements import count_of

LIST = "/households"
MANAGER, SUPERVISOR = Role.TEAM_MANAGER, Role.SUPERVISING_SOCIAL_WORKER


@pytest.fixture
def service(make) -> Any:
    return make.service()


@pytest.fixture
def manager(make, service, sign_in) -> Any:
    return sign_in(make.viewer(MANAGER, works_for=service))


def days_ago(days: int) -> datetime:
    return clock.at(clock.today() - timedelta(days=days), time(9))


def names(page: Page) -> list[str]:
    """The homes, in order; every name in these tests is one word."""
    return [row[0].split("H-")[0] for row in page.rows]


def test_every_home_that_has_not_ended_is_there_and_no_other_services(make, service, manager):
    make.household(service, name="Open")
    make.household(service, name="Coming", approved_on=clock.today() + timedelta(days=3))
    make.household(service, name="Ended", ended_on=clock.today())
    make.household(service, name="Temporary", approval=Approval.TEMPORARY, places=None)
    make.household(name="Elsewhere")

    page = manager.get(LIST)

    assert names(page) == ["Coming", "Open", "Temporary"]
    assert page.link("All homes") == LIST


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=vacant", ["Brandt", "Foyle"]),
        ("state=full", ["Okoro"]),
        ("state=on_hold", ["Held"]),
        ("state=over", ["Over"]),
        ("state=ended", ["Ended"]),
        ("state=stale", ["Brandt", "Held", "Okoro", "Over"]),
        ("state=vacant&state=ended", ["Brandt", "Ended", "Foyle"]),
        ("type=respite", ["Brandt"]),
        ("type=respite&type=general&state=vacant", ["Brandt", "Foyle"]),
        ("skill=babies", ["Foyle"]),
        ("skill=babies&skill=remand", []),
        ("area=LF9", ["Okoro"]),
        ("with=nobody", ["Brandt", "Held", "Okoro", "Over"]),
        ("q=foy", ["Foyle"]),
        ("q=LF91", ["Okoro"]),
        ("q=lf9+1", ["Okoro"]),
        ("q=01632+960+645", ["Foyle"]),
        ("q=H-7001", ["Ended"]),
        ("q=100%25", []),
        ("state=nothing&type=x&skill=y&sort=z&page=w&with=v", None),
    ],
)
def test_it_is_narrowed_and_searched(make, service, manager, asked, found):
    number = iter(range(7000, 7100))

    def home(name: str, **given: Any) -> Any:
        named = {"ref": f"H-{next(number)}", "phone": None}
        return make.household(service, name=name, **(named | given))

    foyle = home("Foyle", places=2, phone="01632 960645")
    home("Ended", ended_on=date(2026, 1, 5), end_reason=EndReason.RETIRED)
    home("Brandt", carer_type=CarerType.RESPITE)
    make.placement(home("Okoro", postcode="LF9 1AB"))
    make.hold(home("Held"))
    over = home("Over")
    make.placement(over)
    make.skill(foyle, Skill.BABIES)
    make.skill(foyle, Skill.REMAND, level=SkillLevel.WILLING)
    make.confirmation(foyle, days_ago(7))
    make.allocation(make.viewer(SUPERVISOR, works_for=service), household=foyle)
    over.terms[0].until_on = clock.today()  # a gap, which only a load brings about
    db.session.commit()

    page = manager.get(f"{LIST}?{asked}")

    everything = ["Brandt", "Foyle", "Held", "Okoro", "Over"]
    assert names(page) == (everything if found is None else found)


def test_a_worker_finds_those_allocated_to_them(make, service, manager, sign_in):
    worker = make.viewer(SUPERVISOR, works_for=service)
    make.allocation(worker, household=make.household(service, name="Mine"))
    make.household(service, name="Other")

    page = sign_in(worker).get(f"{LIST}?with={worker.membership_id}")

    assert names(page) == ["Mine"]
    assert page.link(f"remove With {worker.name}") == LIST
    assert names(manager.get(f"{LIST}?with={uuid4()}")) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Amber", "Beryl", "Coral"]),
        ("confirmed", ["Beryl", "Coral", "Amber"]),
        ("vacant", ["Coral", "Amber", "Beryl"]),
        ("area", ["Beryl", "Coral", "Amber"]),
    ],
)
def test_it_is_sorted(make, service, manager, sort, order):
    amber = make.household(service, name="Amber", postcode="LF11 1AA")
    make.household(service, name="Beryl", postcode="LF1 1AA")
    coral = make.household(service, name="Coral", postcode="LF2 1AA", places=3)
    make.confirmation(amber, days_ago(1))
    make.confirmation(coral, days_ago(3))

    assert names(manager.get(f"{LIST}?sort={sort}")) == order


def test_a_row_says_what_the_home_is_and_who_has_it(make, service, manager):
    home = make.household(service, name="Foyle", places=2, ended_on=date(2199, 1, 1))
    make.skill(home, Skill.RESPITE)
    worker = make.viewer(SUPERVISOR, works_for=service)
    make.allocation(worker, household=home)

    row = manager.get(LIST).rows[0]

    assert row[1:3] == ["LF4", "General"]
    assert row[3] == "2 vacant Ends 1 January 2199"
    assert row[4:6] == ["Respite", worker.name]
    assert "Never confirmed" in row[6]


def test_nothing_found_and_nothing_there_say_what_to_do(make, service, manager):
    assert "No home is approved yet" in manager.get(LIST).text
    make.household(service)

    page = manager.get(f"{LIST}?skill=babies")

    assert page.link("Show every home") == LIST


def test_fifty_make_a_page_and_the_download_is_of_the_whole_filter(make, service, manager):
    for n in range(51):
        make.household(service, name=f"=Home{n:02}", ref=f"H-{n:04}")

    assert len(manager.get(LIST).rows) == 50
    page = manager.get(f"{LIST}?page=2")
    assert names(page) == ["=Home50"]
    download = manager.get(page.link("Download all 51 (CSV)"))

    rows = list(csv.DictReader(StringIO(download.html)))
    assert len(rows) == 51
    assert (rows[0]["home"], rows[0]["name"], rows[0]["vacant"]) == ("H-0000", "'=Home00", "1")
    assert "not-for-publication" in download.response.headers["Content-Disposition"]


def test_only_those_who_work_with_carers_have_the_list(make, service, sign_in):
    officer = sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=service))
    head = sign_in(make.viewer(Role.HEAD_OF_SERVICE, works_for=service))

    assert officer.get(LIST).status == 403
    assert "All homes" not in officer.get("/vacancies").html
    assert head.get(LIST).status == 200


def test_a8_the_list_takes_as_many_statements_for_300_homes_as_for_3(make, service, manager):
    worker = make.viewer(SUPERVISOR, works_for=service)

    def more(number: int) -> None:
        for _ in range(number):
            home = make.household(service, places=2)
            make.skill(home, Skill.RESPITE)
            make.allocation(worker, household=home)

    more(3)
    manager.get(LIST)
    of_three = count_of(lambda: manager.get(LIST))
    more(297)

    assert count_of(lambda: manager.get(LIST)) == of_three
