"""Places over time, and its picture, which the worker draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.insight import bp, opened
from carers.blueprints.insight import places_presenters as present
from carers.blueprints.insight.forms import DatesChooser
from carers.blueprints.insight.places import PlacesOverTime
from carers.blueprints.insight.views import download
from carers.db import transaction
from carers.domain import clock
from carers.domain.charts import ChartKey
from carers.domain.errors import NotFound
from carers.domain.permissions import Permission
from carers.models import Chart
from carers.queries import charts as drawn
from carers.services import charts

HEADING = "Places over time"
USUAL = timedelta(minutes=1)  # that a picture takes at most
KEPT = "private, max-age=86400, immutable"  # another state of the records has another address


@dataclass(frozen=True)
class Picture:
    """What the page says of its picture; shown only where it is of these very figures."""

    id: UUID
    state: Literal["drawn", "failed", "wanted", "late"]


@bp.get("/insight/places-over-time")
@requires(Permission.INSIGHT_READ)
def places_over_time() -> ResponseReturnValue:
    form = DatesChooser(request.args)
    if not form.validate():
        return render_template("insight/choose_dates.html", heading=HEADING, form=form)
    of = _gathered(form)
    return render_template(
        "insight/places.html",
        heading=HEADING,
        form=form,
        of=of,
        present=present,
        gap_rows=present.gap_rows(of, signed_in_viewer()),
        picture=None if of.is_empty else _picture(of.chart),
    )


@bp.get("/insight/places-over-time.csv")
@requires(Permission.INSIGHT_READ)
def places_over_time_csv() -> ResponseReturnValue:
    form = DatesChooser(request.args)
    if not form.validate():
        raise NotFound
    of = _gathered(form)
    text = opened.days_csv(("day", *present.HEADS), present.daily_rows(of))
    return download(text, f"places-over-time-{of.days.first}-to-{of.days.last}")


@bp.get("/insight/charts/<uuid:chart_id>/<size>.svg")
@requires(Permission.INSIGHT_READ)
def chart(chart_id: UUID, size: str) -> ResponseReturnValue:
    found = drawn.get(chart_id, viewer=signed_in_viewer())
    svg = {"wide": found.wide, "narrow": found.narrow}.get(size)
    if svg is None:
        raise NotFound
    return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": KEPT})


def _gathered(form: DatesChooser) -> PlacesOverTime:
    return PlacesOverTime.of(signed_in_viewer(), form.days, form.population_asked, form.skill_asked)


def _picture(key: ChartKey) -> Picture:
    """The picture of these figures, asked for where there is none.

    Asking changes no record: it leaves word for the worker (docs/adr/0006).
    """
    found = drawn.find(key.id, viewer=signed_in_viewer())
    if found is None:
        with transaction():
            charts.ask(key)
        return Picture(key.id, "wanted")
    return Picture(key.id, _state(found))


def _state(found: Chart) -> Literal["drawn", "failed", "wanted", "late"]:
    if found.drawn_at:
        return "drawn"
    if found.failed_at:
        return "failed"
    return "late" if clock.now() - found.created_at > USUAL else "wanted"
