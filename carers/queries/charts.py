"""Pictures of figures: which there are, and which are wanted."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from carers.db import db
from carers.domain import clock
from carers.domain.charts import Recorded
from carers.domain.errors import NotFound
from carers.domain.viewer import Viewer
from carers.models import AuditEntry, Chart, Placement

KEPT_FOR = timedelta(days=30)


def recorded(viewer: Viewer) -> Recorded:
    """How far the records of a viewer's services have come.

    What another service records of its child in our home is in its own audit: such placements
    count as an entry each, and so do their endings and corrections.
    """
    audit = select(func.coalesce(func.max(AuditEntry.number), 0), func.count()).where(
        AuditEntry.service_id.in_(viewer.service_ids)
    )
    number, entries = db.session.execute(audit).tuples().one()
    stay = Placement
    theirs = select(
        func.count() + func.count(stay.until_on) + func.count(stay.superseded_by_id)
    ).where(
        stay.household_service_id.in_(viewer.service_ids),
        stay.service_id.not_in(viewer.service_ids),
    )
    return Recorded(number, entries + db.session.scalars(theirs).one())


def find(chart_id: UUID, *, viewer: Viewer) -> Chart | None:
    return db.session.scalars(
        select(Chart).where(Chart.id == chart_id, Chart.service_id == viewer.service_id)
    ).one_or_none()


def get(chart_id: UUID, *, viewer: Viewer) -> Chart:
    """Raises NotFound where there is none of the viewer's own service."""
    found = find(chart_id, viewer=viewer)
    if found is None:
        raise NotFound
    return found


def wanted() -> list[UUID]:
    """Those asked for and not drawn, in the order they were asked for."""
    query = select(Chart.id).where(Chart.drawn_at.is_(None), Chart.failed_at.is_(None))
    return list(db.session.scalars(query.order_by(Chart.created_at, Chart.id)))


def outlived() -> list[UUID]:
    """Those asked for so long ago that they are asked for again when somebody looks."""
    query = select(Chart.id).where(Chart.created_at < clock.now() - KEPT_FOR)
    return list(db.session.scalars(query.order_by(Chart.created_at, Chart.id)))


def get_locked(chart_id: UUID) -> Chart | None:
    """One, afresh and locked; none where another process has it or has removed it."""
    query = select(Chart).where(Chart.id == chart_id).with_for_update(skip_locked=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
