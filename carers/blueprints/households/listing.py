"""All homes of the service: reading the list, and taking it away."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.downloads import csv_file
from carers.blueprints.households import all_homes, bp
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.queries import home_list, households


@bp.get("/households")
@requires(Permission.HOUSEHOLD_LIST)
def index() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    wanted = all_homes.wanted_of(request.args)
    found = home_list.found(wanted, today, viewer=viewer)
    query = all_homes.query_of(wanted)
    pages = Pages.of(home_list.count_of(found), request.args.get("page", ""), home_list.PER_PAGE)
    workers = households.supervisors(viewer)
    homes = home_list.page_of(found, pages.first, today, viewer=viewer)
    return render_template(
        "households/index.html",
        heading="All homes",
        wanted=wanted,
        query=query,
        pages=pages,
        rows=[all_homes.row(home, today) for home in homes],
        chips=all_homes.chips(wanted, workers),
        groups=all_homes.groups(wanted, home_list.areas(viewer)),
        whom=all_homes.whom(wanted, workers),
        sorts=list(home_list.Sort),
        page_url=lambda page: url_for("households.index", **query, page=page),
        may_add=viewer.can(Permission.HOUSEHOLD_ADD),
    )


@bp.get("/households.csv")
@requires(Permission.HOUSEHOLD_LIST)
def index_csv() -> ResponseReturnValue:
    """The whole filter, whatever page was open."""
    viewer, today = signed_in_viewer(), clock.today()
    found = home_list.found(all_homes.wanted_of(request.args), today, viewer=viewer)
    homes = home_list.all_of(found, today, viewer=viewer)
    return csv_file("homes", all_homes.CSV_HEADER, all_homes.csv_rows(homes, today))
