"""The cases on the way from first contact to decision, and how long a stage usually lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Subquery, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from carers.db import db
from carers.domain.case_state import CaseState
from carers.domain.recruitment import Event, Route
from carers.domain.roles import Role
from carers.domain.stages import Beside, Stage
from carers.domain.viewer import Viewer
from carers.models import Allocation, Enquiry, KeptCase, PipelineEvent
from carers.queries import enquiries

FEWEST = 3  # stages that ended, for a usual time to be told
LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Worker:
    id: UUID
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class OnTheWay:
    """An open case past its first conversation, with who has it now."""

    id: UUID
    ref: str
    names: str
    route: Route
    interests: tuple[str, ...]
    state: CaseState
    workers: tuple[Worker, ...]


@dataclass(frozen=True)
class Aside:
    """How many open cases have had no conversation yet, and how many are put off to a later day."""

    unanswered: int
    put_off: int


def on_the_way(viewer: Viewer, day: date) -> list[OnTheWay]:
    """Every open case but those not yet answered, put off to a later day, or a duplicate."""
    visible = enquiries.visible_to(viewer).with_only_columns(Enquiry.id).order_by(None)
    query = (
        select(KeptCase)
        .join(KeptCase.enquiry)
        .options(contains_eager(KeptCase.enquiry))
        .where(
            Enquiry.id.in_(visible),
            Enquiry.duplicate_of_id.is_(None),
            KeptCase.is_open,
            KeptCase.stage != Stage.ENQUIRY,
            or_(KeptCase.beside.is_(None), KeptCase.beside != Beside.NOT_NOW),
        )
        .order_by(KeptCase.stage_since, Enquiry.ref, Enquiry.id)
    )
    kept = db.session.scalars(query).all()
    workers = workers_of([one.enquiry_id for one in kept], day)
    return [_case(one, workers) for one in kept]


def not_on_the_way(viewer: Viewer) -> Aside:
    """The open cases that ``on_the_way`` leaves out, duplicates apart."""
    visible = enquiries.visible_to(viewer).with_only_columns(Enquiry.id).order_by(None)
    is_put_off = KeptCase.beside.is_not_distinct_from(Beside.NOT_NOW)
    query = (
        select(
            func.count().filter(~is_put_off, KeptCase.stage == Stage.ENQUIRY),
            func.count().filter(is_put_off),
        )
        .join(KeptCase.enquiry)
        .where(Enquiry.id.in_(visible), Enquiry.duplicate_of_id.is_(None), KeptCase.is_open)
    )
    unanswered, put_off = db.session.execute(query).one()
    return Aside(unanswered, put_off)


def workers_of(enquiry_ids: Sequence[UUID], day: date) -> Mapping[UUID, tuple[Worker, ...]]:
    """Who has each enquiry on a day, cover among them, by name."""
    query = (
        select(Allocation)
        .join(Allocation.worker)
        .options(joinedload(Allocation.worker))
        .where(
            Allocation.enquiry_id.in_(enquiry_ids),
            Allocation.from_on <= day,
            or_(Allocation.until_on.is_(None), Allocation.until_on > day),
        )
    )
    found: dict[UUID, tuple[Worker, ...]] = defaultdict(tuple)
    held = sorted(db.session.scalars(query), key=lambda one: (one.worker.name, str(one.id)))
    for one in held:
        if one.enquiry_id:
            worker = Worker(one.worker.id, one.worker.name, one.worker.roles)
            found[one.enquiry_id] += (worker,)
    return found


def usual_days(viewer: Viewer, day: date) -> dict[Stage, int]:
    """The median days in each stage, of the stages that ended in the year before a day.

    A stage is left out where fewer than three ended, or where it was left in another order.
    """
    booked = _booked()
    spans: dict[Stage, tuple[Any, Any]] = {
        Stage.IN_CONTACT: (KeptCase.recorded_contacted_on, KeptCase.initial_visit_on),
        Stage.VISIT_MADE: (KeptCase.recorded_initial_visit_on, KeptCase.application_on),
        Stage.APPLICATION: (KeptCase.application_received_on, KeptCase.stage1_started_on),
        Stage.STAGE1: (KeptCase.stage1_started_on, KeptCase.stage2_started_on),
        Stage.STAGE2: (KeptCase.stage2_started_on, booked.c.on),
        Stage.PANEL: (booked.c.on, KeptCase.first_recommended_on),
    }
    columns = [column for span in spans.values() for column in _median(*span, day)]
    query = (
        select(*columns)
        .select_from(KeptCase)
        .join(KeptCase.enquiry)
        .outerjoin(booked, booked.c.enquiry_id == KeptCase.enquiry_id)
        .where(KeptCase.service_id.in_(viewer.service_ids), Enquiry.duplicate_of_id.is_(None))
    )
    row = iter(db.session.execute(query).one())
    ended = {stage: (next(row), next(row)) for stage in spans}
    return {stage: round(median) for stage, (number, median) in ended.items() if number >= FEWEST}


def _median(start: Any, end: Any, day: date) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    counts = and_(end >= start, end > day - LOOK_BACK, end <= day)
    return (
        func.count().filter(counts),
        func.percentile_cont(0.5).within_group(end - start).filter(counts),
    )


def _booked() -> Subquery:
    """The London day on which each case's first panel was booked."""
    return (
        select(
            PipelineEvent.enquiry_id,
            func.timezone("Europe/London", func.min(PipelineEvent.at)).cast(Date).label("on"),
        )
        .where(
            PipelineEvent.event == Event.PANEL_BOOKED,
            PipelineEvent.is_current,
        )
        .group_by(PipelineEvent.enquiry_id)
        .subquery()
    )


def _case(kept: KeptCase, workers: Mapping[UUID, tuple[Worker, ...]]) -> OnTheWay:
    enquiry = kept.enquiry
    return OnTheWay(
        id=enquiry.id,
        ref=enquiry.ref,
        names=enquiry.name,
        route=enquiry.route,
        interests=tuple(enquiry.interests),
        state=kept.state,
        workers=workers[enquiry.id],
    )
