"""What is asked when places are withheld and brought back, and when a child comes and leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from wtforms import HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from carers.blueprints.fields import (
    GovDateField,
    NumberField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    choices,
)
from carers.blueprints.forms import Form, long_text, short_text
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import DomainError, RuleBroken
from carers.domain.labels import Code
from carers.domain.placing import ChildNotKnown
from carers.domain.roles import Role
from carers.domain.viewer import Viewer

C = TypeVar("C", bound=Code)

EXAMPLE = "For example, 27 3 2026"


def one_of(codes: type[C]) -> Callable[[Any], C | None]:
    """Read a code of a list; one that is not in it is as none at all."""
    return lambda typed: codes(typed) if typed in set(codes) else None


def an_id(typed: Any) -> UUID | None:
    """Read an identifier; what is not one is as none at all."""
    try:
        return typed if isinstance(typed, UUID) else UUID(str(typed))
    except ValueError:
        return None


def at_least_one(called: str) -> NumberRange:
    return NumberRange(min=1, message=f"{called} must be 1 or more")


class ConfirmForm(Form):
    """``back`` is the page to go back to: a list, or the home's own."""

    back = HiddenField()
    submit = SubmitField("Confirm unchanged")


class OverridableForm(Form):
    """A form that takes places: where there are too few, a team manager is asked why all the same.

    It asks only after a refusal, so that nobody overrides what they were not told of.
    """

    override_reason = TextAreaField(
        "Why is it right to go over?",
        description="Only a team manager may. The reason is kept with your name",
        validators=[long_text()],
        filters=[lambda typed: typed.strip() or None if typed else None],
    )
    is_short = False

    def refuse(self, error: DomainError) -> None:
        self.is_short = isinstance(error, RuleBroken) and error.field == "places"
        super().refuse(error)

    def asks_override(self, viewer: Viewer) -> bool:
        told = self.is_short or bool(self.override_reason.data)
        return told and Role.TEAM_MANAGER in viewer.roles


class HoldForm(OverridableForm):
    places = NumberField(
        "How many places?",
        called="Places on hold",
        validators=[
            InputRequired("Enter how many places to put on hold"),
            at_least_one("Places on hold"),
        ],
    )
    reason = RadioField(
        "Why?",
        choices=choices(UnavailableReason),
        coerce=one_of(UnavailableReason),
        validate_choice=False,
        validators=[DataRequired("Select why the places are on hold")],
    )
    from_on = GovDateField(
        "From",
        called="The first day",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day the places cannot be used")],
        default=clock.today,
    )
    expected_until_on = GovDateField(
        "Expected to end",
        called="The expected end",
        description="The day the places can be used again, as far as you know. It ends nothing:"
        " you will be asked again on this day",
        validators=[InputRequired("Enter the day the hold is expected to end")],
    )
    owner_id = SelectField(
        "Who answers for it?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select who answers for it")],
    )
    submit = SubmitField("Put on hold")

    def offer(self, owners: Iterable[tuple[UUID, str]], *, default: UUID | None) -> None:
        """Offer the people who may answer for it, and one of them to begin with."""
        offered = list(owners)
        self.owner_id.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(str(one), name) for one, name in offered),
        ]
        if not self.is_submitted() and default in {one for one, _ in offered}:
            self.owner_id.data = default

    def validate_expected_until_on(self, field: GovDateField) -> None:
        if self.from_on.data and field.data and field.data <= self.from_on.data:
            raise ValidationError("The expected end must be after the first day")


class BringBackForm(Form):
    until_on = GovDateField(
        "First day the places could be used again",
        called="The first day the places could be used again",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day the places could be used again")],
        default=clock.today,
    )
    submit = SubmitField("Bring back")


class StayForm(OverridableForm):
    """What is asked of a child's stay in a home, wherever the child was before."""

    purpose = RadioField(
        "What is it for?",
        choices=choices(Purpose),
        coerce=one_of(Purpose),
        validate_choice=False,
        validators=[DataRequired("Select what it is for")],
    )
    place_type = RadioField(
        "Placement code (SSDA903)",
        coerce=one_of(PlaceType),
        validate_choice=False,
        validators=[DataRequired("Select a placement code")],
    )
    places = NumberField(
        "How many places does it use?",
        called="Places used",
        description="A parent and child may use two",
        validators=[InputRequired("Enter how many places it uses"), at_least_one("Places used")],
        default=1,
    )

    def offer(self, place_types: Iterable[PlaceType]) -> None:
        """Offer the codes that go with the home."""
        self.offered = tuple(place_types)
        self.place_type.choices = [
            SelectChoice(code.value, f"{code.value}: {code.label}") for code in self.offered
        ]

    def validate_place_type(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Select a placement code of the list")


class PlaceForm(StayForm):
    child_ref = StringField(
        "Child’s reference",
        description="Such as C-0412. Leave it empty for a new child",
        validators=[short_text()],
        filters=[lambda typed: typed.strip() if typed else None],
    )
    born_on = GovDateField(
        "Date of birth of a new child",
        called="The date of birth",
        description=f"{EXAMPLE}. Leave it empty for a child who has a reference",
        validators=[Optional()],
    )
    from_on = GovDateField(
        "First day here",
        called="The first day here",
        description="Today unless you change it",
        validators=[InputRequired("Enter the first day here")],
        default=clock.today,
    )
    until_on = GovDateField(
        "First day no longer here, if it is agreed already",
        called="The day agreed",
        description="Leave it empty where it is not. A stay with an end here ends by itself",
        validators=[Optional()],
    )
    is_respite = RadioField(
        "Is it a respite stay?",
        description="The child’s own home goes on meanwhile, and they go back to it",
        choices=[SelectChoice("no", "No"), SelectChoice("yes", "Yes")],
        coerce=lambda typed: "yes" if typed in ("yes", True) else "no",
        default="no",
        validate_choice=False,
    )
    submit = SubmitField("Place the child")

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        return answers | {"is_respite": answers["is_respite"] == "yes"}

    def validate_child_ref(self, field: StringField) -> None:
        if field.data and not field.data.isprintable():
            raise ValidationError(ChildNotKnown().sentence)


class EndPlacementForm(Form):
    until_on = GovDateField(
        "First day the child no longer lived here",
        called="The first day the child no longer lived here",
        description="The night before is the last one counted. Today unless you change it",
        validators=[InputRequired("Enter the first day the child no longer lived here")],
        default=clock.today,
    )
    end_reason = SelectField(
        "Why did it end?",
        choices=[SelectChoice("", "Choose one"), *choices(PlacementEnd)],
        coerce=one_of(PlacementEnd),
        validate_choice=False,
        validators=[DataRequired("Select why it ended")],
    )
    submit = SubmitField("Record that the child left")


class MoveForm(StayForm):
    to_id = SelectField(
        "Which home?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select the home the child moves to")],
    )
    on = GovDateField(
        "First day there",
        called="The first day there",
        description="The night before is the last here. Today unless you change it; it may be a"
        " day ahead",
        validators=[InputRequired("Enter the first day there")],
        default=clock.today,
    )
    end_reason = SelectField(
        "Why do they leave this home?",
        choices=[SelectChoice("", "Choose one"), *choices(PlacementEnd)],
        coerce=one_of(PlacementEnd),
        validate_choice=False,
        validators=[DataRequired("Select why they leave this home")],
    )
    submit = SubmitField("Move the child")

    def offer_homes(self, homes: Iterable[tuple[UUID, str]]) -> None:
        """Offer the homes there are, each with the places it has."""
        self.homes = dict(homes)
        self.to_id.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(str(one), words) for one, words in self.homes.items()),
        ]

    def validate_to_id(self, field: SelectField) -> None:
        if field.data not in self.homes:
            raise ValidationError("Select a home of the list")
