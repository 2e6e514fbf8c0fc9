"""The panel's cases: the list, one case, a step recorded, a decision, the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.forms import Form
from carers.blueprints.panel import bp, presenters
from carers.blueprints.panel import case as present
from carers.blueprints.panel.forms import (
    AgainstForm,
    ApproveForm,
    EntryForm,
    OutcomeForm,
)
from carers.blueprints.sending import carry_out
from carers.blueprints.step_forms import form_for
from carers.domain import clock, names
from carers.domain.happenings import History
from carers.domain.permissions import Permission
from carers.domain.recording import Actor
from carers.domain.recording_details import details, is_required
from carers.domain.recruitment import Event, Outcome, Route
from carers.domain.register import ArrivedBy, CarerType
from carers.domain.steps import STEPS
from carers.models import Household
from carers.queries import changes, enquiries, following, households, panel
from carers.services import cases, decisions
from carers.services import enquiries as recorded

AGAINST = {"not-approve": Outcome.NOT_APPROVE, "defer": Outcome.DEFER}


@bp.get("")
@requires(Permission.PANEL_READ)
def index() -> ResponseReturnValue:
    tables = presenters.tables(panel.waiting(signed_in_viewer()), clock.today())
    return render_template(
        "panel/index.html",
        heading="Panel",
        tables=tables,
        sentence=presenters.sentence(tables),
    )


@bp.get("/<uuid:enquiry_id>")
@requires(Permission.PANEL_READ)
def show(enquiry_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    case = panel.get(enquiry_id, viewer=viewer)
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    home = panel.home_of(enquiry_id, viewer=viewer)
    history, actor = _standing(enquiry_id)
    events = [event for event in enquiry.events if event.is_current]
    shown = present.shown(case, events, history, actor, home)
    return render_template(
        "panel/show.html",
        heading=case.names,
        case=case,
        shown=shown,
        links=present.links_of(case, home, viewer),
    )


@bp.route("/<uuid:enquiry_id>/record/<event>", methods=["GET", "POST"])
@requires(Permission.PANEL_RECORD)
def record(enquiry_id: UUID, event: str) -> ResponseReturnValue:
    step = next((one for one in present.RECORDED if one.value == event), None)
    if step is None:
        abort(404)
    viewer = signed_in_viewer()
    case = panel.get(enquiry_id, viewer=viewer)
    history, actor = _standing(enquiry_id)
    form = form_for(
        step,
        details(history, step),
        is_required=is_required(history, step),
        seen=_last_change(enquiry_id),
    )
    if form.validate_on_submit() and carry_out(
        form,
        lambda: recorded.record_event(
            enquiry_id, step, seen=form.seen_number, by=viewer, **form.answers
        ),
    ):
        return _done(enquiry_id, f"Recorded: {step.label}")
    return render_template(
        "panel/record.html",
        heading=STEPS[step].act,
        case=case,
        form=form,
        refused=_refused(form, history, step, actor),
    )


@bp.route("/<uuid:enquiry_id>/decide", methods=["GET", "POST"])
@requires(Permission.PANEL_DECIDE)
def decide(enquiry_id: UUID) -> ResponseReturnValue:
    """Which decision: each has a page of its own, where it is recorded."""
    case = panel.get(enquiry_id, viewer=signed_in_viewer())
    history, actor = _standing(enquiry_id)
    form = OutcomeForm()
    if form.validate_on_submit():
        return redirect(_page_of(enquiry_id, Outcome(form.outcome.data)))
    return render_template(
        "panel/decide.html",
        case=case,
        form=form,
        advice=present.advice(case.state),
        refused=_refused(form, history, Event.DECIDED, actor),
    )


@bp.route("/<uuid:enquiry_id>/decide/<outcome>", methods=["GET", "POST"])
@requires(Permission.PANEL_DECIDE)
def decide_against(enquiry_id: UUID, outcome: str) -> ResponseReturnValue:
    chosen = AGAINST.get(outcome)
    if chosen is None:
        abort(404)
    viewer = signed_in_viewer()
    case = panel.get(enquiry_id, viewer=viewer)
    history, actor = _standing(enquiry_id)
    form = AgainstForm(seen=_last_change(enquiry_id))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: decisions.decide(
            enquiry_id, outcome=chosen, seen=form.seen_number, by=viewer, **form.answers
        ),
    ):
        return _done(enquiry_id, f"Decided: {chosen.label.lower()}")
    return render_template(
        "panel/record.html",
        heading=present.HEADINGS[chosen],
        case=case,
        form=form,
        refused=_refused(form, history, Event.DECIDED, actor),
    )


@bp.route("/<uuid:enquiry_id>/approve", methods=["GET", "POST"])
@requires(Permission.PANEL_DECIDE)
def approve(enquiry_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    form = ApproveForm(seen=_last_change(enquiry_id), data=_known(enquiry_id))
    return _to_register(
        enquiry_id,
        form,
        Event.DECIDED,
        lambda: decisions.approve(
            enquiry_id,
            form.entry,
            at=form.at,
            note=form.note.data,
            seen=form.seen_number,
            by=viewer,
        ),
    )


@bp.route("/<uuid:enquiry_id>/enter", methods=["GET", "POST"])
@requires(Permission.PANEL_DECIDE)
def enter(enquiry_id: UUID) -> ResponseReturnValue:
    """For a case that was decided before, with no home in the register yet."""
    viewer = signed_in_viewer()
    form = EntryForm(seen=_last_change(enquiry_id), data=_known(enquiry_id))
    return _to_register(
        enquiry_id,
        form,
        Event.APPROVED,
        lambda: decisions.enter(enquiry_id, form.entry, seen=form.seen_number, by=viewer),
    )


def _to_register(
    enquiry_id: UUID, form: EntryForm, event: Event, change: Callable[[], Household]
) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    case = panel.get(enquiry_id, viewer=viewer)
    history, actor = _standing(enquiry_id)
    form.offer(
        households.supervisors(viewer, of=case.service_id),
        following.for_the_time_being(case.service_id, viewer=viewer),
    )
    if form.validate_on_submit() and carry_out(form, change):
        home = panel.home_of(enquiry_id, viewer=viewer)
        return _done(enquiry_id, present.entered(home) if home else "Recorded")
    return render_template(
        "panel/approve.html",
        heading="Approve" if event is Event.DECIDED else STEPS[event].act,
        case=case,
        form=form,
        refused=_refused(form, history, event, actor),
    )


def _standing(enquiry_id: UUID) -> tuple[History, Actor]:
    """What happened in a case, and what the person signed in is to it."""
    history = cases.history_of(enquiry_id, viewer=signed_in_viewer())
    return history, recorded.actor(enquiry_id, signed_in_viewer())


def _refused(form: Form, history: History, event: Event, actor: Actor) -> str | None:
    """Why a page that is opened has nothing to fill in; one that was sent says so itself."""
    found = None if form.is_submitted() else present.refusal(history, event, actor)
    return found.sentence if found else None


def _last_change(enquiry_id: UUID) -> int:
    return changes.last_number(enquiry_id, viewer=signed_in_viewer())


def _page_of(enquiry_id: UUID, outcome: Outcome) -> str:
    if outcome is Outcome.APPROVE:
        return url_for("panel.approve", enquiry_id=enquiry_id)
    words = next(words for words, against in AGAINST.items() if against is outcome)
    return url_for("panel.decide_against", enquiry_id=enquiry_id, outcome=words)


def _known(enquiry_id: UUID) -> dict[str, Any]:
    """What the enquiry says already of the home."""
    enquiry = enquiries.get(enquiry_id, viewer=signed_in_viewer())
    applicants = [name for name in (enquiry.applicant_1, enquiry.applicant_2) if name]
    is_connected = enquiry.route is Route.CONNECTED_PERSON
    return {
        "name": names.of_home(applicants),
        "arrived_by": None if enquiry.route is Route.TRANSFER else ArrivedBy.RECRUITED.value,
        "carer_type": CarerType.CONNECTED_PERSON.value if is_connected else None,
    }


def _done(enquiry_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("panel.show", enquiry_id=enquiry_id))
