"""What is asked of a child’s stay, in a home or with an agency: who comes, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from carers.blueprints.fields import (
    EXAMPLE,
    GovDateField,
    NumberField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    an_id,
    choices_of,
    code_radios,
    code_select,
    one_of,
    today_or_another,
)
from carers.blueprints.forms import Form, long_text, short_text, stripped
from carers.domain import clock
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import DomainError, RuleBroken
from carers.domain.placing import ChildIsElsewhere, ChildNotKnown, Elsewhere
from carers.domain.reach import BIRTH
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.queries import households, positions


def at_least_one(called: str) -> NumberRange:
    return NumberRange(min=1, message=f"{called} must be 1 or more")


class OverridableForm(Form):
    """A form that takes places: where there are too few, a team manager is asked why all the same.

    It asks only after a refusal, so that nobody overrides what they were not told of.
    """

    override_reason = TextAreaField(
        "Why is it right to go over?",
        description="Only a team manager may. The reason is kept with your name",
        validators=[long_text("The reason")],
        filters=[stripped],
    )
    is_short = False

    def refuse(self, error: DomainError) -> None:
        self.is_short = isinstance(error, RuleBroken) and error.field == "places"
        super().refuse(error)

    def asks_override(self, viewer: Viewer) -> bool:
        told = self.is_short or bool(self.override_reason.data)
        return told and Role.TEAM_MANAGER in viewer.roles


class StayForm(OverridableForm):
    """What is asked of a child's stay in a home, wherever the child was before."""

    purpose = code_radios("What is it for?", Purpose, missing="Select what it is for")
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


class ChildForm(Form):
    """A child who comes: known by reference, or new with a birth date.

    ``elsewhere`` is where they live who cannot come for it, once that was refused.
    """

    child_ref = StringField(
        "Child’s reference",
        description="Such as C-0412. Leave it empty for a new child",
        validators=[short_text()],
        filters=[stripped],
    )
    born_on = GovDateField(
        "Date of birth of a new child",
        called="The date of birth",
        reach=BIRTH,
        description=f"{EXAMPLE}. Leave it empty for a child who has a reference",
        validators=[Optional()],
    )
    elsewhere: Elsewhere | None = None

    def refuse(self, error: DomainError) -> None:
        self.elsewhere = error.found if isinstance(error, ChildIsElsewhere) else None
        super().refuse(error)

    def validate_child_ref(self, field: StringField) -> None:
        if field.data and not field.data.isprintable():
            raise ValidationError(ChildNotKnown().sentence)


class LeavingForm(Form):
    """When a child leaves where they live for another place, and why."""

    on = today_or_another(
        "First day there",
        called="The first day there",
        hint="The night before is the last where they live now. It may be a day ahead",
    )
    end_reason = code_select("Why do they move?", PlacementEnd, missing="Select why they move")


class MoveForm(StayForm, LeavingForm):
    to_id = SelectField(
        "Which home?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select the home the child moves to")],
    )
    submit = SubmitField("Move the child")

    def offer_homes(self, homes: Iterable[tuple[UUID, str]]) -> None:
        """Offer the homes there are, each with the places it has."""
        self.homes = dict(homes)
        self.to_id.choices = choices_of(self.homes.items())

    def validate_to_id(self, field: SelectField) -> None:
        if field.data not in self.homes:
            raise ValidationError("Select a home of the list")


def homes_to_live_in(viewer: Viewer, *, besides: UUID | None = None) -> Iterator[tuple[UUID, str]]:
    """The open homes, each with what is vacant today: those where something is come first."""
    today = clock.today()
    ids = households.open_ids(viewer, today)
    homes = positions.of_homes(ids, viewer=viewer, day=today).values()
    for home in sorted(homes, key=lambda one: not one.position.capacity.vacant):
        if home.id == besides:
            continue
        said = f"{home.position.capacity.vacant or 'none'} vacant today"
        if not home.position.has_places:
            label = home.position.approval.label
            said = label[0].lower() + label[1:]
        yield home.id, f"{home.name}, {home.ref}: {said}"
