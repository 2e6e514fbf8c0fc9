"""A service's dated settings, as they stand on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.standards import Standards
from carers.domain.viewer import Viewer
from carers.models import Setting


def in_force(viewer: Viewer, day: date) -> Standards:
    """The standards of the service that a viewer acts in, whatever its members' are."""
    return of_services([viewer.service_id], day)[viewer.service_id]


def of_services(service_ids: Collection[UUID], day: date) -> dict[UUID, Standards]:
    """Each service's own standards on a day, with defaults where it has set none."""
    query = (
        select(Setting.service_id, Setting.key, Setting.value)
        .where(Setting.service_id.in_(service_ids), Setting.from_on <= day)
        .order_by(Setting.key, Setting.from_on)
    )
    found: dict[UUID, dict[str, str]] = {one: {} for one in service_ids}
    for service_id, key, value in db.session.execute(query).tuples():
        found[service_id][key] = value
    return {service_id: Standards.of(values) for service_id, values in found.items()}
