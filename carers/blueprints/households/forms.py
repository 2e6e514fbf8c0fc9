"""What is asked when places are withheld and brought back, and when a child comes and leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, Optional

from carers.blueprints.fields import (
    FewField,
    GovDateField,
    RadioField,
    SelectField,
    SubmitField,
    an_id,
    choices_of,
    code_radios,
    code_select,
    today_or_another,
)
from carers.blueprints.forms import Form
from carers.blueprints.stay_forms import ChildForm, OverridableForm, StayForm, at_least_one
from carers.domain.capacity import UnavailableReason
from carers.domain.children import PlacementEnd
from carers.domain.reach import END


class ConfirmForm(Form):
    """``back`` is the page to go back to: a list, or the home's own."""

    back = HiddenField()
    submit = SubmitField("Confirm unchanged")


class HoldForm(OverridableForm):
    places = FewField(
        "How many places?",
        called="Places on hold",
        validators=[
            InputRequired("Enter how many places to put on hold"),
            at_least_one("Places on hold"),
        ],
        default=1,
    )
    reason = code_radios("Why?", UnavailableReason, missing="Select why the places are on hold")
    search_id = SelectField(
        "For which search? (optional)",
        description="Only for a reserved place. The children of the search can take it, and nobody"
        " else",
        coerce=an_id,
        validate_choice=False,
    )
    from_on = today_or_another("From", called="The first day the places cannot be used")
    expected_until_on = GovDateField(
        "Expected to end",
        called="The expected end",
        reach=END,
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
        self.owner_id.choices = choices_of(offered)
        if not self.is_submitted() and default in {one for one, _ in offered}:
            self.owner_id.data = default

    def offer_searches(self, searches: Iterable[tuple[UUID, str]]) -> None:
        """Offer the searches that a place can be reserved for; ask nothing where there is none."""
        self.search_id.choices = choices_of(searches, none="None")
        if len(self.search_id.choices) == 1:
            del self.search_id

    def validate_expected_until_on(self, field: GovDateField) -> None:
        if self.from_on.data and field.data and field.data <= self.from_on.data:
            raise ValidationError("The expected end must be after the first day")


class BringBackForm(Form):
    until_on = today_or_another(
        "First day the places could be used again",
        called="The first day the places could be used again",
    )
    submit = SubmitField("Bring back")


class PlaceForm(StayForm, ChildForm):
    from_on = today_or_another("First day here", called="The first day here")
    until_on = GovDateField(
        "First day no longer here, if it is agreed already",
        called="The day agreed",
        reach=END,
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


class EndPlacementForm(Form):
    until_on = today_or_another(
        "First day the child no longer lived here",
        called="The first day the child no longer lived here",
        hint="The night before is the last one counted",
    )
    end_reason = code_select("Why did it end?", PlacementEnd, missing="Select why it ended")
    submit = SubmitField("Record that the child left")
