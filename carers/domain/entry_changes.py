"""What must be so for a corrected entry of a home."""

from __future__ import annotations

from datetime import date, datetime

from carers.domain.children import PlacementEnd
from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period


def check_ended(until_on: date | None, end_reason: PlacementEnd | None) -> None:
    """Raise RuleBroken for a reason why a stay ended that has no end."""
    if until_on is None and end_reason is not None:
        raise RuleBroken("Leave this empty for a child who lives here still", field="end_reason")


def check_expected(from_on: date, expected_until_on: date) -> None:
    """Raise RuleBroken unless a hold is expected to end after it began."""
    if expected_until_on <= from_on:
        raise RuleBroken("The expected end must be after the first day", field="expected_until_on")


def check_happened(at: datetime, now: datetime) -> None:
    """Raise RuleBroken for a moment to come."""
    if at > now:
        raise RuleBroken("When it happened must be now or in the past", field="at")


def check_terms_remain(others: int) -> None:
    """Raise RuleBroken for the last terms of a home with full approval (EXCHANGE, Faults)."""
    if not others:
        raise RuleBroken("These are the home’s only terms: put them right, or end the approval")


def check_terms(approval: Period, terms: Period, today: date) -> None:
    """Raise RuleBroken for terms outside the approval; open terms end with it (EXCHANGE)."""
    if terms.end is not None and terms.end < terms.start:
        raise RuleBroken("The end must not be before the first day", field="until_on")
    if terms.start < approval.start:
        first = day_month(approval.start, today)
        raise RuleBroken(
            f"The first day must be {first} or later: they were approved then", field="from_on"
        )
    if approval.end is None:
        return
    ended = day_month(approval.end, today)
    if terms.start >= approval.end and not approval.start == approval.end == terms.start:
        raise RuleBroken(
            f"The first day must be before {ended}: approval ends then", field="from_on"
        )
    if terms.end is not None and terms.end > approval.end:
        raise RuleBroken(
            f"The end must be {ended} or earlier: approval ends then", field="until_on"
        )
