"""A step recorded or put right; an enquiry given to a worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.enquiries import bp
from carers.blueprints.enquiries.forms import AllocateForm, WhatForm
from carers.blueprints.forms import Form
from carers.blueprints.sending import carry_out
from carers.blueprints.step_forms import EventForm, form_for
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
from carers.services import cases
from carers.services import enquiries as services


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
def correct_step(enquiry_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Put an entry right: a new one takes its place."""
    viewer = signed_in_viewer()
    event = _event(enquiry_id, event_id)
    form = _step_form(event)
    if form.validate_on_submit() and carry_out(
        form,
        lambda: services.correct_event(
            enquiry_id, event_id, seen=form.seen_number, by=viewer, **form.answers
        ),
    ):
        return _done(enquiry_id, f"Corrected: {event.event.label}")
    return render_template(
        "enquiries/correct_step.html",
        heading="Correct this entry",
        enquiry=event.enquiry,
        event=event,
        form=form,
        removing=Form(seen=form.fresh),
    )


@bp.post("/enquiries/<uuid:enquiry_id>/events/<uuid:event_id>/remove")
@requires(Permission.ENQUIRY_RECORD)
def remove_step(enquiry_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Say that an entry was a mistake: it stays readable, and counts in nothing."""
    viewer = signed_in_viewer()
    event = _event(enquiry_id, event_id)
    form = Form(seen=_last_change(enquiry_id))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: services.remove_event(enquiry_id, event_id, seen=form.seen_number, by=viewer),
    ):
        return _done(enquiry_id, f"Removed: {event.event.label}")
    _say_why_not(form)
    return redirect(url_for("enquiries.correct_step", enquiry_id=enquiry_id, event_id=event_id))


def _event(enquiry_id: UUID, event_id: UUID) -> PipelineEvent:
    viewer = signed_in_viewer()
    enquiries.get(enquiry_id, viewer=viewer)
    return enquiries.get_event(enquiry_id, event_id, viewer=viewer)


def _step_form(event: PipelineEvent) -> EventForm:
    """The form of an entry as it was written."""
    history = cases.history_of(event.enquiry_id, viewer=signed_in_viewer())
    before = history.before(cases.happening_of(event))
    form = form_for(
        event.event,
        details(before, event.event),
        is_required=is_required(before, event.event),
        seen=_last_change(event.enquiry_id),
        known=_known(event),
    )
    form.submit.label.text = "Correct this entry"
    return form


@bp.route("/enquiries/<uuid:enquiry_id>/allocate", methods=["GET", "POST"])
@requires(Permission.ENQUIRY_ALLOCATE)
def allocate(enquiry_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    enquiry = enquiries.get(enquiry_id, viewer=viewer)
    form = AllocateForm(seen=_last_change(enquiry_id))
    form.offer(enquiries.workers([enquiry.service_id], viewer=viewer))
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
    form = Form()
    form.validate()
    if carry_out(form, lambda: services.take(enquiry_id, by=viewer)):
        return _done(enquiry_id, f"{enquiry.ref} is yours")
    _say_why_not(form)
    return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))


def _standing(enquiry_id: UUID) -> tuple[History, Actor]:
    history = cases.history_of(enquiry_id, viewer=signed_in_viewer())
    return history, services.actor(enquiry_id, signed_in_viewer())


def _known(event: PipelineEvent) -> dict[str, Any]:
    """An entry as the form asks for it."""
    known: dict[str, Any] = {
        "on": clock.local_day(event.at),
        "time": f"{event.at:%H:%M}",
        "note": event.note,
        "detail": event.detail,
    }
    if STEPS[event.event].detail.takes is Takes.DAY:
        known["detail"] = cases.happening_of(event).detail_day
    return known


def _last_change(enquiry_id: UUID) -> int:
    return changes.last_number(enquiry_id, viewer=signed_in_viewer())


def _say_why_not(form: Form) -> None:
    """Why a button that asks nothing did nothing."""
    said = (str(error) for errors in form.errors.values() for error in errors)
    flash(". ".join([*said, *form.changes]), "warning")


def _done(enquiry_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))
