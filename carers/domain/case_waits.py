"""What is shown beside a case's stage, and what it waits for and on whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carers.domain.case_panel import open_booking
from carers.domain.guards import ROUTES, is_on_brief_report
from carers.domain.happenings import History
from carers.domain.recruitment import Event, Outcome, PauseBy
from carers.domain.stages import Beside
from carers.domain.waits import BESIDE, BY_STAGE, WAITS, WaitsFor, WaitsOn

CLOSED: Mapping[Event, Beside] = {
    Event.WITHDRAWN: Beside.WITHDRAWN,
    Event.CLOSED_BY_SERVICE: Beside.CLOSED,
    Event.STAGE1_REFUSED: Beside.CLOSED,
    Event.NOT_APPROVED: Beside.NOT_APPROVED,
}
LEAVES_NOT_NOW = (Event.CONTACT_ATTEMPTED, Event.INFORMATION_SENT)
PAUSED_ON: Mapping[PauseBy, WaitsOn] = {
    PauseBy.APPLICANT: WaitsOn.APPLICANT,
    PauseBy.SERVICE: WaitsOn.SERVICE,
    PauseBy.THIRD_PARTY: WaitsOn.THIRD_PARTY,
}
AFTER_DECISION: Mapping[Outcome | None, WaitsFor] = {
    Outcome.APPROVE: WaitsFor.REGISTER_ENTRY,
    Outcome.NOT_APPROVE: WaitsFor.REPRESENTATIONS,
    Outcome.DEFER: WaitsFor.FURTHER_PANEL,
    None: WaitsFor.DECISION,
}


def is_not_now(history: History) -> bool:
    """Until anything follows but an attempt to make contact."""
    last = history.last(*(event for event in Event if event not in LEAVES_NOT_NOW))
    return last is not None and last.event is Event.NOT_NOW


def beside_of(history: History, *, closed_by: Event | None) -> Beside | None:
    """One thing at most: how the case closed, else what it stands aside for."""
    if closed_by:
        return CLOSED[closed_by]
    if history.has(Event.APPROVED):
        return None
    looking_again = history.after(history.last(Event.DECIDED)).last(*ROUTES)
    if looking_again:
        is_review = looking_again.event is Event.IRM_APPLIED
        return Beside.REVIEW if is_review else Beside.REPRESENTATIONS
    if is_not_now(history):
        return Beside.NOT_NOW
    if is_on_brief_report(history) and not history.has(Event.DECIDED):
        return Beside.BRIEF_REPORT
    return None


def wait_of(
    history: History, facts: Mapping[str, Any], beside: Beside | None
) -> tuple[WaitsFor, WaitsOn]:
    """``facts`` are those of the fold so far."""
    if facts["paused_since"] is not None:
        return WaitsFor.RESUMING, PAUSED_ON.get(facts["paused_by"], WaitsOn.SERVICE)
    waits_for = _what(history, facts, beside)
    return waits_for, WAITS[waits_for].on


def _what(history: History, facts: Mapping[str, Any], beside: Beside | None) -> WaitsFor:
    if not facts["is_open"]:
        return WaitsFor.NOTHING
    if beside is Beside.NOT_NOW:
        return WaitsFor.CONTACT_AGAIN
    if open_booking(history):
        return WaitsFor.RECOMMENDATION
    advised = history.after(history.last(Event.DECIDED)).last(
        Event.PANEL_RECOMMENDED, Event.IRM_RECOMMENDED
    )
    if advised:
        return _advised(facts, advised.event, advised.outcome)
    if beside:
        return BESIDE[beside]
    if facts["decision"]:
        return AFTER_DECISION[facts["decision"]]
    return _in_assessment(facts)


def _advised(facts: Mapping[str, Any], event: Event, outcome: Outcome | None) -> WaitsFor:
    if event is Event.PANEL_RECOMMENDED and outcome is Outcome.DEFER:
        return WaitsFor.FURTHER_PANEL
    if event is Event.PANEL_RECOMMENDED and facts["minutes_final_at"] is None:
        return WaitsFor.FINAL_MINUTES
    return WaitsFor.DECISION


def _in_assessment(facts: Mapping[str, Any]) -> WaitsFor:
    waits_for = BY_STAGE[facts["stage"]]
    if waits_for is WaitsFor.STAGE1_INFORMATION and facts["stage1_information_complete_on"]:
        return WaitsFor.STAGE2_START
    if waits_for is WaitsFor.REPORT and facts["report_completed_on"]:
        return WaitsFor.PANEL_DATE
    return waits_for
