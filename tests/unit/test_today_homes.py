"""What is due today about homes: to confirm, to bring back, to ask about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.today import Tag, items_for
from carers.domain.today_work import HoldOfToday
from tests.unit.histories import day, instant
from tests.unit.test_today import ANOTHER, ME, asked, home, seen


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        ("2021-03-24", [("Confirm Bell", "overdue", "Stale")]),
        ("2021-03-25", [("Confirm Bell", "today", "Last day")]),
        ("2021-03-26", []),
        (None, [("Confirm Bell", "overdue", "Stale")]),
    ],
)
def test_a_home_is_stale_on_the_day_after_its_seventh(confirmed, expected):
    assert seen("supervising_social_worker", [home(confirmed)], "2021-04-01 10:00") == expected


def test_a_stale_home_says_since_when():
    records = [home("2021-03-20"), home(None, names="Lowe", vacant=0)]

    never, stale = asked("supervising_social_worker", records, "2021-04-01 10:00")

    assert (stale.tag, stale.left) == (Tag.STALE, "5 days over")
    assert stale.why == "Last confirmed 20 March, 12 days ago. 1 vacant place."
    assert never.why == "Never confirmed. 0 vacant places."


def test_a_placements_officer_rings_stale_homes_with_a_vacant_place_first():
    records = [
        home("2021-03-01", workers=[ANOTHER]),
        home("2021-03-01", vacant=0),
        home("2021-03-31"),
    ]

    assert seen("placements_officer", records, "2021-04-01 10:00") == [
        ("Ring Bell first", "overdue", "Stale")
    ]


def test_a_team_manager_sees_silent_homes_and_those_nobody_has():
    records = [home("2021-03-01", workers=[ANOTHER]), home("2021-03-31", workers=[], names="Lowe")]

    assert seen("team_manager", records, "2021-04-01 10:00") == [
        ("Ask for Bell to be confirmed", "overdue", "Stale"),
        ("Give Lowe to a supervising social worker", "undated", "No due date"),
    ]


@pytest.mark.parametrize(
    ("confirmed", "approved", "expected"),
    [
        ("2021-03-17", "2020-01-01", [("Ask for Bell to be confirmed", "overdue", "Stale")]),
        ("2021-03-18", "2020-01-01", []),
        (None, "2021-03-17", [("Ask for Bell to be confirmed", "overdue", "Stale")]),
        (None, "2021-03-18", []),
    ],
)
def test_two_weeks_of_silence_are_the_team_managers(confirmed, approved, expected):
    silent = replace(home(confirmed, workers=[ANOTHER]), approved_on=day(approved))

    assert seen("team_manager", [silent], "2021-04-01 10:00") == expected


def test_silence_says_since_when_and_how_long_after_two_weeks():
    [item] = asked("team_manager", [home("2021-03-14")], "2021-04-01 10:00")

    assert (item.tag, item.left) == (Tag.STALE, "4 days over")
    assert item.why == "Last confirmed 14 March, 18 days ago. 1 vacant place."


def test_a_service_that_confirms_less_often_is_not_silent_before_its_own_days():
    own = Standards.of({"confirmation_days": "28"})

    silent = [home("2021-03-05"), home("2021-03-03", names="Lowe")]
    roles, now = frozenset({Role.TEAM_MANAGER}), instant("2021-04-01 10:00")

    found = items_for(roles, [], silent, person=ME, now=now, standards=own)

    assert [item.title for item in found] == ["Ask for Lowe to be confirmed"]


def test_places_on_hold_are_brought_back_when_expected():
    holds = (
        HoldOfToday(1, "carers are taking a break", day("2021-05-01")),
        HoldOfToday(2, "checks expired", day("2021-03-30")),
    )
    [item] = asked(
        "supervising_social_worker", [home("2021-03-31", holds=holds)], "2021-04-01 10:00"
    )

    assert (item.title, item.words, item.tag) == (
        "Bring back places at Bell",
        "2 days over",
        Tag.OVERDUE,
    )
    assert item.why == "2 places on hold, checks expired: expected back on 30 March."
