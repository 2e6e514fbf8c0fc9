"""What must be so for a worker to have a home, or to cover it for whoever has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period


def check_apart(name: str, theirs: Iterable[Period], period: Period) -> None:
    """Raise RuleBroken where a worker has a home, or covers it, on a day already."""
    if any(one.overlaps(period) for one in theirs):
        raise RuleBroken(f"{name} has this home already", field="worker")


def check_cover_ends(period: Period, until_on: date, today: date) -> None:
    """Raise RuleBroken for an end of cover before it began, or after it ends anyhow."""
    if until_on < period.start:
        first = day_month(period.start, today)
        raise RuleBroken(f"The day must be {first} or later: it began then", field="until_on")
    if period.end is not None and until_on > period.end:
        ends = day_month(period.end, today)
        raise RuleBroken(f"The day must be {ends} or earlier: it ends then", field="until_on")
