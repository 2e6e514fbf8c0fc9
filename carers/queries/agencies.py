"""Agencies and other providers, and the children of ours who live with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from carers.db import db
from carers.domain.children import ProviderKind
from carers.domain.errors import NotFound
from carers.domain.labels import Code
from carers.domain.viewer import Viewer
from carers.models import Child, Placement, Provider
from carers.queries import successors
from carers.queries.on_day import holds_on

PER_PAGE = 50


class State(Code):
    """Where a placement stands on a day."""

    NOW = "now", "Live there now"
    COMING = "coming", "Are to come"
    LEFT = "left", "Have left"
    WRONG = "wrong", "Were recorded wrongly"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: ``q`` is a part of a child's reference."""

    q: str = ""
    state: State = State.NOW
    provider: UUID | None = None
    kind: ProviderKind | None = None


def providers(service_ids: Iterable[UUID], *, viewer: Viewer) -> list[Provider]:
    """The providers of services, by name."""
    query = select(Provider).where(
        Provider.service_id.in_(service_ids), Provider.service_id.in_(viewer.service_ids)
    )
    return list(db.session.scalars(query.order_by(Provider.name, Provider.ref, Provider.id)))


def provider(provider_id: UUID, service_id: UUID, *, viewer: Viewer) -> Provider:
    """A provider of a service. Raises NotFound where there is none such."""
    query = select(Provider).where(
        Provider.id == provider_id,
        Provider.service_id == service_id,
        Provider.service_id.in_(viewer.service_ids),
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def named(name: str, service_id: UUID, *, viewer: Viewer) -> Provider | None:
    """The provider of a service that has this name already, in capitals or not."""
    query = select(Provider).where(
        func.lower(Provider.name) == func.lower(name),
        Provider.service_id == service_id,
        Provider.service_id.in_(viewer.service_ids),
    )
    return db.session.scalars(query.order_by(Provider.ref).limit(1)).one_or_none()


def placement(placement_id: UUID, *, viewer: Viewer) -> Placement:
    """A placement with an agency afresh, or what took its place. Raises EntryRemoved, NotFound."""
    is_ours = Placement.service_id.in_(viewer.service_ids)
    return successors.current(Placement, placement_id, is_ours, Placement.provider_id.is_not(None))


def placement_anywhere(placement_id: UUID, *, viewer: Viewer) -> Placement:
    """The same, in a home or with an agency. Raises EntryRemoved, NotFound."""
    is_ours = Placement.service_id.in_(viewer.service_ids)
    return successors.current(Placement, placement_id, is_ours)


def found(wanted: Wanted, day: date, *, viewer: Viewer) -> Select[tuple[Placement]]:
    """The placements with agencies that are wanted, in their order."""
    return (
        select(Placement)
        .where(Placement.service_id.in_(viewer.service_ids), Placement.provider_id.is_not(None))
        .join(Provider, Provider.id == Placement.provider_id)
        .join(Child, Child.id == Placement.child_id)
        .options(contains_eager(Placement.provider), contains_eager(Placement.child))
        .where(*_conditions(wanted, day))
        .order_by(*_order(wanted.state), Child.ref, Placement.id)
    )


def count_of(query: Select[Any]) -> int:
    counted = query.with_only_columns(Placement.id).order_by(None).subquery()
    return db.session.scalars(select(func.count()).select_from(counted)).one()


def page_of(query: Select[tuple[Placement]], first: int) -> list[Placement]:
    return list(db.session.scalars(query.offset(first).limit(PER_PAGE)))


def all_of(query: Select[tuple[Placement]]) -> list[Placement]:
    return list(db.session.scalars(query))


def living(viewer: Viewer, day: date) -> tuple[int, int]:
    """How many children of ours live with agencies on a day, and with how many of these."""
    query = (
        select(
            func.count(Placement.child_id.distinct()), func.count(Placement.provider_id.distinct())
        )
        .where(Placement.service_id.in_(viewer.service_ids), Placement.provider_id.is_not(None))
        .where(_stands(State.NOW, day))
    )
    children, agencies = db.session.execute(query).one()
    return children, agencies


def _conditions(wanted: Wanted, day: date) -> Iterable[ColumnElement[bool]]:
    yield _stands(wanted.state, day)
    if wanted.q:
        yield Child.ref.icontains(wanted.q, autoescape=True)
    if wanted.provider:
        yield Provider.id == wanted.provider
    if wanted.kind:
        yield Provider.kind == wanted.kind


def _stands(state: State, day: date) -> ColumnElement[bool]:
    has_left = func.coalesce(Placement.until_on <= day, False)
    conditions: dict[State, ColumnElement[bool]] = {
        State.NOW: holds_on(Placement, day),
        State.COMING: and_(Placement.from_on > day, ~has_left),
        State.LEFT: has_left,
    }
    return _is_wrong() if state is State.WRONG else and_(Placement.is_current, conditions[state])


def _is_wrong() -> ColumnElement[bool]:
    """A removed row says what it was: the row that it took the place of need not as well."""
    later = aliased(Placement)
    removed = exists().where(later.id == Placement.superseded_by_id, later.is_void)
    return or_(Placement.is_void, and_(Placement.superseded_by_id.is_not(None), ~removed))


def _order(state: State) -> list[ColumnElement[Any]]:
    if state is State.LEFT:
        return [Placement.until_on.desc()]
    return [Provider.name.asc(), Provider.ref.asc(), Placement.from_on.asc()]
