"""The vacancy board: which homes, for which search, and how fresh what it says is."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest

from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.register import Approval, CarerType, PlacementType, Skill, SkillLevel
from carers.domain.roles import Role
from tests.browser import Page, words
from tests.statements import count_of

BOARD = "/vacancies"


@pytest.fixture
def service(make) -> Any:
    return make.service()


@pytest.fixture
def officer(make, service, sign_in) -> Any:
    return sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=service))


def days_ago(days: int) -> datetime:
    return clock.at(clock.today() - timedelta(days=days), time(9))


def homes(page: Page) -> list[str]:
    """The names of the homes, in order."""
    tables = [table for table in page.tree.iter("table") if "c-stack" in table.get("class", "")]
    return [
        words(next(row.iter("a")))
        for table in tables
        for row in table.iter("tr")
        if next(row.iter("a"), None) is not None
    ]


def bands(page: Page) -> dict[str, str]:
    """How many homes there are for each age."""
    table = next(iter(page.tree.iter("table")))
    return {
        words(row[0]): words(row[1]).split()[0]
        for body in table.iter("tbody")
        for row in body.iter("tr")
    }


def test_homes_with_a_vacant_place_are_there_and_no_others(make, service, officer):
    make.household(service, name="Vacant")
    make.placement(make.household(service, name="Full"))
    make.hold(make.household(service, name="On hold"))
    make.household(service, name="Ended", ended_on=clock.today())
    make.household(service, name="To come", approved_on=clock.today() + timedelta(days=1))
    make.household(service, name="Temporary", approval=Approval.TEMPORARY)
    make.household(name="Elsewhere")

    page = officer.get(BOARD)

    assert homes(page) == ["Vacant"]
    assert "1 place is vacant in 1 home" in page.text


def test_only_mainstream_homes_unless_another_population_is_asked(make, service, officer):
    make.household(service, name="General")
    make.household(service, name="Connected", carer_type=CarerType.CONNECTED_PERSON)

    assert homes(officer.get(BOARD)) == ["General"]
    assert homes(officer.get(f"{BOARD}?population=connected_person")) == ["Connected"]
    assert len(homes(officer.get(f"{BOARD}?population=all"))) == 2


def test_the_board_has_two_groups_and_says_what_stands_in_the_way(make, service, officer):
    make.household(service, name="Okoro", places=2)
    full = make.household(service, name="Said", places=4)
    for _ in range(3):
        make.placement(full)
    make.household(service, name="Adopts", carer_type=CarerType.EARLY_PERMANENCE)

    page = officer.get(BOARD)

    assert homes(page) == ["Okoro", "Adopts", "Said"]
    groups = [row[0] for row in page.rows if len(row) == 1]
    assert groups == ["Can take a child: 1 home, 2 places", "Cannot for now: 2 homes, 2 places"]
    why = {row[0].split()[0]: row[4] for row in page.rows if len(row) == 7}
    assert why["Adopts"].startswith("Approved for early permanence")
    assert why["Said"] == (
        "Usual limit of three children Unless all four are brothers and sisters, or under an"
        " exemption that names them all"
    )
    bold = [words(one) for one in page.all("strong")]
    assert "Usual limit of three children" in bold
    assert page.text.startswith(
        "Vacancy board 4 places are vacant in 3 homes. 1 home can take a child tonight."
    )
    asked = officer.get(f"{BOARD}?placement_type=fostering_to_adopt")
    assert "2 homes can take a child tonight" in asked.text


def test_either_group_may_be_shown_alone(make, service, officer):
    make.household(service, name="Okoro")
    make.household(service, name="Ending", ended_on=clock.today() + timedelta(days=1))

    assert homes(officer.get(BOARD)) == ["Okoro", "Ending"]
    assert homes(officer.get(f"{BOARD}?show=can&show=cannot")) == ["Okoro", "Ending"]
    can = officer.get(f"{BOARD}?show=can")
    assert homes(can) == ["Okoro"]
    assert can.link("remove Can take a child") == BOARD
    cannot = officer.get(f"{BOARD}?show=cannot")
    assert homes(cannot) == ["Ending"]
    assert "1 place is vacant in 1 home, which cannot take a child for now." in cannot.text
    assert "Print the list" not in cannot.text
    elsewhere = officer.get(f"{BOARD}?show=cannot&area=LF9")
    assert "No home matches. 1 would in any area." in elsewhere.text


def test_no_home_of_several_that_can_says_what_a_wider_search_would_find(make, service, officer):
    ending = make.household(service, name="Ending", ended_on=clock.today() + timedelta(days=1))
    make.skill(ending, Skill.BABIES)
    for n in range(4):
        make.household(service, name=f"Home {n}")

    page = officer.get(f"{BOARD}?skills=babies")

    assert homes(page) == ["4 would without the skill", "Ending"]
    assert "No home can take a child tonight." in page.text
    assert "No home can take a child. 4 would without the skill." in page.text


def test_the_age_that_fewest_homes_take_is_said_in_the_finding(make, service, officer):
    make.household(service, age_min=0, age_max=12)
    assert "1 home can take a child tonight, but not one of 13 to 15." in officer.get(BOARD).text
    make.household(service, age_min=5, age_max=12)
    assert "; none of them a child of 13 to 15." in officer.get(BOARD).text
    make.household(service, age_min=5, age_max=17)
    assert "; only 1 of them a child of 0 to 4." in officer.get(BOARD).text
    make.household(service, age_min=0, age_max=17)
    make.household(service, age_min=0, age_max=15)
    assert "; only 2 of them a child of 16 or over." in officer.get(BOARD).text
    assert "5 homes can take a child tonight." in officer.get(f"{BOARD}?age=7").text


def test_a_child_or_a_hold_that_comes_tomorrow_takes_the_place(make, service, officer):
    tomorrow = clock.today() + timedelta(days=1)
    coming = make.child(service, ref="C-0412")
    make.placement(make.household(service, name="Comes"), child=coming, from_on=tomorrow)
    make.hold(make.household(service, name="Holds"), from_on=tomorrow)
    make.placement(make.household(service, name="Later"), from_on=tomorrow + timedelta(days=1))
    stays = make.household(service, name="Two", places=2)
    other = make.service()
    make.placement(stays, from_on=tomorrow, service=other)

    page = officer.get(BOARD)

    said = {row[0].split()[0]: row[4] for row in page.rows if len(row) == 7}
    assert said["Comes"] == "C-0412 comes tomorrow No place is left"
    assert said["Holds"] == "On hold from tomorrow Carers are taking a break"
    assert said["Later"] == "None recorded"
    assert said["Two"].endswith("A child of another service comes tomorrow: 1 place stays vacant")
    assert "Two" not in homes(officer.get(f"{BOARD}?places=2&show=can"))


def test_a_home_says_its_places_ages_skills_area_and_for_how_long(make, service, officer):
    home = make.household(service, name="Foyle", places=2, age_min=5, age_max=12)
    make.placement(home)
    make.skill(home, Skill.RESPITE)
    make.skill(home, Skill.BABIES, level=SkillLevel.WILLING)
    left = clock.today() - timedelta(days=9)
    make.placement(home, from_on=date(2026, 1, 1), until_on=left)

    page = officer.get(BOARD)

    row = next(row for row in page.rows if row[0].startswith("Foyle H"))
    assert row[1] == "LF4"
    assert row[2] == "1 vacant"
    assert row[3] == "5 to 12"
    assert row[4] == "Respite"
    assert row[5] == "9 days"


def test_a_stale_home_stays_marked_with_ring_first(make, service, officer):
    make.confirmation(make.household(service, name="Stale"), days_ago(12))
    make.confirmation(make.household(service, name="Fresh"), days_ago(7))

    page = officer.get(BOARD)

    assert homes(page) == ["Fresh", "Stale"]
    stale = next(row for row in page.rows if row[0].startswith("Stale"))[6]
    assert stale.startswith("Stale")
    assert "12 days ago" in stale
    assert "Ring first" in stale
    assert "1 of 2 places was confirmed in the last 7 days" in page.text
    assert homes(officer.get(f"{BOARD}?fresh_only=y")) == ["Fresh"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("age=7", ["Five to twelve", "Any age"]),
        ("age=17", ["Any age"]),
        ("places=2", ["Any age"]),
        ("skills=respite", ["Five to twelve"]),
        ("skills=respite&skills=babies", []),
        ("placement_type=emergency", ["Five to twelve", "Any age"]),
        ("placement_type=remand", ["Any age"]),
        ("band=13-15", ["Any age"]),
        ("skills=juggling&placement_type=none&places=many&population=x&band=1", None),
    ],
)
def test_a_search_is_by_age_places_skill_and_placement_type(make, service, officer, asked, found):
    five = make.household(
        service,
        name="Five to twelve",
        age_min=5,
        age_max=12,
        placement_types=[PlacementType.EMERGENCY],
    )
    make.skill(five, Skill.RESPITE)
    make.confirmation(five, days_ago(1))
    make.household(service, name="Any age", places=2, age_min=None, age_max=None)

    assert homes(officer.get(f"{BOARD}?{asked}")) == (
        found if found is not None else ["Five to twelve", "Any age"]
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("seven", "Age must be a whole number"),
        ("18", "Age must be between 0 and 17"),
        ("-1", "Age must be between 0 and 17"),
        ("7%00", "Age must be a whole number"),
        ("9" * 30, "Age is too large a number"),
    ],
)
def test_a_bad_age_is_told_beside_the_field_and_not_asked(make, service, officer, typed, sentence):
    make.household(service, name="Foyle")

    page = officer.get(f"{BOARD}?age={typed}")

    assert page.errors["age"] == sentence
    assert homes(page) == ["Foyle"]


def test_what_is_on_can_be_taken_off_one_by_one(make, service, officer):
    make.skill(make.household(service, name="Foyle"), Skill.RESPITE)

    page = officer.get(f"{BOARD}?age=7&skills=respite&places=1")

    assert page.link("remove Age 7") == f"{BOARD}?skills=respite"
    assert page.link("remove Respite") == f"{BOARD}?age=7"


def test_no_home_says_what_a_wider_search_would_find(make, service, officer):
    for n in range(4):
        make.household(service, name=f"Home {n}")

    page = officer.get(f"{BOARD}?skills=babies&age=3")

    assert "No home matches. 4 would without the skill" in page.text
    assert len(homes(officer.get(page.link("4 would without the skill")))) == 4


def test_a_search_that_nothing_alone_would_widen_leads_to_the_whole_board(make, service, officer):
    make.household(service, age_min=10, age_max=12)

    page = officer.get(f"{BOARD}?skills=babies&age=3")

    assert page.link("See every mainstream home with a vacant place") == BOARD


def test_an_empty_service_says_when_a_home_appears(officer):
    assert "No home has a vacant place. One appears here when" in officer.get(BOARD).text


def test_each_age_counts_the_homes_that_take_it_and_opens_to_them(make, service, officer):
    make.household(service, name="Young", age_min=0, age_max=6)
    make.household(service, name="Old", age_min=13, age_max=None)

    page = officer.get(BOARD)

    assert bands(page) == {
        "0 to 4": "1",
        "5 to 9": "1",
        "10 to 12": "0",
        "13 to 15": "1",
        "16 and over": "1",
    }
    for band, count in bands(page).items():
        assert len(homes(officer.get(page.link(band)))) == int(count)


def test_a_child_takes_a_place_off_the_board(make, service, officer):
    home = make.household(service, name="Foyle", places=2)
    assert "2 places are vacant in 1 home" in officer.get(BOARD).text
    make.placement(home, from_on=clock.today())

    assert "1 place is vacant in 1 home" in officer.get(BOARD).text


def test_the_download_is_of_the_whole_search(make, service, officer):
    make.skill(make.household(service, name="=Foyle", ref="H-1"), Skill.RESPITE)
    make.household(service, name="Other")

    page = officer.get(f"{BOARD}.csv?skills=respite")

    rows = list(csv.DictReader(StringIO(page.html)))
    assert [(row["home"], row["name"], row["vacant"]) for row in rows] == [("H-1", "'=Foyle", "1")]
    assert rows[0]["stale"] == "true"
    assert "not-for-publication" in page.response.headers["Content-Disposition"]


def test_the_download_has_both_groups_with_the_reason(make, service, officer):
    make.household(service, ref="H-1", ended_on=clock.today() + timedelta(days=1))
    make.household(service, ref="H-2")

    rows = list(csv.DictReader(StringIO(officer.get(f"{BOARD}.csv").html)))

    assert [(row["home"], row["can_take_a_child"]) for row in rows] == [
        ("H-2", "true"),
        ("H-1", "false"),
    ]
    assert rows[0]["in_the_way"] == ""
    assert rows[1]["in_the_way"].startswith("Approval ends on ")
    assert rows[1]["in_the_way"].endswith(": no place is left")
    only = csv.DictReader(StringIO(officer.get(f"{BOARD}.csv?show=cannot").html))
    assert [row["home"] for row in only] == ["H-1"]


def test_fifty_homes_make_a_page_whichever_group_they_are_in(make, service, officer):
    for n in range(48):
        make.household(service, name=f"Home {n:02}")
    for n in range(3):
        make.household(service, name=f"Not {n}", ended_on=clock.today() + timedelta(days=1))

    first = officer.get(BOARD)

    assert len(homes(first)) == 50
    assert homes(first)[-2:] == ["Not 0", "Not 1"]
    assert homes(officer.get(f"{BOARD}?page=2")) == ["Not 2"]
    assert homes(officer.get(f"{BOARD}?page=999")) == ["Not 2"]
    assert len(homes(officer.get(f"{BOARD}?page=x"))) == 50
    assert "Can take a child" not in [row[0] for row in officer.get(f"{BOARD}?page=2").rows]


def test_a8_the_board_takes_as_many_statements_for_300_homes_as_for_3(make, service, officer):
    def more(number: int) -> None:
        for _ in range(number):
            home = make.household(service, places=2)
            make.skill(home, Skill.RESPITE)
            make.hold(home, reason=UnavailableReason.OTHER)
            make.placement(home, from_on=clock.today() + timedelta(days=1))

    more(3)
    officer.get(BOARD)
    of_three = count_of(lambda: officer.get(BOARD))
    more(297)

    assert count_of(lambda: officer.get(BOARD)) == of_three
