"""The dated rows of one home, void and superseded ones among them: they stay readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from carers.db import db
from carers.domain.register import HELD, Skill
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Confirmation,
    Exemption,
    Household,
    Membership,
    Person,
    Placement,
    SkillHeld,
    TemporaryApproval,
    Terms,
    Unavailability,
)
from carers.queries import stays, successors
from carers.queries.among import among
from carers.queries.on_day import holds_on

R = TypeVar("R", Confirmation, Placement, Terms, Unavailability)

ANSWERABLE = frozenset({Role.SUPERVISING_SOCIAL_WORKER, Role.TEAM_MANAGER})
CONFIRMATIONS = 20  # the latest that a page shows


@dataclass(frozen=True)
class HouseholdRows:
    """What a page shows of one home, each in the order of its days."""

    placements: Sequence[Placement]
    terms: Sequence[Terms]
    skills: Sequence[SkillHeld]
    holds: Sequence[Unavailability]
    people: Sequence[Person]
    allocations: Sequence[Allocation]
    confirmations: Sequence[Confirmation]
    exemptions: Sequence[Exemption]
    temporary: Sequence[TemporaryApproval]
    refs: dict[UUID, str]  # of the children whom those and searches name, where they may be known
    names: dict[UUID, str]  # of those who recorded them


def rows_of(
    household: Household, *, viewer: Viewer, every_confirmation: bool = False
) -> HouseholdRows:
    """Everything dated that is kept of a home, in one statement for each kind.

    Of confirmations it is the latest, unless every one is asked for. A placement of another
    service's child has no child to show.
    """
    theirs = {"household_id": household.id}
    placements = (
        select(Placement)
        .filter_by(**theirs)
        .options(joinedload(Placement.child))
        .order_by(Placement.from_on, Placement.ref, Placement.id)
    )
    holds = (
        select(Unavailability)
        .filter_by(**theirs)
        .options(joinedload(Unavailability.owner), joinedload(Unavailability.search))
        .order_by(Unavailability.from_on, Unavailability.ref, Unavailability.id)
    )
    allocations = (
        select(Allocation)
        .filter_by(**theirs)
        .options(joinedload(Allocation.worker))
        .order_by(Allocation.is_cover, Allocation.from_on, Allocation.id)
    )
    confirmations = (
        select(Confirmation)
        .filter_by(**theirs)
        .order_by(Confirmation.at.desc(), Confirmation.id)
        .limit(None if every_confirmation else CONFIRMATIONS)
    )
    terms = select(Terms).filter_by(**theirs).order_by(Terms.from_on, Terms.id)
    skills = select(SkillHeld).filter_by(**theirs).order_by(SkillHeld.from_on, SkillHeld.skill)
    people = select(Person).filter_by(**theirs).order_by(Person.role, Person.ref)
    exempt = select(Exemption).filter_by(**theirs).order_by(Exemption.from_on)
    exemptions = _seen(exempt, Exemption.service_id, viewer)
    temporary = select(TemporaryApproval).filter_by(**theirs)
    approved = _seen(temporary, TemporaryApproval.service_id, viewer)
    withheld = _seen(holds, Unavailability.service_id, viewer)
    naming = (*exemptions, *approved, *(hold.search for hold in withheld if hold.search))
    named = {child_id for row in naming for child_id in row.child_ids}
    return HouseholdRows(
        _seen(placements, Placement.household_service_id, viewer),
        _seen(terms, Terms.service_id, viewer),
        _seen(skills, SkillHeld.service_id, viewer),
        withheld,
        _seen(people, Person.service_id, viewer),
        _seen(allocations, Allocation.service_id, viewer),
        _seen(confirmations, Confirmation.service_id, viewer),
        exemptions,
        approved,
        stays.refs_of(named, viewer=viewer),
        {one.id: one.name for one in workers(household.service_id, viewer=viewer)},
    )


def hold(household_id: UUID, hold_id: UUID, *, viewer: Viewer) -> Unavailability:
    """A hold of a home as ``current`` finds it. Raises EntryRemoved, NotFound."""
    return current(Unavailability, household_id, hold_id, viewer=viewer)


def placement(household_id: UUID, placement_id: UUID, *, viewer: Viewer) -> Placement:
    """A placement in a home as ``current`` finds it, a row of the viewer's own services.

    Raises EntryRemoved, NotFound.
    """
    return current(Placement, household_id, placement_id, viewer=viewer)


def terms_on(household_id: UUID, day: date, *, viewer: Viewer) -> Terms | None:
    """The terms in force on a day, if any are."""
    query = select(Terms).where(
        Terms.household_id == household_id,
        Terms.service_id.in_(viewer.service_ids),
        Terms.is_current,
        holds_on(Terms, day),
    )
    return db.session.scalars(query).one_or_none()


def workers(service_id: UUID, *, viewer: Viewer) -> list[Membership]:
    """The people who work in a service, by name."""
    query = (
        select(Membership)
        .where(Membership.service_id == service_id, Membership.service_id.in_(viewer.service_ids))
        .order_by(Membership.name, Membership.ref)
    )
    return list(db.session.scalars(query))


def answerable(service_id: UUID, *, viewer: Viewer) -> list[Membership]:
    """Those who may answer for places on hold."""
    return [one for one in workers(service_id, viewer=viewer) if one.roles & ANSWERABLE]


def skills_held(
    household_ids: Sequence[UUID], day: date, *, viewer: Viewer
) -> dict[UUID, list[Skill]]:
    """The skills that each home holds on a day: trained or approved (METRICS, Skills)."""
    query = (
        select(SkillHeld.household_id, SkillHeld.skill)
        .where(
            among(SkillHeld.household_id, household_ids),
            SkillHeld.service_id.in_(viewer.service_ids),
            SkillHeld.level.in_(HELD),
            SkillHeld.from_on <= day,
            func.coalesce(SkillHeld.until_on > day, True),
        )
        .order_by(SkillHeld.household_id, SkillHeld.skill)
        .distinct()
    )
    found: dict[UUID, list[Skill]] = {}
    for household_id, skill in db.session.execute(query).tuples():
        found.setdefault(household_id, []).append(skill)
    return found


def _seen(query: Select[Any], service_id: Any, viewer: Viewer) -> Sequence[Any]:
    return db.session.scalars(query.where(service_id.in_(viewer.service_ids))).all()


def current(row: type[R], household_id: UUID, row_id: UUID, *, viewer: Viewer) -> R:
    """A row of a home afresh, or the one that took its place since.

    Raises EntryRemoved where it was a mistake, NotFound where there is none such.
    """
    return successors.current(
        row, row_id, row.household_id == household_id, row.service_id.in_(viewer.service_ids)
    )
