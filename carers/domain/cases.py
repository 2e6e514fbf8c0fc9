"""From a case's events to the one CaseState that they amount to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from carers.domain import clocks
from carers.domain.case_panel import first_for_or_against, panel_facts
from carers.domain.case_state import CaseState, Decider
from carers.domain.case_waits import beside_of, is_not_now, wait_of
from carers.domain.clock import local_day
from carers.domain.clocks import unless_calendar_ends
from carers.domain.happenings import Happening, History
from carers.domain.pauses import applicant_days, pauses
from carers.domain.recruitment import Event
from carers.domain.stages import Reported, Stage
from carers.domain.standards import Standards
from carers.domain.step_kinds import Clock
from carers.domain.steps import CLOSINGS, STEPS
from carers.domain.working_days import add_days

NAMED_BY_EVENT = frozenset({Event.STAGE1_REFUSED, Event.NOT_APPROVED})


def fold(history: History, standards: Standards) -> CaseState:
    """What the events amount to under a service's standards. No clock is read."""
    facts = {
        **_stages(history),
        **_contact(history, standards),
        **_assessment(history, standards),
        **panel_facts(history),
        **_ending(history),
    }
    beside = beside_of(history, closed_by=facts["closed_by"])
    waits_for, waits_on = wait_of(history, facts, beside)
    return CaseState(**facts, beside=beside, waits_for=waits_for, waits_on=waits_on)


def _day(happening: Happening | None) -> date | None:
    return happening.day if happening else None


def _stages(history: History) -> dict[str, Any]:
    received_on = local_day(history.received_at)
    last = history.last()
    facts: dict[str, Any] = {
        "received_at": history.received_at,
        "last_event": last.event if last else None,
        "last_event_at": last.at if last else None,
        "stage": Stage.ENQUIRY,
        "stage_since": received_on,
        "reported": Reported.ENQUIRY,
        "enquiry_on": received_on,
    }
    for happening in history:
        stage = STEPS[happening.event].stage
        if stage and stage.position > facts["stage"].position:
            facts["stage"], facts["stage_since"] = stage, happening.day
    for counted in list(Reported)[1:]:
        reached = next(_reported_from(history, counted), None)
        facts[f"{counted}_on"] = _day(reached)
        facts["reported"] = counted if reached else facts["reported"]
        if counted is not Reported.APPROVED:
            recorded = (one for one in history if STEPS[one.event].reported is counted)
            facts[f"recorded_{counted}_on"] = _day(next(recorded, None))
    return facts


def _reported_from(history: History, stage: Reported) -> Iterator[Happening]:
    """The events that record a stage or a later one (METRICS, Pipeline)."""
    later = set(list(Reported)[list(Reported).index(stage) :])
    return (one for one in history if STEPS[one.event].reported in later)


def _contact(history: History, standards: Standards) -> dict[str, Any]:
    attempts = history.all_of(Event.CONTACT_ATTEMPTED)
    answers = (one for one in history if Clock.FIRST_RESPONSE in STEPS[one.event].stops)
    answer = next(answers, None)
    handed = history.last(Event.HANDED_OVER)
    taken_up = handed is None or history.after(handed).has(Event.ACKNOWLEDGED)
    booked = history.last(Event.INITIAL_VISIT_BOOKED)
    visited = booked is None or history.after(booked).has(Event.INITIAL_VISIT)
    return {
        "contact_attempts": len(attempts),
        "last_attempt_at": attempts[-1].at if attempts else None,
        "answered_at": answer.at if answer else None,
        "first_response_due_at": unless_calendar_ends(
            clocks.first_response_due,
            history.received_at,
            standards.first_response_working_days,
        ),
        "handed_over_to": None if handed is None or taken_up else handed.detail,
        "visit_booked_for": None if booked is None or visited else booked.detail_day,
    }


def _assessment(history: History, standards: Standards) -> dict[str, Any]:
    applied_on = _day(history.first(Event.APPLICATION_RECEIVED))
    complete_on = _day(history.last(Event.STAGE1_INFORMATION_COMPLETE))
    months = standards.assessment_target_months
    due_on = applied_on and unless_calendar_ends(clocks.six_month_due, applied_on, months)
    return {
        "application_received_on": applied_on,
        "six_month_due_on": due_on,
        **_pauses(history, applied_on, due_on),
        "eight_month_due_on": applied_on
        and unless_calendar_ends(clocks.eight_month_due, applied_on),
        "stage1_started_on": _day(history.first(Event.STAGE1_STARTED)),
        "stage1_information_complete_on": complete_on,
        "refusal_last_on": complete_on and unless_calendar_ends(clocks.refusal_last, complete_on),
        "stage2_started_on": _day(history.first(Event.STAGE2_STARTED)),
        "brief_report_on": _day(history.last(Event.BRIEF_REPORT)),
        "report_shared_on": _day(history.last(Event.REPORT_SHARED)),
        "report_completed_on": _day(history.last(Event.REPORT_COMPLETED)),
    }


def _pauses(history: History, applied_on: date | None, due_on: date | None) -> dict[str, Any]:
    """Pauses that are over are counted; one that runs is counted on the day that is asked about."""
    known = pauses(history)
    running = known[-1] if known and known[-1].until_on is None else None
    decided_on = _day(first_for_or_against(history, Event.DECIDED))
    over = [pause for pause in known if pause.until_on]
    days = applicant_days(over, applied_on, decided_on or date.max) if applied_on else 0
    return {
        "paused_since": running.from_on if running else None,
        "paused_by": running.by if running else None,
        "applicant_paused_days": days,
        "net_due_on": due_on and unless_calendar_ends(add_days, due_on, days),
    }


def _ending(history: History) -> dict[str, Any]:
    closing = history.last(*CLOSINGS)
    if closing and history.after(closing).has(Event.REOPENED):
        closing = None
    not_now = history.last(Event.NOT_NOW)
    return {
        "is_open": closing is None and not history.has(Event.APPROVED),
        "not_now_until_on": not_now.detail_day if not_now and is_not_now(history) else None,
        "closed_on": _day(closing),
        "closed_by": closing.event if closing else None,
        "closing_reason": _reason(closing) if closing else None,
        "closing_decider": _decider(closing) if closing else None,
    }


def _reason(closing: Happening) -> str:
    """As METRICS, Pipeline: by_reason."""
    if closing.event in NAMED_BY_EVENT:
        return closing.event.value
    return closing.detail or "unknown"


def _decider(closing: Happening) -> Decider:
    return Decider.APPLICANT if closing.event is Event.WITHDRAWN else Decider.SERVICE
