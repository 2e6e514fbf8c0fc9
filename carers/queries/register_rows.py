"""The rows of the register that a home's page changes: whom and what it has, and whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain.errors import NotFound
from carers.domain.period import Period
from carers.domain.register import Skill
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Exemption,
    Person,
    Scheme,
    SchemeMember,
    SkillHeld,
    TemporaryApproval,
)

R = TypeVar("R", Allocation, Exemption, Person, SchemeMember, SkillHeld)


@dataclass(frozen=True)
class InScheme:
    """A home's time in a scheme."""

    id: UUID
    name: str
    from_on: date
    until_on: date | None

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)


def person(household_id: UUID, person_id: UUID, *, viewer: Viewer) -> Person:
    """Raises NotFound where there is none, or they are not of this home."""
    return _one(Person, household_id, person_id, viewer)


def skill(household_id: UUID, skill_id: UUID, *, viewer: Viewer) -> SkillHeld:
    """Raises NotFound where there is none, or it is not of this home."""
    return _one(SkillHeld, household_id, skill_id, viewer)


def member(household_id: UUID, member_id: UUID, *, viewer: Viewer) -> SchemeMember:
    """Raises NotFound where there is none, or it is not of this home."""
    return _one(SchemeMember, household_id, member_id, viewer)


def allocation(household_id: UUID, allocation_id: UUID, *, viewer: Viewer) -> Allocation:
    """Raises NotFound where there is none, or it is not of this home."""
    return _one(Allocation, household_id, allocation_id, viewer)


def cover(household_id: UUID, allocation_id: UUID, *, viewer: Viewer) -> Allocation:
    """Raises NotFound where there is none, or the worker is not there to cover."""
    found = allocation(household_id, allocation_id, viewer=viewer)
    if not found.is_cover:
        raise NotFound
    return found


def exemption(household_id: UUID, exemption_id: UUID, *, viewer: Viewer) -> Exemption:
    """Raises NotFound where there is none, or it is not of this home."""
    return _one(Exemption, household_id, exemption_id, viewer)


def temporary_approval(household_id: UUID, *, viewer: Viewer) -> TemporaryApproval | None:
    """For whom a home is approved for the time being, afresh; none where it is not told."""
    query = select(TemporaryApproval).where(
        TemporaryApproval.household_id == household_id,
        TemporaryApproval.service_id.in_(viewer.service_ids),
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def allocations_of(household_id: UUID, *, viewer: Viewer) -> Sequence[Allocation]:
    """Every time of a home with a worker, cover too."""
    return _all(Allocation, household_id, viewer)


def exemptions_of(household_id: UUID, *, viewer: Viewer) -> Sequence[Exemption]:
    return _all(Exemption, household_id, viewer)


def skills_of(household_id: UUID, which: Skill, *, viewer: Viewer) -> Sequence[SkillHeld]:
    """A home's times with one skill, at whatever level."""
    return _all(SkillHeld, household_id, viewer, SkillHeld.skill == which)


def times_in(household_id: UUID, scheme_id: UUID, *, viewer: Viewer) -> Sequence[SchemeMember]:
    """A home's times in one scheme."""
    return _all(SchemeMember, household_id, viewer, SchemeMember.scheme_id == scheme_id)


def schemes_of(household_id: UUID, *, viewer: Viewer) -> list[InScheme]:
    """Every time of a home in a scheme, in order."""
    query = (
        select(SchemeMember.id, Scheme.name, SchemeMember.from_on, SchemeMember.until_on)
        .join(Scheme, Scheme.id == SchemeMember.scheme_id)
        .where(
            SchemeMember.household_id == household_id,
            SchemeMember.service_id.in_(viewer.service_ids),
        )
        .order_by(SchemeMember.from_on, Scheme.name, SchemeMember.id)
    )
    return [InScheme(*row) for row in db.session.execute(query).tuples()]


def schemes_open_on(service_id: UUID, day: date, *, viewer: Viewer) -> list[Scheme]:
    """The schemes of a service that a home may join on a day."""
    query = (
        select(Scheme)
        .where(
            Scheme.service_id == service_id,
            Scheme.service_id.in_(viewer.service_ids),
            or_(Scheme.from_on.is_(None), Scheme.from_on <= day),
            or_(Scheme.until_on.is_(None), Scheme.until_on > day),
        )
        .order_by(Scheme.name, Scheme.code)
    )
    return list(db.session.scalars(query))


def _all(row: type[R], household_id: UUID, viewer: Viewer, *where: Any) -> Sequence[R]:
    """Afresh, in the order of their days."""
    query = select(row).where(
        row.household_id == household_id, row.service_id.in_(viewer.service_ids), *where
    )
    ordered = query.order_by(row.from_on, row.id)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()


def _one(row: type[R], household_id: UUID, row_id: UUID, viewer: Viewer) -> R:
    query = select(row).where(
        row.id == row_id,
        row.household_id == household_id,
        row.service_id.in_(viewer.service_ids),
    )
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found
