"""What of a home goes on after a day, and so ends with its approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain.children import OTHERS_CHILD
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Child,
    Household,
    Placement,
    SchemeMember,
    SkillHeld,
    Terms,
    Unavailability,
)


@dataclass(frozen=True)
class GoingOn:
    """Rows without an end, or with a later one: the spells, whose facts do not change, apart."""

    spells: Sequence[Terms | Unavailability]
    dated: Sequence[SkillHeld | SchemeMember | Allocation]

    def count(self, row: type[Any]) -> int:
        return sum(isinstance(one, row) for one in (*self.spells, *self.dated))


def going_on(household_id: UUID, day: date, *, viewer: Viewer) -> GoingOn:
    """Afresh, each kind in the order of its days."""
    return GoingOn(
        [
            *_after(Terms, household_id, day, viewer, Terms.is_current),
            *_after(Unavailability, household_id, day, viewer, Unavailability.is_current),
        ],
        [
            *_after(SkillHeld, household_id, day, viewer),
            *_after(SchemeMember, household_id, day, viewer),
            *_after(Allocation, household_id, day, viewer),
        ],
    )


def ended_with(household: Household, day: date, *, viewer: Viewer) -> GoingOn:
    """Afresh, what ended on the day on which a home's approval did.

    Rows that hold on no day are left out, but for those of a home approved and ended on one day.
    """

    def of(row: type[Any], *more: Any) -> Sequence[Any]:
        held = or_(row.from_on < day, row.from_on == household.approved_on)
        where = (row.until_on == day, held, *more)
        return _where(row, *where, household_id=household.id, viewer=viewer)

    return GoingOn(
        [*of(Terms, Terms.is_current), *of(Unavailability, Unavailability.is_current)],
        [*of(SkillHeld), *of(SchemeMember), *of(Allocation)],
    )


def is_followed(household_id: UUID, *, viewer: Viewer) -> bool:
    """Whether another approval of the same home begins as this one ends (EXCHANGE, households)."""
    query = select(Household.id).where(
        Household.follows_id == household_id, Household.service_id.in_(viewer.service_ids)
    )
    return db.session.scalars(query.limit(1)).first() is not None


def has_begun_since(household_id: UUID, day: date, *, viewer: Viewer) -> bool:
    """Whether a skill, time in a scheme or an allocation of a home began on a day or later."""
    return any(
        _where(
            row,
            row.from_on >= day,
            or_(row.until_on.is_(None), row.until_on > row.from_on),
            household_id=household_id,
            viewer=viewer,
        )
        for row in (SkillHeld, SchemeMember, Allocation)
    )


def children_after(household_id: UUID, day: date, *, viewer: Viewer) -> list[str]:
    """Who lives in a home on a day or later, by reference: stays that are to come too."""
    query = (
        select(Child.ref)
        .select_from(Placement)
        .outerjoin(Child, Child.id == Placement.child_id)
        .where(
            Placement.household_id == household_id,
            Placement.household_service_id.in_(viewer.service_ids),
            Placement.is_current,
            or_(Placement.until_on.is_(None), Placement.until_on > day),
            or_(Placement.until_on.is_(None), Placement.until_on > Placement.from_on),
        )
        .order_by(Child.ref, Placement.id)
    )
    return list(dict.fromkeys(ref or OTHERS_CHILD for ref in db.session.scalars(query)))


def _after(
    row: type[Any], household_id: UUID, day: date, viewer: Viewer, *more: Any
) -> Sequence[Any]:
    goes_on = or_(row.until_on.is_(None), row.until_on > day)
    return _where(row, goes_on, *more, household_id=household_id, viewer=viewer)


def _where(row: type[Any], *where: Any, household_id: UUID, viewer: Viewer) -> Sequence[Any]:
    query = select(row).where(
        row.household_id == household_id, row.service_id.in_(viewer.service_ids), *where
    )
    ordered = query.order_by(row.from_on, row.id)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()
