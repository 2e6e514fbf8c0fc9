"""What came after each home's last confirmation, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, case, cast, exists, func, or_, select, true

from carers.db import db
from carers.domain.confirming import SinceConfirmed
from carers.domain.viewer import Viewer
from carers.models import (
    AuditEntry,
    Confirmation,
    Exemption,
    Household,
    Placement,
    Terms,
    Unavailability,
)
from carers.queries import households
from carers.queries.among import among
from carers.queries.on_day import holds_on

BEARING = (Placement, Unavailability, Terms)
RECORDS = [row.__tablename__ for row in (*BEARING, Exemption)]
A_LOAD = timedelta(hours=1)  # what one load writes beside a confirmation is not after it


def of_homes(
    household_ids: Collection[UUID], *, viewer: Viewer, day: date
) -> dict[UUID, SinceConfirmed]:
    """A home that was never confirmed has had nothing since."""
    last = _last()
    query = (
        households.visible_to(viewer)
        .where(among(Household.id, household_ids))
        .outerjoin(last, true())
        .order_by(None)
        .with_only_columns(
            Household.id,
            func.coalesce(and_(last.c.at.is_not(None), _has_happened(last, day)), False),
            _hold_ended_on(day),
        )
    )
    return {home: SinceConfirmed(*since) for home, *since in db.session.execute(query)}


def _last() -> Any:
    """Of the household beside it: the last confirmation, and when it was recorded."""
    return (
        select(Confirmation.at, Confirmation.created_at)
        .where(Confirmation.household_id == Household.id, Confirmation.is_current)
        .order_by(Confirmation.at.desc())
        .limit(1)
        .correlate(Household)
        .lateral("last_said")
    )


def _has_happened(last: Any, day: date) -> ColumnElement[bool]:
    confirmed_on = cast(func.timezone("Europe/London", last.c.at), Date)
    return or_(_recorded(last), *(_dated(row, confirmed_on, day) for row in BEARING))


def _recorded(last: Any) -> ColumnElement[bool]:
    """By a person, or by a load other than the one that brought the confirmation."""
    since = func.greatest(last.c.at, last.c.created_at)
    by_load = AuditEntry.by_id.is_(None)
    return exists().where(
        AuditEntry.subject_id == Household.id,
        AuditEntry.record_type.in_(RECORDS),
        AuditEntry.at > case((by_load, since + A_LOAD), else_=since),
    )


def _dated(row: Any, confirmed_on: Any, day: date) -> ColumnElement[bool]:
    """Whether a row begins or ends on one of the days since."""
    return exists().where(
        row.household_id == Household.id,
        row.is_current,
        or_(*(and_(one > confirmed_on, one <= day) for one in (row.from_on, row.until_on))),
    )


def _hold_ended_on(day: date) -> Any:
    hold = Unavailability
    return (
        select(func.min(hold.expected_until_on))
        .where(
            hold.household_id == Household.id,
            hold.is_current,
            holds_on(hold, day),
        )
        .scalar_subquery()
    )
