"""Both clocks of a case in words: the finding over the bar, the days, and the table under it."""

from __future__ import annotations

from datetime import date

from carers import filters
from carers.blueprints.enquiries.clock_days import ClockDays
from carers.domain.case_state import CaseState
from carers.domain.lateness import days_left_or_over
from carers.domain.pauses import Pause


def finding(days: ClockDays, state: CaseState) -> str:
    """The heading over the bar: how the case stands to both clocks."""
    if days.is_decided:
        return f"Decided in {_days(days.applied_on, days.used_until)}{_to_limit(days)}"
    if days.stopped_on:
        ended = "decided" if state.closed_on is None else "closed"
        return f"The clocks stopped on {filters.day(days.stopped_on)}, when the case was {ended}"
    return f"{_to_target(days)}{_to_standard(days)}"


def counted_days(days: ClockDays, state: CaseState) -> str:
    """“169 days since the application, 149 without the applicant’s pauses”."""
    gross = (days.used_until - days.applied_on).days
    paused = state.applicant_paused_days_by(days.today)
    since = "from" if days.stopped_on else "since"
    words = f"{filters.count(gross, 'day')} {since} the application"
    return f"{words}, {gross - paused:,} without the applicant’s pauses" if paused else words


def table(days: ClockDays, state: CaseState) -> list[tuple[str, str, str]]:
    """The drawing in words: what, when, and what follows from it."""
    net = state.net_due_by(days.today)
    is_net = net is not None and net != days.target_on
    decided_on = days.decision_on if days.is_decided else None
    rows: list[tuple[str, date | None, str]] = [
        ("Application received", days.applied_on, "Both clocks start"),
        *((_pause_name(one), one.from_on, _pause_until(one, days.today)) for one in days.pauses),
        ("Today", None if days.stopped_on else days.today, counted_days(days, state)),
        (
            "Six-month target",
            days.target_on,
            _stands("To the decision", days.target_on, decided_on, days),
        ),
        ("Target without the applicant’s pauses", net if is_net else None, "For comparison"),
        (
            "Eight-month standard",
            days.standard_on,
            _stands("To the panel’s recommendation", days.standard_on, days.recommended_on, days),
        ),
        ("Panel", days.panel_on, "Recommended" if days.recommended_on else "Booked"),
        ("Decision", days.decision_on, "Decided" if days.is_decided else "Due by then"),
        ("Case closed", None if days.is_decided else state.closed_on, "Both clocks stop"),
    ]
    return [(name, filters.day(day), words) for name, day, words in rows if day]


def _days(start: date, end: date) -> str:
    return filters.count((end - start).days, "day")


def _to_target(days: ClockDays) -> str:
    if days.target_on is None:
        return "The six-month target is past the calendar"
    if days.today == days.target_on:
        return "Target today"
    if days.today > days.target_on:
        return f"Past target by {_days(days.target_on, days.today)}"
    return f"Target in {_days(days.today, days.target_on)}"


def _to_standard(days: ClockDays) -> str:
    """Where the panel stands to the standard; nothing while neither is near."""
    if days.standard_on is None:
        return ""
    if days.panel_on:
        is_inside = days.panel_on <= days.standard_on
        return f"; panel {'inside' if is_inside else 'after'} the eight-month standard"
    return "; past the eight-month standard" if days.today > days.standard_on else ""


def _to_limit(days: ClockDays) -> str:
    if days.target_on is None:
        return ""
    if days.used_until <= days.target_on:
        return ", within the target"
    return f", {_days(days.target_on, days.used_until)} past the target"


def _stands(until: str, due: date | None, done: date | None, days: ClockDays) -> str:
    """“To the decision: in time”, or “12 days left”; “stopped” where the case ended before."""
    if due is None:
        return ""
    if done:
        stands = "in time" if done <= due else days_left_or_over(due, done)
    else:
        stands = "stopped" if days.stopped_on else days_left_or_over(due, days.today)
    return f"{until}: {stands[0].lower()}{stands[1:]}"


def _pause_name(pause: Pause) -> str:
    return f"Paused ({pause.by.label.lower()})" if pause.by else "Paused"


def _pause_until(pause: Pause, today: date) -> str:
    if pause.until_on is None:
        return f"Still paused, {_days(pause.from_on, today)}"
    return f"Until {filters.day(pause.until_on)}, {_days(pause.from_on, pause.until_on)}"
