"""A step recorded or put right; an enquiry given to a worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.enquiries import bp
from carers.blueprints.enquiries.forms import AllocateForm, OneButtonForm, WhatForm
from carers.blueprints.sending import carry_out
from carers.blueprints.step_forms import form_for
from carers.domain import clock
from carers.domain.happenings import History
from carers.domain.permissions import Permission
from carers.domain.recording import Actor, allowed, refusal
from carers.domain.recording_details import details, is_required
from carers.domain.recruitment import Event
from carers.domain.step_kinds import Page, Takes
from carers.domain.steps import STEPS
from carers.models import PipelineEvent
from carers.queries import changes, enquiries
from carers.services import enquiries as services
from carers.services.cases import happening_of


@bp.route("/enquiries/<uuid:enquiry_id>/record", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_RECORD)
def record(enquiry_id: UUID) -> ResponseReturnValue:
    """Which step: each has a page of its own."""
    enquiry = enquiries.get(enquiry_id, viewer=signed_in_viewer())
    history, actor = _standing(enquiry_id)
    form = WhatForm()
    events = [
        event
        for event in allowed(history, actor=actor, now=clock.now())
        if STEPS[event].page is Page.ENQUIRY
    ]
    form.offer(events)
    if form.validate_on_submit():
        return redirect(
            url_for("enquiries.record_step", enquiry_id=enquiry_id, event=form.event.data)
        )
    return render_template(
        "enquiries/record.html", heading="Record a step", enquiry=enquiry, form=form, events=events
    )


@bp.route("/enquiries/<uuid:enquiry_id>/record/<event>", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_RECORD)
def record_step(enquiry_id: UUID, event: str) -> ResponseReturnValue:
    if event not in set(Event) or STEPS[Event(event)].page is not Page.ENQUIRY:
        abort(404)
    step, viewer = Event(event), signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    history, actor = _standing(enquiry_id)
    form = form_for(
        step,
        details(history, step),
        is_required=is_required(history, step),
        seen=_last_change(enquiry_id),
    )
    if form.validate_on_submit() and carry_out(
        form,
        lambda: services.record_event(
            enquiry_id, step, seen=form.seen_number, by=viewer, **form.answers
        ),
    ):
        return _done(enquiry_id, f"Recorded: {step.label}")
    refused = None if form.is_submitted() else refusal(history, step, actor=actor, now=clock.now())
    return render_template(
        "enquiries/step.html",
        heading=STEPS[step].act,
        enquiry=enquiry,
        form=form,
        refused=refused.sentence if refused else None,
    )


@bp.route("/enquiries/<uuid:enquiry_id>/events/<uuid:event_id>/correct", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_RECORD)
def correct(enquiry_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Put an entry right, or say that it was a mistake."""
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    event = enquiries.get_event(enquiry_id, event_id, viewer=viewer)
    before = services.history_of(enquiry_id).before(happening_of(event))
    form = form_for(
        event.event,
        details(before, event.event),
        is_required=is_required(before, event.event),
        seen=_last_change(enquiry_id),
        known=_known(event),
    )
    form.submit.label.text = "Correct this entry"
    removing = OneButtonForm(seen=_last_change(enquiry_id))
    is_mistake = "mistake" in request.form
    if is_mistake and removing.validate_on_submit():
        done = carry_out(
            removing,
            lambda: services.remove_event(
                enquiry_id, event_id, seen=removing.seen_number, by=viewer
            ),
        )
        form.form_errors.extend(removing.form_errors)
        for name, errors in removing.errors.items():
            if name:
                form.form_errors.extend(map(str, errors))
        form.changes = removing.changes
    else:
        done = form.validate_on_submit() and carry_out(
            form,
            lambda: services.correct_event(
                enquiry_id, event_id, seen=form.seen_number, by=viewer, **form.answers
            ),
        )
    if done:
        return _done(enquiry_id, f"Corrected: {event.event.label}")
    return render_template(
        "enquiries/correct.html",
        heading="Correct this entry",
        enquiry=enquiry,
        event=event,
        form=form,
        removing=removing,
    )


@bp.route("/enquiries/<uuid:enquiry_id>/allocate", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_ALLOCATE)
def allocate(enquiry_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    form = AllocateForm(seen=_last_change(enquiry_id))
    form.offer(enquiries.workers(viewer))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: services.allocate(
            enquiry_id, UUID(form.worker.data), seen=form.seen_number, by=viewer
        ),
    ):
        return _done(enquiry_id, "Given to another worker")
    return render_template(
        "enquiries/allocate.html", heading="Give it to a worker", enquiry=enquiry, form=form
    )


@bp.post("/enquiries/<uuid:enquiry_id>/take")
@requires(Permission.ENQUIRY_ALLOCATE)
def take(enquiry_id: UUID) -> ResponseReturnValue:
    """Have an enquiry that nobody has."""
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    form = OneButtonForm()
    if form.validate_on_submit() and viewer.membership_id:
        worker = viewer.membership_id
        taken = carry_out(
            form, lambda: services.allocate(enquiry_id, worker, seen=form.seen_number, by=viewer)
        )
        if taken:
            return _done(enquiry_id, f"{enquiry.ref} is yours")
    for sentence in [*form.form_errors, *(str(e[0]) for e in form.errors.values() if e)]:
        flash(sentence, "error")
    return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))


def _standing(enquiry_id: UUID) -> tuple[History, Actor]:
    history = services.history_of(enquiry_id)
    return history, services.actor(enquiry_id, history, signed_in_viewer())


def _known(event: PipelineEvent) -> dict[str, Any]:
    """An entry as the form asks for it."""
    known: dict[str, Any] = {
        "on": clock.local_day(event.at),
        "time": f"{event.at:%H:%M}",
        "note": event.note,
        "detail": event.detail,
    }
    if STEPS[event.event].detail.takes is Takes.DAY:
        known["detail"] = happening_of(event).detail_day
    return known


def _last_change(enquiry_id: UUID) -> int:
    return changes.last_number(enquiry_id, viewer=signed_in_viewer())


def _done(enquiry_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))
