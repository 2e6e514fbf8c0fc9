"""What is asked to put an entry of a home’s register right, or to remove it."""

from __future__ import annotations

from wtforms.validators import InputRequired, Optional

from carers.blueprints.correcting import CorrectionForm, end_if_any, first_day
from carers.blueprints.fields import EXAMPLE, GovDateField, SubmitField
from carers.blueprints.forms import Form
from carers.blueprints.households.register_forms import SkillForm

FIRST_DAY_NO_LONGER = "The first day it was no longer so. Empty for so still"


class CorrectSkillForm(CorrectionForm):
    level, evidence = SkillForm.level, SkillForm.evidence  # another skill is another entry
    from_on = first_day()
    until_on = end_if_any(FIRST_DAY_NO_LONGER)

    order = ("level", "from_on", "until_on", "evidence")


class CorrectMemberForm(CorrectionForm):
    from_on = first_day()
    until_on = end_if_any(FIRST_DAY_NO_LONGER)

    order = ("from_on", "until_on")


class CorrectPersonForm(CorrectionForm):
    from_on = GovDateField(
        "Since (optional)",
        called="The day they came",
        description="The day they became a carer or came to live there. Empty: since the approval",
        validators=[Optional()],
    )
    until_on = end_if_any("The first day they were no longer there. Empty for there still")

    order = ("from_on", "until_on")


class CorrectApprovalForm(Form):
    """The day alone: a home that was never approved is no entry to remove."""

    approved_on = GovDateField(
        "What day were they approved?",
        called="The day of the approval",
        description=EXAMPLE,
        validators=[InputRequired("Enter the day of the approval")],
    )
    submit = SubmitField("Correct this entry")
