"""The list of enquiries, as it is filtered, searched and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from carers.db import db
from carers.domain import clock
from carers.domain.labels import Code
from carers.domain.viewer import Viewer
from carers.domain.waits import WaitsOn
from carers.models import Allocation, Enquiry, KeptCase, Source
from carers.queries import enquiries

PER_PAGE = 25
THEIRS = (WaitsOn.APPLICANT, WaitsOn.THIRD_PARTY)


class Show(Code):
    """Where an enquiry stands, for whoever has to act."""

    WAITING = "waiting", "Not yet answered"
    OURS = "ours", "Answered, next step ours"
    THEIRS = "theirs", "Answered, next step theirs"
    CLOSED = "closed", "Closed or approved"


class Sort(Code):
    TIME_LEFT = "time_left"
    RECEIVED = "received", "Newest first"
    NAME = "name"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Nothing chosen: everything that is not closed."""

    q: str = ""
    show: frozenset[Show] = frozenset()
    mine: bool = False
    nobodys: bool = False
    sources: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    sort: Sort = Sort.TIME_LEFT


def found(wanted: Wanted, *, viewer: Viewer) -> Select[tuple[Enquiry]]:
    """The enquiries that are wanted, each with its case and source."""
    query = (
        enquiries.visible_to(viewer)
        .join(Enquiry.case)
        .outerjoin(Enquiry.source)
        .options(contains_eager(Enquiry.case), contains_eager(Enquiry.source))
        .where(*_conditions(wanted, viewer))
    )
    return query.order_by(None).order_by(*_order(wanted.sort))


def page_of(query: Select[tuple[Enquiry]], first: int) -> list[Enquiry]:
    """One page of what was found, with who has each."""
    return _read(query.offset(first).limit(PER_PAGE))


def all_of(query: Select[tuple[Enquiry]]) -> list[Enquiry]:
    return _read(query)


def count_of(query: Select[tuple[Enquiry]]) -> int:
    counted = query.with_only_columns(Enquiry.id).order_by(None).subquery()
    return db.session.scalars(select(func.count()).select_from(counted)).one()


def counts(viewer: Viewer) -> dict[Show, int]:
    """How many enquiries stand where."""
    states = [func.count().filter(_stands(show)) for show in Show]
    visible = enquiries.visible_to(viewer).join(Enquiry.case).order_by(None)
    row = db.session.execute(visible.with_only_columns(*states)).one()
    return dict(zip(Show, row, strict=True))


def unanswered(viewer: Viewer) -> Sequence[KeptCase]:
    """The cases without a conversation yet."""
    visible = enquiries.visible_to(viewer).with_only_columns(Enquiry.id).order_by(None)
    query = select(KeptCase).join(KeptCase.enquiry)
    return db.session.scalars(query.where(Enquiry.id.in_(visible), _stands(Show.WAITING))).all()


def sources(viewer: Viewer) -> list[Source]:
    query = select(Source).where(Source.service_id.in_(viewer.service_ids))
    return list(db.session.scalars(query.order_by(Source.name, Source.id)))


def _conditions(wanted: Wanted, viewer: Viewer) -> list[ColumnElement[bool]]:
    shown = wanted.show or ({Show.WAITING, Show.OURS, Show.THEIRS} if not wanted.q else set(Show))
    conditions = [or_(*map(_stands, sorted(shown)))]
    if wanted.q:
        conditions.append(_matches(wanted.q))
    whom = [
        *([_with(viewer.membership_id)] if wanted.mine else []),
        *([not_(_with(None))] if wanted.nobodys else []),
    ]
    if whom:
        conditions.append(or_(*whom))
    if wanted.sources:
        conditions.append(Source.code.in_(wanted.sources))
    if wanted.interests:
        conditions.append(Enquiry.interests.overlap(sorted(wanted.interests)))
    return conditions


def _stands(show: Show) -> ColumnElement[bool]:
    still_open = and_(KeptCase.is_open, KeptCase.approved_on.is_(None))
    answered = KeptCase.answered_at.is_not(None)
    theirs = KeptCase.waits_on.in_(THEIRS)
    match show:
        case Show.WAITING:
            return and_(still_open, not_(answered))
        case Show.OURS:
            return and_(still_open, answered, not_(theirs))
        case Show.THEIRS:
            return and_(still_open, answered, theirs)
        case Show.CLOSED:
            return not_(still_open)


def _matches(q: str) -> ColumnElement[bool]:
    """Any of what people give when they ring: a name, a number, an address, a reference."""
    like = "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    digits = "".join(filter(str.isdigit, q))
    names = [Enquiry.applicant_1, Enquiry.applicant_2, Enquiry.email, Enquiry.ref]
    conditions: list[ColumnElement[bool]] = [
        column.ilike(like) for column in (*names, Enquiry.postcode)
    ]
    if len(digits) >= 5:
        bare = func.regexp_replace(Enquiry.phone, r"\D", "", "g")
        conditions.append(bare.contains(digits))
    return or_(*conditions)


def _with(membership_id: UUID | None) -> ColumnElement[bool]:
    """Whether somebody has an enquiry now: this worker, or anybody where none is named."""
    today = clock.today()
    held = and_(
        Allocation.enquiry_id == Enquiry.id,
        Allocation.from_on <= today,
        or_(Allocation.until_on.is_(None), Allocation.until_on > today),
    )
    if membership_id is not None:
        held = and_(held, Allocation.membership_id == membership_id)
    return exists().where(held)


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    waiting = _stands(Show.WAITING)
    due = case((waiting, KeptCase.first_response_due_at))
    first: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.TIME_LEFT: [waiting.desc(), due.asc().nulls_last()],
        Sort.RECEIVED: [],
        Sort.NAME: [func.coalesce(Enquiry.applicant_1, Enquiry.ref).asc()],
    }
    return [*first[sort], Enquiry.received_at.desc(), Enquiry.id.asc()]


def _read(query: Select[tuple[Enquiry]]) -> list[Enquiry]:
    with_workers = selectinload(Enquiry.allocations).selectinload(Allocation.worker)
    return list(db.session.scalars(query.options(with_workers)))
