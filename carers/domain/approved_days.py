"""That what is recorded of a home is of days on which it is approved."""

from __future__ import annotations

from datetime import date

from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period


def check_within(approval: Period, period: Period, today: date) -> None:
    """Raise RuleBroken unless a period is a day or more, all of them while a home is approved."""
    if period.start < approval.start:
        first = day_month(approval.start, today)
        raise RuleBroken(
            f"The day must be {first} or later: they were approved then", field="from_on"
        )
    if approval.end is not None:
        _check_before(approval.end, period, today)
    if period.is_empty:
        raise RuleBroken("The end must be after the first day", field="until_on")


def check_happened(approval: Period, period: Period, today: date) -> None:
    """Raise RuleBroken as ``check_within`` does, and for days to come but the approval's end."""
    check_within(approval, period, today)
    if period.start > today:
        raise RuleBroken("The day must be today or in the past", field="from_on")
    if period.end is not None and period.end > today and period.end != approval.end:
        raise RuleBroken("The day must be today or in the past", field="until_on")


def _check_before(ended_on: date, period: Period, today: date) -> None:
    ended = day_month(ended_on, today)
    if period.start >= ended_on:
        word = "ended" if ended_on <= today else "ends"
        raise RuleBroken(f"This home’s approval {word} on {ended}", field="from_on")
    if period.end is None or period.end > ended_on:
        raise RuleBroken(
            f"The end must be {ended} or earlier: approval ends then", field="until_on"
        )
