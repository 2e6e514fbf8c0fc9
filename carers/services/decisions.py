"""The decision maker's decision: to approve is one act with the entry in the register."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from carers.db import db
from carers.domain import clock, recording
from carers.domain.entering import Entry, entered_at
from carers.domain.errors import RuleBroken
from carers.domain.happenings import Happening
from carers.domain.recruitment import Event, Outcome
from carers.domain.references import Kind
from carers.domain.register import PersonRole
from carers.domain.viewer import Viewer
from carers.models import Allocation, Enquiry, Household, SkillHeld, Terms
from carers.queries import households, panel
from carers.services import audit, cases, enquiries, made_full, new_homes, references


def decide(
    enquiry_id: UUID,
    *,
    outcome: Outcome,
    at: datetime,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> None:
    """Record a decision not to approve, which is the qualifying determination, or to defer.

    Raises RuleBroken: DecidedByRecommender and DecidedByAssessor among them; StalePage.
    """
    if outcome is Outcome.APPROVE:
        raise RuleBroken("To approve is to enter the home in the register", field="outcome")
    _record(enquiry_id, outcome, at=at, note=note, seen=seen, by=by)


def approve(
    enquiry_id: UUID,
    entry: Entry,
    *,
    at: datetime,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> Household:
    """Decide to approve, and enter the home in the register: one act (DESIGN, The pipeline).

    A home for the time being that it follows ends on its first day (EXCHANGE, households). Raises
    what ``decide`` raises, and RuleBroken on the entry.
    """
    _record(enquiry_id, Outcome.APPROVE, at=at, note=note, seen=seen, by=by)
    return _enter(enquiry_id, entry, by)


def enter(enquiry_id: UUID, entry: Entry, *, seen: int | None, by: Viewer) -> Household:
    """Enter the home of a case that was decided before, as one loaded from files may be."""
    enquiries.get_to_change(enquiry_id, seen=seen, by=by)
    return _enter(enquiry_id, entry, by)


def _record(
    enquiry_id: UUID,
    outcome: Outcome,
    *,
    at: datetime,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> None:
    enquiries.record_event(
        enquiry_id, Event.DECIDED, at=at, detail=outcome.value, note=note, seen=seen, by=by
    )


def _enter(enquiry_id: UUID, entry: Entry, by: Viewer) -> Household:
    """Write the home and “approved” on its first day, under the case’s last decision."""
    history = cases.history_of(enquiry_id, viewer=by)
    decided = history.last(Event.DECIDED)
    decided_at = decided.at if decided else clock.now()
    first_day = entry.first_day(decided_at)
    approved = Happening(
        Event.APPROVED, entered_at(first_day, decided_at), recorded_by=by.membership_id
    )
    who = enquiries.actor(enquiry_id, by)
    if refused := recording.refusal(history, Event.APPROVED, actor=who, now=approved.at):
        raise refused
    enquiry = db.session.get_one(Enquiry, enquiry_id)
    home = _home(enquiry, entry, first_day, by)
    enquiries.write_event(enquiry_id, approved, note=None, by=by)
    cases.refold(enquiry_id)
    return home


def _home(enquiry: Enquiry, entry: Entry, first_day: date, by: Viewer) -> Household:
    before = (
        made_full.find(entry.follows_id, enquiry.service_id, first_day, by=by)
        if entry.follows_id
        else None
    )
    home = Household(
        service_id=enquiry.service_id,
        ref=references.next_ref(Kind.HOUSEHOLD, enquiry.service_id),
        name=entry.name,
        enquiry_id=enquiry.id,
        follows_id=entry.follows_id,
        approved_on=first_day,
        arrived_by=entry.arrived_by,
        **_reached(enquiry, before),
    )
    audit.added(home, by=by, action="approved the home")
    _add_people(enquiry, home, by)
    terms = _add_terms(home, entry, by)
    _add_skills(home, entry, by)
    if entry.supervisor_id:
        _allocate(home, entry.supervisor_id, by)
    if before:
        made_full.take_over(before, terms, ref=home.ref, worker=entry.supervisor_id, by=by)
    return home


def _reached(enquiry: Enquiry, before: Household | None) -> dict[str, Any]:
    """How they said that they are reached, and else as the home that this one follows."""
    asked = ("email", "phone", "address", "postcode", "bedrooms")
    return {name: getattr(enquiry, name, None) or getattr(before, name, None) for name in asked}


def _add_skills(home: Household, entry: Entry, by: Viewer) -> None:
    for skill, level in entry.skills.items():
        held = SkillHeld(
            service_id=home.service_id,
            household_id=home.id,
            skill=skill,
            level=level,
            from_on=home.approved_on,
        )
        audit.added(held, by=by, action="recorded a skill")


def _add_people(enquiry: Enquiry, home: Household, by: Viewer) -> None:
    """Those recorded with the case come along; else its applicants are the carers."""
    recorded = panel.people_of(enquiry.id, viewer=by)
    for person in recorded:
        audit.change(person, household_id=home.id, by=by, action="entered a person")
    if any(person.role is PersonRole.CARER for person in recorded):
        return
    for typed in filter(None, (enquiry.applicant_1, enquiry.applicant_2)):
        new_homes.add_carer(home, typed, by, enquiry_id=enquiry.id)


def _add_terms(home: Household, entry: Entry, by: Viewer) -> Terms:
    terms = Terms(
        service_id=home.service_id,
        household_id=home.id,
        from_on=home.approved_on,
        carer_type=entry.carer_type,
        primary_offer=entry.primary_offer,
        places=entry.places,
        age_min=entry.age_min,
        age_max=entry.age_max,
        genders=list(entry.genders),
        placement_types=list(entry.placement_types),
        siblings_only=entry.siblings_only,
        conditions=entry.conditions or None,
        recorded_by_id=by.membership_id,
    )
    audit.added(terms, by=by, action="recorded the first terms")
    return terms


def _allocate(home: Household, supervisor_id: UUID, by: Viewer) -> None:
    offered = households.supervisors(by, of=home.service_id)
    supervisor = next((one for one in offered if one.id == supervisor_id), None)
    if supervisor is None:
        raise RuleBroken("Select the supervising social worker", field="supervisor")
    given = Allocation(
        service_id=supervisor.service_id,
        membership_id=supervisor.id,
        household_id=home.id,
        from_on=home.approved_on,
    )
    audit.added(given, by=by, action=f"gave it to {supervisor.ref}")
