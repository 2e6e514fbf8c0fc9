"""What is asked of terms of approval: the terms, and by which route they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import Field, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, NumberRange, Optional

from carers.blueprints.fields import (
    EXAMPLE,
    CodesField,
    GovDateField,
    NumberField,
    RadioField,
    SubmitField,
    TextAreaField,
    choices,
    code_radios,
    code_select,
    one_of,
)
from carers.blueprints.forms import PLUMBING, Form, long_text
from carers.domain.register import CarerType, Gender, PlacementType, PrimaryOffer
from carers.domain.terms_change import Proposal, TermsRoute
from carers.models import Terms

OLDEST = 20
MOST_PLACES = 20
SHORT = {"classes": "govuk-input--width-2", "inputmode": "numeric"}
ROUTE = ("route", "proposed_on", "statement_given", "agreed_on", "represented", "decided_on")
YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


def age(label: str, called: str) -> NumberField:
    return NumberField(
        label,
        called=called,
        validators=[Optional(), NumberRange(0, OLDEST, f"{called} must be 0 to {OLDEST}")],
        render_kw=SHORT,
    )


class TermsForm(Form):
    """The terms themselves."""

    carer_type = code_radios("Type of carer", CarerType, missing="Select the type of carer")
    primary_offer = code_select("What they mainly offer (optional)", PrimaryOffer)
    places = NumberField(
        "How many children may live there at once?",
        called="Places",
        validators=[
            InputRequired("Enter how many places"),
            NumberRange(0, MOST_PLACES, f"Places must be 0 to {MOST_PLACES}"),
        ],
        render_kw=SHORT,
    )
    age_min = age("Youngest age (optional)", "The youngest age")
    age_max = age("Oldest age (optional)", "The oldest age")
    genders = CodesField(
        "Of which gender? None chosen is any",
        choices=choices(Gender),
        coerce=one_of(Gender),
        validate_choice=False,
    )
    placement_types = CodesField(
        "What are they approved for? (optional)",
        choices=choices(PlacementType),
        coerce=one_of(PlacementType),
        validate_choice=False,
    )
    siblings_only = CodesField(
        "Brothers and sisters",
        choices=[SelectChoice("yes", "Only for brothers and sisters")],
        validate_choice=False,
    )
    conditions = TextAreaField("Conditions (optional)", validators=[long_text()])

    def validate_age_max(self, field: NumberField) -> None:
        youngest, oldest = self.age_min.data, field.data
        if youngest is not None and oldest is not None and youngest > oldest:
            raise ValidationError("The oldest age must not be under the youngest")

    @property
    def terms(self) -> dict[str, Any]:
        """The columns of the terms."""
        given = self.data
        names = ("carer_type", "primary_offer", "places", "age_min", "age_max")
        return {
            **{name: given[name] for name in names},
            "genders": [one.value for one in given["genders"] or () if one],
            "placement_types": [one.value for one in given["placement_types"] or () if one],
            "siblings_only": "yes" in (given["siblings_only"] or ()),
            "conditions": (given["conditions"] or "").strip() or None,
        }


def known_of(terms: Terms) -> dict[str, Any]:
    """Terms as their form asks for them."""
    names = ("carer_type", "primary_offer", "places", "age_min", "age_max", "conditions")
    return {
        **{name: getattr(terms, name) for name in names},
        "genders": terms.genders,
        "placement_types": terms.placement_types,
        "siblings_only": ["yes"] if terms.siblings_only else [],
    }


class ChangeTermsForm(TermsForm):
    """Changed terms, and by which route they come to be in force."""

    route = code_radios(
        "How do the terms change?", TermsRoute, missing="Select how the terms change"
    )
    proposed_on = GovDateField(
        "Day the proposal was sent to them",
        called="The day of the proposal",
        description=EXAMPLE,
        validators=[InputRequired("Enter the day the proposal was sent")],
    )
    statement_given = CodesField(
        "If they agree in writing",
        choices=[
            SelectChoice(
                "yes",
                "They were given a written statement of whether they, or the children living"
                " there, will need more support, and how it will be met",
            )
        ],
        validate_choice=False,
    )
    agreed_on = GovDateField(
        "If they agree in writing: day they agreed",
        called="The day they agreed",
        description=EXAMPLE,
        validators=[Optional()],
    )
    represented = RadioField(
        "If they had 28 days: did they make representations, or apply for an independent review?",
        choices=YES_NO,
        coerce=lambda typed: typed if typed in {"yes", "no"} else None,
        validate_choice=False,
        validators=[Optional()],
        default="no",
    )
    decided_on = GovDateField(
        "If they did: day of the decision after it",
        called="The day of the decision",
        description="Until then their terms stay as they are",
        validators=[Optional()],
    )
    submit = SubmitField("Change the terms")

    headings: ClassVar[Mapping[str, str]] = {"carer_type": "The new terms"}

    @property
    def shown(self) -> list[Field]:
        """How it changes first, then what it changes to."""
        asked = [field for field in self if field.name not in {*PLUMBING, *ROUTE}]
        return [*(self[name] for name in ROUTE), *asked, self.submit]

    @property
    def answers(self) -> dict[str, Any]:
        proposal = Proposal(
            route=self.route.data,
            proposed_on=self.proposed_on.data,
            statement_given="yes" in (self.statement_given.data or ()),
            agreed_on=self.agreed_on.data,
            represented=self.represented.data == "yes",
            decided_on=self.decided_on.data,
        )
        return {"proposal": proposal, **self.terms}
