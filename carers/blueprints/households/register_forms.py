"""What is asked of a home's register: how to reach it, people, skills and schemes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms.validators import DataRequired, Email, NumberRange, Optional

from carers.blueprints.fields import (
    EXAMPLE,
    EmailField,
    GovDateField,
    NumberField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    an_id,
    choices_of,
    code_radios,
    code_select,
    today_or_another,
)
from carers.blueprints.forms import Form, long_text, short_text, stripped, trimmed
from carers.domain.reach import BIRTH
from carers.domain.register import Ethnicity, Gender, PersonRole, Skill, SkillLevel, Tsd
from carers.models import Household, Person

NARROW = {"classes": "govuk-input--width-10"}
MOST_BEDROOMS = 30
KEPT = "Leave it empty to keep what is recorded, which this page does not show"


class EditForm(Form):
    name = StringField(
        "Name of the home",
        description="The carers’ names",
        validators=[DataRequired("Enter the carers’ names"), short_text()],
        filters=[trimmed],
    )
    phone = StringField(
        "Telephone number (optional)",
        validators=[short_text()],
        filters=[trimmed],
        render_kw=NARROW,
    )
    email = EmailField(
        "Email address (optional)",
        validators=[
            Optional(),
            short_text(),
            Email("Enter an email address like name@example.org"),
        ],
        filters=[trimmed],
    )
    address = TextAreaField(
        "Address", description=KEPT, validators=[short_text()], filters=[trimmed]
    )
    postcode = StringField(
        "Postcode",
        description=KEPT,
        validators=[short_text()],
        filters=[trimmed],
        render_kw=NARROW,
    )
    bedrooms = NumberField(
        "Bedrooms in the home (optional)",
        called="Bedrooms",
        validators=[
            Optional(),
            NumberRange(0, MOST_BEDROOMS, f"Bedrooms must be 0 to {MOST_BEDROOMS}"),
        ],
        render_kw={"classes": "govuk-input--width-2", "inputmode": "numeric"},
    )
    submit = SubmitField("Save")


def known_of(home: Household) -> dict[str, Any]:
    """A home as its form shows it: not where it is."""
    return {name: getattr(home, name) for name in ("name", "phone", "email", "bedrooms")}


class PersonForm(Form):
    role = code_radios("What are they here?", PersonRole, missing="Select what they are here")
    given_name = StringField(
        "First name (optional)", validators=[short_text()], filters=[trimmed], render_kw=NARROW
    )
    family_name = StringField(
        "Family name (optional)", validators=[short_text()], filters=[trimmed], render_kw=NARROW
    )
    born_on = GovDateField(
        "Date of birth (optional)",
        called="The date of birth",
        reach=BIRTH,
        description=EXAMPLE,
        validators=[Optional()],
    )
    gender = code_select("Gender", Gender)
    ethnicity = code_select("Ethnicity", Ethnicity)
    languages = StringField(
        "Languages they speak (optional)",
        description="One after another with a comma: English, Kurdish",
        validators=[short_text()],
    )
    religion = StringField("Religion (optional)", validators=[short_text()], filters=[trimmed])
    from_on = GovDateField(
        "Since (optional)",
        called="The day they came",
        description="The day they became a carer or came to live there. Empty: since the approval",
        validators=[Optional()],
    )
    tsd = code_select("Training, support and development standards", Tsd)
    tsd_on = GovDateField(
        "Reached on (optional)",
        called="The day that was reached",
        description=EXAMPLE,
        validators=[Optional()],
    )
    submit = SubmitField("Save")

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        typed = answers["languages"] or ""
        return answers | {"languages": list(filter(None, map(trimmed, typed.split(","))))}


def known_of_person(person: Person) -> dict[str, Any]:
    names = ("role", "given_name", "family_name", "born_on", "gender", "ethnicity", "religion")
    dated = ("from_on", "tsd", "tsd_on")
    known = {name: getattr(person, name) for name in (*names, *dated)}
    return known | {"languages": ", ".join(person.languages)}


class UntilForm(Form):
    """From which day something of a home is no longer so."""

    until_on = today_or_another(
        "First day it was no longer so", called="The first day it was no longer so"
    )
    submit = SubmitField("Save")


class SkillForm(Form):
    skill = code_radios("Which skill?", Skill, missing="Select a skill")
    level = code_radios(
        "At which level?",
        SkillLevel,
        missing="Select a level",
        hint="Trained and approved count as held. Willing is for recruitment only",
    )
    from_on = today_or_another("Since", called="The first day")
    evidence = TextAreaField(
        "How do we know? (optional)",
        description="For example, a course and its date",
        validators=[long_text("How we know")],
        filters=[stripped],
    )
    submit = SubmitField("Add the skill")


class JoinForm(Form):
    scheme_id = SelectField(
        "Which scheme?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select a scheme")],
    )
    from_on = today_or_another("Since", called="The first day")
    submit = SubmitField("Join the scheme")

    def offer(self, schemes: Iterable[tuple[UUID, str]]) -> None:
        self.scheme_id.choices = choices_of(schemes)
