"""Children with agencies: the list of them, and an agency added to those there are."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.capacity import agency_list, bp
from carers.blueprints.capacity.agency_forms import AddAgencyForm
from carers.blueprints.downloads import csv_file
from carers.blueprints.fields import an_id
from carers.blueprints.pages import Pages
from carers.blueprints.sending import carry_out
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.models import Provider
from carers.queries import agencies as placed
from carers.services import agencies as changing


@bp.get("/agency-placements")
@requires(Permission.CAPACITY_READ)
def agencies() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    wanted = agency_list.wanted_of(request.args)
    found = placed.found(wanted, today, viewer=viewer)
    query = agency_list.query_of(wanted)
    pages = Pages.of(placed.count_of(found), request.args.get("page", ""), placed.PER_PAGE)
    providers = placed.providers(viewer.service_ids, viewer=viewer)
    children, used = placed.living(viewer, today)
    return render_template(
        "capacity/agencies.html",
        heading="With agencies",
        wanted=wanted,
        query=query,
        pages=pages,
        rows=[agency_list.row(stay, today) for stay in placed.page_of(found, pages.first)],
        chips=agency_list.chips(wanted, providers),
        selects=agency_list.selects(wanted, providers),
        children=children,
        used=used,
        may_change=viewer.can(Permission.PLACEMENT_EDIT),
        page_url=lambda page: url_for("capacity.agencies", **query, page=page),
    )


@bp.get("/agency-placements.csv")
@requires(Permission.CAPACITY_READ)
def agencies_csv() -> ResponseReturnValue:
    """The whole filter, whatever page was open."""
    viewer, today = signed_in_viewer(), clock.today()
    found = placed.found(agency_list.wanted_of(request.args), today, viewer=viewer)
    rows = agency_list.csv_rows(placed.all_of(found), today)
    return csv_file("with-agencies", agency_list.CSV_HEADER, rows)


@bp.route("/agencies/add", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def add_agency() -> ResponseReturnValue:
    """Its reader goes back to the child who is to live there: ``moving`` is where they live now."""
    form, made = AddAgencyForm(), list[Provider]()
    moving = an_id(request.args.get("moving", ""))
    if form.validate_on_submit() and carry_out(
        form, lambda: made.append(changing.add(**form.answers, by=signed_in_viewer()))
    ):
        flash(f"{form.name.data} is added", "success")
        chosen = made[0].id if made else None
        if moving:
            there = url_for("capacity.move_to_agency", placement_id=moving, provider=chosen)
        else:
            there = url_for("capacity.place_with_agency", provider=chosen)
        return redirect(there)
    return render_template(
        "capacity/agency.html",
        heading="Add an agency",
        back_link=url_for("capacity.agencies"),
        note="An agency, a children’s home or another place that is not ours, once for all the"
        " children who live with it.",
        form=form,
    )
