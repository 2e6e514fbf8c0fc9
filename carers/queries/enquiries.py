"""Enquiries: whose may be seen, and how to keep one from changing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, any_, or_, select
from sqlalchemy.orm import selectinload

from carers.db import db
from carers.domain import clock
from carers.domain.errors import NotFound
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import Allocation, Enquiry, Membership, Person, PipelineEvent
from carers.queries import successors
from carers.queries.on_day import holds_on

ALL_CASES = frozenset(
    {
        Role.RECRUITMENT_OFFICER,
        Role.PANEL_ADMINISTRATOR,
        Role.DECISION_MAKER,
        Role.TEAM_MANAGER,
        Role.HEAD_OF_SERVICE,
    }
)


def visible_to(viewer: Viewer) -> Select[tuple[Enquiry]]:
    """The enquiries of the viewer's services; an assessing social worker's are their own cases."""
    query = (
        select(Enquiry)
        .where(Enquiry.service_id.in_(viewer.service_ids))
        .order_by(Enquiry.received_at, Enquiry.id)
    )
    if viewer.roles.isdisjoint(ALL_CASES):
        query = query.where(Enquiry.id.in_(allocated_ids(viewer)))
    return query


def get(enquiry_id: UUID, *, viewer: Viewer) -> Enquiry:
    """One enquiry with its case, events and workers. Raises NotFound."""
    query = visible_to(viewer).where(Enquiry.id == enquiry_id)
    loaded = query.options(
        selectinload(Enquiry.case),
        selectinload(Enquiry.events).selectinload(PipelineEvent.recorded_by),
        selectinload(Enquiry.allocations).selectinload(Allocation.worker),
        selectinload(Enquiry.source),
        selectinload(Enquiry.campaign),
    )
    return _found(loaded)


def get_locked(enquiry_id: UUID, *, viewer: Viewer) -> Enquiry:
    """Fetch an enquiry afresh and keep it from changing until the transaction ends."""
    query = visible_to(viewer).where(Enquiry.id == enquiry_id).with_for_update(key_share=True)
    return _found(query.execution_options(populate_existing=True))


def get_event(enquiry_id: UUID, event_id: UUID, *, viewer: Viewer) -> PipelineEvent:
    """One step of an enquiry afresh, or the one that took its place since.

    Raises EntryRemoved where it was a mistake, NotFound where there is none such.
    """
    event = PipelineEvent
    return successors.current(
        event, event_id, event.enquiry_id == enquiry_id, event.service_id.in_(viewer.service_ids)
    )


def people_of(enquiry_id: UUID, *, viewer: Viewer) -> list[Person]:
    """Who is recorded with an enquiry, by reference."""
    query = select(Person).where(
        Person.enquiry_id == enquiry_id, Person.service_id.in_(viewer.service_ids)
    )
    return list(db.session.scalars(query.order_by(Person.ref, Person.id)))


def is_allocated(enquiry_id: UUID, *, viewer: Viewer) -> bool:
    """Whether a case is the viewer's now."""
    query = allocated_ids(viewer).where(Allocation.enquiry_id == enquiry_id)
    return db.session.scalars(query.limit(1)).first() is not None


def was_assessor(enquiry_id: UUID, *, viewer: Viewer) -> bool:
    """Whether this person, in any of their services, ever had a case to assess.

    Whoever had it is taken to have assessed it unless they recruit, and do not assess.
    """
    query = (
        select(Membership.role_codes)
        .join(Allocation, Allocation.membership_id == Membership.id)
        .where(Allocation.enquiry_id == enquiry_id, Membership.user_id == viewer.user_id)
    )
    return any(
        Role.ASSESSING_SOCIAL_WORKER in roles or Role.RECRUITMENT_OFFICER not in roles
        for roles in db.session.scalars(query)
    )


def recorded_by(enquiry_id: UUID, *, viewer: Viewer) -> frozenset[Event]:
    """What this person, in any of their services, ever recorded in a case.

    What was superseded since counts too: somebody else's correction does not undo who did it.
    """
    query = (
        select(PipelineEvent.event)
        .join(Membership, Membership.id == PipelineEvent.recorded_by_id)
        .where(PipelineEvent.enquiry_id == enquiry_id, Membership.user_id == viewer.user_id)
    )
    return frozenset(db.session.scalars(query))


def allocated_ids(viewer: Viewer) -> Select[tuple[UUID | None]]:
    """The enquiries that are a worker's now."""
    return select(Allocation.enquiry_id).where(
        Allocation.membership_id == viewer.membership_id,
        Allocation.enquiry_id.is_not(None),
        holds_on(Allocation, clock.today()),
    )


def workers(service_ids: Collection[UUID], *, viewer: Viewer) -> list[Membership]:
    """Who may be given enquiries: services' recruitment officers and assessing social workers."""
    roles = [Role.RECRUITMENT_OFFICER.value, Role.ASSESSING_SOCIAL_WORKER.value]
    query = (
        select(Membership)
        .where(
            Membership.service_id.in_(service_ids),
            Membership.service_id.in_(viewer.service_ids),
            or_(*(any_(Membership.role_codes) == role for role in roles)),
        )
        .order_by(Membership.name, Membership.id)
    )
    return list(db.session.scalars(query))


def _found(query: Select[tuple[Enquiry]]) -> Enquiry:
    enquiry = db.session.scalars(query).one_or_none()
    if enquiry is None:
        raise NotFound
    return enquiry
