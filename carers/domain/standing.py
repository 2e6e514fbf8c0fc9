"""What a home was approved for, day by day: its terms, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from carers.domain.period import Period
from carers.domain.register import CarerType


@dataclass(frozen=True)
class Granted:
    """One row of a home's terms, as recorded. Ages are whole years, both counted."""

    from_on: date
    until_on: date | None
    carer_type: CarerType
    places: int
    age_min: int | None = None
    age_max: int | None = None


@dataclass(frozen=True)
class Standing:
    """The type and places of a home for a spell of days; no places where its terms have a gap."""

    period: Period
    carer_type: CarerType
    places: int
    age_min: int | None = None
    age_max: int | None = None

    @classmethod
    def under(cls, terms: Granted, period: Period) -> Standing:
        return cls(period, terms.carer_type, terms.places, terms.age_min, terms.age_max)

    @classmethod
    def gap(cls, terms: Granted, period: Period) -> Standing:
        """A time with the type of some terms and no places (METRICS, A gap in terms)."""
        return cls(period, terms.carer_type, 0, terms.age_min, terms.age_max)


def standings(
    approved_on: date, ended_on: date | None, terms: Iterable[Granted]
) -> tuple[Standing, ...]:
    """The spells from approval until the ending, one after another without a day between.

    Terms dated before the approval count from it, and open ones end with the home. A home
    approved and ended on one day has one spell, which holds on no day; a home without terms none.
    """
    granted = sorted(terms, key=lambda one: one.from_on)
    if not granted:
        return ()
    first = _first(approved_on, granted)
    if ended_on == approved_on:
        return (Standing.under(first, Period(approved_on, ended_on)),)
    return tuple(_filled(Period(approved_on, ended_on), granted, first))


def _first(approved_on: date, granted: Sequence[Granted]) -> Granted:
    """The earliest terms still in force at the approval or later (METRICS, A gap in terms).

    Those of a home approved and ended on one day may hold on no day.
    """
    lasting = [
        one
        for one in granted
        if one.until_on is None or one.until_on > max(one.from_on, approved_on)
    ]
    of_the_day = [one for one in granted if one.from_on >= approved_on]
    return (lasting or of_the_day or [granted[-1]])[0]


def _filled(approval: Period, granted: Sequence[Granted], first: Granted) -> list[Standing]:
    found: list[Standing] = []
    before = first
    reached: date | None = approval.start
    for terms in granted:
        period = _within(approval, terms)
        if period.is_empty:
            continue
        if reached is not None and reached < period.start:
            found.append(Standing.gap(before, Period(reached, period.start)))
        found.append(Standing.under(terms, period))
        before, reached = terms, period.end
    if reached is not None and (approval.end is None or reached < approval.end):
        found.append(Standing.gap(before, Period(reached, approval.end)))
    return found


def _within(approval: Period, terms: Granted) -> Period:
    ends = [day for day in (terms.until_on, approval.end) if day is not None]
    return Period(max(terms.from_on, approval.start), min(ends, default=None))
