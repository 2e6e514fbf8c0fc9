"""What is asked of an exemption, and which children it names."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.validators import DataRequired, Optional

from carers.access import signed_in_viewer
from carers.blueprints.correcting import CorrectionForm
from carers.blueprints.fields import (
    GovDateField,
    StringField,
    SubmitField,
    TextAreaField,
    today_or_another,
)
from carers.blueprints.forms import Form, long_text, short_text, trimmed
from carers.blueprints.households.register_forms import UntilForm
from carers.blueprints.stay_forms import OverridableForm
from carers.domain.errors import DomainError
from carers.domain.exemptions import ChildrenStranded, references
from carers.domain.reach import END


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
    from_on = today_or_another("From", called="The first day")
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
