"""What is asked to put an entry right, or to remove one that was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, Optional

from carers.access import signed_in_viewer
from carers.blueprints.fields import GovDateField, RadioField, SubmitField
from carers.blueprints.forms import Form
from carers.blueprints.stay_forms import OverridableForm
from carers.domain.reach import END

RIGHT, MISTAKE = "right", "mistake"


def first_day() -> GovDateField:
    return GovDateField(
        "From", called="The first day", validators=[InputRequired("Enter the first day")]
    )


def end_if_any(description: str) -> GovDateField:
    return GovDateField(
        "Until, if it has ended",
        called="The end",
        reach=END,
        description=description,
        validators=[Optional()],
    )


class CorrectionForm(Form):
    """Facts put right; or the whole entry removed, and then nothing else is read."""

    what = RadioField(
        "What was wrong?",
        choices=[
            SelectChoice(RIGHT, "Some of it: it is right below"),
            SelectChoice(MISTAKE, "All of it: remove it, it was a mistake"),
        ],
        coerce=lambda typed: typed if typed in {RIGHT, MISTAKE} else None,
        default=RIGHT,
        validate_choice=False,
        validators=[DataRequired("Select what was wrong")],
    )
    submit = SubmitField("Correct this entry")

    order: Sequence[str] = ()  # of the fields that are asked

    @property
    def is_mistake(self) -> bool:
        return bool(self.what.data == MISTAKE)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not self.is_mistake:
            return is_valid
        for field in self:
            if field.name != "csrf_token":
                field.errors = []
        return not any(field.errors for field in self)

    @property
    def answers(self) -> dict[str, Any]:
        if self.is_mistake:
            return {}
        return {name: value for name, value in super().answers.items() if name != "what"}

    @property
    def shown(self) -> list[Field]:
        names = [*self.order]
        if isinstance(self, OverridableForm) and self.asks_override(signed_in_viewer()):
            names.append("override_reason")
        return [self.what, *(self[name] for name in names if name in self), self.submit]


def known(row: Any, form: type[CorrectionForm]) -> dict[str, Any]:
    """The facts of a row under the names that its form asks for them."""
    return {name: getattr(row, name) for name in form.order if hasattr(row, name)}
