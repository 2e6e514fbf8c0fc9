"""What is asked when a home is given to a worker, or to another to cover it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, Optional

from carers.blueprints.correcting import CorrectionForm, end_if_any, first_day
from carers.blueprints.fields import (
    GovDateField,
    RadioField,
    SelectField,
    SubmitField,
    an_id,
    choices_of,
    today_or_another,
)
from carers.blueprints.forms import Form

HAS, COVERS = "has", "covers"


class AllocateForm(Form):
    worker = SelectField(
        "Which supervising social worker?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select the supervising social worker")],
    )
    from_on = today_or_another(
        "From", called="The first day", hint="Whoever has the home has it until then"
    )
    submit = SubmitField("Give it to them")

    def offer(self, workers: Iterable[tuple[UUID, str]]) -> None:
        self.worker.choices = choices_of(workers)


class CoverForm(AllocateForm):
    from_on = today_or_another(
        "From", called="The first day", hint="Whoever has the home has it still"
    )
    until_on = GovDateField(
        "Until (optional)",
        called="The end",
        description="The first day they no longer cover it. Empty: until you end it",
        validators=[Optional()],
    )
    submit = SubmitField("Let them cover it")

    @property
    def shown(self) -> list[Any]:
        return [self.worker, self.from_on, self.until_on, self.submit]


class CorrectAllocationForm(CorrectionForm):
    from_on = first_day()
    until_on = end_if_any("The first day it was no longer theirs. Empty for theirs still")
    how = RadioField(
        "How is it theirs?",
        choices=[SelectChoice(HAS, "They have it"), SelectChoice(COVERS, "They cover it")],
        coerce=lambda typed: typed if typed in {HAS, COVERS} else None,
        validate_choice=False,
        validators=[DataRequired("Select how it is theirs")],
    )

    order = ("from_on", "until_on", "how")

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        if self.is_mistake:
            return answers
        return answers | {"is_cover": answers.pop("how") == COVERS}
