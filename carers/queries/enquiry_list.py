"""The list of enquiries, as it is filtered, searched and sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from carers.db import db
from carers.domain import clock
from carers.domain.labels import Code
from carers.domain.stages import Beside
from carers.domain.viewer import Viewer
from carers.domain.waits import WaitsOn
from carers.models import Allocation, Enquiry, KeptCase, Source
from carers.queries import enquiries

PER_PAGE = 25
FEWEST_DIGITS = 5  # of a telephone number that is looked for
ME, NOBODY = "me", "nobody"
THEIRS = (WaitsOn.APPLICANT, WaitsOn.THIRD_PARTY)


class Show(Code):
    """Where an enquiry stands, for whoever has to act."""

    WAITING = "waiting", "Not yet answered"
    OURS = "ours", "Answered, next step ours"
    THEIRS = "theirs", "Answered, next step theirs"
    NOT_NOW = "not_now", "Put off to a later day"
    CLOSED = "closed", "Closed or approved"


class Sort(Code):
    TIME_LEFT = "time_left"
    NAME = "name"
    STAGE = "stage", "Longest in their stage"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Nothing chosen: everything that is not closed."""

    q: str = ""
    show: frozenset[Show] = frozenset()
    workers: frozenset[str] = frozenset()  # memberships, me and nobody
    sources: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    sort: Sort = Sort.TIME_LEFT


def found(wanted: Wanted, *, viewer: Viewer) -> Select[tuple[Enquiry]]:
    """The enquiries that are wanted, each with its case and source."""
    query = (
        enquiries.visible_to(viewer)
        .join(Enquiry.case)
        .outerjoin(Enquiry.source)
        .options(
            contains_eager(Enquiry.case),
            contains_eager(Enquiry.source),
            joinedload(Enquiry.campaign),
        )
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
    shown = wanted.show or set(Show) - ({Show.CLOSED} if not wanted.q else set())
    conditions = [or_(*map(_stands, sorted(shown)))]
    if wanted.q:
        conditions.append(_matches(wanted.q))
    if wanted.workers:
        conditions.append(or_(*(_is_with(one, viewer) for one in sorted(wanted.workers))))
    if wanted.sources:
        conditions.append(Source.code.in_(wanted.sources))
    if wanted.interests:
        conditions.append(Enquiry.interests.overlap(sorted(wanted.interests)))
    return conditions


def _stands(show: Show) -> ColumnElement[bool]:
    """A duplicate is nobody's work, as a closed case is not."""
    still_open = and_(
        KeptCase.is_open, KeptCase.approved_on.is_(None), Enquiry.duplicate_of_id.is_(None)
    )
    put_off = func.coalesce(KeptCase.beside == Beside.NOT_NOW, false())
    answered = KeptCase.answered_at.is_not(None)
    theirs = KeptCase.waits_on.in_(THEIRS)
    match show:
        case Show.WAITING:
            return and_(still_open, not_(put_off), not_(answered))
        case Show.OURS:
            return and_(still_open, not_(put_off), answered, not_(theirs))
        case Show.THEIRS:
            return and_(still_open, not_(put_off), answered, theirs)
        case Show.NOT_NOW:
            return and_(still_open, put_off)
        case Show.CLOSED:
            return not_(still_open)


def _matches(q: str) -> ColumnElement[bool]:
    """Every word of a name, an email or a reference; a number or a postcode however spaced."""
    columns = (Enquiry.applicant_1, Enquiry.applicant_2, Enquiry.email, Enquiry.ref)
    words = [
        or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in q.split()
    ]
    close = "".join(q.split())
    postcode = func.replace(Enquiry.postcode, " ", "")
    conditions = [and_(true(), *words), postcode.icontains(close, autoescape=True)]
    digits = re.sub(r"\D", "", q, flags=re.ASCII)
    if len(digits) >= FEWEST_DIGITS:
        bare = func.regexp_replace(Enquiry.phone, r"\D", "", "g")
        conditions.append(bare.contains(digits))
    return or_(*conditions)


def _is_with(worker: str, viewer: Viewer) -> ColumnElement[bool]:
    """Whether somebody has an enquiry now: a membership, me, or nobody."""
    today = clock.today()
    held = and_(
        Allocation.enquiry_id == Enquiry.id,
        Allocation.from_on <= today,
        or_(Allocation.until_on.is_(None), Allocation.until_on > today),
    )
    if worker == NOBODY:
        return not_(exists().where(held))
    membership_id = viewer.membership_id if worker == ME else UUID(worker)
    return exists().where(held, Allocation.membership_id == membership_id)


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    waiting = _stands(Show.WAITING)
    due = case((waiting, KeptCase.first_response_due_at))
    first: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.TIME_LEFT: [waiting.desc(), due.asc().nulls_last()],
        Sort.NAME: [func.coalesce(Enquiry.applicant_1, Enquiry.ref).asc()],
        Sort.STAGE: [KeptCase.stage_since.asc()],
    }
    return [*first[sort], Enquiry.received_at.desc(), Enquiry.id.asc()]


def _read(query: Select[tuple[Enquiry]]) -> list[Enquiry]:
    with_workers = selectinload(Enquiry.allocations).selectinload(Allocation.worker)
    return list(db.session.scalars(query.options(with_workers)))
