"""Cases as the panel needs them: from stage 2 on, with who assessed and who recorded what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from carers.db import db
from carers.domain.case_state import CaseState
from carers.domain.errors import NotFound
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.viewer import Viewer
from carers.models import Allocation, Enquiry, Household, KeptCase, Person
from carers.queries import enquiries

FROM_STAGE2 = (Stage.STAGE2, Stage.PANEL, Stage.DECISION, Stage.APPROVED)


@dataclass(frozen=True)
class PanelCase:
    """A case, and the social workers who assessed it."""

    id: UUID
    service_id: UUID
    ref: str
    names: str
    state: CaseState
    assessors: tuple[str, ...]


def visible_to(viewer: Viewer) -> Select[tuple[KeptCase]]:
    """The cases that a panel hears of; an assessing social worker sees their own."""
    query = (
        select(KeptCase)
        .join(KeptCase.enquiry)
        .options(contains_eager(KeptCase.enquiry))
        .where(
            KeptCase.service_id.in_(viewer.service_ids),
            KeptCase.stage.in_(FROM_STAGE2),
            Enquiry.duplicate_of_id.is_(None),
        )
        .order_by(Enquiry.ref, Enquiry.id)
    )
    if viewer.roles.isdisjoint(enquiries.ALL_CASES):
        query = query.where(Enquiry.id.in_(enquiries.allocated_ids(viewer)))
    return query


def waiting(viewer: Viewer) -> list[PanelCase]:
    """From stage 2 until the applicants have been told of the decision."""
    case = KeptCase
    untold = and_(case.told_due_on.is_not(None), case.told_orally_at.is_(None))
    unwritten = and_(case.written_due_on.is_not(None), case.notice_sent_at.is_(None))
    query = visible_to(viewer).where(or_(case.is_open, untold, unwritten))
    return _cases(db.session.scalars(query).all(), viewer)


def get(enquiry_id: UUID, *, viewer: Viewer) -> PanelCase:
    """Raises NotFound where there is none from stage 2 on that this viewer may see."""
    query = visible_to(viewer).where(KeptCase.enquiry_id == enquiry_id)
    found = _cases(db.session.scalars(query).all(), viewer)
    if not found:
        raise NotFound
    return found[0]


def home_of(enquiry_id: UUID, *, viewer: Viewer) -> Household | None:
    """The home that was entered in the register for a case."""
    query = (
        select(Household)
        .where(Household.enquiry_id == enquiry_id, Household.service_id.in_(viewer.service_ids))
        .order_by(Household.approved_on, Household.id)
    )
    return db.session.scalars(query.limit(1)).first()


def people_of(enquiry_id: UUID, *, viewer: Viewer) -> list[Person]:
    """The applicants, and who lives with them, where they are recorded one by one."""
    query = (
        select(Person)
        .where(
            Person.enquiry_id == enquiry_id,
            Person.household_id.is_(None),
            Person.service_id.in_(viewer.service_ids),
        )
        .order_by(Person.ref, Person.id)
    )
    return list(db.session.scalars(query))


def _cases(kept: Collection[KeptCase], viewer: Viewer) -> list[PanelCase]:
    assessors = _assessors([one.enquiry_id for one in kept], viewer)
    return [
        PanelCase(
            one.enquiry_id,
            one.service_id,
            one.enquiry.ref,
            one.enquiry.name,
            one.state,
            tuple(dict.fromkeys(assessors[one.enquiry_id])),
        )
        for one in kept
    ]


def _assessors(enquiry_ids: list[UUID], viewer: Viewer) -> dict[UUID, list[str]]:
    """Who has, or had, each case as assessing social worker, in order."""
    query = (
        select(Allocation)
        .options(joinedload(Allocation.worker))
        .where(
            Allocation.enquiry_id.in_(enquiry_ids),
            Allocation.service_id.in_(viewer.service_ids),
        )
        .order_by(Allocation.from_on, Allocation.id)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in db.session.scalars(query):
        if one.enquiry_id and Role.ASSESSING_SOCIAL_WORKER in one.worker.roles:
            found[one.enquiry_id].append(one.worker.name)
    return found
