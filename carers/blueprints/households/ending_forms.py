"""What is asked when an approval ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from wtforms import HiddenField
from wtforms.validators import Optional

from carers.blueprints.correcting import CorrectionForm
from carers.blueprints.fields import (
    EXAMPLE,
    GovDateField,
    SubmitField,
    code_radios,
)
from carers.blueprints.forms import Form
from carers.domain.ending import NOTICE_DAYS, PERMANENCE, Ending
from carers.domain.register import EndInitiator, EndReason
from carers.models import Household


class EndingForm(Form):
    """How an approval ends."""

    initiated_by = code_radios("Who began it?", EndInitiator, missing="Select who began it")
    reason = code_radios("Why?", EndReason, missing="Select why the approval ends")
    notice_received_on = GovDateField(
        "If the carers gave written notice: day it was received",
        called="The day the notice was received",
        description=f"The approval ends {NOTICE_DAYS} days after it. It cannot be refused or"
        " withdrawn",
        validators=[Optional()],
    )
    ended_on = GovDateField(
        "Otherwise: first day they are no longer approved",
        called="The first day they are no longer approved",
        description=EXAMPLE,
        validators=[Optional()],
    )

    @property
    def ending(self) -> Ending:
        return Ending(
            self.initiated_by.data,
            self.reason.data,
            self.notice_received_on.data,
            self.ended_on.data,
        )


class EndApprovalForm(EndingForm):
    """``agreed`` is the day that its reader saw worked out, once they have."""

    agreed = HiddenField()
    submit = SubmitField("Continue")

    @property
    def typed(self) -> Iterator[tuple[str, str]]:
        """What was answered, as hidden fields say it again."""
        for field in (self.once, self.seen, self.initiated_by, self.reason):
            yield field.name, field.data or ""
        for dated in (self.notice_received_on, self.ended_on):
            yield from ((f"{dated.name}-{box}", typed) for box, typed in dated.typed.items())

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """The reasons for the radios: a child’s home for good apart from a loss."""
        chosen = self.reason.data
        lost = [one for one in EndReason if one not in PERMANENCE]
        return [
            *(_item(one, chosen) for one in lost),
            {"divider": "or a child’s home for good, which is no loss"},
            *(_item(one, chosen) for one in PERMANENCE),
        ]


class CorrectEndingForm(CorrectionForm, EndingForm):
    order = ("initiated_by", "reason", "notice_received_on", "ended_on")

    @property
    def answers(self) -> dict[str, Any]:
        return {} if self.is_mistake else {"ending": self.ending}


def known_of(home: Household) -> dict[str, Any]:
    """An ending as its form asks for it: the notice that its day follows from, or the day."""
    notice = home.notice_received_on
    follows = notice is not None and home.ended_on == notice + timedelta(days=NOTICE_DAYS)
    return {
        "initiated_by": home.end_initiated_by,
        "reason": home.end_reason,
        "notice_received_on": notice if follows else None,
        "ended_on": None if follows else home.ended_on,
    }


def _item(one: EndReason, chosen: EndReason | None) -> dict[str, Any]:
    return {"value": one.value, "text": one.label, "checked": one is chosen}
