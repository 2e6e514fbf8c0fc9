"""Which homes may be confirmed together, and which are asked one by one."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from carers.domain.capacity import Capacity
from carers.domain.clock import at
from carers.domain.confirming import SinceConfirmed, is_answered, why_alone
from carers.domain.position import Confirmed, Freshness, Position

TODAY = date(2026, 11, 24)
HELD = "a hold was expected to end on 24 November"
HAPPENED = "something has happened since it was last confirmed"


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (SinceConfirmed(), None),
        (SinceConfirmed(hold_ended_on=TODAY + timedelta(days=1)), None),
        (SinceConfirmed(hold_ended_on=TODAY), HELD),
        (SinceConfirmed(has_happened=True), HAPPENED),
        (SinceConfirmed(has_happened=True, hold_ended_on=TODAY), HELD),
    ],
)
def test_a_home_is_asked_by_itself_after_a_change_or_a_holds_end(
    since: SinceConfirmed, why: str | None
) -> None:
    assert why_alone(since, TODAY) == why


@pytest.mark.parametrize(
    ("confirmed_on", "since", "answered"),
    [
        (None, SinceConfirmed(), False),
        (TODAY - timedelta(days=1), SinceConfirmed(), False),
        (TODAY, SinceConfirmed(), True),
        (TODAY, SinceConfirmed(hold_ended_on=TODAY), True),
        (TODAY, SinceConfirmed(has_happened=True), False),
    ],
)
def test_a_home_confirmed_today_is_asked_no_more_unless_something_happened(
    confirmed_on: date | None, since: SinceConfirmed, answered: object
) -> None:
    confirmed = Confirmed(at(confirmed_on, time(9)), None, None) if confirmed_on else None
    position = Position(Capacity(1, 0, 0), 0, Freshness(confirmed, date(2020, 4, 1), 7))

    assert is_answered(position, since, TODAY) is answered
