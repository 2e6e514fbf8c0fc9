"""What marks a case on the way to approval: its clock past a limit, close to one, or paused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from carers.domain.case_state import CaseState
from carers.domain.labels import Code
from carers.domain.lateness import counted, days_left_or_over
from carers.domain.stages import Stage
from carers.domain.waits import WaitsFor

SOON_DAYS = 14  # to the target or the standard
CLOSE_DAYS = 3  # to a limit of a few working days


class Urgency(Code):
    """Late is past a standard or a limit, soon close to one or over the usual time."""

    LATE = "late"
    SOON = "soon"
    PAUSED = "paused"


@dataclass(frozen=True)
class Mark:
    urgency: Urgency
    words: str


@dataclass(frozen=True)
class Moment:
    """A case on a day, with the usual days of its stage where they are known."""

    state: CaseState
    day: date
    usual_days: int | None

    def left(self, due_on: date | None) -> int | None:
        """Days left to a day, below nought past it."""
        return None if due_on is None else (due_on - self.day).days


def mark_of(state: CaseState, day: date, usual_days: int | None = None) -> Mark | None:
    """The one thing that marks a case, the gravest first; none where it is in time."""
    moment = Moment(state, day, usual_days)
    return next((mark for rule in RULES if (mark := rule(moment))), None)


def _target(moment: Moment) -> int | None:
    return moment.state.days_to_target(moment.day)


def _standard(moment: Moment) -> int | None:
    """To the panel's recommendation, which stops the clock."""
    is_running = moment.state.is_open and moment.state.first_recommended_on is None
    return moment.left(moment.state.eight_month_due_on) if is_running else None


def _decision(moment: Moment) -> int | None:
    waits = moment.state.waits_for is WaitsFor.DECISION
    return moment.left(moment.state.decision_due_on) if waits else None


def _past_target(moment: Moment) -> Mark | None:
    return _past("target", _target(moment))


def _past_standard(moment: Moment) -> Mark | None:
    return _past("standard", _standard(moment))


def _past(limit: str, left: int | None) -> Mark | None:
    if left is None or left >= 0:
        return None
    return Mark(Urgency.LATE, f"Past {limit} by {counted(-left, 'day')}")


def _late_decision(moment: Moment) -> Mark | None:
    left, due = _decision(moment), moment.state.decision_due_on
    if left is None or due is None or left >= 0:
        return None
    return Mark(Urgency.LATE, f"Decision {days_left_or_over(due, moment.day)}")


def _paused(moment: Moment) -> Mark | None:
    since = moment.state.paused_since
    if since is None:
        return None
    return Mark(Urgency.PAUSED, f"Paused {counted((moment.day - since).days, 'day')}")


def _close_decision(moment: Moment) -> Mark | None:
    left, due = _decision(moment), moment.state.decision_due_on
    if left is None or due is None or left > CLOSE_DAYS:
        return None
    return Mark(Urgency.SOON, f"Decision: {days_left_or_over(due, moment.day).lower()}")


def _close_refusal(moment: Moment) -> Mark | None:
    """A stage 1 refusal is possible for ten working days, and after that no more."""
    due = moment.state.refusal_last_on
    left = moment.left(due) if moment.state.waits_for is WaitsFor.STAGE2_START else None
    if left is None or due is None or not 0 <= left <= CLOSE_DAYS:
        return None
    return Mark(Urgency.SOON, f"Stage 1 decision: {days_left_or_over(due, moment.day).lower()}")


def _close_papers(moment: Moment) -> Mark | None:
    left = moment.left(moment.state.papers_due_on)
    waits = moment.state.waits_for is WaitsFor.RECOMMENDATION
    if not waits or left is None or not 0 <= left <= CLOSE_DAYS:
        return None
    return Mark(Urgency.SOON, "Papers due today" if not left else f"Papers due {_in(left)}")


def _close_target(moment: Moment) -> Mark | None:
    return _close("Target", _target(moment))


def _close_standard(moment: Moment) -> Mark | None:
    return _close("Standard", _standard(moment))


def _close(limit: str, left: int | None) -> Mark | None:
    if left is None or not 0 <= left <= SOON_DAYS:
        return None
    return Mark(Urgency.SOON, f"{limit} today" if not left else f"{limit} {_in(left)}")


def _no_application(moment: Moment) -> Mark | None:
    """Loaded without it: no clock can run."""
    applied = moment.state.application_received_on is not None
    if applied or moment.state.stage.position < Stage.STAGE1.position:
        return None
    return Mark(Urgency.SOON, "No application date")


def _over_usual(moment: Moment) -> Mark | None:
    usual = moment.usual_days
    if usual is None or moment.state.days_in_stage(moment.day) <= usual:
        return None
    return Mark(Urgency.SOON, "Over usual")


def _in(days: int) -> str:
    return f"in {counted(days, 'day')}"


RULES: tuple[Callable[[Moment], Mark | None], ...] = (
    _past_target,
    _past_standard,
    _late_decision,
    _paused,
    _close_decision,
    _close_refusal,
    _close_papers,
    _close_target,
    _close_standard,
    _no_application,
    _over_usual,
)
