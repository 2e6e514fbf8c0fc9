"""Approvals that follow one another, and what goes on from one in the next (EXCHANGE)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from carers.db import db
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Household, Placement


@dataclass(frozen=True)
class Beside:
    """The approval that a home’s own follows, and the one that follows it."""

    before: Household | None
    after: Household | None


def beside(household: Household, *, viewer: Viewer) -> Beside:
    """None where there is none that the viewer may see."""
    query = select(Household).where(
        Household.service_id.in_(viewer.service_ids),
        or_(Household.id == household.follows_id, Household.follows_id == household.id),
    )
    found = db.session.scalars(query.order_by(Household.approved_on, Household.id)).all()
    return Beside(
        next((one for one in found if one.id == household.follows_id), None),
        next((one for one in found if one.follows_id == household.id), None),
    )


def for_the_time_being(service_id: UUID, *, viewer: Viewer) -> Sequence[Household]:
    """The homes of a service approved otherwise than in full, without an end, by name."""
    query = select(Household).where(
        Household.service_id == service_id,
        Household.service_id.in_(viewer.service_ids),
        Household.approval != Approval.FULL,
        Household.ended_on.is_(None),
    )
    return db.session.scalars(query.order_by(Household.name, Household.id)).all()


def stays_from(household_id: UUID, day: date, *, viewer: Viewer) -> Sequence[Placement]:
    """Who lives in a home on a day or later, afresh, in the order of their days."""
    query = select(Placement).where(
        Placement.household_id == household_id,
        Placement.household_service_id.in_(viewer.service_ids),
        _goes_on(day),
    )
    ordered = query.order_by(Placement.from_on, Placement.ref)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()


def respite_homes(household_id: UUID, day: date, *, viewer: Viewer) -> Sequence[UUID]:
    """The viewer’s other homes in which a home’s children have respite on a day or later."""
    here = select(Placement.child_id).where(Placement.household_id == household_id, _goes_on(day))
    query = select(Placement.household_id).where(
        Placement.child_id.in_(here),
        Placement.respite_of_id.is_not(None),
        Placement.household_service_id.in_(viewer.service_ids),
        _goes_on(day),
    )
    return [one for one in db.session.scalars(query.distinct()) if one]


def _goes_on(day: date) -> ColumnElement[bool]:
    until = Placement.until_on
    return and_(
        Placement.is_current,
        or_(until.is_(None), until > day),
        or_(until.is_(None), until > Placement.from_on),
    )
