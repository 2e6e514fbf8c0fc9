"""What is asked of a temporary approval and of its extension."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired

from carers.blueprints.fields import (
    EXAMPLE,
    CodesField,
    GovDateField,
    StringField,
    SubmitField,
    code_radios,
)
from carers.blueprints.forms import Form, short_text, trimmed
from carers.blueprints.households.exemption_forms import children_named, name_of
from carers.domain.exemptions import references
from carers.domain.register import ExtensionReason
from carers.domain.temporary_approvals import Extension

EXTENSION = (
    *("extended_on", "reason", "panel_views_on", "iro_informed_on", "extension_approved_by"),
)


class ExtendForm(Form):
    extended_on = GovDateField(
        "First day of the extension",
        called="The first day of the extension",
        description=f"{EXAMPLE}. At the latest the day after the approval’s last day",
        validators=[InputRequired("Enter the first day of the extension")],
    )
    reason = code_radios(
        "Why is it extended?", ExtensionReason, missing="Select why it is extended"
    )
    panel_views_on = GovDateField(
        "Day the fostering panel’s views were sought",
        called="The day the panel’s views were sought",
        description=EXAMPLE,
        validators=[InputRequired("Enter the day the panel’s views were sought")],
    )
    iro_informed_on = GovDateField(
        "Day the independent reviewing officer was informed",
        called="The day the reviewing officer was informed",
        description=EXAMPLE,
        validators=[InputRequired("Enter the day the reviewing officer was informed")],
    )
    extension_approved_by = name_of(
        "Who approved the extension?", "The nominated officer", "Enter who approved the extension"
    )
    submit = SubmitField("Record the extension")

    @property
    def extension(self) -> Extension:
        return Extension(
            self.extended_on.data,
            self.reason.data,
            self.panel_views_on.data,
            self.iro_informed_on.data,
            self.extension_approved_by.data or "",
        )

    @property
    def answers(self) -> dict[str, Any]:
        return {"extension": self.extension}


class CorrectTemporaryForm(Form):
    """For whom a home is approved for the time being."""

    children = children_named("For which children are they approved?")
    approved_by = StringField(
        "Who approved them? (optional)",
        validators=[short_text("Who approved them")],
        filters=[trimmed],
    )
    submit = SubmitField("Correct the approval")

    @property
    def answers(self) -> dict[str, Any]:
        return {
            "children": references(self.children.data),
            "approved_by": self.approved_by.data,
        }


class CorrectExtendedForm(CorrectTemporaryForm, ExtendForm):
    """The same, where it was extended; or it was not, and then nothing of that is read."""

    was_extended = CodesField(
        "Was it extended at all?",
        choices=[SelectChoice("no", "No: the extension was a mistake. Remove it")],
    )
    submit = SubmitField("Correct the approval")

    @property
    def is_unextended(self) -> bool:
        return "no" in (self.was_extended.data or ())

    @property
    def shown(self) -> list[Field]:
        names = ("children", "approved_by", "was_extended", *EXTENSION)
        return [*(self[name] for name in names), self.submit]

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not self.is_unextended:
            return is_valid
        for name in EXTENSION:
            self[name].errors = []
        return not any(field.errors for field in self)

    @property
    def answers(self) -> dict[str, Any]:
        extension = None if self.is_unextended else self.extension
        return super().answers | {"extension": extension}
