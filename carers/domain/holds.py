"""Places on hold: which a search is of, which are past their expected end, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from carers.domain.capacity import UnavailableReason


@dataclass(frozen=True)
class PlacesOnHold:
    """A hold that is in force, or begins later. It may record more places than it can take.

    ``taken`` is what it takes today of its home's places (METRICS, Capacity on a day).
    """

    ref: str
    household_id: UUID
    home: str
    home_ref: str
    recorded: int
    taken: int
    reason: UnavailableReason
    from_on: date
    expected_until_on: date | None
    owner_id: UUID | None
    owner: str | None

    def is_to_come(self, day: date) -> bool:
        return self.from_on > day

    def days_over(self, day: date) -> int:
        """How many days it is past its expected end; 0 on the day itself, when it may be back."""
        return max((day - self.expected_until_on).days, 0) if self.expected_until_on else 0


@dataclass(frozen=True)
class WantedHolds:
    """What is asked of holds: any of the reasons, and whoever answers unless somebody is named."""

    day: date
    reasons: frozenset[UnavailableReason] = frozenset()
    owner: UUID | None = None
    nobodys: bool = False
    past_only: bool = False

    def fits(self, hold: PlacesOnHold) -> bool:
        return (
            (not self.reasons or hold.reason in self.reasons)
            and (self.owner is None or hold.owner_id == self.owner)
            and not (self.nobodys and hold.owner_id)
            and not (self.past_only and not hold.days_over(self.day))
        )

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of what was asked."""
        return tuple(name for name, unasked in UNASKED.items() if getattr(self, name) != unasked)

    def without(self, name: str) -> WantedHolds:
        """The same, but for one thing that was asked."""
        return replace(self, **{name: UNASKED[name]})


UNASKED: Mapping[str, Any] = {
    "past_only": False,
    "owner": None,
    "nobodys": False,
    "reasons": frozenset(),
}


def in_order(holds: Iterable[PlacesOnHold], wanted: WantedHolds) -> list[PlacesOnHold]:
    """Those wanted: in force before to come, then by expected end; without one they come last."""

    def key(hold: PlacesOnHold) -> tuple[bool, bool, date, str, str]:
        to_come, ends = hold.is_to_come(wanted.day), hold.expected_until_on
        first = hold.from_on if to_come else ends or date.max
        return to_come, ends is None and not to_come, first, hold.home, hold.ref

    return sorted(filter(wanted.fits, holds), key=key)
