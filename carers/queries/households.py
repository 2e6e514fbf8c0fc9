"""Approved homes: which there are, whose they are, and how to keep one from changing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, any_, or_, select

from carers.db import db
from carers.domain.errors import NotFound
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import Allocation, FosteringService, Household, Membership
from carers.queries.on_day import holds_on


def visible_to(viewer: Viewer) -> Select[tuple[Household]]:
    return (
        select(Household)
        .where(Household.service_id.in_(viewer.service_ids))
        .order_by(Household.name, Household.id)
    )


def get(household_id: UUID, *, viewer: Viewer) -> Household:
    """Raises NotFound where there is none, or it is another service's."""
    return _found(visible_to(viewer).where(Household.id == household_id))


def get_locked(household_id: UUID, *, viewer: Viewer) -> Household:
    """Fetch a home afresh and keep it from changing until the transaction ends."""
    query = visible_to(viewer).where(Household.id == household_id).with_for_update(key_share=True)
    return _found(query.execution_options(populate_existing=True))


def get_all_locked(household_ids: Collection[UUID], *, viewer: Viewer) -> list[Household]:
    """Fetch and lock homes, always in the order of their ids, so that two locks cannot cross.

    Raises NotFound where one of them is not there.
    """
    query = visible_to(viewer).where(Household.id.in_(household_ids)).order_by(None)
    locked = query.order_by(Household.id).with_for_update(key_share=True)
    homes = list(db.session.scalars(locked.execution_options(populate_existing=True)))
    if len(homes) != len(set(household_ids)):
        raise NotFound
    return homes


def allocated_to(viewer: Viewer, day: date) -> Select[tuple[Household]]:
    """The open homes that somebody answers for on a day.

    A supervising social worker's are those allocated to them, to cover too; a team manager's are
    all of the service.
    """
    query = visible_to(viewer).where(is_open_on(day))
    if Role.TEAM_MANAGER in viewer.roles:
        return query
    return query.where(Household.id.in_(_allocated_ids(viewer, day)))


def is_allocated(household_id: UUID, *, viewer: Viewer, day: date) -> bool:
    """Whether a home is allocated to somebody on a day, to cover too."""
    query = _allocated_ids(viewer, day).where(Allocation.household_id == household_id)
    return db.session.scalars(query.limit(1)).first() is not None


def allocated_ids(viewer: Viewer, day: date) -> frozenset[UUID]:
    """The homes allocated to somebody on a day."""
    return frozenset(one for one in db.session.scalars(_allocated_ids(viewer, day)) if one)


def covered(viewer: Viewer, day: date) -> dict[UUID, date | None]:
    """The homes that somebody only covers on a day, and until when, as far as it is known."""
    ends = _allocated_ids(viewer, day).add_columns(Allocation.until_on, Allocation.is_cover)
    rows = db.session.execute(ends).tuples().all()
    own = {home for home, _, is_cover in rows if not is_cover}
    return {home: until for home, until, _ in rows if home and home not in own}


def open_ids(viewer: Viewer, day: date) -> list[UUID]:
    """Every home that is approved on a day, by name."""
    return [home.id for home in db.session.scalars(visible_to(viewer).where(is_open_on(day)))]


def supervisors(viewer: Viewer, *, of: UUID | None = None) -> list[Membership]:
    """The supervising social workers of the viewer's services, by name.

    ``of`` a service: those whom its homes may be given to, its own and those of the shared
    service that it is a member of. Another member's cannot open its homes (DESIGN, Tenancy).
    """
    query = select(Membership).where(
        Membership.service_id.in_(viewer.service_ids),
        any_(Membership.role_codes) == Role.SUPERVISING_SOCIAL_WORKER.value,
    )
    if of is not None:
        shared = select(FosteringService.parent_id).where(FosteringService.id == of)
        query = query.where(
            or_(Membership.service_id == of, Membership.service_id == shared.scalar_subquery())
        )
    return list(db.session.scalars(query.order_by(Membership.name, Membership.id)))


def is_open_on(day: date) -> ColumnElement[bool]:
    return and_(
        Household.approved_on <= day, or_(Household.ended_on.is_(None), Household.ended_on > day)
    )


def _allocated_ids(viewer: Viewer, day: date) -> Select[tuple[UUID | None]]:
    return select(Allocation.household_id).where(
        Allocation.membership_id == viewer.membership_id,
        Allocation.household_id.is_not(None),
        holds_on(Allocation, day),
    )


def _found(query: Select[tuple[Household]]) -> Household:
    household = db.session.scalars(query).one_or_none()
    if household is None:
        raise NotFound
    return household
