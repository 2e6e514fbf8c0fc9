"""Terms of approval put right: those beside them, and whether the home can bear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.terms_change import Used, check_room

InForce = tuple[Period, int]  # when, and how many places


@dataclass(frozen=True)
class ExemptStay:
    """Days on which a child lives in a home and an exemption names them."""

    placement_id: UUID
    period: Period
    places: int


def joined(old: Period, new: Period, other: Period) -> Period:
    """The days of other terms, which still meet those that are put right where they met before.

    Raises RuleBroken where none would be left.
    """
    if old.is_empty or other.is_empty:
        return other
    if other.end == old.start and new.start != old.start:
        return _left(Period(other.start, new.start), "from_on")
    if other.start == old.end and new.end and new.end != old.end:
        return _left(Period(new.end, other.end), "until_on")
    return other


def reopened(removed: Period, other: Period) -> Period:
    """The days of other terms: those that ended where a mistake began go on to where it ended."""
    if removed.is_empty or other.end != removed.start:
        return other
    return Period(other.start, removed.end)


def check_corrected(
    used: Sequence[Used], terms: Sequence[InForce], exempt: Sequence[ExemptStay], today: date
) -> None:
    """Raise RuleBroken where a home cannot bear corrected terms, as for changed ones.

    ``used`` are the home's spells as it stands, ``terms`` all of them as they would be. Children
    whom an exemption names may be over.
    """
    for day in _days(used, terms, exempt):
        now = next((one for one in reversed(used) if one.from_on <= day), None)
        if now is None:
            continue
        approved = sum(places for period, places in terms if period.covers(day))
        named = {one.placement_id: one.places for one in exempt if one.period.covers(day)}
        borne = max(approved, min(now.filled, approved + sum(named.values())))
        check_room([Used(day, now.approved, now.filled, now.recorded)], borne, today)


def _days(
    used: Sequence[Used], terms: Sequence[InForce], exempt: Sequence[ExemptStay]
) -> list[date]:
    """Those on which anything changes."""
    periods = [*(period for period, _ in terms), *(one.period for one in exempt)]
    bounds = {day for one in periods for day in (one.start, one.end) if day}
    return sorted(bounds | {one.from_on for one in used})


def _left(period: Period, field: str) -> Period:
    if period.is_empty:
        raise RuleBroken("Other terms would be left without a day: remove those first", field=field)
    return period
