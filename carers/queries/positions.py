"""Where homes stand: their places from the ledger, when last confirmed, and their last change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, all_, exists, func, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from carers.db import db
from carers.domain import clock
from carers.domain.capacity import Capacity
from carers.domain.period import Period
from carers.domain.position import Confirmed, Freshness, Position, VacantSpell
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import (
    AuditEntry,
    Child,
    Confirmation,
    Exemption,
    Household,
    Membership,
    Placement,
)
from carers.queries import households, ledger, standards
from carers.queries.among import among
from carers.queries.on_day import holds_on


@dataclass(frozen=True)
class HomeLine:
    """A home in a list."""

    id: UUID
    ref: str
    name: str
    phone: str | None
    position: Position


@dataclass(frozen=True)
class OwnHome:
    """A home that somebody answers for, and how old what is said of it is."""

    id: UUID
    has_places: bool
    freshness: Freshness


@dataclass(frozen=True)
class LivingHere:
    """A child in a home: no reference where it is another service's."""

    ref: str | None
    born_on: date | None
    from_on: date


def of_homes(household_ids: Collection[UUID], *, viewer: Viewer, day: date) -> dict[UUID, HomeLine]:
    """Homes as they stand on a day, by name, in a fixed number of statements.

    The ledger is a statement of its own: joined, it would be added up for each home again.
    """
    ids = list(household_ids)
    days = standards.in_force(viewer, day).confirmation_days
    ledger_rows = db.session.execute(select(ledger.on(viewer, day, ids)))
    places = {row.household_id: row for row in ledger_rows}
    rows = db.session.execute(_lines(ids, viewer, day))
    return {row.id: _line(row, places.get(row.id), days) for row in rows}


def allocated_to(viewer: Viewer, day: date) -> list[OwnHome]:
    """The open homes that somebody answers for on a day, by name: where each stands is apart."""
    days = standards.in_force(viewer, day).confirmation_days
    last = last_confirmation()
    query = (
        households.allocated_to(viewer, day)
        .outerjoin(last, true())
        .with_only_columns(Household.id, Household.approval, Household.approved_on, *last.c)
    )
    return [
        OwnHome(
            row.id,
            row.approval is Approval.FULL,
            Freshness(confirmed_of(row), row.approved_on, days),
        )
        for row in db.session.execute(query)
    ]


def of_home(household_id: UUID, *, viewer: Viewer, day: date) -> Position:
    return of_homes([household_id], viewer=viewer, day=day)[household_id].position


def spells_of(household_id: UUID, *, viewer: Viewer) -> list[VacantSpell]:
    """A home's vacancy from its first terms on, in order and without a gap."""
    spells = ledger.spells(viewer, [household_id])
    query = select(spells.c.from_on, spells.c.until_on, spells.c.vacant)
    rows = db.session.execute(query.order_by(spells.c.from_on)).tuples()
    return [VacantSpell(from_on, until_on, vacant) for from_on, until_on, vacant in rows]


def fewest_vacant(household_id: UUID, period: Period, *, viewer: Viewer) -> int:
    """The places of a home that are vacant on every day of a period."""
    query = ledger.fewest_vacant(viewer, household_id, period.start, period.end)
    return db.session.scalars(query).one()


def children_in(
    household_ids: Collection[UUID], *, viewer: Viewer, day: date
) -> dict[UUID, list[LivingHere]]:
    """The children living in each home on a day, by reference and age."""
    query = (
        select(Placement.household_id, Child.ref, Child.born_on, Placement.from_on)
        .outerjoin(Child, Child.id == Placement.child_id)
        .where(
            among(Placement.household_id, household_ids),
            Placement.household_service_id.in_(viewer.service_ids),
            Placement.is_current,
            holds_on(Placement, day),
        )
        .order_by(Placement.from_on, Placement.id)
    )
    found: dict[UUID, list[LivingHere]] = {}
    for home, ref, born_on, from_on in db.session.execute(query).tuples():
        if home is not None:
            found.setdefault(home, []).append(LivingHere(ref, born_on, from_on))
    return found


def said_on(day: date, household_ids: Collection[UUID], *, viewer: Viewer) -> dict[UUID, UUID]:
    """The viewer's own last confirmation of each home on a day, where there is one."""
    if viewer.membership_id is None:
        return {}
    query = (
        select(Confirmation.household_id, Confirmation.id)
        .where(
            among(Confirmation.household_id, household_ids),
            Confirmation.service_id.in_(viewer.service_ids),
            Confirmation.recorded_by_id == viewer.membership_id,
            Confirmation.at >= clock.at(day),
            Confirmation.at < clock.at(day + timedelta(days=1)),
            Confirmation.is_current,
        )
        .order_by(Confirmation.at)
    )
    return dict(db.session.execute(query).tuples().all())


def last_confirmation() -> LateralFromClause:
    """Of the household beside it: at, by, role."""
    last = (
        select(Confirmation.at, Confirmation.by_role, Confirmation.recorded_by_id)
        .where(
            Confirmation.household_id == Household.id,
            Confirmation.is_current,
        )
        .order_by(Confirmation.at.desc())
        .limit(1)
        .correlate(Household)
        .lateral("last")
    )
    return (
        select(last.c.at, last.c.by_role, Membership.name.label("by"))
        .outerjoin(Membership, Membership.id == last.c.recorded_by_id)
        .lateral("last_confirmation")
    )


def confirmed_of(row: Row[Any]) -> Confirmed | None:
    """What a row says of the last confirmation."""
    return Confirmed(row.at, row.by, row.by_role) if row.at else None


def _lines(ids: list[UUID], viewer: Viewer, day: date) -> Select[Any]:
    last = last_confirmation()
    changed = (
        select(func.coalesce(func.max(AuditEntry.number), 0))
        .where(
            AuditEntry.subject_id == Household.id,
            AuditEntry.service_id.in_(viewer.service_ids),
        )
        .scalar_subquery()
    )
    return (
        households.visible_to(viewer)
        .where(among(Household.id, ids))
        .outerjoin(last, true())
        .with_only_columns(
            *(Household.id, Household.ref, Household.name, Household.phone),
            *(Household.approved_on, Household.approval),
            *(last.c.at, last.c.by_role, last.c.by),
            *(changed.label("changed"), _is_exempt(day).label("is_exempt")),
        )
    )


def _line(row: Row[Any], places: Row[Any] | None, days: int) -> HomeLine:
    """``places`` are the ledger's of the day; none where there is nothing on it."""
    if places:
        capacity = Capacity(places.approved, places.filled, places.not_available)
    else:
        capacity = Capacity(0, 0, 0)
    position = Position(
        capacity,
        places.recorded if places else 0,
        Freshness(confirmed_of(row), row.approved_on, days),
        row.approval,
        row.changed,
        row.is_exempt,
    )
    return HomeLine(row.id, row.ref, row.name, row.phone, position)


def _is_exempt(day: date) -> ColumnElement[bool]:
    """Whether an exemption in force names every child living in the household beside it."""
    unnamed = (
        exists()
        .where(
            Placement.household_id == Household.id,
            Placement.child_id != all_(Exemption.child_ids),
            Placement.is_current,
            holds_on(Placement, day),
        )
        .correlate(Household, Exemption)
    )
    return (
        exists()
        .where(
            Exemption.household_id == Household.id,
            holds_on(Exemption, day),
            ~unnamed,
        )
        .correlate(Household)
    )
