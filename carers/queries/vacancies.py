"""Homes with a vacant place, in a fixed number of statements."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select, true

from carers.db import db
from carers.domain.capacity import Capacity
from carers.domain.position import Freshness, Position
from carers.domain.register import Gender, PlacementType, Skill
from carers.domain.vacancies import VacantHome
from carers.domain.viewer import Viewer
from carers.models import Household, Terms
from carers.queries import household_rows, households, ledger, standards
from carers.queries.among import among
from carers.queries.positions import confirmed_of, last_confirmation


def on(day: date, *, viewer: Viewer) -> list[VacantHome]:
    """Every home of full approval with a vacant place on a day, whatever its population.

    The ledger is a statement of its own: joined, it would be added up for each home again.
    """
    places = _vacant(viewer, day)
    ids = list(places)
    rows = db.session.execute(_homes(viewer, day, ids)).all()
    skills = household_rows.skills_held(ids, day, viewer=viewer)
    since = dict(db.session.execute(_vacant_since(viewer, day, ids)).tuples().all())
    days = standards.in_force(viewer.service_id, day).confirmation_days
    return [
        _home(row, places[row.id], since.get(row.id), frozenset(skills.get(row.id, ())), days)
        for row in rows
    ]


def _vacant(viewer: Viewer, day: date) -> dict[UUID, Row[Any]]:
    """The ledger's places of each home with a vacancy."""
    on_day = ledger.on(viewer, day)
    rows = db.session.execute(select(on_day).where(on_day.c.vacant > 0))
    return {row.household_id: row for row in rows}


def _homes(viewer: Viewer, day: date, ids: list[UUID]) -> Select[Any]:
    last = last_confirmation()
    return (
        households.visible_to(viewer)
        .where(among(Household.id, ids))
        .join(Terms, Terms.household_id == Household.id)
        .where(
            Terms.superseded_by_id.is_(None),
            ~Terms.is_void,
            Terms.from_on <= day,
            or_(Terms.until_on.is_(None), Terms.until_on > day),
        )
        .outerjoin(last, true())
        .with_only_columns(
            *(Household.id, Household.ref, Household.name, Household.phone, Household.postcode),
            *(Household.approved_on, Terms.carer_type, Terms.age_min, Terms.age_max),
            *(Terms.genders, Terms.siblings_only, Terms.conditions),
            *(Terms.placement_types, last.c.at, last.c.by_role, last.c.by),
        )
    )


def _vacant_since(viewer: Viewer, day: date, ids: list[UUID]) -> Select[tuple[UUID, date]]:
    """Since when each home's first vacant place has been: METRICS, days_vacant."""
    spells = ledger.spells(viewer, ids)
    none_until = func.max(spells.c.until_on).filter(spells.c.vacant == 0, spells.c.until_on <= day)
    since = func.coalesce(none_until, func.min(spells.c.from_on))
    return select(spells.c.household_id, since).group_by(spells.c.household_id)


def _home(
    row: Row[Any], places: Row[Any], since: date | None, skills: frozenset[Skill], days: int
) -> VacantHome:
    capacity = Capacity(places.approved, places.filled, places.not_available)
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
        skills=skills,
        position=Position(
            capacity, places.recorded, Freshness(confirmed_of(row), row.approved_on, days)
        ),
        vacant_since=since,
        genders=frozenset(map(Gender, row.genders)),
        siblings_only=row.siblings_only,
        conditions=row.conditions,
    )
