"""Every approved home of a day, with its type, its places and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, ScalarSelect, Select, and_, func, or_, select

from carers.db import db
from carers.domain import clock
from carers.domain.register import HELD, Approval, CarerType, Skill
from carers.domain.standing import Granted, Standing, standings
from carers.domain.viewer import Viewer
from carers.models import (
    Confirmation,
    FosteringService,
    Household,
    Placement,
    SkillHeld,
    Terms,
)
from carers.queries import ledger
from carers.queries.on_day import holds_on


class Home(NamedTuple):
    """A home of full approval, in a gap of its terms as in the terms before it.

    ``first_used_on`` is the first day of any placement and ``confirmed_on`` the day of the last
    confirmation, of those up to the day.
    """

    id: UUID
    service: str
    ref: str
    approved_on: date
    carer_type: CarerType
    age_min: int | None
    age_max: int | None
    approved: int
    over: int
    filled: int
    not_available: int
    vacant: int
    first_used_on: date | None
    confirmed_on: date | None


class OtherHome(NamedTuple):
    """A home of another approval, which is in no population and has no places."""

    id: UUID
    service: str
    ref: str
    approved_on: date
    approval: Approval


class Placed(NamedTuple):
    """A placement that is open at the end of the day."""

    id: UUID
    service: str
    ref: str
    household_id: UUID
    child_id: UUID
    from_on: date
    places_used: int
    is_respite: bool


@dataclass(frozen=True)
class HomesOnDay:
    """In the order of service and ref."""

    homes: Sequence[Home]
    others: Sequence[OtherHome]


def load(viewer: Viewer, day: date) -> HomesOnDay:
    """The homes open on a day, in one statement, and in another the terms of those in a gap."""
    found = db.session.execute(_homes(viewer, day)).all()
    rows = sorted(found, key=lambda row: (row.code, row.ref))
    full = [row for row in rows if row.approval is Approval.FULL]
    gaps = _gaps([row for row in full if row.carer_type is None], day)
    others = [
        OtherHome(row.id, row.code, row.ref, row.approved_on, row.approval)
        for row in rows
        if row.approval is not Approval.FULL
    ]
    return HomesOnDay(list(_held(full, gaps)), others)


def placed(viewer: Viewer, day: date) -> list[Placed]:
    """The placements open in the viewer's homes, whichever service's child it is."""
    stay = Placement
    query = (
        select(
            stay.id,
            FosteringService.code,
            stay.ref,
            stay.household_id,
            stay.child_id,
            stay.from_on,
            stay.places_used,
            stay.respite_of_id.is_not(None),
        )
        .join(FosteringService, FosteringService.id == stay.service_id)
        .where(
            stay.household_service_id.in_(viewer.service_ids), stay.is_current, holds_on(stay, day)
        )
    )
    found = (Placed(*row) for row in db.session.execute(query))
    return sorted(found, key=lambda one: (one.service, one.ref))


def skills(viewer: Viewer, day: date) -> dict[Skill, set[UUID]]:
    """The homes that hold each skill on a day (METRICS, Skills)."""
    query = select(SkillHeld.skill, SkillHeld.household_id).where(
        SkillHeld.service_id.in_(viewer.service_ids),
        SkillHeld.level.in_(HELD),
        holds_on(SkillHeld, day),
    )
    found: dict[Skill, set[UUID]] = defaultdict(set)
    for skill, household_id in db.session.execute(query):
        found[skill].add(household_id)
    return found


def vacant_places(viewer: Viewer, day: date) -> list[tuple[UUID, int, date]]:
    """Each vacant place of a day: its home, which one it is, and since when."""
    return list(db.session.execute(ledger.vacant_since(viewer, day)).tuples())


def _homes(viewer: Viewer, day: date) -> Select[Any]:
    places = ledger.on(viewer, day)
    return (
        select(
            Household.id,
            FosteringService.code,
            Household.ref,
            Household.approval,
            Household.approved_on,
            Household.ended_on,
            Terms.carer_type,
            Terms.age_min,
            Terms.age_max,
            *(func.coalesce(places.c[name], 0).label(name) for name in ledger.STATES),
            _first_used(day).label("first_used_on"),
            _last_confirmed(day).label("confirmed_at"),
        )
        .join(FosteringService, FosteringService.id == Household.service_id)
        .outerjoin(
            Terms, and_(Terms.household_id == Household.id, Terms.is_current, holds_on(Terms, day))
        )
        .outerjoin(places, places.c.household_id == Household.id)
        .where(
            Household.service_id.in_(viewer.service_ids),
            Household.approved_on <= day,
            or_(Household.ended_on.is_(None), Household.ended_on > day),
        )
    )


def _first_used(day: date) -> ScalarSelect[date]:
    """A respite stay is a placement, and one of no night has begun."""
    return (
        select(func.min(Placement.from_on))
        .where(
            Placement.household_id == Household.id,
            Placement.is_current,
            Placement.from_on <= day,
        )
        .scalar_subquery()
    )


def _last_confirmed(day: date) -> ScalarSelect[Any]:
    return (
        select(func.max(Confirmation.at))
        .where(
            Confirmation.household_id == Household.id,
            Confirmation.is_current,
            Confirmation.at < clock.at(day + timedelta(days=1)),
        )
        .scalar_subquery()
    )


def _gaps(rows: Sequence[Row[Any]], day: date) -> dict[UUID, Standing]:
    """What homes with no terms in force stand under; none for those with no terms at all."""
    query = select(
        Terms.household_id,
        Terms.from_on,
        Terms.until_on,
        Terms.carer_type,
        Terms.places,
        Terms.age_min,
        Terms.age_max,
    ).where(
        Terms.household_id.in_([row.id for row in rows]),
        Terms.is_current,
    )
    terms: dict[UUID, list[Granted]] = defaultdict(list)
    for household_id, *granted in db.session.execute(query):
        terms[household_id].append(Granted(*granted))
    return {
        row.id: standing
        for row in rows
        for standing in standings(row.approved_on, row.ended_on, terms[row.id])
        if standing.period.covers(day)
    }


def _held(rows: Iterable[Row[Any]], gaps: dict[UUID, Standing]) -> Iterator[Home]:
    for row in rows:
        under: Any = gaps.get(row.id) if row.carer_type is None else row
        if under is None:
            continue
        yield Home(
            row.id,
            row.code,
            row.ref,
            row.approved_on,
            under.carer_type,
            under.age_min,
            under.age_max,
            row.approved,
            row.over,
            row.filled,
            row.not_available,
            row.vacant,
            row.first_used_on,
            clock.local_day(row.confirmed_at) if row.confirmed_at else None,
        )
