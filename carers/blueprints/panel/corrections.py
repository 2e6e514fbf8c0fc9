"""An entry of the panel's put right, or removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.forms import Form
from carers.blueprints.panel import bp
from carers.blueprints.panel import case as present
from carers.blueprints.sending import carry_out
from carers.blueprints.step_forms import EventForm, form_for
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.domain.recording_details import details, is_required
from carers.domain.step_kinds import Takes
from carers.domain.steps import STEPS
from carers.models import PipelineEvent
from carers.queries import changes, enquiries, panel
from carers.services import cases
from carers.services import enquiries as recorded


@bp.route("/<uuid:enquiry_id>/events/<uuid:event_id>/correct", methods=["GET", "POST"])
@requires(Permission.PANEL_RECORD, Permission.PANEL_DECIDE)
def correct(enquiry_id: UUID, event_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    event = _entry(enquiry_id, event_id)
    form = _form_of(event)
    if form.validate_on_submit() and carry_out(
        form,
        lambda: recorded.correct_event(
            enquiry_id, event_id, seen=form.seen_number, by=viewer, **form.answers
        ),
    ):
        return _done(enquiry_id, f"Corrected: {event.event.label}")
    return _page(event, form, Form(seen=_last_change(enquiry_id)))


@bp.post("/<uuid:enquiry_id>/events/<uuid:event_id>/remove")
@requires(Permission.PANEL_RECORD, Permission.PANEL_DECIDE)
def remove(enquiry_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Say that it did not happen: it stays readable, and counts in nothing."""
    viewer = signed_in_viewer()
    event = _entry(enquiry_id, event_id)
    removing = Form(seen=_last_change(enquiry_id))
    if removing.validate_on_submit() and carry_out(
        removing,
        lambda: recorded.remove_event(enquiry_id, event_id, seen=removing.seen_number, by=viewer),
    ):
        return _done(enquiry_id, f"Removed: {event.event.label}")
    return _page(event, removing, removing)


def _entry(enquiry_id: UUID, event_id: UUID) -> PipelineEvent:
    """An entry of the panel's own in a case that the reader may see."""
    viewer = signed_in_viewer()
    panel.get(enquiry_id, viewer=viewer)
    event = enquiries.get_event(enquiry_id, event_id, viewer=viewer)
    if event.event not in present.MENDED:
        abort(404)
    return event


def _form_of(event: PipelineEvent) -> EventForm:
    happening = cases.happening_of(event)
    before = cases.history_of(event.enquiry_id, viewer=signed_in_viewer()).before(happening)
    takes_day = STEPS[event.event].detail.takes is Takes.DAY
    known: dict[str, Any] = {
        "on": happening.day,
        "time": event.at.astimezone(clock.LONDON).time(),
        "note": event.note,
        "detail": happening.detail_day if takes_day else event.detail,
    }
    form = form_for(
        event.event,
        details(before, event.event),
        is_required=is_required(before, event.event),
        seen=_last_change(event.enquiry_id),
        known=known,
    )
    form.submit.label.text = "Correct this entry"
    return form


def _page(event: PipelineEvent, form: Form, removing: Form) -> ResponseReturnValue:
    """``form`` is the one whose errors are told: the correction's, unless a removal was refused."""
    return render_template(
        "panel/correct.html",
        heading="Correct this entry",
        case=panel.get(event.enquiry_id, viewer=signed_in_viewer()),
        event=event,
        words=present.event_words(event),
        form=form,
        removing=removing,
    )


def _last_change(enquiry_id: UUID) -> int:
    return changes.last_number(enquiry_id, viewer=signed_in_viewer())


def _done(enquiry_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("panel.show", enquiry_id=enquiry_id))
