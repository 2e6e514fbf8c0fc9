"""The list for tonight: what it says, what it never says, and in which order."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from carers.domain import clock
from carers.domain.register import CarerType, Skill
from carers.domain.roles import Role
from tests.browser import Page, words
from tests.statements import count_of

TONIGHT, BOARD = "/vacancies/tonight", "/vacancies"


@pytest.fixture
def service(make) -> Any:
    return make.service(name="Elmshire")


@pytest.fixture
def officer(make, service, sign_in) -> Any:
    return sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=service))


def days_ago(days: int) -> datetime:
    return clock.at(clock.today() - timedelta(days=days), time(9))


def child(make: Any, service: Any) -> Any:
    return make.child(service, ref="C-0412", born_on=date(2014, 1, 1))


def first_cells(page: Page) -> list[str]:
    return [row[0] for row in page.rows]


def test_homes_are_by_area_each_with_its_number_in_bold(make, service, officer):
    for name, postcode in (("Tate", "LF11 1AA"), ("Okoro", "LF2 2BB"), ("Aziz", "LF11 3CC")):
        make.household(service, name=name, ref=name[:1], postcode=postcode)
    make.household(service, name="Nowhere", ref="N", postcode=None, phone=None)

    page = officer.get(TONIGHT)

    assert page.heading == "Homes for tonight"
    assert first_cells(page) == [
        *("LF2", "Okoro O", "LF11", "Aziz A", "Tate T", "Area not known", "Nowhere N")
    ]
    bold = [words(one) for one in page.all("strong")]
    assert bold.count("01632 960645") == 3
    assert "No number" in page.text
    assert "Elmshire, " in page.text
    assert "4 homes, 4 places" in page.text


def test_it_says_who_printed_it_when_and_when_to_shred_it(make, service, officer):
    make.household(service)
    tomorrow = clock.today() + timedelta(days=1)

    text = officer.get(TONIGHT).text

    assert "Confidential" in text
    assert f"by {officer.viewer.name}" in text
    assert f"Shred after 9am on {tomorrow.day} {tomorrow:%B %Y}" in text


@pytest.mark.parametrize(
    ("hour", "night", "shred"),
    [
        (time(16, 45), "Tuesday 24 November 2026, 5pm to Wednesday 9am", "25 November 2026"),
        (time(2), "Monday 23 November 2026, 5pm to Tuesday 9am", "24 November 2026"),
    ],
)
def test_the_night_is_from_5pm_to_9am_after_midnight_too(
    make, service, sign_in, hour, night, shred
):
    make.household(service)
    viewer = make.viewer(Role.PLACEMENTS_OFFICER, works_for=service)

    with time_machine.travel(clock.at(date(2026, 11, 24), hour), tick=False):
        text = sign_in(viewer).get(TONIGHT).text

    assert f"Elmshire, {night}. 1 home, 1 place" in text
    assert f"Shred after 9am on {shred}" in text


def test_only_homes_that_can_take_a_child_are_listed_and_the_rest_is_counted(
    make, service, officer
):
    make.household(service, name="Okoro")
    make.household(service, name="Ending", ended_on=clock.today() + timedelta(days=1))
    make.household(service, name="Adopts", carer_type=CarerType.EARLY_PERMANENCE)
    make.household(service, name="Kin", carer_type=CarerType.CONNECTED_PERSON, places=3)
    held = make.household(service, name="Held", places=2)
    make.hold(held, places=2)

    page = officer.get(f"{TONIGHT}?show=cannot")

    assert [row[0].split()[0] for row in page.rows] == ["LF4", "Okoro"]
    assert (
        "Not listed: 2 homes with a vacant place that cannot take a child for now, and 2 places of"
        " mainstream homes not available. Places taken after"
    ) in page.text


def test_a_stale_home_is_to_be_rung_first_and_nobodys_address_is_there(make, service, officer):
    granted: dict[str, Any] = {"places": 2, "genders": ["F"], "age_min": 5}
    home = make.household(service, name="Foyle", address="7 Larch Road", **granted)
    make.skill(home, Skill.BABIES)
    make.placement(home, child=make.child(service, ref="C-0412", born_on=date(2014, 1, 1)))
    make.confirmation(home, days_ago(12))

    page = officer.get(TONIGHT)

    row = page.rows[1]
    assert row[2:6] == ["1", "5 to 17", "female", "Babies"]
    assert row[6] == "Ring first: not confirmed for 12 days. C-0412 (12) at home."
    assert row[7].startswith("Stale, ")
    assert "Larch" not in page.html
    assert "1AA" not in page.html


def test_what_else_to_know_is_said(make, service, officer):
    home = make.household(service, name="Okoro", conditions="First year: one child", places=2)
    make.placement(home, service=make.service())
    siblings = make.household(service, name="Tate", siblings_only=True, places=2)
    make.placement(siblings, from_on=clock.today() + timedelta(days=1), child=child(make, service))
    leaving = clock.today() + timedelta(days=40)
    make.household(service, name="Vale", ended_on=leaving)

    okoro, tate, vale = (row[6] for row in officer.get(TONIGHT).rows[1:])

    assert okoro.startswith("Ring first: never confirmed. A child of another service at home.")
    assert okoro.endswith("First year: one child.")
    assert "C-0412 comes tomorrow: 1 place stays vacant. Only for brothers and sisters." in tate
    assert "at home" not in tate
    assert f"Approval ends on {leaving.day} {leaving:%B}" in vale


def test_the_list_is_of_the_boards_filter_and_leads_back_to_it(make, service, officer):
    make.household(service, name="Okoro", postcode="LF1 2BB", places=2)
    make.household(service, name="Tate", postcode="LF9 1AA")
    board = officer.get(f"{BOARD}?area=LF1&places=2")

    page = officer.get(board.link("Print the list for tonight"))

    assert page.rows[0] == ["LF1"]
    assert len(page.rows) == 2
    assert "Only: LF1; 2 or more places" in page.text
    assert page.link("Back") == f"{BOARD}?places=2&area=LF1"


def test_none_says_so(officer):
    page = officer.get(TONIGHT)

    assert "No home matches" in page.text
    assert page.link("Go back to the vacancy board") == BOARD


def test_the_board_is_of_an_area_or_several(make, service, officer):
    for n in (1, 1, 2, 3):
        make.household(service, postcode=f"LF{n} 1AA")

    page = officer.get(f"{BOARD}?area=LF1&area=LF2&area=%00")

    assert "Can take a child: 3 homes, 3 places" in page.text
    assert "LF1 (2)" in page.text
    assert page.link("remove LF1 and LF2") == BOARD
    nowhere = officer.get(f"{BOARD}?area=ZZ9")
    assert "No home matches. 4 would in any area" in nowhere.text


def test_a8_the_list_takes_as_many_statements_for_300_homes_as_for_3(make, service, officer):
    def more(number: int) -> None:
        for _ in range(number):
            make.placement(make.household(service, places=2))

    more(3)
    officer.get(TONIGHT)
    of_three = count_of(lambda: officer.get(TONIGHT))
    more(297)

    assert count_of(lambda: officer.get(TONIGHT)) == of_three
