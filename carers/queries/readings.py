"""Who has read what is restricted of a record lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import AccessLog, Membership

SHOWN = 20


@dataclass(frozen=True)
class Reading:
    """One reading; ``by`` is none where the reader is of a service that the viewer does not see."""

    by: str | None
    at: datetime


def lately(record_id: UUID, *, viewer: Viewer) -> list[Reading]:
    """The latest readings of a record, the last one first."""
    reader = Membership
    query = (
        select(reader.name, AccessLog.at)
        .outerjoin(
            reader,
            (reader.id == AccessLog.membership_id) & reader.service_id.in_(viewer.service_ids),
        )
        .where(AccessLog.record_id == record_id, AccessLog.service_id.in_(viewer.service_ids))
        .order_by(AccessLog.at.desc(), AccessLog.id)
        .limit(SHOWN)
    )
    return [Reading(by, at) for by, at in db.session.execute(query).tuples()]
