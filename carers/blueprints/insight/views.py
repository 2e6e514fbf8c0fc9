"""Targets and net gain, and every figure opened to its rows."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.insight import bp, bridge, chart, opened, presenters, sentences
from carers.blueprints.insight.forms import Chooser
from carers.blueprints.insight.gathered import Gathered
from carers.domain import clock
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.permissions import Permission
from carers.reports import asking, capacity, occupancy
from carers.reports.answer import Answer
from carers.reports.asking import Asked

HEADING = "Targets and net gain"


@bp.get("/insight/targets")
@requires(Permission.INSIGHT_READ)
def targets() -> ResponseReturnValue:
    form = Chooser(request.args)
    if not form.validate():
        return render_template("insight/choose.html", heading=HEADING, form=form)
    return render_template(
        "insight/targets.html",
        heading=HEADING,
        form=form,
        of=_gathered(form),
        present=presenters,
        say=sentences,
        bridge=bridge,
        drawings=chart.drawings,
    )


@bp.get("/insight/targets.csv")
@requires(Permission.INSIGHT_READ)
def targets_csv() -> ResponseReturnValue:
    form = Chooser(request.args)
    if not form.validate():
        raise NotFound
    of = _gathered(form)
    return download(opened.figures_csv(of.answers()), f"targets-and-net-gain-{of.days.last}")


@bp.get("/insight/rows/<report>/<path:figure>")
@requires(Permission.INSIGHT_OPEN)
def rows(report: str, figure: str) -> ResponseReturnValue:
    answer = _answer(report)
    path = figure.replace("/", ".")
    return render_template(
        "insight/rows.html",
        opened=opened.opened(answer, path, signed_in_viewer()),
        back=_page_before(answer),
        download=presenters.rows_url(answer, path, endpoint="insight.rows_csv"),
    )


@bp.get("/insight/rows.csv/<report>/<path:figure>")
@requires(Permission.INSIGHT_OPEN)
def rows_csv(report: str, figure: str) -> ResponseReturnValue:
    answer = _answer(report)
    name = f"{report}-{figure.replace('/', '-')}-{answer.last_day or answer.as_at}"
    return download(opened.rows_csv(answer, figure.replace("/", ".")), name)


def _gathered(form: Chooser) -> Gathered:
    return Gathered.of(signed_in_viewer(), form.whole_year, form.days, form.population_asked)


def _answer(report: str) -> Answer:
    """The report that an address asks for; there is none where it asks for what is not."""
    given = request.args
    asked = Asked(
        year=given.get("year"),
        first=given.get("from"),
        last=given.get("to"),
        as_at=given.get("as_at"),
        population=given.get("population"),
        skill=given.get("skill"),
    )
    try:
        return asking.ask(asking.named(report), asked, viewer=signed_in_viewer())
    except RuleBroken:
        raise NotFound from None


def _page_before(answer: Answer) -> str:
    """The page that the figure was opened from, where it is known; else that of its own day."""
    with suppress(ValueError):  # whatever a browser says it came from
        before = urlsplit(request.referrer or "")
        if before.path in (url_for("insight.targets"), url_for("insight.places_over_time")):
            return f"{before.path}?{before.query}"
    if answer.report in (occupancy.NAME, capacity.NAME):
        return url_for("insight.places_over_time")
    return presenters.address_of(answer.last_day or answer.as_at or clock.today())


def download(text: str, name: str) -> Response:
    """A file that is not for publication, and says so in its name."""
    disposition = f'attachment; filename="{name}-not-for-publication.csv"'
    return Response(
        text, mimetype="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
