"""One case as the panel needs it: what it waits for, its clocks, what happened, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, url_for

from carers import access, filters
from carers.domain import clock, recording
from carers.domain.case_state import CaseState
from carers.domain.errors import RuleBroken
from carers.domain.happenings import History, read_day
from carers.domain.lateness import days_left_or_over
from carers.domain.recording import Actor
from carers.domain.recruitment import Event, Outcome
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.steps import STEPS
from carers.domain.viewer import Viewer
from carers.domain.waits import WAITS, WaitsFor, WaitsOn
from carers.models import Household, PipelineEvent
from carers.queries.panel import PanelCase
from carers.services.cases import happening_of

# What a panel's pages record besides the decision; the rest comes with panel itself.
RECORDED = (
    Event.PANEL_BOOKED,
    Event.PANEL_RECOMMENDED,
    Event.MINUTES_FINAL,
    Event.TOLD_ORALLY,
    Event.NOTICE_SENT,
    Event.DETERMINATION_SENT,
)
DECIDING = (Event.DECIDED, Event.APPROVED)
ABOUT_PANEL = (*RECORDED, *DECIDING)
MENDERS = frozenset({Role.PANEL_ADMINISTRATOR, Role.DECISION_MAKER})
MENDED = (*RECORDED, Event.DECIDED)  # the entry in the register is mended with the home
FROM_APPLICATION = (
    Event.APPLICATION_RECEIVED,
    Event.STAGE1_STARTED,
    Event.STAGE1_INFORMATION_COMPLETE,
    Event.STAGE2_STARTED,
    Event.BRIEF_REPORT,
    Event.REPORT_SHARED,
    Event.REPORT_COMPLETED,
)
HEADINGS: Mapping[Outcome, str] = {
    Outcome.NOT_APPROVE: "Decide not to approve",
    Outcome.DEFER: "Defer the decision",
}
ENDPOINTS: Mapping[Event, str] = {Event.DECIDED: "panel.decide", Event.APPROVED: "panel.enter"}


@dataclass(frozen=True)
class Fact:
    name: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Act(Link):
    event: Event


@dataclass(frozen=True)
class Entry:
    words: str
    when: str
    by: str | None
    note: str | None
    correct_url: str | None


@dataclass(frozen=True)
class Shown:
    """``refused`` says why somebody who decides may not decide on this one."""

    sentence: str
    facts: list[Fact]
    clocks: list[Fact]
    entries: list[Entry]
    acts: list[Act]
    main: Act | None
    refused: str | None


def shown(
    case: PanelCase,
    events: Sequence[PipelineEvent],
    history: History,
    actor: Actor,
    home: Household | None,
) -> Shown:
    acts = acts_of(case, history, actor)
    wanted = WAITS[case.state.waits_for].event
    main = next((act for act in acts if act.event is wanted), None)
    return Shown(
        sentence=sentence(case.state, home),
        facts=facts(case.state, case.assessors),
        clocks=clocks(case.state, clock.today()),
        entries=[
            _entry(one, history, actor)
            for one in events
            if one.event in {*FROM_APPLICATION, *ABOUT_PANEL}
        ],
        acts=[act for act in acts if act is not main],
        main=main,
        refused=refused_decision(case.state, history, actor),
    )


def acts_of(case: PanelCase, history: History, actor: Actor) -> list[Act]:
    """What this person may record now, in the order of the stage graph."""
    now = clock.now()
    events = [event for event in (*RECORDED, *DECIDING) if _may(history, event, actor, now)]
    return [Act(STEPS[event].act, _url(case, event), event) for event in events]


def links_of(case: PanelCase, home: Household | None, viewer: Viewer) -> list[Link]:
    """The whole case and the new home, for whoever may open them."""
    pages: list[tuple[str, str, dict[str, Any]]] = [
        ("The whole case", "enquiries.show", {"enquiry_id": case.id})
    ]
    if home:
        pages.append((f"Open {home.ref}", "households.show", {"household_id": home.id}))
    return [
        Link(words, url_for(page, **values))
        for words, page, values in pages
        if page in current_app.view_functions and access.may_open(current_app, page, viewer)
    ]


def refusal(history: History, event: Event, actor: Actor) -> RuleBroken | None:
    """Why somebody may not record a step now; none where they may."""
    return recording.refusal(history, event, actor=actor, now=clock.now())


def refused_decision(state: CaseState, history: History, actor: Actor) -> str | None:
    """In words, where a decision is waited for and this person must leave it to somebody else."""
    if state.waits_for is not WaitsFor.DECISION:
        return None
    found = refusal(history, Event.DECIDED, actor)
    personal = isinstance(found, recording.DecidedByRecommender | recording.DecidedByAssessor)
    return found.sentence if found and personal else None


def sentence(state: CaseState, home: Household | None) -> str:
    """The finding: how it stands, and on whom it waits."""
    if home and state.stage is Stage.APPROVED:
        day = filters.day(home.approved_on)
        tense = "is" if home.approved_on <= clock.today() else "will be"
        return f"Approved: {home.ref} {tense} in the register from {day}."
    if not state.is_open:
        ended = state.beside.label if state.beside else state.stage.label
        return f"{ended}. The case is over."
    on = "" if state.waits_on is WaitsOn.NOBODY else f", on {_lower(_who(state.waits_on))}"
    return f"Waits for {_lower(state.waits_for.label)}{on}."


def advice(state: CaseState) -> str:
    """What the panel recommended, for whoever decides."""
    if state.recommendation is None:
        return "No panel has recommended yet."
    day = filters.day(state.recommended_at)
    return f"The panel recommended on {day}: {state.recommendation.label.lower()}."


def entered(home: Household) -> str:
    """That a home is in the register now, with its places."""
    places = filters.count(sum(terms.places for terms in home.terms), "place")
    if home.approved_on > clock.today():
        return f"{home.ref} will be in the register from {filters.day(home.approved_on)}, {places}"
    return f"{home.ref} is in the register with {places}"


def facts(state: CaseState, assessors: Sequence[str]) -> list[Fact]:
    since = f"since {filters.day(state.stage_since)}"
    return [
        Fact("Stage", state.beside.label if state.beside else state.stage.label, since),
        Fact("Assessed by", filters.listed(assessors) or filters.NOT_KNOWN, _report(state)),
        _recommended(state),
        _decided(state),
    ]


def clocks(state: CaseState, today: date) -> list[Fact]:
    """Every clock that has a day, with what is left of those that run."""
    decided, recommended = state.first_decided_on, state.first_recommended_on
    running = [
        ("Six-month target, to the decision", state.six_month_due_on, decided),
        ("Eight-month standard, to the recommendation", state.eight_month_due_on, recommended),
        ("Papers to the panel", state.papers_due_on, None),
        ("Decision, seven working days", state.decision_due_on, _day(state.decided_at)),
        ("Told by word of mouth", state.told_due_on, _day(state.told_orally_at)),
        ("Written notice", state.written_due_on, _day(state.notice_sent_at)),
        ("Representations", state.representations_until_on, None),
    ]
    found = [_clock(name, due, done, today) for name, due, done in running if due]
    if state.application_received_on is None:
        return [Fact("No application date", "No clock can run"), *found]
    return found


def event_words(event: PipelineEvent) -> str:
    """The step with its detail: “Panel’s recommendation: approve”."""
    if event.detail is None or event.event not in ABOUT_PANEL:
        return event.event.label
    if event.event is Event.PANEL_BOOKED:
        return f"{event.event.label} for {filters.day(read_day(event.detail))}"
    known = event.detail in set(Outcome)
    detail = Outcome(event.detail).label.lower() if known else event.detail
    return f"{event.event.label}: {detail}"


def _entry(event: PipelineEvent, history: History, actor: Actor) -> Entry:
    by = event.recorded_by.name if event.recorded_by else None
    note = event.note if event.event in ABOUT_PANEL else None
    url = None
    if event.event in MENDED and _may_mend(event, history, actor):
        url = url_for("panel.correct", enquiry_id=event.enquiry_id, event_id=event.id)
    return Entry(event_words(event), filters.moment(event.at), by, note, url)


def _may_mend(event: PipelineEvent, history: History, actor: Actor) -> bool:
    """Whether the entry is this person's to put right: it may always stay as it is."""
    happening = happening_of(event)
    try:
        recording.check_correction(history, happening, happening, actor=actor, now=clock.now())
    except RuleBroken:
        return False
    return not actor.roles.isdisjoint(MENDERS)


def _may(history: History, event: Event, actor: Actor, now: datetime) -> bool:
    return recording.refusal(history, event, actor=actor, now=now) is None


def _url(case: PanelCase, event: Event) -> str:
    if event in ENDPOINTS:
        return url_for(ENDPOINTS[event], enquiry_id=case.id)
    return url_for("panel.record", enquiry_id=case.id, event=event.value)


def _report(state: CaseState) -> str:
    done = state.report_completed_on
    return f"report complete {filters.day(done)}" if done else "report not complete yet"


def _recommended(state: CaseState) -> Fact:
    if state.recommendation is None or state.recommended_at is None:
        booked = state.panel_booked_for
        beside = f"panel on {filters.day(booked)}" if booked else "no panel booked"
        return Fact("Recommendation", "None yet", beside)
    final = state.minutes_final_at
    minutes = f"minutes final {filters.day(final)}" if final else "minutes not final yet"
    given = f"{state.recommendation.label}, {filters.day(state.recommended_at)}"
    return Fact("Recommendation", given, minutes)


def _decided(state: CaseState) -> Fact:
    if state.decision is None or state.decided_at is None:
        due = state.decision_due_on
        return Fact("Decision", "None yet", f"due by {filters.day(due)}" if due else "not due yet")
    return Fact("Decision", state.decision.label, filters.day(state.decided_at))


def _clock(name: str, due: date, done: date | None, today: date) -> Fact:
    if done is None:
        return Fact(name, filters.day(due), days_left_or_over(due, today))
    in_time = "in time" if done <= due else f"{days_left_or_over(due, done)}"
    return Fact(name, filters.day(due), f"done {filters.day(done)}, {in_time}")


def _day(instant: datetime | None) -> date | None:
    return clock.local_day(instant) if instant else None


def _who(waits_on: WaitsOn) -> str:
    has_article = waits_on.label.startswith(("The ", "A "))
    return waits_on.label if has_article else f"The {_lower(waits_on.label)}"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
