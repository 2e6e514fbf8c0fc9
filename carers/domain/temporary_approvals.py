"""How long a connected person may be approved for the time being (RULES 3, regulations 24, 25)."""

from __future__ import annotations

from datetime import date

from carers.domain.register import Approval, ExtensionReason
from carers.domain.working_days import last_day_of_weeks

WEEKS = 16  # Care Planning, Placement and Case Review Regulations 2010, regulation 24
WEEKS_EXTENDED = 24  # with the one extension of up to 8 weeks, regulation 25


def last_day(
    approval: Approval,
    approved_on: date,
    *,
    extended_on: date | None,
    reason: ExtensionReason | None,
) -> date | None:
    """The last day of a temporary approval, the day the child came being its first.

    None where there is no such day: for every other approval, and while a determination is under
    review, which lasts as long as the review does.
    """
    if approval is not Approval.TEMPORARY or reason is ExtensionReason.REVIEW_OF_DETERMINATION:
        return None
    is_extended = extended_on is not None or reason is not None
    return last_day_of_weeks(approved_on, WEEKS_EXTENDED if is_extended else WEEKS)
