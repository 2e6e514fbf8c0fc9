"""What is asked to put an entry of a home right, or to remove one that was a mistake."""

from __future__ import annotations

from typing import Any

from wtforms.validators import Optional

from carers.blueprints.correcting import CorrectionForm, end_if_any, first_day
from carers.blueprints.fields import (
    TextAreaField,
    code_select,
)
from carers.blueprints.forms import MomentForm, long_text, stripped
from carers.blueprints.households.forms import HoldForm
from carers.blueprints.households.terms_forms import TermsForm
from carers.blueprints.stay_forms import OverridableForm, StayForm
from carers.domain.children import PlacementEnd


class CorrectStayForm(CorrectionForm, StayForm):
    from_on = first_day()
    until_on = end_if_any("The first day they no longer lived here. Empty for still here")
    end_reason = code_select("Why did it end?", PlacementEnd)

    order = ("from_on", "until_on", "end_reason", "purpose", "place_type", "places")


class CorrectHoldForm(CorrectionForm, HoldForm):
    from_on = first_day()
    until_on = end_if_any("The first day they could be used again. Empty for on hold still")

    order = (
        *("places", "reason", "search_id", "from_on", "expected_until_on", "until_on"),
        "owner_id",
    )


class CorrectTermsForm(CorrectionForm, OverridableForm, TermsForm):
    from_on = first_day()
    until_on = end_if_any("The first day they were no longer in force. Empty for in force still")

    order = (
        *("from_on", "until_on", "carer_type", "primary_offer", "places", "age_min", "age_max"),
        *("genders", "placement_types", "siblings_only", "conditions"),
    )

    @property
    def answers(self) -> dict[str, Any]:
        over = {"override_reason": self.override_reason.data}
        if self.is_mistake:
            return over
        return {"from_on": self.from_on.data, "until_on": self.until_on.data, **self.terms, **over}


class CorrectConfirmationForm(CorrectionForm, MomentForm):
    note = TextAreaField(
        "Note (optional)",
        validators=[Optional(), long_text()],
        filters=[stripped],
    )

    order = ("on", "time", "note")
