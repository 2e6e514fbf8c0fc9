"""How one case reads: where it stands, what it waits for, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from carers import filters
from carers.blueprints.enquiries.board import COLOURS, WORKERS
from carers.blueprints.enquiries.listing import interests, time_left
from carers.domain import clock
from carers.domain.ages import age_on
from carers.domain.case_marks import Urgency, mark_of
from carers.domain.case_state import CaseState
from carers.domain.errors import RuleBroken
from carers.domain.happenings import History
from carers.domain.recording import Actor, check_correction
from carers.domain.register import PersonRole
from carers.domain.stages import Beside, Stage
from carers.domain.step_kinds import Page, Takes
from carers.domain.steps import STEPS
from carers.domain.waits import WAITS, WaitsFor
from carers.models import Enquiry, Person, PipelineEvent
from carers.services.cases import happening_of


@dataclass(frozen=True)
class Fact:
    name: str
    value: str
    beside: str = ""
    url: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Entry:
    """A step as the timeline tells it; ``correct_url`` where this reader may mend it."""

    words: str
    when: str
    by: str | None
    note: str | None
    correct_url: str | None = None
    fate: str = ""


def facts(enquiry: Enquiry, state: CaseState, *, can_record: bool) -> list[Fact]:
    """Stage, what it waits for, on whom, and what comes next."""
    day = clock.today()
    act = WAITS[state.waits_for].act or "Nothing"
    url = _url_of_next(enquiry.id, state) if can_record and state.is_open else ""
    words, colour = _due(state, day)
    return [
        _stage(state, day),
        Fact("Waits for", state.waits_for.label, _until(state)),
        _on(enquiry, state),
        Fact("Next", act, words, url, colour),
    ]


def _stage(state: CaseState, day: date) -> Fact:
    if not state.is_open:
        ended = state.beside.label if state.beside else state.stage.label
        return Fact("Stage", ended, f"on {filters.day(state.closed_on or state.approved_on)}")
    if state.paused_since:
        days = filters.count((day - state.paused_since).days, "day")
        return Fact("Stage", _both(state), f"Paused {days}", tag="purple")
    if state.beside:
        return Fact("Stage", _both(state), state.beside.label)
    days = filters.count(state.days_in_stage(day), "day")
    return Fact("Stage", _both(state), f"since {filters.day(state.stage_since)}, {days}")


def _both(state: CaseState) -> str:
    """Stages 1 and 2 may go on together."""
    is_stage1 = state.stage1_started_on and not state.stage1_information_complete_on
    return "Stage 1 and stage 2" if state.stage is Stage.STAGE2 and is_stage1 else state.stage.label


def _until(state: CaseState) -> str:
    """The day that goes with what it waits for."""
    days = {
        WaitsFor.INITIAL_VISIT: ("booked for", state.visit_booked_for),
        WaitsFor.CONTACT_AGAIN: ("on", state.not_now_until_on),
        WaitsFor.STAGE2_START: ("a stage 1 refusal is possible until", state.refusal_last_on),
        WaitsFor.RECOMMENDATION: ("panel on", state.panel_booked_for),
        WaitsFor.DECISION: ("by", state.decision_due_on),
        WaitsFor.REPRESENTATIONS: ("until", state.representations_until_on),
    }
    words, day = days.get(state.waits_for, ("", None))
    return f"{words} {filters.day(day)}" if day else ""


def _on(enquiry: Enquiry, state: CaseState) -> Fact:
    """By name where it waits on a worker who has it."""
    role = WORKERS.get(state.waits_on)
    if role is None:
        return Fact("On", state.waits_on.label)
    today = clock.today()
    names = [
        one.worker.name
        for one in enquiry.allocations
        if one.period.covers(today) and role in one.worker.roles
    ]
    return Fact("On", filters.listed(names) or "No one yet", role.label)


def _url_of_next(enquiry_id: UUID, state: CaseState) -> str:
    event = WAITS[state.waits_for].event
    if event is None or STEPS[event].page is not Page.ENQUIRY:
        return ""
    return url_for("enquiries.record_step", enquiry_id=enquiry_id, event=event.value)


def _due(state: CaseState, day: date) -> tuple[str, str]:
    """By when, with its colour where that is near or past; nothing where no clock runs."""
    if not state.is_open:
        return "", ""
    if state.answered_at is None and state.beside is not Beside.NOT_NOW:
        left = time_left(state, clock.now())
        return left.words, left.colour or ""
    mark = mark_of(state, day)
    if mark and mark.urgency is not Urgency.PAUSED:
        return mark.words, COLOURS[mark.urgency]
    left_to_target = state.days_to_target(day)
    if left_to_target is None:
        return "", ""
    return f"{filters.count(left_to_target, 'day')} left to the target", ""


def entries(
    enquiry: Enquiry, history: History, actor: Actor, *, can_record: bool
) -> tuple[list[Entry], list[Entry]]:
    """What happened, the latest first; and beside it what was corrected or removed."""
    counted = [event for event in reversed(enquiry.events) if event.is_current]
    void = {event.id for event in enquiry.events if event.is_void}
    others = [
        event
        for event in reversed(enquiry.events)
        if not event.is_current and event.superseded_by_id not in void
    ]
    told = [
        _entry(event, _mend_url(event, history, actor) if can_record else None) for event in counted
    ]
    return told, [_entry(event, None) for event in others]


def _entry(event: PipelineEvent, url: str | None) -> Entry:
    fate = "removed as a mistake" if event.is_void else "corrected" if not event.is_current else ""
    return Entry(
        words=_words(event),
        when=filters.moment(event.at),
        by=event.recorded_by.name if event.recorded_by else None,
        note=event.note,
        correct_url=url,
        fate=fate,
    )


def _words(event: PipelineEvent) -> str:
    """“Paused: the applicant”, “Panel booked: 8 January 2026”."""
    detail = STEPS[event.event].detail
    said = event.detail
    if said and detail.takes is Takes.CODE:
        labels = {code.value: code.label for kind in detail.codes for code in kind}
        said = _lower(labels.get(said, said))
    elif said and detail.takes is Takes.DAY:
        arranged = happening_of(event).detail_day
        said = filters.day(arranged) if arranged else said
    return f"{event.event.label}: {said}" if said else event.event.label


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _mend_url(event: PipelineEvent, history: History, actor: Actor) -> str | None:
    if not may_mend(event, history, actor):
        return None
    return url_for("enquiries.correct_step", enquiry_id=event.enquiry_id, event_id=event.id)


def may_mend(event: PipelineEvent, history: History, actor: Actor) -> bool:
    """Whether this person may put a step right: asked as if nothing in it changed."""
    happening = happening_of(event)
    try:
        check_correction(history, happening, happening, actor=actor, now=clock.now())
    except RuleBroken:
        return False
    return True


def about(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Contact, interests and how they heard, by name."""
    return [
        ("Telephone", enquiry.phone or filters.NOT_KNOWN),
        ("Email", enquiry.email or filters.NOT_KNOWN),
        ("Postcode", enquiry.postcode or filters.NOT_KNOWN),
        ("Got in touch by", enquiry.channel.label if enquiry.channel else filters.NOT_KNOWN),
        ("Heard through", enquiry.source.name if enquiry.source else filters.NOT_KNOWN),
        *([("Campaign", enquiry.campaign.name)] if enquiry.campaign else []),
        ("Would like to foster", interests(enquiry.interests)),
        (
            "Spare bedrooms",
            filters.NOT_KNOWN if enquiry.spare_bedrooms is None else str(enquiry.spare_bedrooms),
        ),
    ]


def people(recorded: Sequence[Person], day: date) -> list[tuple[str, str]]:
    """Who lives there, as far as is recorded: a child without its name."""
    return [(_person(one, day), one.role.label) for one in recorded]


def _person(person: Person, day: date) -> str:
    names = filter(None, (person.given_name, person.family_name))
    name = "" if person.role is PersonRole.CHILD else " ".join(names)
    age = str(age_on(person.born_on, day)) if person.born_on else ""
    return ", ".join(filter(None, (name, age))) or "Age not known"


def workers(enquiry: Enquiry) -> list[tuple[str, str, str]]:
    """Who works on it now: name, roles, since when."""
    today = clock.today()
    return [
        (
            one.worker.name,
            filters.listed([role.label for role in sorted(one.worker.roles)]),
            filters.day(one.from_on),
        )
        for one in enquiry.allocations
        if one.period.covers(today)
    ]
