"""Every place on hold: what it says, how it is narrowed, its order and its download."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest

from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.roles import Role
from tests.browser import Page, words
from tests.statements import count_of

LIST = "/on-hold"


@pytest.fixture
def service(make) -> Any:
    return make.service()


@pytest.fixture
def officer(make, service, sign_in) -> Any:
    return sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=service))


def day(number: int) -> date:
    return clock.today() + timedelta(days=number)


def held(make: Any, service: Any, name: str, **given: Any) -> Any:
    """A home of two places, one of them on hold."""
    home = make.household(service, name=name, places=2)
    make.hold(home, **given)
    return home


def names(page: Page) -> list[str]:
    """The homes, in order; every name in these tests is one word."""
    return [row[0].split()[0] for row in page.rows]


def test_every_hold_of_now_and_to_come_is_there_and_no_other(make, service, officer):
    held(make, service, "Now")
    held(make, service, "Back", until_on=day(0))
    held(make, service, "Mistake", is_void=True)
    held(make, service, "Coming", from_on=day(9), until_on=day(12))
    held(make, service, "Never", from_on=day(9), until_on=day(9))
    held(make, make.service(), "Elsewhere")
    make.hold(make.household(service, name="Ended", ended_on=day(0)))

    page = officer.get(LIST)

    assert names(page) == ["Now", "Coming"]
    assert "1 place is not available in 1 home. 1 hold begins later." in page.text
    assert page.rows[1][1] == "1 place"
    assert page.rows[1][3].startswith("Begins later ")


def test_holds_that_all_begin_later_take_no_place_today(make, service, officer):
    held(make, service, "Coming", from_on=day(3))
    held(make, service, "Later", from_on=day(4))

    text = officer.get(LIST).text

    assert "No place is taken by a hold today. 2 holds begin later." in text


def test_a_hold_says_its_home_reason_since_expected_end_and_who_answers(make, service, officer):
    owner = make.member(Role.SUPERVISING_SOCIAL_WORKER, works_for=service, name="Noor Haddad")
    home = held(
        make,
        service,
        "Foyle",
        reason=UnavailableReason.HOME_UNSUITABLE,
        from_on=date(2026, 3, 2),
        expected_until_on=date(2030, 4, 1),
        owner_id=owner.id,
    )
    held(make, service, "Okoro")

    page = officer.get(LIST)

    foyle, okoro = page.rows
    assert foyle[0] == f"Foyle {home.ref}"
    assert foyle[1:] == [
        *("1 not available", "Home not suitable for now", "Mon 2 Mar", "Mon 1 Apr 2030"),
        "Noor Haddad",
    ]
    assert okoro[4:] == ["None", "Nobody"]
    assert page.link("Foyle") == f"/households/{home.id}#holds"
    assert officer.get(f"/households/{home.id}").all("h2", id="holds")


def test_past_its_expected_end_a_hold_is_marked_and_comes_first(make, service, officer):
    for name, expected in (("None", None), ("Later", 9), ("Last", 0), ("Over", -1), ("Long", -20)):
        ends = None if expected is None else day(expected)
        held(make, service, name, expected_until_on=ends)

    page = officer.get(LIST)

    assert names(page) == ["Long", "Over", "Last", "Later", "None"]
    tags = [words(one) for one in page.all("strong", class_="c-tag c-tag--red")]
    assert tags == ["Over by 20 days", "Over by 1 day"]
    assert "2 holds are past their expected end." in page.text
    only = officer.get(f"{LIST}?past=y")
    assert names(only) == ["Long", "Over"]
    assert only.link("remove Past its expected end") == LIST


def test_a_hold_that_finds_fewer_places_than_it_records_says_so(make, service, officer):
    home = make.household(service, name="Full", places=2)
    make.placement(home)
    make.hold(home, places=2, ref="N-1")
    make.hold(home, places=1, ref="N-2")
    other = make.household(service, name="Other", places=4)
    make.placement(other)
    make.placement(other)
    make.hold(other, places=3)

    page = officer.get(LIST)

    assert [row[1] for row in page.rows] == [
        "Of 2 recorded, 1 takes a place",
        "Of 1 recorded, none takes a place",
        "Of 3 recorded, 2 take a place",
    ]
    assert "3 places are not available in 2 homes." in page.text


def test_a_list_is_narrowed_by_reason_and_by_who_answers(make, service, officer):
    owner = make.member(Role.SUPERVISING_SOCIAL_WORKER, works_for=service, name="Noor Haddad")
    held(make, service, "Break", owner_id=owner.id)
    held(make, service, "Checks", reason=UnavailableReason.CHECKS_EXPIRED)
    held(make, service, "Other", reason=UnavailableReason.OTHER, owner_id=owner.id)

    page = officer.get(f"{LIST}?reason=checks_expired&reason=carer_break&reason=x")
    assert names(page) == ["Break", "Checks"]
    assert "Other (1)" in page.text
    assert page.link("remove Carers are taking a break and Checks expired") == LIST
    page = officer.get(f"{LIST}?owner={owner.id}")
    assert names(page) == ["Break", "Other"]
    assert page.link("remove Noor Haddad answers") == LIST
    assert "Checks expired (" not in page.text
    page = officer.get(f"{LIST}?owner=nobody&reason=checks_expired")
    assert names(page) == ["Checks"]
    assert page.link("remove Nobody answers") == f"{LIST}?reason=checks_expired"
    assert names(officer.get(f"{LIST}?owner=x")) == ["Break", "Checks", "Other"]


def test_none_found_leads_to_all_and_none_at_all_says_how_one_comes(make, service, officer):
    assert "No place is on hold. A home’s supervising social worker puts" in officer.get(LIST).text
    held(make, service, "Foyle")
    page = officer.get(f"{LIST}?owner={uuid4()}")
    assert "No hold matches." in page.text
    assert page.link("remove Somebody else answers") == LIST
    assert page.link("See the one hold") == LIST
    held(make, service, "Okoro")
    assert officer.get(f"{LIST}?past=y").link("See all 2 holds") == LIST


def test_the_download_is_of_the_whole_filter(make, service, officer):
    home = held(make, service, "=Foyle", ref="N-1", expected_until_on=day(-3))
    held(make, service, "Okoro")

    page = officer.get(officer.get(f"{LIST}?past=y").link("Download all 1 (CSV)"))

    (row,) = csv.DictReader(StringIO(page.html))
    assert (row["home"], row["name"], row["hold"]) == (home.ref, "'=Foyle", "N-1")
    assert (row["places_recorded"], row["places_taken"], row["days_over"]) == ("1", "1", "3")
    assert (row["reason"], row["owner"], row["begins_later"]) == ("carer_break", "", "false")
    assert "not-for-publication" in page.response.headers["Content-Disposition"]


def test_fifty_holds_make_a_page(make, service, officer):
    for n in range(51):
        held(make, service, f"Home{n:02}")

    assert len(names(officer.get(LIST))) == 50
    assert names(officer.get(f"{LIST}?page=2")) == ["Home50"]


@pytest.mark.parametrize("role", [Role.RECRUITMENT_OFFICER, Role.SENIOR_READER])
def test_who_may_not_read_capacity_does_not_see_it(make, service, sign_in, role):
    assert sign_in(make.viewer(role, works_for=service)).get(LIST).status == 403


def test_the_list_takes_as_many_statements_for_300_holds_as_for_3(make, service, officer):
    def more(number: int) -> None:
        for _ in range(number):
            held(make, service, "Home")

    more(3)
    officer.get(LIST)
    of_three = count_of(lambda: officer.get(LIST))
    more(297)

    assert count_of(lambda: officer.get(LIST)) == of_three
