"""Homes with a vacant place, in a fixed number of statements."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Row, Select, func, or_, select, true

from carers.db import db
from carers.domain.capacity import Capacity
from carers.domain.position import Freshness, Position
from carers.domain.register import PlacementType, Skill
from carers.domain.vacancies import VacantHome
from carers.domain.viewer import Viewer
from carers.models import Household, Terms
from carers.queries import household_rows, households, ledger, standards
from carers.queries.positions import confirmed_of, last_confirmation


def on(day: date, *, viewer: Viewer) -> list[VacantHome]:
    """Every home of full approval with a vacant place on a day, whatever its population."""
    rows = db.session.execute(_vacant(viewer, day)).all()
    skills = household_rows.skills_held([row.id for row in rows], day, viewer=viewer)
    days = standards.in_force(viewer.service_id, day).confirmation_days
    return [_home(row, frozenset(skills.get(row.id, ())), days) for row in rows]


def _vacant(viewer: Viewer, day: date) -> Select[Any]:
    spells = ledger.spells(viewer)
    since = _vacant_since(spells, day)
    last = last_confirmation()
    return (
        households.visible_to(viewer)
        .join(spells, spells.c.household_id == Household.id)
        .where(ledger.holds_on(spells, day), spells.c.vacant > 0)
        .join(since, since.c.household_id == Household.id)
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
            *(Terms.placement_types, spells.c.approved, spells.c.filled),
            *(spells.c.not_available, spells.c.recorded),
            *(last.c.at, last.c.by_role, last.c.by, since.c.since),
        )
    )


def _vacant_since(spells: CTE, day: date) -> CTE:
    """Since when each home's first vacant place has been: METRICS, days_vacant."""
    none_until = func.max(spells.c.until_on).filter(spells.c.vacant == 0, spells.c.until_on <= day)
    return (
        select(
            spells.c.household_id,
            func.coalesce(none_until, func.min(spells.c.from_on)).label("since"),
        )
        .group_by(spells.c.household_id)
        .cte("vacant_since")
    )


def _home(row: Row[Any], skills: frozenset[Skill], days: int) -> VacantHome:
    capacity = Capacity(row.approved, row.filled, row.not_available)
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
            capacity, row.recorded, Freshness(confirmed_of(row), row.approved_on, days)
        ),
        vacant_since=row.since,
    )
