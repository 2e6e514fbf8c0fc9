"""What must be so for a skill, a person or a scheme of a home to begin and to end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period


def check_comes_last(others: Iterable[Period], from_on: date, today: date) -> None:
    """Raise RuleBroken where the same is recorded from that day or a later one."""
    later = [one.start for one in others if one.start >= from_on and not one.is_empty]
    if later:
        first = day_month(min(later), today)
        raise RuleBroken(f"It is recorded from {first} already", field="from_on")


def check_apart(others: Iterable[Period], period: Period) -> None:
    """Raise RuleBroken where the same is recorded on one of the days already."""
    if any(one.overlaps(period) for one in others):
        raise RuleBroken("It is recorded on some of these days already", field="from_on")


def check_leaves(from_on: date | None, approved_on: date, until_on: date, today: date) -> None:
    """Raise RuleBroken where somebody left a home before they came, or has not left it yet.

    Without a first day they have been there since the approval (EXCHANGE, people).
    """
    first = from_on or approved_on
    if until_on < first:
        raise RuleBroken(
            f"The day must be {day_month(first, today)} or later: they came then", field="until_on"
        )
    if until_on > today:
        raise RuleBroken("The day must be today or in the past", field="until_on")


def check_person(born_on: date | None, from_on: date | None, tsd_on: date | None) -> None:
    """Raise RuleBroken where the dates of a person cannot all be true."""
    if born_on and from_on and from_on < born_on:
        raise RuleBroken("They cannot have come before they were born", field="from_on")
    if born_on and tsd_on and tsd_on < born_on:
        raise RuleBroken("This must not be before they were born", field="tsd_on")
