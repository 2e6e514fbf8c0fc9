"""Where a home stands: each place in one state, how fresh, since when vacant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carers.domain.capacity import Capacity, ConfirmerRole
from carers.domain.clock import LONDON
from carers.domain.position import (
    Confirmed,
    Freshness,
    PlaceState,
    Position,
    VacantSpell,
    in_words,
    states,
    sum_in_words,
    vacant_since,
)
from carers.domain.register import Approval

APPROVED = date(2020, 4, 1)


def fresh(month: int | None = None, day: int = 1) -> Freshness:
    """Confirmed at noon of a day of 2026, or never; within seven days."""
    at = datetime(2026, month, day, 12, tzinfo=LONDON) if month else None
    said = Confirmed(at, "Helen Marsh", ConfirmerRole.CARER) if at else None
    return Freshness(said, APPROVED, 7)


def test_withheld_places_are_taken_from_the_vacant_ones():
    now = Capacity(approved=3, filled=1, not_available=0)

    assert sum_in_words(now.withholding(1)) == (
        "3 approved + 0 over = 1 filled + 1 not available + 1 vacant"
    )


@given(approved=st.integers(0, 6), filled=st.integers(0, 8), recorded=st.integers(0, 8))
def test_every_place_is_in_just_one_state(approved, filled, recorded):
    capacity = Capacity.of(approved=approved, filled=filled, recorded=recorded)
    each = states(capacity)

    assert len(each) == capacity.approved + capacity.over
    assert each.count(PlaceState.OVER) == capacity.over
    assert each.count(PlaceState.FILLED) == capacity.filled - capacity.over
    assert each.count(PlaceState.VACANT) == capacity.vacant


def test_places_in_words_leave_out_what_there_is_none_of():
    assert in_words(Capacity(3, 1, 1)) == "1 vacant, 1 not available, 1 filled"
    assert in_words(Capacity(2, 3, 0)) == "3 filled, 1 over"
    assert in_words(Capacity(0, 0, 0)) == "no places"
    assert sum_in_words(Capacity(3, 1, 1)) == (
        "3 approved + 0 over = 1 filled + 1 not available + 1 vacant"
    )


def test_confirmed_on_24_march_is_confirmed_on_the_31st_and_stale_on_1_april():
    confirmed = fresh(3, 24)

    assert not confirmed.is_stale_on(date(2026, 3, 31))
    assert confirmed.is_stale_on(date(2026, 4, 1))
    assert confirmed.days_ago(date(2026, 4, 1)) == 8


def test_a_home_never_confirmed_is_stale_from_its_approval():
    assert fresh().is_stale_on(APPROVED)
    assert fresh().days_ago(APPROVED) is None


def test_a_home_without_approved_places_is_never_stale():
    position = Position(Capacity(0, 0, 0), 0, fresh(), Approval.HOST)

    assert not position.is_stale_on(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("capacity", "recorded", "said"),
    [
        (Capacity(3, 1, 1), 1, None),
        (Capacity(2, 3, 0), 0, "3 filled, and 2 approved"),
        (Capacity(3, 2, 1), 2, "2 on hold, and only 1 left to hold"),
    ],
)
def test_records_that_cannot_all_be_true_are_told(capacity, recorded, said):
    assert Position(capacity, recorded, fresh()).disagreement == said


def test_a_home_that_is_over_under_an_exemption_disagrees_with_nothing():
    over = Position(Capacity(3, 4, 0), 0, fresh(), is_exempt=True)

    assert over.disagreement is None


def test_a_vacant_place_has_been_so_since_the_unbroken_run_began():
    first = date(2026, 1, 1)
    spells = [
        VacantSpell(first, first + timedelta(days=10), 2),
        VacantSpell(first + timedelta(days=10), first + timedelta(days=20), 1),
        VacantSpell(first + timedelta(days=20), first + timedelta(days=30), 3),
        VacantSpell(first + timedelta(days=30), None, 0),
    ]
    day = first + timedelta(days=25)

    assert [vacant_since(spells, day, n) for n in (1, 2, 3, 4)] == [
        first,
        first + timedelta(days=20),
        first + timedelta(days=20),
        None,
    ]
    assert vacant_since(spells, first + timedelta(days=30), 1) is None
    assert vacant_since([], day, 1) is None
