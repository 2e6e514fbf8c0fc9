"""The order that pages keep among steps, where files may skip: what each must have before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carers.domain.guards import Guard, Kind
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event, Outcome
from carers.domain.steps import ASSESSING, CLOSINGS, TELLING

BEFORE_APPLICATION = frozenset(
    {
        Event.HANDED_OVER,
        Event.ACKNOWLEDGED,
        Event.INITIAL_VISIT_BOOKED,
        Event.APPLICATION_INVITED,
        Event.NOT_NOW,
    }
)
NEED_STAGE2 = frozenset(
    {Event.BRIEF_REPORT, Event.REPORT_SHARED, Event.REPORT_COMPLETED, Event.PANEL_BOOKED}
)


def _too_late(before: History, happening: Happening) -> str | None:
    if not before.has(Event.APPLICATION_RECEIVED):
        return None
    return f"“{happening.event.label}” comes before the application, which is already in"


def _no_application(before: History, _: Happening) -> str | None:
    if before.has(Event.APPLICATION_RECEIVED):
        return None
    return "Record the application first: both clocks start with it"


def _no_stage1(before: History, _: Happening) -> str | None:
    return None if before.has(Event.STAGE1_STARTED) else "Record first that stage 1 started"


def _no_stage2(before: History, _: Happening) -> str | None:
    return None if before.has(Event.STAGE2_STARTED) else "Record first that stage 2 started"


def _past_panel(before: History, _: Happening) -> str | None:
    if not before.has(Event.PANEL_RECOMMENDED):
        return None
    return "The panel has made its recommendation: the case goes on to the decision"


def _no_booking(before: History, _: Happening) -> str | None:
    since = before.after(before.last(Event.PANEL_RECOMMENDED))
    return None if since.has(Event.PANEL_BOOKED) else "Book the panel first"


def _final_already(before: History, _: Happening) -> str | None:
    since = before.after(before.last(Event.PANEL_RECOMMENDED))
    return "The minutes of this panel are already final" if since.has(Event.MINUTES_FINAL) else None


def _decided_already(before: History, happening: Happening) -> str | None:
    decided = before.last(Event.DECIDED)
    if decided is None or decided.outcome is Outcome.DEFER:
        return None
    if decided.outcome is Outcome.APPROVE:
        return "The decision to approve is already recorded"
    since = before.after(decided)
    if happening.event is Event.DECIDED or since.has(Event.REPRESENTATIONS_RECEIVED):
        return None
    return "The decision not to approve is recorded: a panel looks again only at representations"


def _not_decided(before: History, _: Happening) -> str | None:
    decided = before.last(Event.DECIDED)
    is_approved = decided is not None and decided.outcome is Outcome.APPROVE
    return None if is_approved else "The decision to approve comes first"


def _taken_up(before: History, _: Happening) -> str | None:
    handed = before.last(Event.HANDED_OVER)
    if handed and not before.after(handed).has(Event.ACKNOWLEDGED):
        return None
    return "Nothing was handed over that is still to be taken up"


def _once(before: History, happening: Happening) -> str | None:
    since = before.after(before.last(Event.DECIDED, Event.APPROVED, *CLOSINGS))
    if not since.has(happening.event):
        return None
    return f"“{happening.event.label}” is already recorded: correct that entry instead"


RULES: Mapping[Callable[[History, Happening], str | None], frozenset[Event]] = {
    _too_late: BEFORE_APPLICATION,
    _no_application: ASSESSING | NEED_STAGE2,
    _no_stage1: frozenset({Event.STAGE1_INFORMATION_COMPLETE, Event.STAGE1_REFUSED}),
    _no_stage2: NEED_STAGE2,
    _past_panel: frozenset({Event.STAGE1_REFUSED}),
    _no_booking: frozenset({Event.PANEL_RECOMMENDED}),
    _final_already: frozenset({Event.MINUTES_FINAL}),
    _decided_already: ASSESSING | {Event.PANEL_BOOKED, Event.PANEL_RECOMMENDED, Event.DECIDED},
    _not_decided: frozenset({Event.APPROVED}),
    _taken_up: frozenset({Event.ACKNOWLEDGED}),
    _once: TELLING | {Event.DETERMINATION_SENT},
}

ORDER: tuple[Guard, ...] = tuple(
    Guard(Kind.ORDER, events, "event", broken) for broken, events in RULES.items()
)
