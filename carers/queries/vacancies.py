"""Homes with a vacant place, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true

from carers.db import db
from carers.domain.capacity import Capacity
from carers.domain.fostering_limit import FosteredChild
from carers.domain.position import Freshness, Position
from carers.domain.register import CarerType, Gender, PlacementType, Skill
from carers.domain.vacancies import ChildThere, VacantHome
from carers.domain.viewer import Viewer
from carers.models import Child, Household, Placement, Terms, Unavailability
from carers.queries import household_rows, households, ledger, standards
from carers.queries.among import among
from carers.queries.on_day import holds_on
from carers.queries.positions import confirmed_of, last_confirmation


def on(day: date, until: date, *, viewer: Viewer) -> list[VacantHome]:
    """Every home of full approval with a vacant place on a day, whatever its population.

    ``until`` is the day on which the night ends. The ledger is a statement of its own: joined, it
    would be added up for each home again.
    """
    places = _vacant(viewer, day)
    ids = list(places)
    found = _Found(
        places,
        staying=_staying(viewer, until, ids),
        skills=household_rows.skills_held(ids, day, viewer=viewer),
        children=_children(viewer, day, until, ids),
        confirmation_days=standards.in_force(viewer, day).confirmation_days,
    )
    return [_home(row, found) for row in db.session.execute(_homes(viewer, day, until, ids))]


def vacant_since(ids: list[UUID], day: date, *, viewer: Viewer) -> dict[UUID, date]:
    """Since when each home's first vacant place has been: METRICS, days_vacant."""
    spells = ledger.spells(viewer, ids)
    none_until = func.max(spells.c.until_on).filter(spells.c.vacant == 0, spells.c.until_on <= day)
    since = func.coalesce(none_until, func.min(spells.c.from_on))
    query = select(spells.c.household_id, since).group_by(spells.c.household_id)
    return dict(db.session.execute(query).tuples().all())


def not_available(day: date, carer_types: Collection[CarerType], *, viewer: Viewer) -> int:
    """The places of homes of these types that are not available on a day."""
    places = select(ledger.on(viewer, day)).cte("places").prefix_with("MATERIALIZED")
    query = (
        select(func.coalesce(func.sum(places.c.not_available), 0))
        .select_from(places)
        .join(Terms, Terms.household_id == places.c.household_id)
        .where(
            Terms.service_id.in_(viewer.service_ids),
            Terms.carer_type.in_(carer_types),
            Terms.is_current,
            holds_on(Terms, day),
        )
    )
    return int(db.session.scalars(query).one())


@dataclass(frozen=True)
class _Found:
    """What is known of homes with a vacant place, by home."""

    places: dict[UUID, Row[Any]]
    staying: dict[UUID, int]
    skills: dict[UUID, list[Skill]]
    children: dict[UUID, list[ChildThere]]
    confirmation_days: int


def _vacant(viewer: Viewer, day: date) -> dict[UUID, Row[Any]]:
    """The ledger's places of each home with a vacancy."""
    on_day = ledger.on(viewer, day)
    rows = db.session.execute(select(on_day).where(on_day.c.vacant > 0))
    return {row.household_id: row for row in rows}


def _staying(viewer: Viewer, until: date, ids: list[UUID]) -> dict[UUID, int]:
    """How many places of each home are vacant on the day on which the night ends."""
    then = ledger.on(viewer, until, ids)
    return dict(db.session.execute(select(then.c.household_id, then.c.vacant)).tuples().all())


def _children(
    viewer: Viewer, day: date, until: date, ids: list[UUID]
) -> dict[UUID, list[ChildThere]]:
    """The children who live in each home on a day, or come before the night ends."""
    stay = Placement
    query = (
        select(stay.household_id, stay.child_id, stay.from_on, stay.until_on)
        .add_columns(Child.ref, Child.born_on, Child.sibling_group, Child.service_id)
        .outerjoin(Child, and_(Child.id == stay.child_id, Child.service_id.in_(viewer.service_ids)))
        .where(
            among(stay.household_id, ids),
            stay.household_service_id.in_(viewer.service_ids),
            _within(stay, day, until),
        )
        .order_by(stay.from_on, stay.id)
    )
    found: dict[UUID, list[ChildThere]] = {}
    for row in db.session.execute(query):
        group = (row.service_id, row.sibling_group) if row.sibling_group else None
        child = FosteredChild(row.child_id, group)
        there = ChildThere(child, row.ref, row.born_on, row.from_on, row.until_on)
        found.setdefault(row.household_id, []).append(there)
    return found


def _homes(viewer: Viewer, day: date, until: date, ids: list[UUID]) -> Select[Any]:
    last, hold = last_confirmation(), Unavailability
    to_come = (
        select(hold.reason)
        .where(
            hold.household_id == Household.id,
            hold.service_id == Household.service_id,
            hold.from_on > day,
            _within(hold, day, until),
        )
        .order_by(hold.from_on, hold.ref)
        .limit(1)
        .scalar_subquery()
    )
    return (
        households.visible_to(viewer)
        .where(among(Household.id, ids))
        .join(Terms, Terms.household_id == Household.id)
        .where(Terms.is_current, holds_on(Terms, day))
        .outerjoin(last, true())
        .with_only_columns(
            *(Household.id, Household.ref, Household.name, Household.phone, Household.postcode),
            *(Household.approved_on, Household.ended_on, to_come.label("hold_to_come")),
            *(Terms.carer_type, Terms.age_min, Terms.age_max),
            *(Terms.genders, Terms.siblings_only, Terms.conditions),
            *(Terms.placement_types, last.c.at, last.c.by_role, last.c.by),
        )
    )


def _home(row: Row[Any], found: _Found) -> VacantHome:
    places = found.places[row.id]
    capacity = Capacity(places.approved, places.filled, places.not_available)
    fresh = Freshness(confirmed_of(row), row.approved_on, found.confirmation_days)
    return VacantHome(
        id=UUID(str(row.id)),
        ref=row.ref,
        name=row.name,
        phone=row.phone,
        area=row.postcode.split()[0] if row.postcode else None,
        carer_type=row.carer_type,
        age_min=row.age_min,
        age_max=row.age_max,
        placement_types=frozenset(map(PlacementType, row.placement_types)),
        skills=frozenset(found.skills.get(row.id, ())),
        position=Position(capacity, places.recorded, fresh),
        staying=found.staying.get(row.id, 0),
        children=tuple(found.children.get(row.id, ())),
        hold_to_come=row.hold_to_come,
        ended_on=row.ended_on,
        genders=frozenset(map(Gender, row.genders)),
        siblings_only=row.siblings_only,
        conditions=row.conditions,
    )


def _within(row: Any, first: date, last: date) -> ColumnElement[bool]:
    """Rows that count on some day from ``first`` to ``last``."""
    return and_(
        row.is_current, row.from_on <= last, or_(row.until_on.is_(None), row.until_on > first)
    )
