"""Every place on hold: reading the list, and taking it away."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.capacity import bp
from carers.blueprints.capacity import on_hold as present
from carers.blueprints.downloads import csv_file
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.queries import holds


@bp.get("/on-hold")
@requires(Permission.CAPACITY_READ)
def on_hold() -> ResponseReturnValue:
    today = clock.today()
    wanted = present.wanted_of(request.args, today)
    query = present.query_of(wanted)
    found = present.on_hold(holds.open_on(today, viewer=signed_in_viewer()), wanted)
    pages = Pages.of(len(found.rows), request.args.get("page", ""), present.PER_PAGE)
    return render_template(
        "capacity/on_hold.html",
        heading="On hold",
        found=found,
        pages=pages,
        rows=found.rows[pages.first : pages.until],
        csv_url=url_for("capacity.on_hold_csv", **query),
        page_url=lambda page: url_for("capacity.on_hold", **query, page=page),
    )


@bp.get("/on-hold.csv")
@requires(Permission.CAPACITY_READ)
def on_hold_csv() -> ResponseReturnValue:
    """The whole filter, whatever page was open."""
    today = clock.today()
    wanted = present.wanted_of(request.args, today)
    found = holds.open_on(today, viewer=signed_in_viewer())
    return csv_file("on-hold", present.CSV_HEADER, present.csv_rows(found, wanted))
