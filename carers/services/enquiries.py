"""Enquiries: logged, given to a worker, and what happens in each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from carers.db import db
from carers.domain import clock
from carers.domain.errors import RuleBroken
from carers.domain.happenings import Happening, History, day_words
from carers.domain.recording import Actor, check, check_correction
from carers.domain.recruitment import Event
from carers.domain.references import Kind
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import Allocation, Enquiry, Membership, PipelineEvent
from carers.queries import enquiries
from carers.services import audit, cases, references
from carers.services.submissions import check_seen
from carers.services.superseding import supersede


def log(*, received_at: datetime, by: Viewer, **facts: Any) -> Enquiry:
    """Keep a new enquiry, under the service's next reference.

    Whoever logs it as a recruitment officer has it, until it is given to somebody else.
    """
    _check_received(received_at)
    ref = references.next_ref(Kind.ENQUIRY, by.service_id)
    enquiry = Enquiry(service_id=by.service_id, ref=ref, received_at=received_at, **facts)
    audit.added(enquiry, by=by, action="logged the enquiry")
    cases.refold(enquiry.id)
    if Role.RECRUITMENT_OFFICER in by.roles and by.membership_id:
        _give(enquiry, by.membership_id, by)
    return enquiry


def correct(
    enquiry_id: UUID, *, received_at: datetime, seen: int | None, by: Viewer, **facts: Any
) -> Enquiry:
    """Put right what is kept of the people who got in touch, and when they did.

    Raises RuleBroken where a step is recorded before it, StalePage, NotFound.
    """
    enquiry = get_to_change(enquiry_id, seen=seen, by=by)
    _check_received(received_at, cases.history_of(enquiry_id, viewer=by))
    audit.change(enquiry, **facts, received_at=received_at, by=by, action="corrected the enquiry")
    cases.refold(enquiry_id)
    return enquiry


def take(enquiry_id: UUID, *, by: Viewer) -> None:
    """Have an enquiry that nobody has; one of one's own stays so.

    Raises RuleBroken where somebody else took it first.
    """
    enquiry = enquiries.get_locked(enquiry_id, viewer=by)
    held = [one for one in enquiry.allocations if one.period.covers(clock.today())]
    if any(one.membership_id == by.membership_id for one in held):
        return
    if held:
        raise RuleBroken(f"{held[0].worker.name} has it already")
    _give(enquiry, by.membership_id, by)


def allocate(enquiry_id: UUID, membership_id: UUID, *, seen: int | None, by: Viewer) -> Allocation:
    """Give an enquiry to a worker from today: whoever had it in the same role has it no more.

    A recruitment officer and an assessing social worker may both have one.
    """
    enquiry = get_to_change(enquiry_id, seen=seen, by=by)
    return _give(enquiry, membership_id, by)


def record_event(
    enquiry_id: UUID,
    event: Event,
    *,
    at: datetime,
    detail: str | None,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> PipelineEvent:
    """Record what happened in a case, if the graph, its guards and the role allow it.

    Raises RuleBroken in words (``domain.recording``), StalePage, NotFound.
    """
    get_to_change(enquiry_id, seen=seen, by=by)
    happening = Happening(event, at, detail or None, by.membership_id)
    history = cases.history_of(enquiry_id, viewer=by)
    check(history, happening, actor=actor(enquiry_id, by), now=clock.now())
    recorded = write_event(enquiry_id, happening, note=note, by=by)
    cases.refold(enquiry_id)
    return recorded


def correct_event(
    enquiry_id: UUID,
    event_id: UUID,
    *,
    at: datetime,
    detail: str | None,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> PipelineEvent:
    """Put a step right: a new row takes the place of the old one, which stays readable."""
    written = _event_to_change(enquiry_id, event_id, seen, by)
    mistaken = cases.happening_of(written)
    _check_mended(enquiry_id, mistaken, replace(mistaken, at=at, detail=detail or None), by)
    action = f"corrected “{written.event.label}”"
    mended = supersede(written, by=by, action=action, at=at, detail=detail or None, note=note)
    cases.refold(enquiry_id)
    return mended


def remove_event(enquiry_id: UUID, event_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that a step was a mistake: it counts in nothing, and stays readable."""
    written = _event_to_change(enquiry_id, event_id, seen, by)
    _check_mended(enquiry_id, cases.happening_of(written), None, by)
    supersede(written, by=by, action=f"removed “{written.event.label}”", is_void=True)
    cases.refold(enquiry_id)


def get_to_change(enquiry_id: UUID, *, seen: int | None, by: Viewer) -> Enquiry:
    """An enquiry, locked, that has not changed since its reader saw it."""
    enquiry = enquiries.get_locked(enquiry_id, viewer=by)
    check_seen(enquiry_id, seen, by=by)
    return enquiry


def actor(enquiry_id: UUID, by: Viewer) -> Actor:
    """What somebody is to a case, in whichever of their services they act."""
    return Actor.of(
        by.roles,
        enquiries.recorded_by(enquiry_id, viewer=by),
        is_allocated=enquiries.is_allocated(enquiry_id, viewer=by),
        was_assessor=enquiries.was_assessor(enquiry_id, viewer=by),
    )


def write_event(
    enquiry_id: UUID, happening: Happening, *, note: str | None, by: Viewer
) -> PipelineEvent:
    """Keep one happening that was checked. The case is refolded by whoever calls."""
    service_id = db.session.get_one(Enquiry, enquiry_id).service_id
    event = PipelineEvent(
        service_id=service_id,
        enquiry_id=enquiry_id,
        event=happening.event,
        at=happening.at,
        detail=happening.detail,
        note=note or None,
        recorded_by_id=by.membership_id,
    )
    audit.added(event, by=by, action=f"recorded “{happening.event.label}”")
    return event


def _check_received(received_at: datetime, history: History | None = None) -> None:
    if received_at > clock.now():
        raise RuleBroken("When they got in touch must be now or in the past", field="time")
    first = history.happenings[0] if history and history.happenings else None
    if first and first.at < received_at:
        raise RuleBroken(
            f"“{first.event.label}” is recorded before that, on {day_words(first.day)}",
            field="time",
        )


def _event_to_change(
    enquiry_id: UUID, event_id: UUID, seen: int | None, by: Viewer
) -> PipelineEvent:
    get_to_change(enquiry_id, seen=seen, by=by)
    return enquiries.get_event(enquiry_id, event_id, viewer=by)


def _check_mended(
    enquiry_id: UUID, mistaken: Happening, corrected: Happening | None, by: Viewer
) -> None:
    history = cases.history_of(enquiry_id, viewer=by)
    who = actor(enquiry_id, by)
    check_correction(history, mistaken, corrected, actor=who, now=clock.now())


def _give(enquiry: Enquiry, membership_id: UUID | None, by: Viewer) -> Allocation:
    workers = enquiries.workers([enquiry.service_id], viewer=by)
    worker = next((one for one in workers if one.id == membership_id), None)
    if worker is None:
        raise RuleBroken("Select who is to have it", field="worker")
    today = clock.today()
    for held in _held(enquiry, worker):
        if held.membership_id == worker.id:
            raise RuleBroken(f"{worker.name} already has it", field="worker")
        audit.change(held, until_on=today, by=by, action=f"gave it to {worker.ref}")
    return _given_back(enquiry, worker, by) or _given(enquiry, worker, by)


def _given(enquiry: Enquiry, worker: Membership, by: Viewer) -> Allocation:
    given = Allocation(
        service_id=enquiry.service_id,
        membership_id=worker.id,
        enquiry_id=enquiry.id,
        from_on=clock.today(),
    )
    audit.added(given, by=by, action=f"gave it to {worker.ref}")
    db.session.expire(enquiry, ["allocations"])
    return given


def _given_back(enquiry: Enquiry, worker: Membership, by: Viewer) -> Allocation | None:
    """Given away and back on one day, it was theirs all day."""
    today = clock.today()
    for one in enquiry.allocations:
        if one.membership_id == worker.id and one.from_on == today and one.until_on == today:
            audit.change(one, until_on=None, by=by, action=f"gave it back to {worker.ref}")
            return one
    return None


def _held(enquiry: Enquiry, worker: Membership) -> list[Allocation]:
    """Who has it now in a role that its next worker is to have it in."""
    return [
        held
        for held in enquiry.allocations
        if held.period.covers(clock.today())
        and not held.is_cover
        and not (held.worker.roles & worker.roles).isdisjoint(
            {Role.RECRUITMENT_OFFICER, Role.ASSESSING_SOCIAL_WORKER}
        )
    ]
