"""When each clock of a case runs out: one function a clock, each with its source.

Every one raises CalendarEnds where it counts working days past the bank holidays known;
``unless_calendar_ends`` gives none instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ParamSpec, TypeVar

from carers.domain.clock import at
from carers.domain.working_days import (
    CalendarEnds,
    add_days,
    add_months,
    add_working_days,
    due_after,
    working_days_before,
)

P = ParamSpec("P")
T = TypeVar("T")

EIGHT_MONTHS = 8
REFUSAL_WORKING_DAYS = 10
PAPERS_WORKING_DAYS = 5
DECISION_WORKING_DAYS = 7
TOLD_WORKING_DAYS = 2
WRITTEN_WORKING_DAYS = 5
REPRESENTATIONS_DAYS = 28


def unless_calendar_ends(due: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """What ``due`` gives; none where the calendar does not reach so far."""
    try:
        return due(*args, **kwargs)
    except CalendarEnds:
        return None


def first_response_due(received_at: datetime, working_days: int) -> datetime:
    """24 hours of working time for each working day (METRICS, Pipeline: first_response)."""
    return due_after(received_at, working_days)


def six_month_due(application_on: date, months: int) -> date:
    """The service's target, six months by default, to the decision (METRICS, Assessment time)."""
    return add_months(application_on, months)


def eight_month_due(application_on: date) -> date:
    """National Minimum Standard 14.4: to the panel's recommendation (RULES 1.7)."""
    return add_months(application_on, EIGHT_MONTHS)


def refusal_last(information_complete_on: date) -> date:
    """The last day of a stage 1 refusal (FSR 26; RULES 1.3)."""
    return add_working_days(information_complete_on, REFUSAL_WORKING_DAYS)


def silence_at(information_complete_on: date) -> datetime:
    """When stage 2 follows from silence: 00:00 on the day after the last (EXCHANGE, Silence)."""
    return at(refusal_last(information_complete_on) + timedelta(days=1))


def papers_due(panel_on: date) -> date:
    """The fifth working day before the panel (NMS 14.3; RULES 8.2, 3)."""
    return working_days_before(panel_on, PAPERS_WORKING_DAYS)


def decision_due(recommended_on: date, minutes_final_on: date) -> date:
    """Seven working days from the later of the two (NMS 14.9; METRICS, Panel and decision)."""
    return add_working_days(max(recommended_on, minutes_final_on), DECISION_WORKING_DAYS)


def told_due(decided_on: date) -> date:
    """By word of mouth, within two working days (NMS 14.10)."""
    return add_working_days(decided_on, TOLD_WORKING_DAYS)


def written_due(decided_on: date) -> date:
    """In writing, within five working days (NMS 14.10)."""
    return add_working_days(decided_on, WRITTEN_WORKING_DAYS)


def representations_last(determination_on: date) -> date:
    """28 calendar days from the letter's own date, never extended (RULES 1.6; 8.2, 4)."""
    return add_days(determination_on, REPRESENTATIONS_DAYS)
