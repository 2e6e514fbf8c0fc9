"""What changed in an enquiry or a household, and since when."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from carers import filters
from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import AuditEntry, Membership


def last_number(subject_id: UUID, *, viewer: Viewer) -> int:
    """The number of a record's last change, 0 where there is none."""
    query = select(func.coalesce(func.max(AuditEntry.number), 0)).where(
        AuditEntry.subject_id == subject_id, AuditEntry.service_id.in_(viewer.service_ids)
    )
    return db.session.scalars(query).one()


def since(subject_id: UUID, number: int, *, viewer: Viewer) -> list[str]:
    """The changes of a record after one, in words: who did what, and when."""
    query = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.by_ref, Membership.name)
        .outerjoin(Membership, Membership.id == AuditEntry.by_id)
        .where(
            AuditEntry.subject_id == subject_id,
            AuditEntry.service_id.in_(viewer.service_ids),
            AuditEntry.number > number,
        )
        .order_by(AuditEntry.number)
    )
    told = [
        f"{name or ref} {action}, {filters.short_moment(at)}"
        for at, action, ref, name in db.session.execute(query)
    ]
    return list(dict.fromkeys(told))
