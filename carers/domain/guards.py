"""What law and standards forbid: a page refuses it, a load lists it (RULES 1.2, 1.4 and 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from carers.domain import clocks
from carers.domain.happenings import Happening, History, day_words
from carers.domain.labels import Code
from carers.domain.recruitment import Event, Outcome


class Kind(Code):
    """What a finding is about; ``order`` is refused on pages and is in no list of findings."""

    REFUSED_TOO_LATE = "refused_too_late", "Refused after the ten working days"
    BRIEF_REPORT_OUTCOME = "brief_report_outcome", "Recommended on a brief report"
    DECIDED_WITHOUT_PANEL = "decided_without_panel", "Decided without a panel"
    DECIDED_BEFORE_MINUTES = "decided_before_minutes", "Decided before final minutes"
    DETERMINED_TOO_SOON = "determined_too_soon", "Final determination too soon"
    BOTH_ROUTES = "both_routes", "Both representations and independent review"
    STEP_LEFT_OUT = "step_left_out"
    WITHDRAWAL_CODE = "withdrawal_code", "Withdrawal code without an application"
    NO_HOUSEHOLD = "no_household", "Approved without a home in the register"
    DAYS_DIFFER = "days_differ", "Approved on another day than the home"
    ON_A_DUPLICATE = "on_a_duplicate", "Recorded on a duplicate"
    ORDER = "order"


@dataclass(frozen=True)
class Guard:
    """``broken`` says what is wrong with a happening, given what came before it; none if nothing.

    ``field`` is the page's field that the sentence is about.
    """

    kind: Kind
    events: frozenset[Event]
    field: str
    broken: Callable[[History, Happening], str | None]


@dataclass(frozen=True)
class Broken:
    guard: Guard
    happening: Happening
    sentence: str


ROUTES = (Event.REPRESENTATIONS_RECEIVED, Event.IRM_APPLIED)


def is_on_brief_report(before: History) -> bool:
    """Until a panel has asked for a full report, by deferring (RULES 1.2, row 10)."""
    brief = before.last(Event.BRIEF_REPORT)
    if brief is None:
        return False
    panels = before.after(brief).all_of(Event.PANEL_RECOMMENDED)
    return not any(panel.outcome is Outcome.DEFER for panel in panels)


def _refused_too_late(before: History, happening: Happening) -> str | None:
    complete = before.last(Event.STAGE1_INFORMATION_COMPLETE)
    last = complete and clocks.unless_calendar_ends(clocks.refusal_last, complete.day)
    if not last or happening.day <= last:
        return None
    return f"A stage 1 refusal was possible until {day_words(last)}: the case goes on to stage 2"


def _brief_report_outcome(before: History, happening: Happening) -> str | None:
    if happening.outcome is not Outcome.APPROVE or not is_on_brief_report(before):
        return None
    return "On a brief report the panel may only ask for a full one (defer) or recommend refusal"


def _without_panel(before: History, _: Happening) -> str | None:
    decided = before.last(Event.DECIDED)
    if decided is None or decided.outcome is not Outcome.NOT_APPROVE:
        return None if before.has(Event.PANEL_RECOMMENDED) else "No panel has recommended yet"
    since = before.after(decided)
    if since.has(Event.IRM_RECOMMENDED):
        return None
    received = since.first(Event.REPRESENTATIONS_RECEIVED)
    if received and since.after(received).has(Event.PANEL_RECOMMENDED):
        return None
    return "After a decision not to approve, a panel or an independent review recommends first"


def _before_minutes(before: History, _: Happening) -> str | None:
    recommended = before.last(Event.PANEL_RECOMMENDED)
    if recommended is None or before.after(recommended).has(Event.MINUTES_FINAL):
        return None
    return "The minutes of the panel are not final yet: the decision waits for them"


def _too_soon(before: History, happening: Happening) -> str | None:
    asked = before.last(*ROUTES)
    if asked and before.after(asked).has(Event.DECIDED):
        return None
    if asked:
        return f"“{asked.event.label}” is recorded: a new decision comes first"
    sent = before.last(Event.DETERMINATION_SENT)
    if sent is None:
        return "The letter of the qualifying determination is not recorded"
    last = clocks.representations_last(sent.day)
    if happening.day > last:
        return None
    return f"The applicants have until {day_words(last)}: the determination is final after that"


def _both_routes(before: History, happening: Happening) -> str | None:
    other = next(event for event in ROUTES if event is not happening.event)
    taken = before.after(before.last(Event.DECIDED)).first(other)
    if taken is None:
        return None
    return f"“{other.label}” is recorded, on {day_words(taken.day)}: only one of the two is open"


LAW: tuple[Guard, ...] = (
    Guard(Kind.REFUSED_TOO_LATE, frozenset({Event.STAGE1_REFUSED}), "at", _refused_too_late),
    Guard(
        Kind.BRIEF_REPORT_OUTCOME,
        frozenset({Event.PANEL_RECOMMENDED}),
        "detail",
        _brief_report_outcome,
    ),
    Guard(Kind.DECIDED_WITHOUT_PANEL, frozenset({Event.DECIDED}), "event", _without_panel),
    Guard(Kind.DECIDED_BEFORE_MINUTES, frozenset({Event.DECIDED}), "event", _before_minutes),
    Guard(Kind.DETERMINED_TOO_SOON, frozenset({Event.NOT_APPROVED}), "at", _too_soon),
    Guard(Kind.BOTH_ROUTES, frozenset(ROUTES), "event", _both_routes),
)


def broken(history: History, guards: Iterable[Guard]) -> Iterator[Broken]:
    """Every guard that some happening of a case breaks, in the order of the events."""
    guards = tuple(guards)
    for happening in history:
        for guard in guards:
            if happening.event not in guard.events:
                continue
            sentence = guard.broken(history.before(happening), happening)
            if sentence:
                yield Broken(guard, happening, sentence)
