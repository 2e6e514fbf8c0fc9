"""What is asked of a child’s placement with an agency, and of an agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from wtforms import Field, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, Optional

from carers.blueprints.correcting import CorrectionForm, end_if_any, first_day
from carers.blueprints.fields import (
    AmountField,
    GovDateField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    an_id,
    choices_of,
    code_radios,
    code_select,
    one_of,
    today_or_another,
)
from carers.blueprints.forms import Form, short_text, stripped, trimmed
from carers.blueprints.stay_forms import ChildForm, LeavingForm
from carers.domain.children import (
    OF_PAST_YEARS,
    PlacementEnd,
    PlaceProvider,
    PlaceType,
    ProviderKind,
    ProviderRoute,
    Purpose,
)
from carers.domain.reach import END
from carers.models import Provider
from carers.services.agencies import Agreed

AGREED = tuple(field.name for field in fields(Agreed))
IN_AREA = {"yes": True, "no": False, True: True, False: False}
NARROW = {"classes": "govuk-input--width-10"}
MOST_A_WEEK = 100_000  # pounds
FURTHEST = 1_000  # miles


class AgencyForm(Form):
    """A form that shows its fields in their order."""

    order: Sequence[str] = ()

    @property
    def shown(self) -> list[Field]:
        return [*(self[name] for name in self.order), self["submit"]]


class AgreedForm(AgencyForm):
    provider_id = SelectField(
        "Which agency?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select the agency")],
    )
    purpose = code_select("What is it for? (optional)", Purpose)
    place_type = SelectField(
        "Placement code (SSDA903)",
        coerce=one_of(PlaceType),
        validate_choice=False,
        validators=[DataRequired("Select a placement code")],
    )
    provider_type = SelectField(
        "Whose provision is it? (optional)",
        description="The SSDA903 code of the provider",
        choices=[
            SelectChoice("", "Not recorded"),
            *(SelectChoice(code.value, f"{code.value}: {code.label}") for code in PlaceProvider),
        ],
        coerce=one_of(PlaceProvider),
        validate_choice=False,
    )
    weekly_cost = AmountField(
        "Weekly cost (optional)",
        called="The weekly cost",
        decimals=2,
        most=MOST_A_WEEK,
        render_kw={
            "prefix": {"text": "£"},
            "classes": "govuk-input--width-5",
            "inputmode": "decimal",
        },
    )
    distance_miles = AmountField(
        "Miles from the child’s home (optional)",
        called="The miles from home",
        decimals=1,
        most=FURTHEST,
        render_kw={"classes": "govuk-input--width-4", "inputmode": "decimal"},
    )
    in_area = RadioField(
        "Is it in the council’s area?",
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No"),
            SelectChoice("", "Not known"),
        ],
        coerce=IN_AREA.get,
        validate_choice=False,
    )
    submit = SubmitField("Place the child")

    order = AGREED

    def offer(self, providers: Iterable[Provider], now: PlaceType | None = None) -> None:
        """Offer the agencies there are, and the codes of this year; and the one that is kept."""
        self.providers = {one.id: f"{one.name}, {one.ref}" for one in providers}
        self.provider_id.choices = choices_of(self.providers.items())
        self.place_type.choices = [
            SelectChoice("", "Choose one"),
            *(
                SelectChoice(code.value, f"{code.value}: {code.label}")
                for code in PlaceType
                if code not in OF_PAST_YEARS or code is now
            ),
        ]

    def validate_provider_id(self, field: SelectField) -> None:
        if field.data not in self.providers:
            raise ValidationError("Select an agency of the list")

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        agreed = Agreed(**{name: answers.pop(name) for name in AGREED})
        return answers | {"agreed": agreed}


class PlaceWithAgencyForm(AgreedForm, ChildForm):
    from_on = today_or_another("First day there", called="The first day there")
    until_on = GovDateField(
        "First day no longer there, if it is agreed already",
        called="The day agreed",
        reach=END,
        description="Leave it empty where it is not. A stay with an end here ends by itself",
        validators=[Optional()],
    )

    order = ("child_ref", "born_on", "provider_id", "from_on", "until_on", *AGREED[1:])


class MoveToAgencyForm(AgreedForm, LeavingForm):
    submit = SubmitField("Move the child")

    order = ("provider_id", "on", "end_reason", *AGREED[1:])


class EndAgencyForm(AgencyForm):
    until_on = today_or_another(
        "First day the child no longer lived there",
        called="The first day the child no longer lived there",
        hint="The night before is the last one counted",
    )
    end_reason = code_select("Why did it end?", PlacementEnd, missing="Select why it ended")
    submit = SubmitField("Record that the child left")

    order = ("until_on", "end_reason")


class CorrectAgencyForm(CorrectionForm, AgreedForm):
    from_on = first_day()
    until_on = end_if_any("The first day they no longer lived there. Empty for still there")
    end_reason = code_select("Why did it end?", PlacementEnd)
    submit = SubmitField("Correct this entry")

    order = ("provider_id", "from_on", "until_on", "end_reason", *AGREED[1:])


class AddAgencyForm(AgencyForm):
    name = StringField(
        "Name of the agency",
        validators=[InputRequired("Enter the name of the agency"), short_text()],
        filters=[trimmed],
    )
    kind = code_radios("What kind is it?", ProviderKind, missing="Select what kind it is")
    route = code_select("How are placements bought from it? (optional)", ProviderRoute)
    urn = StringField(
        "Ofsted’s number for it (optional)",
        description="Such as SC123456",
        validators=[short_text()],
        filters=[stripped],
        render_kw=NARROW,
    )
    submit = SubmitField("Add the agency")

    order = ("name", "kind", "route", "urn")

    def validate_name(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Enter the name of the agency")
