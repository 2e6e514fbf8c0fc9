"""What is asked of a home's register: how to reach it, people, skills and schemes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional

from carers.blueprints.fields import (
    EXAMPLE,
    EmailField,
    GovDateField,
    NumberField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    an_id,
    choices,
    one_of,
)
from carers.blueprints.forms import Form, long_text, short_text
from carers.domain import clock
from carers.domain.reach import BIRTH
from carers.domain.register import Ethnicity, Gender, PersonRole, Skill, SkillLevel, Tsd
from carers.models import Household, Person

NARROW = {"classes": "govuk-input--width-10"}
MOST_BEDROOMS = 30
KEPT = "Leave it empty to keep what is recorded, which this page does not show"


def trimmed(typed: str | None) -> str | None:
    """What was typed without white space around or between; none for nothing."""
    return " ".join((typed or "").split()) or None


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


def optional_codes(codes: Any) -> list[SelectChoice]:
    return [SelectChoice("", "Not recorded"), *choices(codes)]


class PersonForm(Form):
    role = RadioField(
        "What are they here?",
        choices=choices(PersonRole),
        coerce=one_of(PersonRole),
        validate_choice=False,
        validators=[DataRequired("Select what they are here")],
    )
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
    gender = SelectField(
        "Gender", choices=optional_codes(Gender), coerce=one_of(Gender), validate_choice=False
    )
    ethnicity = SelectField(
        "Ethnicity",
        choices=optional_codes(Ethnicity),
        coerce=one_of(Ethnicity),
        validate_choice=False,
    )
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
    tsd = SelectField(
        "Training, support and development standards",
        choices=optional_codes(Tsd),
        coerce=one_of(Tsd),
        validate_choice=False,
    )
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

    until_on = GovDateField(
        "First day it was no longer so",
        called="The first day it was no longer so",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day it was no longer so")],
        default=clock.today,
    )
    submit = SubmitField("Save")


class SkillForm(Form):
    skill = RadioField(
        "Which skill?",
        choices=choices(Skill),
        coerce=one_of(Skill),
        validate_choice=False,
        validators=[DataRequired("Select a skill")],
    )
    level = RadioField(
        "At which level?",
        description="Trained and approved count as held. Willing is for recruitment only",
        choices=choices(SkillLevel),
        coerce=one_of(SkillLevel),
        validate_choice=False,
        validators=[DataRequired("Select a level")],
    )
    from_on = GovDateField(
        "Since",
        called="The first day",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day")],
        default=clock.today,
    )
    evidence = TextAreaField(
        "How do we know? (optional)",
        description="For example, a course and its date",
        validators=[long_text("How we know")],
        filters=[lambda typed: (typed or "").strip() or None],
    )
    submit = SubmitField("Add the skill")


class JoinForm(Form):
    scheme_id = SelectField(
        "Which scheme?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select a scheme")],
    )
    from_on = GovDateField(
        "Since",
        called="The first day",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day")],
        default=clock.today,
    )
    submit = SubmitField("Join the scheme")

    def offer(self, schemes: Iterable[tuple[UUID, str]]) -> None:
        offer(self.scheme_id, schemes)


def offer(field: SelectField, offered: Iterable[tuple[UUID, str]]) -> None:
    """Some records to choose one of."""
    known = [SelectChoice(str(one), name) for one, name in offered]
    field.choices = [SelectChoice("", "Choose one"), *known]
