"""What is asked of a home that a team manager adds."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms import Field
from wtforms.validators import DataRequired, Optional

from carers.blueprints.fields import (
    EXAMPLE,
    GovDateField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    an_id,
    choices_of,
    code_radios,
    today_or_another,
)
from carers.blueprints.forms import short_text, trimmed
from carers.blueprints.households.exemption_forms import children_named
from carers.blueprints.households.register_forms import NARROW, EditForm
from carers.domain.exemptions import references
from carers.domain.new_homes import NewHome
from carers.domain.reach import BIRTH
from carers.domain.register import Approval
from carers.services.new_homes import Reached


class NewHomeForm(EditForm):
    name = None  # type: ignore[assignment]  # it follows from those of the carers
    approval = code_radios(
        "How are they approved?",
        Approval,
        missing="Select how they are approved",
        without=(Approval.FULL,),
        hint="A full approval is entered when the decision maker decides on the case",
    )
    carer_1 = StringField(
        "Name of the first carer",
        validators=[DataRequired("Enter the name of the first carer"), short_text()],
        filters=[trimmed],
    )
    carer_2 = StringField(
        "Name of the second carer (optional)", validators=[short_text()], filters=[trimmed]
    )
    approved_on = today_or_another(
        "First day of the approval",
        called="The first day of the approval",
        hint="Under regulation 24 the first day a child is placed with them",
    )
    children = children_named(
        "For which children are they approved?", " Leave it empty for a host, or for a new child"
    )
    born_on = GovDateField(
        "Date of birth of a new child",
        called="The date of birth",
        description=f"{EXAMPLE}. Leave it empty for a child who has a reference",
        reach=BIRTH,
        validators=[Optional()],
    )
    approved_by = StringField(
        "Who approved them?",
        description="The nominated officer. Leave it empty for a host",
        validators=[short_text()],
        filters=[trimmed],
    )
    address = TextAreaField("Address (optional)", validators=[short_text()], filters=[trimmed])
    postcode = StringField(
        "Postcode (optional)", validators=[short_text()], filters=[trimmed], render_kw=NARROW
    )
    worker = SelectField(
        "Which supervising social worker has the home?",
        coerce=an_id,
        validate_choice=False,
        validators=[DataRequired("Select who is to have the home")],
    )
    submit = SubmitField("Add the home")

    order = (
        *("approval", "carer_1", "carer_2", "phone", "email", "address", "postcode", "bedrooms"),
        *("approved_on", "children", "born_on", "approved_by", "worker"),
    )

    @property
    def shown(self) -> list[Field]:
        return [*(self[name] for name in self.order), self.submit]

    def offer(self, workers: Iterable[tuple[UUID, str]]) -> None:
        self.worker.choices = choices_of(workers)

    @property
    def new_home(self) -> NewHome:
        carers = filter(None, (self.carer_1.data, self.carer_2.data))
        return NewHome(
            self.approval.data,
            tuple(carers),
            self.approved_on.data,
            children=tuple(references(self.children.data)),
            born_on=self.born_on.data,
            approved_by=self.approved_by.data,
        )

    @property
    def reached(self) -> Reached:
        return {
            "phone": self.phone.data,
            "email": self.email.data,
            "address": self.address.data,
            "postcode": self.postcode.data,
            "bedrooms": self.bedrooms.data,
        }
