"""The list of enquiries, a new one, and one case."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.downloads import csv_file
from carers.blueprints.enquiries import bar, bp, case, listing
from carers.blueprints.enquiries.forms import AddForm, CorrectForm, known_of
from carers.blueprints.pages import Pages
from carers.blueprints.sending import carry_out
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.domain.recording import allowed
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.step_kinds import Page
from carers.domain.steps import STEPS
from carers.models import Enquiry
from carers.queries import changes, enquiries, enquiry_list, heard, panel
from carers.services import cases
from carers.services import enquiries as services


@bp.get("/enquiries")
@requires(Permission.ENQUIRY_READ)
def index() -> ResponseReturnValue:
    viewer, now = signed_in_viewer(), clock.now()
    wanted = listing.wanted_of(request.args)
    query = enquiry_list.found(wanted, viewer=viewer)
    pages = Pages.of(
        enquiry_list.count_of(query), request.args.get("page", ""), enquiry_list.PER_PAGE
    )
    sources = enquiry_list.sources(viewer)
    workers = enquiries.workers(viewer.service_ids, viewer=viewer)
    names = {one.code: one.name for one in sources} | {str(one.id): one.name for one in workers}
    sees_all = not viewer.roles.isdisjoint(enquiries.ALL_CASES)
    return render_template(
        "enquiries/index.html",
        heading="Enquiries",
        sentence=listing.sentence(enquiry_list.unanswered(viewer), now),
        wanted=wanted,
        groups=listing.groups(
            wanted, enquiry_list.counts(viewer), sources, workers if sees_all else []
        ),
        chips=listing.chips(wanted, names),
        rows=[listing.row(one, now) for one in enquiry_list.page_of(query, pages.first)],
        pages=pages,
        sorts=enquiry_list.Sort,
        query=listing.query_of(wanted),
        may_add=viewer.can(Permission.ENQUIRY_ADD),
        may_take=Role.RECRUITMENT_OFFICER in viewer.roles,
        may_allocate=viewer.can(Permission.ENQUIRY_ALLOCATE),
    )


@bp.get("/enquiries.csv")
@requires(Permission.ENQUIRY_READ)
def index_csv() -> Response:
    """The whole filter, whatever page was open."""
    wanted = listing.wanted_of(request.args)
    found = enquiry_list.all_of(enquiry_list.found(wanted, viewer=signed_in_viewer()))
    return csv_file("enquiries", listing.CSV_HEADER, listing.csv_rows(found))


@bp.route("/enquiries/add", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_ADD)
def add() -> ResponseReturnValue:
    viewer = signed_in_viewer()
    form = AddForm()
    form.offer(*heard.offered(viewer.service_id, viewer=viewer))
    logged: list[Enquiry] = []
    if form.validate_on_submit() and carry_out(
        form, lambda: logged.append(services.log(by=viewer, **form.facts))
    ):
        if not logged:  # this copy of the form was sent before
            return redirect(url_for("enquiries.index"))
        flash(f"{logged[0].ref} is added", "success")
        return redirect(url_for("enquiries.show", enquiry_id=logged[0].id))
    return render_template("enquiries/add.html", heading="Add an enquiry", form=form)


@bp.route("/enquiries/<uuid:enquiry_id>/correct", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_ADD)
def correct(enquiry_id: UUID) -> ResponseReturnValue:
    """Put right who they are and how to reach them."""
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    form = CorrectForm(seen=changes.last_number(enquiry_id, viewer=viewer), data=known_of(enquiry))
    form.offer(*heard.offered(enquiry.service_id, viewer=viewer))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: services.correct(enquiry_id, seen=form.seen_number, by=viewer, **form.facts),
    ):
        flash("Saved", "success")
        return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))
    return render_template(
        "enquiries/correct.html", heading="Correct this enquiry", enquiry=enquiry, form=form
    )


@bp.get("/enquiries/<uuid:enquiry_id>")
@requires(Permission.ENQUIRY_READ)
def show(enquiry_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    state = enquiry.case.state
    history = cases.history_of(enquiry_id, viewer=viewer)
    actor = services.actor(enquiry_id, viewer)
    can_record = viewer.can(Permission.ENQUIRY_RECORD)
    entries, mended = case.entries(enquiry, history, actor, can_record=can_record)
    may = [
        event
        for event in allowed(history, actor=actor, now=clock.now())
        if STEPS[event].page is Page.ENQUIRY
    ]
    return render_template(
        "enquiries/show.html",
        heading=enquiry.name,
        enquiry=enquiry,
        clocks=bar.clocks(state, history, clock.today()),
        is_undated=state.stage.position >= Stage.STAGE1.position,
        facts=case.facts(enquiry, state, can_record=bool(may) and can_record),
        entries=entries,
        mended=mended,
        about=case.about(enquiry),
        people=case.people(enquiries.people_of(enquiry_id, viewer=viewer), clock.today()),
        may_correct=viewer.can(Permission.ENQUIRY_ADD),
        workers=case.workers(enquiry),
        home=panel.home_of(enquiry_id, viewer=viewer),
        may_open_home=viewer.can(Permission.HOUSEHOLD_READ),
        may_record=can_record and may,
        may_allocate=viewer.can(Permission.ENQUIRY_ALLOCATE),
    )
