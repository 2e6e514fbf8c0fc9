"""What the pages of enquiries ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from carers.blueprints.fields import (
    CodesField,
    EmailField,
    GovDateField,
    NumberField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    choices,
)
from carers.blueprints.forms import Form, MomentForm, Offered, short_text
from carers.domain import clock
from carers.domain.recruitment import Channel, Event, Route
from carers.domain.register import Skill
from carers.models import Campaign, Enquiry, Membership, Source

MOST_BEDROOMS = 30


class AddForm(MomentForm):
    """Who got in touch, when, how, and what they would like."""

    applicant_1 = StringField(
        "Who got in touch?",
        description="First name and family name",
        validators=[
            DataRequired("Enter the name of whoever got in touch"),
            short_text("The name of whoever got in touch"),
        ],
    )
    applicant_2 = StringField("Second applicant (optional)", validators=[Optional(), short_text()])
    phone = StringField("Telephone number", validators=[short_text()])
    email = EmailField(
        "Email address",
        validators=[
            Optional(),
            short_text(),
            Email("Enter an email address like name@example.org"),
        ],
    )
    postcode = StringField("Postcode (optional)", validators=[Optional(), short_text()])
    on = GovDateField(
        "What day did they get in touch?",
        called="The day they got in touch",
        description="For example, 27 3 2026",
        validators=[InputRequired("Enter the day they got in touch")],
        default=clock.today,
    )
    channel = RadioField(
        "How did they get in touch?",
        choices=choices(Channel),
        validators=[
            InputRequired("Select how they got in touch"),
            Offered("Select how they got in touch"),
        ],
        validate_choice=False,
    )
    source = SelectField(
        "How did they hear of us?",
        validators=[Offered("Select how they heard of us")],
        validate_choice=False,
        default="",
    )
    campaign = SelectField(
        "Through which campaign?",
        validators=[Offered("Select the campaign")],
        validate_choice=False,
        default="",
    )
    route = RadioField(
        "Which way are they coming?",
        choices=choices(Route),
        default=Route.MAINSTREAM.value,
        validators=[
            InputRequired("Select which way they are coming"),
            Offered("Select which way they are coming"),
        ],
        validate_choice=False,
    )
    interests = CodesField(
        "Who would they like to foster? (optional)",
        choices=choices(Skill),
        validators=[Offered("Select who they would like to foster")],
        validate_choice=False,
    )
    spare_bedrooms = NumberField(
        "Spare bedrooms (optional)",
        called="Spare bedrooms",
        validators=[
            Optional(),
            NumberRange(0, MOST_BEDROOMS, f"Spare bedrooms must be 0 to {MOST_BEDROOMS}"),
        ],
    )
    submit = SubmitField("Add the enquiry")

    def offer(self, sources: Sequence[Source], campaigns: Sequence[Campaign]) -> None:
        """The ways of hearing, and the campaigns, that the service has."""
        for field, offered in ((self.source, sources), (self.campaign, campaigns)):
            known = [SelectChoice(str(one.id), one.name) for one in offered]
            field.choices = [SelectChoice("", "Not known"), *known]

    def validate_phone(self, field: StringField) -> None:
        if not field.data and not self.email.data:
            raise ValidationError("Enter a telephone number or an email address")

    @property
    def facts(self) -> dict[str, Any]:
        """What was answered, as the enquiry keeps it."""
        given = self.data
        texts = ("applicant_1", "applicant_2", "phone", "email", "postcode")
        return {
            **{name: " ".join((given[name] or "").split()) or None for name in texts},
            "received_at": self.at,
            "channel": Channel(given["channel"]) if given["channel"] else None,
            "route": Route(given["route"]),
            "source_id": UUID(given["source"]) if given["source"] else None,
            "campaign_id": UUID(given["campaign"]) if given["campaign"] else None,
            "interests": list(given["interests"] or ()),
            "spare_bedrooms": given["spare_bedrooms"],
        }


class CorrectForm(AddForm):
    """An enquiry as it is known: one from a file may lack what a new one must have."""

    applicant_1 = StringField("First applicant (optional)", validators=[Optional(), short_text()])
    channel = RadioField(
        "How did they get in touch? (optional)",
        choices=choices(Channel),
        validators=[Optional(), Offered("Select how they got in touch")],
        validate_choice=False,
    )
    submit = SubmitField("Save")

    def validate_phone(self, field: StringField) -> None:
        """It may be known of nobody."""


def known_of(enquiry: Enquiry) -> dict[str, Any]:
    """An enquiry as its form asks for it."""
    texts = ("applicant_1", "applicant_2", "phone", "email", "postcode", "spare_bedrooms")
    return {
        **{name: getattr(enquiry, name) for name in texts},
        "on": clock.local_day(enquiry.received_at),
        "time": f"{enquiry.received_at:%H:%M}",
        "channel": enquiry.channel.value if enquiry.channel else None,
        "route": enquiry.route.value,
        "source": str(enquiry.source_id or ""),
        "campaign": str(enquiry.campaign_id or ""),
        "interests": enquiry.interests,
    }


class WhatForm(Form):
    """What happened: one of the events that may be recorded now."""

    event = RadioField(
        "What happened?",
        validators=[InputRequired("Select what happened"), Offered("Select what happened")],
        validate_choice=False,
    )
    submit = SubmitField("Continue")

    def offer(self, events: Sequence[Event]) -> None:
        self.event.choices = [SelectChoice(event.value, event.label) for event in events]


class AllocateForm(Form):
    worker = RadioField(
        "Who is to have it?",
        validators=[InputRequired("Select who is to have it"), Offered("Select who is to have it")],
        validate_choice=False,
    )
    submit = SubmitField("Give it to them")

    def offer(self, workers: Sequence[Membership]) -> None:
        self.worker.choices = [
            SelectChoice(str(one.id), f"{one.name}, {_roles_of(one)}") for one in workers
        ]


def _roles_of(member: Membership) -> str:
    return " and ".join(role.label.lower() for role in sorted(member.roles))
