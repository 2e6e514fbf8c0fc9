"""A service's dated settings, as they stand on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.standards import Standards
from carers.models import Setting


def in_force(service_id: UUID, day: date) -> Standards:
    """The service's own standards on a day, with defaults where it has set none."""
    query = (
        select(Setting.key, Setting.value)
        .where(Setting.service_id == service_id, Setting.from_on <= day)
        .order_by(Setting.key, Setting.from_on)
    )
    return Standards.of(dict(db.session.execute(query).tuples().all()))
