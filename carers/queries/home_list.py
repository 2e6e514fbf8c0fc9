"""The list of all homes of a service, as it is filtered, searched and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from carers.db import db
from carers.domain import clock
from carers.domain.areas import in_order
from carers.domain.labels import Code
from carers.domain.register import HELD, Approval, CarerType, EndReason, Skill
from carers.domain.viewer import Viewer
from carers.models import Allocation, Household, Membership, SkillHeld, Terms
from carers.queries import household_rows, households, ledger, positions, standards
from carers.queries.on_day import holds_on
from carers.queries.positions import HomeLine

PER_PAGE = 50
SHORTEST = 4  # digits of a telephone number that are worth a search


class State(Code):
    """Where a home stands today. One home may be in several."""

    VACANT = "vacant", "With a vacant place"
    FULL = "full"
    ON_HOLD = "on_hold", "With a place on hold"
    OVER = "over", "Over the approved number"
    STALE = "stale", "Stale: not confirmed lately"
    ENDED = "ended", "Approval ended"


class Sort(Code):
    NAME = "name"
    CONFIRMED = "confirmed", "Longest without confirming"
    VACANT = "vacant", "Most vacant places"
    AREA = "area"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. No state chosen: every home that has not ended.

    ``skills`` are all held; of types, areas and states any will do. ``worker`` is a membership.
    """

    q: str = ""
    states: frozenset[State] = frozenset()
    carer_types: frozenset[CarerType] = frozenset()
    skills: frozenset[Skill] = frozenset()
    areas: frozenset[str] = frozenset()
    worker: UUID | None = None
    nobodys: bool = False
    sort: Sort = Sort.NAME


@dataclass(frozen=True)
class ListedHome:
    """A home of the list: the terms are those in force, or else the nearest."""

    line: HomeLine
    area: str | None
    carer_type: CarerType | None
    ended_on: date | None
    end_reason: EndReason | None
    skills: tuple[Skill, ...]
    workers: tuple[str, ...]


def found(wanted: Wanted, day: date, *, viewer: Viewer) -> Select[Any]:
    """The homes that are wanted, without their order."""
    last, terms = positions.last_confirmation(), _terms(day)
    # Kept whole: inlined, it would be added up for each home again.
    places = select(ledger.on(viewer, day)).cte("places").prefix_with("MATERIALIZED")
    stale_before = clock.at(day - timedelta(days=_confirmation_days(viewer, day)))
    states = _states(places, last.c.at, stale_before, day)
    return (
        households.visible_to(viewer)
        .outerjoin(places, places.c.household_id == Household.id)
        .outerjoin(last, true())
        .outerjoin(terms, true())
        .where(*_conditions(wanted, states, terms.c.carer_type, day))
        .with_only_columns(
            *(Household.id, area().label("area"), terms.c.carer_type),
            *(Household.ended_on, Household.end_reason),
        )
        .order_by(None)
        .order_by(*_order(wanted.sort, places.c.vacant, last.c.at))
    )


def count_of(query: Select[Any]) -> int:
    counted = query.with_only_columns(Household.id).order_by(None).subquery()
    return db.session.scalars(select(func.count()).select_from(counted)).one()


def page_of(query: Select[Any], first: int, day: date, *, viewer: Viewer) -> list[ListedHome]:
    return _read(query.offset(first).limit(PER_PAGE), day, viewer)


def all_of(query: Select[Any], day: date, *, viewer: Viewer) -> list[ListedHome]:
    return _read(query, day, viewer)


def areas(viewer: Viewer) -> list[str]:
    """The outward codes that homes of the service have."""
    query = households.visible_to(viewer).with_only_columns(area()).order_by(None).distinct()
    return sorted((one for one in db.session.scalars(query) if one), key=in_order)


def area() -> ColumnElement[str]:
    """The outward code of a postcode, which says the district and not the street."""
    return func.nullif(func.split_part(func.btrim(Household.postcode), " ", 1), "")


def _confirmation_days(viewer: Viewer, day: date) -> int:
    return standards.in_force(viewer, day).confirmation_days


def _terms(day: date) -> Any:
    """Of the household beside it: those in force, the next, or the last."""
    return (
        select(Terms.carer_type)
        .where(Terms.household_id == Household.id, Terms.is_current)
        .order_by((Terms.from_on <= day).desc(), func.abs(Terms.from_on - day))
        .limit(1)
        .lateral("nearest_terms")
    )


def _states(
    places: CTE, confirmed_at: Any, stale_before: Any, day: date
) -> dict[State, ColumnElement[bool]]:
    is_open = households.is_open_on(day)
    is_stale = or_(confirmed_at.is_(None), confirmed_at < stale_before)
    return {
        State.VACANT: and_(is_open, places.c.vacant > 0),
        State.FULL: and_(is_open, places.c.approved > 0, places.c.filled >= places.c.approved),
        State.ON_HOLD: and_(is_open, places.c.not_available > 0),
        State.OVER: and_(is_open, places.c.over > 0),
        State.STALE: and_(is_open, Household.approval == Approval.FULL, is_stale),
        State.ENDED: _has_ended(day),
    }


def _has_ended(day: date) -> ColumnElement[bool]:
    return func.coalesce(Household.ended_on <= day, False)


def _conditions(
    wanted: Wanted, states: dict[State, ColumnElement[bool]], carer_type: Any, day: date
) -> Iterable[ColumnElement[bool]]:
    if wanted.states:
        yield or_(*(states[one] for one in sorted(wanted.states)))
    elif not wanted.q:
        yield not_(states[State.ENDED])
    if wanted.q:
        yield _matches(wanted.q)
    if wanted.carer_types:
        yield carer_type.in_(sorted(wanted.carer_types))
    if wanted.areas:
        yield area().in_(sorted(wanted.areas))
    yield from (_holds(skill, day) for skill in sorted(wanted.skills))
    if wanted.nobodys:
        yield not_(_allocated(day))
    elif wanted.worker:
        yield _allocated(day, Allocation.membership_id == wanted.worker)


def _holds(skill: Skill, day: date) -> ColumnElement[bool]:
    return exists().where(
        SkillHeld.household_id == Household.id,
        SkillHeld.skill == skill,
        SkillHeld.level.in_(HELD),
        holds_on(SkillHeld, day),
    )


def _allocated(day: date, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    theirs = Allocation.household_id == Household.id
    return exists().where(theirs, holds_on(Allocation, day), *more)


def _matches(q: str) -> ColumnElement[bool]:
    """A name, a reference, a postcode with its space or without, or a telephone number."""
    like = "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    closed = func.replace(Household.postcode, " ", "")
    conditions: list[ColumnElement[bool]] = [
        Household.name.ilike(like),
        Household.ref.ilike(like),
        closed.ilike(like.replace(" ", "")),
    ]
    digits = "".join(filter(str.isdigit, q))
    if len(digits) >= SHORTEST and not any(map(str.isalpha, q)):
        conditions.append(func.regexp_replace(Household.phone, r"\D", "", "g").contains(digits))
    return or_(*conditions)


def _order(sort: Sort, vacant: Any, confirmed_at: Any) -> list[ColumnElement[Any]]:
    has_places = case((Household.approval == Approval.FULL, 0), else_=1)
    first: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.NAME: [],
        Sort.CONFIRMED: [has_places, confirmed_at.asc().nulls_first()],
        Sort.VACANT: [func.coalesce(vacant, 0).desc()],
        Sort.AREA: [
            func.substring(area(), "^[^0-9]*").asc().nulls_last(),
            cast(func.substring(area(), "[0-9]{1,9}"), Integer).asc().nulls_last(),
            area().asc(),
        ],
    }
    return [*first[sort], Household.name.asc(), Household.ref.asc(), Household.id.asc()]


def _read(query: Select[Any], day: date, viewer: Viewer) -> list[ListedHome]:
    rows = db.session.execute(query).all()
    ids = [row.id for row in rows]
    lines = positions.of_homes(ids, viewer=viewer, day=day)
    skills = household_rows.skills_held(ids, day, viewer=viewer)
    workers = _workers(ids, day, viewer)
    return [_home(row, lines[row.id], skills.get(row.id, ()), workers) for row in rows]


def _home(
    row: Row[Any], line: HomeLine, skills: Sequence[Skill], workers: dict[UUID, list[str]]
) -> ListedHome:
    return ListedHome(
        line,
        row.area,
        row.carer_type,
        row.ended_on,
        row.end_reason,
        tuple(skills),
        tuple(workers.get(row.id, ())),
    )


def _workers(ids: Sequence[UUID], day: date, viewer: Viewer) -> dict[UUID, list[str]]:
    """Who has each home on a day: cover comes after."""
    query = (
        select(Allocation.household_id, Membership.name)
        .join(Membership, Membership.id == Allocation.membership_id)
        .where(
            Allocation.household_id.in_(ids),
            Allocation.service_id.in_(viewer.service_ids),
            holds_on(Allocation, day),
        )
        .order_by(Allocation.is_cover, Membership.name)
    )
    names: dict[UUID, list[str]] = {}
    for household_id, name in db.session.execute(query).tuples():
        if household_id is not None:
            names.setdefault(household_id, []).append(name)
    return names
