"""What is asked of an exemption, and of a temporary approval and its extension."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, Optional

from carers.access import signed_in_viewer
from carers.blueprints.correcting import CorrectionForm
from carers.blueprints.fields import (
    EXAMPLE,
    CodesField,
    GovDateField,
    RadioField,
    StringField,
    SubmitField,
    TextAreaField,
    choices,
    one_of,
)
from carers.blueprints.forms import Form, long_text, short_text
from carers.blueprints.households.register_forms import UntilForm, trimmed
from carers.blueprints.stay_forms import OverridableForm
from carers.domain import clock
from carers.domain.errors import DomainError
from carers.domain.exemptions import ChildrenStranded, references
from carers.domain.reach import END
from carers.domain.register import ExtensionReason
from carers.domain.temporary_approvals import Extension

EXTENSION = (
    *("extended_on", "reason", "panel_views_on", "iro_informed_on", "extension_approved_by"),
)


def children_named(label: str, more: str = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=f"References such as C-0412, one on each line or with commas between.{more}",
        validators=[long_text("The children named")],
        render_kw={"rows": 4},
    )


def name_of(label: str, description: str, missing: str) -> StringField:
    return StringField(
        label,
        description=description,
        validators=[DataRequired(missing), short_text(label.removesuffix("?"))],
        filters=[trimmed],
    )


class ExemptionForm(Form):
    children = children_named("Which children does it name?", " Every child it is to let live here")
    from_on = GovDateField(
        "From",
        called="The first day",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day")],
        default=clock.today,
    )
    until_on = GovDateField(
        "First day it no longer holds, if the notice says so",
        called="The end",
        description="Leave it empty where it lasts for as long as the children live here",
        reach=END,
        validators=[Optional()],
    )
    granted_by = name_of(
        "Which authority gave it?",
        "The one in whose area the carers live, even where another approves them",
        "Enter which authority gave it",
    )
    submit = SubmitField("Record the exemption")

    @property
    def answers(self) -> dict[str, Any]:
        return super().answers | {"children": references(self.children.data)}


class StrandingForm(OverridableForm):
    """A change that may leave children beyond the places: a team manager may say why all the same.

    Like any override it is asked for only after a refusal.
    """

    def refuse(self, error: DomainError) -> None:
        super().refuse(error)
        self.is_short = isinstance(error, ChildrenStranded)


class CorrectExemptionForm(CorrectionForm, StrandingForm, ExemptionForm):
    submit = SubmitField("Correct the exemption")

    order = ("children", "from_on", "until_on", "granted_by")

    @property
    def answers(self) -> dict[str, Any]:
        if self.is_mistake:
            return {"override_reason": self.override_reason.data}
        return super().answers


class EndExemptionForm(UntilForm, StrandingForm):
    submit = SubmitField("End the exemption")

    @property
    def shown(self) -> list[Field]:
        asked = [self.override_reason] if self.asks_override(signed_in_viewer()) else []
        return [self.until_on, *asked, self.submit]


class ExtendForm(Form):
    extended_on = GovDateField(
        "First day of the extension",
        called="The first day of the extension",
        description=f"{EXAMPLE}. At the latest the day after the approval’s last day",
        validators=[InputRequired("Enter the first day of the extension")],
    )
    reason = RadioField(
        "Why is it extended?",
        choices=choices(ExtensionReason),
        coerce=one_of(ExtensionReason),
        validate_choice=False,
        validators=[DataRequired("Select why it is extended")],
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
