"""Exemptions from the usual fostering limit: their days, and whom one that ends would strand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers.domain.errors import RuleBroken
from carers.domain.lateness import counted, day_month
from carers.domain.period import Period
from carers.domain.working_days import add_years


class NobodyNamed(RuleBroken):
    """No name, no exemption (RULES 2.2)."""

    def __init__(self) -> None:
        super().__init__("Enter the reference of each child it names", field="children")


class NoSuchChild(RuleBroken):
    def __init__(self, ref: str) -> None:
        super().__init__(f"No child {ref} is recorded", field="children")


class ChildrenStranded(RuleBroken):
    """Children would live beyond the places there are, and nothing would let them."""

    def __init__(self, day: date, over: int, today: date, *, field: str | None) -> None:
        places = counted(over, "place")
        super().__init__(
            f"On {day_month(day, today)} {places} more than are approved would be filled, and no"
            " exemption would let a child stay. Move a child first, or ask a team manager",
            field=field,
        )


def references(typed: str | None) -> list[str]:
    """The references that somebody typed, one a line or with commas between, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, re.split(r"[,;\n]", typed or "")))))


def check_days(days: Period, approval: Period, today: date) -> None:
    """Raise RuleBroken for days that an exemption of a home cannot have."""
    first, last = approval.start, add_years(today, 1)
    if not first <= days.start <= last:
        words = f"{day_month(first, today)}, when they were approved, and {day_month(last, today)}"
        raise RuleBroken(f"The first day must be between {words}", field="from_on")
    if approval.end is not None and days.start >= approval.end:
        ended = day_month(approval.end, today)
        raise RuleBroken(f"The first day must be before {ended}: approval ends", field="from_on")
    if days.end is not None and days.end <= days.start:
        raise RuleBroken("The end must be after the first day", field="until_on")


@dataclass(frozen=True)
class Lodged:
    """A child's stay in a home; a team manager may have let it in beyond the places."""

    child_id: UUID
    period: Period
    places: int
    is_overridden: bool


@dataclass(frozen=True)
class Naming:
    """The children whom an exemption names, and its days."""

    period: Period
    child_ids: frozenset[UUID]


def first_stranded(
    days: Iterable[date],
    over: Callable[[date], int],
    stays: Collection[Lodged],
    *,
    before: Collection[Naming],
    after: Collection[Naming],
) -> date | None:
    """The first of some days on which fewer children than are over would be let in, and fewer than
    were; none where there is none. ``over`` is the places filled beyond those approved.
    """
    for day in sorted(days):
        let_in = _let_in(stays, after, day)
        if let_in < over(day) and let_in < _let_in(stays, before, day):
            return day
    return None


def _let_in(stays: Collection[Lodged], exemptions: Collection[Naming], day: date) -> int:
    named = {child for one in exemptions if one.period.covers(day) for child in one.child_ids}
    return sum(
        stay.places
        for stay in stays
        if stay.period.covers(day) and (stay.is_overridden or stay.child_id in named)
    )
