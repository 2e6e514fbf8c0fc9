"""What the stage graph calls a fault: a step recorded before one that it must follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from carers.domain.clock import LONDON
from carers.domain.happenings import Happening, History, day_words, read_day
from carers.domain.recruitment import Event, Outcome
from carers.domain.step_kinds import Need, Takes
from carers.domain.steps import CLOSINGS, STEPS, TELLING

ENDS = frozenset({Event.APPROVED, Event.NOT_APPROVED})
REOPENABLE = CLOSINGS - ENDS
DATED_BEFORE = frozenset({Event.APPLICATION_RECEIVED, Event.STAGE2_STARTED})


@dataclass(frozen=True)
class Fault:
    """Why a load is refused: the happening, its column, what is wrong, what would be right."""

    happening: Happening
    column: str
    sentence: str
    expected: str


@dataclass
class _Past:
    """What came before a happening, kept up in one pass."""

    seen: dict[Event, Happening] = field(default_factory=dict)
    last: Event | None = None
    closing: Happening | None = None
    end: Happening | None = None
    has_been_closed: bool = False
    is_paused: bool = False
    decision: Outcome | None = None

    def take(self, happening: Happening) -> None:
        event = happening.event
        self.seen.setdefault(event, happening)
        self.last = event
        if event in CLOSINGS:
            self.closing = happening
            self.has_been_closed = True
        if event in ENDS:
            self.end = happening
        if event is Event.REOPENED:
            self.closing = None
        if event is Event.DECIDED:
            self.decision = happening.outcome
        if event in CLOSINGS | ENDS | {Event.PAUSED, Event.RESUMED}:
            self.is_paused = event is Event.PAUSED


@dataclass(frozen=True)
class _Later:
    """The last day on which what must not follow was recorded."""

    application: Happening | None
    start: Happening | None


Rule = Callable[[_Past, _Later, Happening], str | None]


def _only_one(past: _Past, _: _Later, happening: Happening) -> str | None:
    earlier = past.seen.get(happening.event)
    if earlier is None:
        return None
    return f"“{happening.event.label}” is already recorded, on {day_words(earlier.day)}"


def _no_application_later(_: _Past, later: _Later, happening: Happening) -> str | None:
    return _before(later.application, happening)


def _no_start_later(_: _Past, later: _Later, happening: Happening) -> str | None:
    return _before(later.start, happening)


def _before(later: Happening | None, happening: Happening) -> str | None:
    if later is None:
        return None
    return (
        f"“{happening.event.label}” on {day_words(happening.day)} cannot come before"
        f" “{later.event.label}”, on {day_words(later.day)}"
    )


def _recommendation(past: _Past, _: _Later, __: Happening) -> str | None:
    if Event.PANEL_RECOMMENDED in past.seen:
        return None
    return "No panel has made a recommendation by then: there are no minutes to be final"


def _something_to_tell(past: _Past, _: _Later, __: Happening) -> str | None:
    if past.has_been_closed or Event.DECIDED in past.seen or Event.APPROVED in past.seen:
        return None
    return "Nothing has been decided by then: there is nothing to tell the applicants"


def _approve_last(past: _Past, _: _Later, __: Happening) -> str | None:
    if past.decision in (None, Outcome.APPROVE):
        return None
    return "The last decision was not to approve"


def _not_approve_last(past: _Past, _: _Later, __: Happening) -> str | None:
    if past.decision in (None, Outcome.NOT_APPROVE):
        return None
    return "The last decision was not a decision not to approve"


def _determination(past: _Past, _: _Later, __: Happening) -> str | None:
    if past.decision is Outcome.NOT_APPROVE:
        return None
    return "This may only follow a decision not to approve"


def _review(past: _Past, _: _Later, __: Happening) -> str | None:
    if Event.IRM_APPLIED in past.seen:
        return None
    return "No independent review has been applied for by then"


def _not_paused(past: _Past, _: _Later, __: Happening) -> str | None:
    return "The case is already paused by then" if past.is_paused else None


def _paused(past: _Past, _: _Later, __: Happening) -> str | None:
    return None if past.is_paused else "The case is not paused then"


def _reopenable(past: _Past, _: _Later, __: Happening) -> str | None:
    if past.last is Event.NOT_NOW or (past.closing and past.closing.event in REOPENABLE):
        return None
    return "The case is open then: there is nothing to reopen"


RULES: Mapping[Need, Rule] = {
    Need.ONLY_ONE: _only_one,
    Need.NO_APPLICATION_LATER: _no_application_later,
    Need.NO_START_LATER: _no_start_later,
    Need.RECOMMENDATION: _recommendation,
    Need.SOMETHING_TO_TELL: _something_to_tell,
    Need.APPROVE_LAST: _approve_last,
    Need.NOT_APPROVE_LAST: _not_approve_last,
    Need.DETERMINATION: _determination,
    Need.REVIEW: _review,
    Need.NOT_PAUSED: _not_paused,
    Need.PAUSED: _paused,
    Need.REOPENABLE: _reopenable,
}


def faults(history: History) -> list[Fault]:
    """Every fault of a case, in the order of its events (EXCHANGE, The stage graph)."""
    past = _Past()
    found: list[Fault] = []
    for index, happening in enumerate(history):
        found += _in_time(history.received_at, happening)
        ended = _after_an_end(past, happening)
        found += ended or _of_its_own(past, _later(history, index), happening)
        past.take(happening)
    return found


def _later(history: History, index: int) -> _Later:
    rest = history.happenings[index + 1 :]
    starts = [happening for happening in rest if happening.event in DATED_BEFORE]
    applications = (one for one in starts if one.event is Event.APPLICATION_RECEIVED)
    return _Later(next(applications, None), next(iter(starts), None))


def _in_time(received_at: datetime, happening: Happening) -> list[Fault]:
    if happening.at >= received_at:
        return []
    received = received_at.astimezone(LONDON)
    sentence = f"This is before the enquiry was received, on {day_words(received.date())}"
    return [Fault(happening, "at", sentence, f"{received.isoformat()} or later")]


def _after_an_end(past: _Past, happening: Happening) -> list[Fault]:
    """What may follow a closing, an approval or a final determination."""
    if happening.event in TELLING:
        return []
    if past.end:
        may_follow = "told_orally or notice_sent"
        words = f"The case ended, “{past.end.event.label}”, on {day_words(past.end.day)}"
        sentence = f"{words}: nothing may follow but telling the applicants"
    elif past.closing and happening.event is not Event.REOPENED:
        may_follow = "reopened, told_orally or notice_sent"
        words = f"The case was closed, “{past.closing.event.label}”"
        sentence = f"{words}, on {day_words(past.closing.day)}: reopen it first"
    else:
        return []
    return [Fault(happening, "event", sentence, f"{may_follow}, or an earlier at")]


def _of_its_own(past: _Past, later: _Later, happening: Happening) -> list[Fault]:
    broken = ((need, RULES[need](past, later, happening)) for need in STEPS[happening.event].needs)
    return [
        Fault(happening, "event", sentence, need.label) for need, sentence in broken if sentence
    ]


def detail_fault(event: Event, detail: str | None) -> tuple[str, str] | None:
    """What is wrong with a detail as a file gives it, and what would be right; none if nothing.

    A detail is free where an event takes none, or the code of a service.
    """
    asked = STEPS[event].detail
    if not detail:
        if not asked.is_required:
            return None
        return f"“{event.label}” needs a detail", _codes_of(event)
    if asked.takes is Takes.DAY and read_day(detail) is None:
        return f"{detail} is not a real date", "a date, YYYY-MM-DD"
    if asked.takes is Takes.CODE and not any(detail in set(codes) for codes in asked.codes):
        return f"{detail} is not a code of “{event.label}”", _codes_of(event)
    return None


def _codes_of(event: Event) -> str:
    codes = STEPS[event].detail.codes
    return "one of " + ", ".join(code.value for kind in codes for code in kind)
