"""The pipeline: where cases stand still, as a board and as a table."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.downloads import csv_file
from carers.blueprints.enquiries import board, bp
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.queries import pipeline as cases
from carers.queries.enquiry_list import PER_PAGE


@bp.get("/pipeline")
@requires(Permission.ENQUIRY_READ)
def pipeline() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    view = board.TABLE if request.args.get("view") == board.TABLE else "board"
    chosen = board.Chosen.of(request.args)
    every, usual = cases.on_the_way(viewer, today), cases.usual_days(viewer, today)
    found = board.lines(every, usual, today, chosen, viewer.membership_id)
    offered = board.options(every, chosen)
    pages = Pages.of(len(found), request.args.get("page", ""), PER_PAGE)
    return render_template(
        "enquiries/pipeline.html",
        heading="Pipeline",
        view=view,
        sentence=board.sentence(found, today),
        aside=cases.not_on_the_way(viewer),
        columns=board.columns(found, usual, chosen),
        rows=board.in_order(found, chosen.sort)[pages.first : pages.until],
        number=len(found),
        pages=pages,
        page_url=lambda page: url_for(
            "enquiries.pipeline", view=board.TABLE, **chosen.query, page=page
        ),
        offered=offered,
        chips=board.chips(chosen, offered, view),
        query=chosen.query,
        sorts=board.sorts(chosen),
        short=board.short,
    )


@bp.get("/pipeline.csv")
@requires(Permission.ENQUIRY_READ)
def pipeline_csv() -> Response:
    """The whole filter, in the table's order."""
    viewer, today = signed_in_viewer(), clock.today()
    chosen = board.Chosen.of(request.args)
    every, usual = cases.on_the_way(viewer, today), cases.usual_days(viewer, today)
    found = board.lines(every, usual, today, chosen, viewer.membership_id)
    return csv_file(
        "pipeline", board.CSV_HEADER, board.csv_rows(board.in_order(found, chosen.sort))
    )
