"""What is due today about homes: to confirm, to bring back, to ask about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carers.domain.register import Approval, ExtensionReason
from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.temporary_approvals import end_of
from carers.domain.today import Tag, items_for
from carers.domain.today_work import HoldOfToday, HomeOfToday, OverLimit
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


def test_a_place_reserved_for_a_search_that_is_closed_is_to_be_brought_back():
    holds = (HoldOfToday(1, "kept for a planned move", day("2021-04-01"), "S-0007"),)
    [item] = asked(
        "supervising_social_worker", [home("2021-03-31", holds=holds)], "2021-04-01 10:00"
    )

    assert item.title == "Bring back places at Bell"
    assert item.why == "Search S-0007 is closed, and 1 place is reserved for it still."


def temporary(first: str, *, extended: bool = False, **given: Any) -> HomeOfToday:
    end = end_of(
        Approval.TEMPORARY,
        day(first),
        extended_on=day(first) if extended else None,
        reason=ExtensionReason.ASSESSMENT_NOT_COMPLETE if extended else None,
    )
    there: HomeOfToday = home(None, **given)
    return replace(there, has_places=False, vacant=0, temporary=end)


@pytest.mark.parametrize("role", ["supervising_social_worker", "team_manager"])
@pytest.mark.parametrize(
    ("extended", "on", "title", "group", "tag"),
    [
        (False, "2021-03-24", None, None, None),
        (False, "2021-03-25", "Book a panel for Bell", "later", None),
        (False, "2021-04-07", "Book a panel for Bell", "later", None),
        (False, "2021-04-08", "Extend the temporary approval of Bell, or end it", "later", "soon"),
        (False, "2021-04-22", "Extend the temporary approval of Bell, or end it", "today", "soon"),
        (False, "2021-04-23", "Approve Bell, or move the child", "overdue", "overdue"),
        (True, "2021-04-23", None, None, None),
        (True, "2021-06-02", None, None, None),
        (True, "2021-06-03", "Approve Bell, or move the child", "later", "soon"),
        (True, "2021-06-17", "Approve Bell, or move the child", "today", "soon"),
        (True, "2021-06-18", "Approve Bell, or move the child", "overdue", "overdue"),
    ],
)
def test_a_temporary_approval_is_told_of_in_its_weeks_12_14_16_22_and_24(
    role, extended, on, title, group, tag
):
    found = asked(role, [temporary("2021-01-01", extended=extended)], f"{on} 10:00")

    said = [(item.title, item.group.value, item.tag and item.tag.value) for item in found]
    assert said == ([(title, group, tag)] if title else [])


def test_a_temporary_approval_says_when_it_ends_and_how_long_it_may_last():
    [before] = asked("team_manager", [temporary("2021-01-01")], "2021-04-08 10:00")
    [after] = asked("team_manager", [temporary("2021-01-01", extended=True)], "2021-06-20 10:00")

    assert before.why == "Temporary approval ends on 22 April, after 16 weeks."
    assert (after.why, after.words) == (
        "Temporary approval ended on 17 June, after 24 weeks, with its extension.",
        "3 days over",
    )


def test_a_temporary_approval_is_for_whoever_has_the_home_and_their_manager():
    records = [temporary("2021-01-01", workers=[ANOTHER])]

    assert seen("supervising_social_worker", records, "2021-04-08 10:00") == []
    assert seen("placements_officer", records, "2021-04-08 10:00") == []
    both = frozenset({Role.SUPERVISING_SOCIAL_WORKER, Role.TEAM_MANAGER})
    own = Standards.of({})
    for workers in ([ME], [ANOTHER]):
        theirs = [temporary("2021-01-01", workers=workers)]
        at = instant("2021-04-08 10:00")
        assert len(items_for(both, [], theirs, person=ME, now=at, standards=own)) == 1


def test_a_home_without_places_has_none_to_confirm():
    records = [replace(home(None), has_places=False, vacant=0)]

    for role in ("supervising_social_worker", "placements_officer", "team_manager"):
        assert seen(role, records, "2021-04-01 10:00") == []


@pytest.mark.parametrize("role", ["supervising_social_worker", "team_manager"])
def test_a_home_over_the_usual_limit_is_asked_about_in_red(role):
    over = replace(home("2021-04-01"), over_limit=OverLimit(4, day("2021-03-30")))

    [item] = asked(role, [over], "2021-04-01 10:00")

    assert (item.title, item.tag, item.words) == (
        "Get an exemption for Bell",
        Tag.OVERDUE,
        "3 days over",
    )
    assert item.why == (
        "4 children live there, over the usual fostering limit of 3, and no exemption names them"
        " all."
    )
