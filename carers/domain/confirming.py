"""Which homes may be confirmed together, and which must be looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carers.domain.clock import local_day
from carers.domain.lateness import day_month
from carers.domain.position import Position


@dataclass(frozen=True)
class SinceConfirmed:
    """What came after a home’s last confirmation.

    ``has_happened``: a child came or left, a hold or terms began or ended, or any of them was
    recorded or corrected. ``hold_ended_on`` is the earliest expected end of a hold in force.
    """

    has_happened: bool = False
    hold_ended_on: date | None = None


def why_alone(since: SinceConfirmed, day: date) -> str | None:
    """Why a home is not confirmed unseen with the others, none where it may be.

    A hold is over on its expected end, the first day on which the place can be used again.
    """
    if since.hold_ended_on and since.hold_ended_on <= day:
        return f"a hold was expected to end on {day_month(since.hold_ended_on, day)}"
    if since.has_happened:
        return "something has happened since it was last confirmed"
    return None


def is_answered(position: Position, since: SinceConfirmed, day: date) -> bool:
    """Whether it was confirmed today and nothing happened since: it is not asked twice."""
    confirmed = position.freshness.confirmed
    return confirmed is not None and local_day(confirmed.at) == day and not since.has_happened
