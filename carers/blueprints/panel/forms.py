"""What the panel's pages ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import (
    DataRequired,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from carers.blueprints.fields import (
    CodesField,
    GovDateField,
    NumberField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    choices,
)
from carers.blueprints.forms import Form, MomentForm, Offered, long_text, short_text
from carers.domain import clock
from carers.domain.entering import Entry
from carers.domain.labels import Code
from carers.domain.recruitment import Outcome
from carers.domain.register import (
    ArrivedBy,
    CarerType,
    Gender,
    PlacementType,
    PrimaryOffer,
    Skill,
    SkillLevel,
)
from carers.models import Household, Membership

NOBODY = "nobody"
AS_BEFORE = "Nobody yet, or whoever has their home for the time being"
SIBLINGS = "Select whether it is only for brothers and sisters together"
SUPERVISES = "Select the supervising social worker"
OLDEST = 20
MOST_PLACES = 20


def select_one(label: str, codes: type[Code], *, missing: str, **kwargs: Any) -> RadioField:
    """One code of a list, which must be chosen."""
    return RadioField(
        label,
        choices=choices(codes),
        validators=[InputRequired(missing), Offered(missing)],
        validate_choice=False,
        **kwargs,
    )


def select_any(label: str, codes: type[Code], *, unknown: str) -> CodesField:
    """Any codes of a list, or none; ``unknown`` is said of another."""
    return CodesField(
        label, choices=choices(codes), validators=[Offered(unknown)], validate_choice=False
    )


class OutcomeForm(Form):
    outcome = select_one("What is your decision?", Outcome, missing="Select your decision")
    submit = SubmitField("Continue")


class DecidedForm(MomentForm):
    on = GovDateField(
        "What day did you decide?",
        called="The day of the decision",
        validators=[InputRequired("Enter the day of the decision")],
        default=clock.today,
    )


class AgainstForm(DecidedForm):
    """A decision not to approve, or to defer: the applicants are owed its reasons."""

    note = TextAreaField(
        "What are your reasons?",
        validators=[DataRequired("Enter your reasons"), long_text("Your reasons")],
    )
    submit = SubmitField("Record the decision")


class EntryForm(Form):
    """All that the entry in the register needs."""

    name = StringField(
        "Name of the home",
        description="As colleagues will look for it",
        validators=[DataRequired("Enter the name of the home"), short_text()],
    )
    follows = SelectField(
        "Are they approved for the time being already? (optional)",
        description="That approval ends on the first day of this one, and the children who live"
        " there live on in this home",
        validators=[Offered("Select the home that is approved for the time being")],
        validate_choice=False,
        default="",
    )
    approved_on = GovDateField(
        "First day in the register, if it is later than the decision (optional)",
        called="The first day in the register",
        validators=[Optional()],
    )
    arrived_by = select_one(
        "How did they come to the service?",
        ArrivedBy,
        missing="Select how they came to the service",
    )
    carer_type = select_one("Type of carer", CarerType, missing="Select the type of carer")
    primary_offer = SelectField(
        "Main kind of fostering offered (optional)",
        choices=[SelectChoice("", "Choose one"), *choices(PrimaryOffer)],
        validators=[Offered("Select the main kind of fostering offered")],
        validate_choice=False,
        default="",
    )
    places = NumberField(
        "How many children may live there at once?",
        called="The number of children",
        validators=[
            InputRequired("Enter how many children may live there"),
            NumberRange(
                min=1,
                max=MOST_PLACES,
                message=f"The number of children must be between 1 and {MOST_PLACES}",
            ),
        ],
    )
    age_min = NumberField(
        "Youngest age (optional)",
        called="The youngest age",
        validators=[
            Optional(),
            NumberRange(0, OLDEST, f"The youngest age must be between 0 and {OLDEST}"),
        ],
    )
    age_max = NumberField(
        "Oldest age (optional)",
        called="The oldest age",
        validators=[
            Optional(),
            NumberRange(0, OLDEST, f"The oldest age must be between 0 and {OLDEST}"),
        ],
    )
    genders = select_any(
        "Only children of this gender (optional)", Gender, unknown="Select a gender"
    )
    placement_types = select_any(
        "What are they approved for? (optional)",
        PlacementType,
        unknown="Select what they are approved for",
    )
    siblings_only = RadioField(
        "Is it only for brothers and sisters together?",
        choices=[SelectChoice("no", "No"), SelectChoice("yes", "Yes")],
        default="no",
        validators=[InputRequired(SIBLINGS), Offered(SIBLINGS)],
        validate_choice=False,
    )
    conditions = TextAreaField("Conditions (optional)", validators=[Optional(), long_text()])
    skills = select_any(
        "Skills they are approved for (optional)",
        Skill,
        unknown="Select the skills they are approved for",
    )
    trained = select_any(
        "Skills they are trained in, and not yet approved for (optional)",
        Skill,
        unknown="Select the skills they are trained in",
    )
    supervisor = SelectField(
        "Supervising social worker",
        validators=[InputRequired(SUPERVISES), Offered(SUPERVISES)],
        validate_choice=False,
    )
    submit = SubmitField("Enter in the register")

    def offer(self, supervisors: Sequence[Membership], before: Sequence[Household]) -> None:
        """Who may be chosen to supervise the home, and which home it may follow."""
        self.supervisor.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(str(one.id), one.name) for one in supervisors),
            SelectChoice(NOBODY, AS_BEFORE if before else "Nobody yet"),
        ]
        if not before:
            del self.follows
            return
        self.follows.choices = [
            SelectChoice("", "No"),
            *(SelectChoice(str(one.id), _in_words(one)) for one in before),
        ]

    def validate_age_max(self, field: NumberField) -> None:
        youngest = self.age_min.data
        if youngest is not None and field.data is not None and field.data < youngest:
            raise ValidationError("The oldest age must not be below the youngest")

    @property
    def entry(self) -> Entry:
        """What was answered, for the register."""
        given: dict[str, Any] = self.data
        levels = dict.fromkeys(map(Skill, given["trained"]), SkillLevel.TRAINED)
        levels |= dict.fromkeys(map(Skill, given["skills"]), SkillLevel.APPROVED)
        offer, supervisor = given["primary_offer"], given["supervisor"]
        follows = given.get("follows")
        return Entry(
            name=" ".join(given["name"].split()),
            approved_on=given["approved_on"],
            arrived_by=ArrivedBy(given["arrived_by"]),
            carer_type=CarerType(given["carer_type"]),
            primary_offer=PrimaryOffer(offer) if offer else None,
            places=given["places"],
            age_min=given["age_min"],
            age_max=given["age_max"],
            genders=tuple(given["genders"]),
            placement_types=tuple(given["placement_types"]),
            siblings_only=given["siblings_only"] == "yes",
            conditions=given["conditions"],
            skills=levels,
            supervisor_id=None if supervisor == NOBODY else UUID(supervisor),
            follows_id=UUID(follows) if follows else None,
        )


class ApproveForm(EntryForm, DecidedForm):
    """The decision to approve, with the entry in the register: one act."""

    note = TextAreaField("Your reasons (optional)", validators=[Optional(), long_text()])
    submit = SubmitField("Approve and enter in the register")


def _in_words(home: Household) -> str:
    label = home.approval.label
    return f"{home.name}, {home.ref}: {label[0].lower()}{label[1:]}"
