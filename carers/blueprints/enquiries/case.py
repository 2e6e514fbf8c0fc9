"""How one case reads: where it stands, what it waits for, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from carers import filters
from carers.blueprints.enquiries.listing import workers_of
from carers.domain import clock, lateness
from carers.domain.case_state import CaseState
from carers.domain.errors import RuleBroken
from carers.domain.happenings import History
from carers.domain.recording import Actor, check_correction
from carers.domain.recording_details import details
from carers.domain.register import Skill
from carers.domain.step_kinds import Page, Takes
from carers.domain.steps import STEPS
from carers.domain.waits import WAITS
from carers.models import Enquiry, PipelineEvent
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
    wait = WAITS[state.waits_for]
    since = filters.count(state.days_in_stage(day), "day")
    stage = state.beside.label if state.beside and not state.is_open else state.stage.label
    beside = state.beside.label if state.beside and state.is_open else f"for {since}"
    act = wait.act or "Nothing"
    url = _url_of_next(enquiry.id, state) if can_record and state.is_open else ""
    people = filters.listed(workers_of(enquiry.allocations))
    return [
        Fact("Stage", stage, beside),
        Fact("Waits for", state.waits_for.label),
        Fact("On", state.waits_on.label, people or "With no one yet"),
        Fact("Next", act, url=url, beside=_due_words(state, day), tag=_due_colour(state, day)),
    ]


def _url_of_next(enquiry_id: UUID, state: CaseState) -> str:
    event = WAITS[state.waits_for].event
    if event is None or STEPS[event].page is not Page.ENQUIRY:
        return ""
    return url_for("enquiries.record_step", enquiry_id=enquiry_id, event=event.value)


def _due_words(state: CaseState, day: date) -> str:
    if not state.is_open:
        return ""
    if state.answered_at is None and state.first_response_due_at:
        left = lateness.response_left(state.first_response_due_at, clock.now())
        return lateness.left_or_over(left)
    if state.is_being_assessed and state.six_month_due_on:
        return f"Target: {lateness.days_left_or_over(state.six_month_due_on, day).lower()}"
    return ""


def _due_colour(state: CaseState, day: date) -> str:
    """Red past a limit, orange within two weeks of the target."""
    late = state.response_is_overdue_at(clock.now()) or state.is_past_target_on(day)
    if not state.is_open or not (late or state.is_being_assessed):
        return ""
    left = state.days_to_target(day)
    soon = left is not None and 0 <= left <= 14
    return "red" if late else "orange" if soon else ""


def entries(
    enquiry: Enquiry, history: History, actor: Actor, *, can_record: bool
) -> tuple[list[Entry], list[Entry]]:
    """What happened, the latest first; and beside it what was corrected or removed."""
    counted = [event for event in reversed(enquiry.events) if event.is_current]
    others = [event for event in reversed(enquiry.events) if not event.is_current]
    told = [
        _entry(event, history, _mend_url(event, history, actor, can_record)) for event in counted
    ]
    return told, [_entry(event, history, None) for event in others]


def _entry(event: PipelineEvent, history: History, url: str | None) -> Entry:
    fate = "removed as a mistake" if event.is_void else "corrected" if not event.is_current else ""
    return Entry(
        words=_words(event, history),
        when=filters.moment(event.at),
        by=event.recorded_by.name if event.recorded_by else None,
        note=event.note,
        correct_url=url,
        fate=fate,
    )


def _words(event: PipelineEvent, history: History) -> str:
    """“Paused: the applicant”, “Panel booked: 8 January 2026”."""
    said = event.detail
    if said and STEPS[event.event].detail.takes is Takes.CODE:
        said = details(history, event.event).get(said, said).lower()
    elif said and STEPS[event.event].detail.takes is Takes.DAY:
        arranged = happening_of(event).detail_day
        said = filters.day(arranged) if arranged else said
    return f"{event.event.label}: {said}" if said else event.event.label


def _mend_url(
    event: PipelineEvent,
    history: History,
    actor: Actor,
    can_record: bool,  # noqa: FBT001
) -> str | None:
    if not can_record or not may_mend(event, history, actor):
        return None
    return url_for("enquiries.correct", enquiry_id=event.enquiry_id, event_id=event.id)


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


def interests(codes: Sequence[str]) -> str:
    return filters.listed([Skill(one).label for one in codes]) or "Not said"


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
