"""Draws the pictures that pages ask for, and forgets those that nobody has asked for lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from carers.domain.charts import Recorded
from carers.domain.period import Days
from carers.domain.register import Skill
from carers.domain.viewer import Viewer
from carers.jobs import Job, acting_in, drawing
from carers.queries import charts as asked
from carers.reports import occupancy
from carers.services import charts

Drawn = tuple[str, str]  # wide and narrow


def draw(chart_id: UUID) -> None:
    """Draw one that is still wanted.

    Where the records have changed since it was asked for, it would be of no records that anybody
    saw: it is forgotten, and the next page asks anew.
    """
    chart = asked.get_locked(chart_id)
    if chart is None or chart.drawn_at:
        return
    viewer = acting_in(chart.service_id)
    wide, narrow = PICTURES[chart.report](viewer, chart.parameters)
    if asked.recorded(viewer) == Recorded(chart.audit_number, chart.audit_entries):
        charts.keep(chart, wide=wide, narrow=narrow)
    else:
        charts.forget(chart_id)


def places_over_time(viewer: Viewer, parameters: Mapping[str, str]) -> Drawn:
    """Of a period (``first``, ``last``), a ``population``, and a ``skill`` if there is one."""
    days = Days(date.fromisoformat(parameters["first"]), date.fromisoformat(parameters["last"]))
    skill = Skill(parameters["skill"]) if "skill" in parameters else None
    series = occupancy.daily(viewer, days, parameters["population"], skill)
    return drawing.picture(series, drawing.WIDE), drawing.picture(series, drawing.NARROW)


PICTURES: Mapping[str, Callable[[Viewer, Mapping[str, str]], Drawn]] = {
    occupancy.NAME: places_over_time
}

DRAW = Job("draw-charts", asked.wanted, draw, failed=charts.give_up, is_quiet=True)
FORGET = Job("forget-charts", asked.outlived, charts.forget)
