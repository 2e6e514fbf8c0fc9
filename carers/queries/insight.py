"""What stands beside a figure: names of the homes it counts, and how fresh the records are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from carers.db import db
from carers.domain import clock
from carers.domain.period import Days
from carers.domain.viewer import Viewer
from carers.models import Confirmation, Household, Membership, Target


@dataclass(frozen=True)
class LastConfirmed:
    """When places were last confirmed, and by whom; nobody's name where a file said so."""

    at: datetime
    by: str | None


def names_of(household_ids: Collection[UUID], *, viewer: Viewer) -> Mapping[UUID, str]:
    """The carers' names of some homes, of those that the viewer may see."""
    query = select(Household.id, Household.name).where(
        Household.id.in_(household_ids), Household.service_id.in_(viewer.service_ids)
    )
    return {row.id: row.name for row in db.session.execute(query)}


def last_confirmed(day: date, *, viewer: Viewer) -> LastConfirmed | None:
    """The last confirmation of any home by the end of a day; none where there was none."""
    ends = clock.at(Days(day, day).after)
    query = (
        select(Confirmation.at, Membership.name)
        .outerjoin(Membership, Membership.id == Confirmation.recorded_by_id)
        .where(
            Confirmation.service_id.in_(viewer.service_ids),
            Confirmation.is_current,
            Confirmation.at < ends,
        )
        .order_by(Confirmation.at.desc(), Confirmation.id)
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    return LastConfirmed(found.at, found.name) if found else None


def last_target_day(day: date, *, viewer: Viewer) -> date | None:
    """The last day of the service's latest target that had begun by a day."""
    query = select(func.max(Target.last_on)).where(
        Target.service_id == viewer.service_id, Target.first_on <= day
    )
    return db.session.scalars(query).one()
