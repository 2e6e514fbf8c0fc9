"""Where a home stands on a day: its places as recorded, and how far they are known to be true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from carers.domain.capacity import Capacity, ConfirmerRole
from carers.domain.clock import local_day
from carers.domain.labels import Code
from carers.domain.register import Approval
from carers.domain.today_homes import confirm_by


class PlaceState(Code):
    """What a place is: exactly one of these on every day."""

    FILLED = "filled"
    OVER = "over", "Over the approved number"
    NOT_AVAILABLE = "not_available"
    VACANT = "vacant"


def states(capacity: Capacity) -> tuple[PlaceState, ...]:
    """Each place of a home, filled ones first."""
    within = capacity.filled - capacity.over
    return (
        (PlaceState.FILLED,) * within
        + (PlaceState.OVER,) * capacity.over
        + (PlaceState.NOT_AVAILABLE,) * capacity.not_available
        + (PlaceState.VACANT,) * capacity.vacant
    )


def in_words(capacity: Capacity) -> str:
    """“2 vacant, 1 not available, 1 filled”: what there is none of is left out."""
    parts = {
        "vacant": capacity.vacant,
        "not available": capacity.not_available,
        "filled": capacity.filled,
        "over": capacity.over,
    }
    said = [f"{number} {name}" for name, number in parts.items() if number]
    return ", ".join(said) or "no places"


def sum_in_words(capacity: Capacity) -> str:
    """“3 approved + 0 over = 1 filled + 1 not available + 1 vacant”."""
    return (
        f"{capacity.approved} approved + {capacity.over} over = {capacity.filled} filled"
        f" + {capacity.not_available} not available + {capacity.vacant} vacant"
    )


@dataclass(frozen=True)
class Confirmed:
    """When a position was last confirmed, by whom, and in what capacity, where they are known."""

    at: datetime
    by: str | None
    role: ConfirmerRole | None


@dataclass(frozen=True)
class Freshness:
    """How long ago a home was confirmed; ``days`` is the service's confirmation_days."""

    confirmed: Confirmed | None
    approved_on: date
    days: int

    @property
    def confirm_by(self) -> date:
        """The last day on which the position is not stale."""
        confirmed_on = local_day(self.confirmed.at) if self.confirmed else None
        return confirm_by(confirmed_on, self.approved_on, self.days)

    def is_stale_on(self, day: date) -> bool:
        """Confirmed on 24 March is confirmed on the 31st and stale on 1 April, within 7 days."""
        return day > self.confirm_by

    def days_ago(self, day: date) -> int | None:
        return (day - local_day(self.confirmed.at)).days if self.confirmed else None


@dataclass(frozen=True)
class Position:
    """``recorded`` is what is withheld on paper; ``changed`` numbers the home's last change.

    It ``is_exempt`` where an exemption names every child who lives there.
    """

    capacity: Capacity
    recorded: int
    freshness: Freshness
    approval: Approval = Approval.FULL
    changed: int = 0
    is_exempt: bool = False

    @property
    def has_places(self) -> bool:
        """Only a full approval has places to confirm (METRICS, Approval)."""
        return self.approval is Approval.FULL

    def is_stale_on(self, day: date) -> bool:
        return self.has_places and self.freshness.is_stale_on(day)

    @property
    def disagreement(self) -> str | None:
        """In what way the records cannot all be true. An exemption explains why it is over."""
        capacity = self.capacity
        if capacity.over and not self.is_exempt:
            return f"{capacity.filled} filled, and {capacity.approved} approved"
        if self.recorded > capacity.not_available:
            return f"{self.recorded} on hold, and only {capacity.not_available} left to hold"
        return None


@dataclass(frozen=True)
class VacantSpell:
    """How many places of a home were vacant from one day until another, none for still so."""

    from_on: date
    until_on: date | None
    vacant: int


def vacant_since(spells: Iterable[VacantSpell], day: date, nth: int) -> date | None:
    """Since when a home's nth vacant place has been vacant (METRICS, days_vacant); none if not.

    The spells are the ledger's, in order and without a gap.
    """
    since: date | None = None
    for spell in spells:
        if spell.from_on > day:
            break
        if spell.vacant < nth:
            since = None
        elif since is None:
            since = spell.from_on
    return since
