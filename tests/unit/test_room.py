"""Days on which places are short, what covers them, and what a correction takes beyond a row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carers.domain import room
from carers.domain.errors import RuleBroken
from carers.domain.home_changes import NotTheManager
from carers.domain.period import Period
from carers.domain.position import VacantSpell
from carers.domain.roles import Role

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def period(first: int, until: int | None = None) -> Period:
    return Period(day(first), None if until is None else day(until))


SPELLS = [
    VacantSpell(day(2), day(4), 1),
    VacantSpell(day(4), day(6), 0),
    VacantSpell(day(6), None, 2),
]


@pytest.mark.parametrize(
    ("asked", "places", "short"),
    [
        (period(2, 4), 1, []),
        (period(2), 1, [period(4, 6)]),
        (period(0, 3), 1, [period(0, 2)]),
        (period(5, 7), 2, [period(5, 6)]),
        (period(3), 3, [period(3, 4), period(4, 6), period(6)]),
    ],
)
def test_the_days_on_which_places_are_short(asked, places, short):
    assert room.short_of(SPELLS, asked, places) == short


def test_a_home_without_terms_is_short_on_every_day():
    assert room.short_of([], period(1, 3), 1) == [period(1, 3)]


@pytest.mark.parametrize(
    ("short", "exempt", "expected"),
    [
        ([], [], True),
        ([period(1)], [], False),
        ([period(1)], [period(0)], True),
        ([period(1)], [period(0, 5)], False),
        ([period(1, 5)], [period(0, 5)], True),
        ([period(1, 6)], [period(0, 3), period(3, 6)], True),
        ([period(1, 6)], [period(0, 3), period(4, 6)], False),
        ([period(1, 2), period(4, 5)], [period(1, 2), period(4)], True),
    ],
)
def test_exemptions_cover_days_only_one_after_another_without_a_gap(short, exempt, expected):
    assert room.are_covered(short, exempt) is expected


ROWS = st.tuples(st.integers(0, 9), st.none() | st.integers(0, 6), st.integers(1, 3)).map(
    lambda row: (period(row[0], None if row[1] is None else row[0] + row[1]), row[2])
)


@given(old=ROWS, new=ROWS)
def test_what_a_correction_takes_beyond_a_row_is_counted_by_hand(old, new):
    grown = room.growth(*old, *new)

    for number in range(20):
        on = day(number)
        more = new[1] * new[0].covers(on) - old[1] * old[0].covers(on)
        assert sum(places for part, places in grown if part.covers(on)) == max(more, 0)


def test_an_override_is_a_team_managers_with_a_reason():
    with pytest.raises(NotTheManager):
        room.check_override({Role.PLACEMENTS_OFFICER}, "Brothers together")
    with pytest.raises(RuleBroken, match="why it is right"):
        room.check_override({Role.TEAM_MANAGER}, " ")
    room.check_override({Role.TEAM_MANAGER}, "Brothers together")
