"""Pictures of figures, asked for by a page and kept by the worker."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from carers.db import db
from carers.domain import clock
from carers.domain.charts import ChartKey
from carers.models import Chart
from carers.queries import charts


def ask(key: ChartKey) -> None:
    """Want a picture; wanted twice, or drawn already, it is the same one."""
    asked = insert(Chart).values(
        id=key.id,
        service_id=key.service_id,
        report=key.report,
        parameters=dict(key.parameters),
        audit_number=key.recorded.number,
        audit_entries=key.recorded.entries,
    )
    db.session.execute(asked.on_conflict_do_nothing(index_elements=[Chart.id]))


def keep(chart: Chart, *, wide: str, narrow: str) -> None:
    """Keep what was drawn, in place of what the same report looked like before."""
    chart.wide, chart.narrow, chart.drawn_at = wide, narrow, clock.now()
    before = delete(Chart).where(
        Chart.service_id == chart.service_id,
        Chart.report == chart.report,
        Chart.parameters == chart.parameters,
        Chart.id != chart.id,
        Chart.audit_entries < chart.audit_entries,
    )
    db.session.execute(before)


def give_up(chart_id: UUID) -> None:
    """Say that a picture cannot be drawn, so that nobody waits for it."""
    if chart := charts.get_locked(chart_id):
        chart.failed_at = clock.now()


def forget(chart_id: UUID) -> None:
    if chart := charts.get_locked(chart_id):
        db.session.delete(chart)
