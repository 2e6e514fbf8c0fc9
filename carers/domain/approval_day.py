"""The day of an approval put right: what must be so for it to begin on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain.errors import RuleBroken
from carers.domain.happenings import day_words
from carers.domain.register import ExtensionReason
from carers.domain.temporary_approvals import weeks_before
from carers.domain.working_days import add_years, last_day_of_weeks

FIELD = "approved_on"


@dataclass(frozen=True)
class InTheWay:
    """Something of a home that would lie before its approval, by what it is and its first day."""

    what: str
    from_on: date


def check(day: date, was: date, ended_on: date | None, today: date) -> None:
    """Raise RuleBroken for the day that is recorded, or one far ahead or after the ending."""
    if day == was:
        raise RuleBroken("This is the day that is recorded: enter another", field=FIELD)
    if ended_on is not None and day > ended_on:
        raise RuleBroken(
            f"The day must be {day_words(ended_on)} or earlier: the approval ended then",
            field=FIELD,
        )
    if day > add_years(today, 1):
        raise RuleBroken("The day must be within a year from today", field=FIELD)


def check_follows(day: date, ref: str, ended_on: date | None) -> None:
    """Raise RuleBroken unless an approval begins as the one that it follows ends (EXCHANGE)."""
    if day != ended_on:
        ends = f"ended on {day_words(ended_on)}" if ended_on else "has not ended"
        raise RuleBroken(
            f"This approval follows {ref}, which {ends}: put that day right first", field=FIELD
        )


def check_first(day: date, standing: Sequence[InTheWay]) -> None:
    """Raise RuleBroken where something lies before the day."""
    if standing:
        first = min(standing, key=lambda one: one.from_on)
        raise RuleBroken(
            f"{first.what} on {day_words(first.from_on)}, before {day_words(day)}:"
            " put that entry right first",
            field=FIELD,
        )


def check_extension(day: date, extended_on: date | None, reason: ExtensionReason | None) -> None:
    """Raise RuleBroken where a temporary approval could not be extended then (RULES 3)."""
    if extended_on is None:
        return
    latest = last_day_of_weeks(day, weeks_before(reason)) + timedelta(days=1)
    if not day <= extended_on <= latest:
        raise RuleBroken(
            f"Its extension begins on {day_words(extended_on)}, which must be between"
            f" {day_words(day)} and {day_words(latest)}: put that right first",
            field=FIELD,
        )
