"""The form of a step in a case: a day and a time, its detail where it takes one, a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Optional

from carers.blueprints.fields import (
    GovDateField,
    RadioField,
    StringField,
    SubmitField,
    TextAreaField,
)
from carers.blueprints.forms import MomentForm, Offered, long_text, short_text
from carers.domain.recording_details import select_answer
from carers.domain.recruitment import Event
from carers.domain.step_kinds import Takes
from carers.domain.steps import STEPS


class EventForm(MomentForm):
    """A step of the panel’s, with a detail where it takes one."""

    note = TextAreaField("Note (optional)", validators=[Optional(), long_text()])
    submit = SubmitField("Record")

    @property
    def detail_given(self) -> str | None:
        return None

    @property
    def answers(self) -> dict[str, Any]:
        return super().answers | {"detail": self.detail_given}


class DayEventForm(EventForm):
    detail = GovDateField(
        "Which day?", called="The day arranged", description="For example, 27 3 2026"
    )

    @property
    def detail_given(self) -> str | None:
        given: date | None = self.detail.data
        return given.isoformat() if given else None


class CodeEventForm(EventForm):
    detail = RadioField("Which?", validate_choice=False)

    @property
    def detail_given(self) -> str | None:
        return self.detail.data or None


class ServiceEventForm(EventForm):
    detail = StringField("Which service?", validators=[short_text("The code of the service")])

    @property
    def detail_given(self) -> str | None:
        return (self.detail.data or "").strip() or None


MISSING: Mapping[Takes, str] = {
    Takes.DAY: "Enter the day arranged",
    Takes.SERVICE: "Enter the code of the service",
}
KINDS: Mapping[Takes, type[EventForm]] = {
    Takes.DAY: DayEventForm,
    Takes.CODE: CodeEventForm,
    Takes.SERVICE: ServiceEventForm,
}


def form_for(
    event: Event,
    codes: Mapping[str, str],
    *,
    is_required: bool,
    seen: int,
    known: Mapping[str, Any] | None = None,
) -> EventForm:
    """The form of a step: ``codes`` are the details it may have at this point of the case.

    ``known`` is what was recorded, for a correction.
    """
    asked = STEPS[event].detail
    kind = KINDS.get(asked.takes, EventForm)
    if kind is CodeEventForm and not codes:
        kind = EventForm
    form = kind(seen=seen, data=known)
    if "detail" in form:
        optional = "" if is_required else " (optional)"
        form["detail"].label.text = f"{asked.called}{optional}"
        missing = MISSING.get(asked.takes) or select_answer(event)
        asking = InputRequired(missing) if is_required else Optional()
        form["detail"].validators = [asking, *form["detail"].validators]
    if isinstance(form, CodeEventForm):
        form.detail.choices = [SelectChoice(value, label) for value, label in codes.items()]
        form.detail.validators = [*form.detail.validators, Offered(select_answer(event))]
    form.submit.label.text = STEPS[event].act
    return form
