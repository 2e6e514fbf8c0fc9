"""What of a home goes on after a day, and so ends with its approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Child,
    Placement,
    SchemeMember,
    SkillHeld,
    Terms,
    Unavailability,
)

OTHERS_CHILD = "a child of another service"


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
            *_after(Terms, household_id, day, viewer, *_current(Terms)),
            *_after(Unavailability, household_id, day, viewer, *_current(Unavailability)),
        ],
        [
            *_after(SkillHeld, household_id, day, viewer),
            *_after(SchemeMember, household_id, day, viewer),
            *_after(Allocation, household_id, day, viewer),
        ],
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
            *_current(Placement),
            or_(Placement.until_on.is_(None), Placement.until_on > day),
            or_(Placement.until_on.is_(None), Placement.until_on > Placement.from_on),
        )
        .order_by(Child.ref, Placement.id)
    )
    return list(dict.fromkeys(ref or OTHERS_CHILD for ref in db.session.scalars(query)))


def _after(
    row: type[Any], household_id: UUID, day: date, viewer: Viewer, *more: Any
) -> Sequence[Any]:
    query = select(row).where(
        row.household_id == household_id,
        row.service_id.in_(viewer.service_ids),
        or_(row.until_on.is_(None), row.until_on > day),
        *more,
    )
    ordered = query.order_by(row.from_on, row.id)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()


def _current(row: type[Placement] | type[Terms] | type[Unavailability]) -> tuple[Any, ...]:
    return (row.superseded_by_id.is_(None), ~row.is_void)
