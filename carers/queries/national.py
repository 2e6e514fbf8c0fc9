"""Places across every service, as the national role may read them: totals and no records."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, func, select

from carers.db import db
from carers.domain.recruitment import ServiceKind
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import FosteringService, Household
from carers.queries import households, ledger


class Places(NamedTuple):
    """The places of one kind of service on a day (METRICS, Capacity on a day)."""

    kind: ServiceKind
    services: int
    households: int
    households_with_vacancy: int
    approved: int
    over: int
    filled: int
    not_available: int
    vacant: int


def by_kind(day: date, *, viewer: Viewer) -> list[Places]:
    """England on a day, in one statement: a row for each kind of service with a home open."""
    return [Places(*row) for row in db.session.execute(places(day, viewer=viewer))]


def places(day: date, *, viewer: Viewer) -> Select[Any]:
    """The statement of ``by_kind``."""
    on_day = ledger.on(viewer, day)
    states = (on_day.c[name] for name in Places._fields[4:])
    return (
        select(
            FosteringService.kind,
            func.count(FosteringService.id.distinct()),
            func.count(),
            func.count().filter(on_day.c.vacant > 0),
            *(_total(state) for state in states),
        )
        .select_from(Household)
        .join(FosteringService, FosteringService.id == Household.service_id)
        .outerjoin(on_day, on_day.c.household_id == Household.id)
        .where(
            Household.service_id.in_(viewer.service_ids),
            Household.approval == Approval.FULL,
            households.is_open_on(day),
        )
        .group_by(FosteringService.kind)
        .order_by(FosteringService.kind)
    )


def _total(places_of_each: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(places_of_each), 0).cast(Integer)
