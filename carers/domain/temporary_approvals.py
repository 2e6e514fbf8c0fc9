"""How long a connected person may be approved for the time being (RULES 3, regulations 24, 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carers.domain.labels import Code
from carers.domain.lateness import day_month
from carers.domain.register import Approval, ExtensionReason
from carers.domain.working_days import last_day_of_weeks

WEEKS = 16  # Care Planning, Placement and Case Review Regulations 2010, regulation 24
WEEKS_EXTENDED = 24  # with the one extension of up to 8 weeks, regulation 25
PANEL_WEEK, EXTEND_WEEK, END_WEEK = 12, 14, 22  # a slot at panel; extend or not; the end near


class Alert(Code):
    """What is to be done about a temporary approval that ends (RULES 3, alerts)."""

    PANEL = "panel"
    EXTEND = "extend"
    ENDS = "ends"


@dataclass(frozen=True)
class TemporaryEnd:
    """How long a temporary approval lasts: its first day, its last, and whether it is extended."""

    approved_on: date
    last_on: date
    is_extended: bool

    def alert_on(self, day: date) -> Alert | None:
        """From the last day of each of those weeks on; past the last day it is the end."""
        if day > self.last_on or (self.is_extended and day >= self._week(END_WEEK)):
            return Alert.ENDS
        if self.is_extended or day < self._week(PANEL_WEEK):
            return None
        return Alert.EXTEND if day >= self._week(EXTEND_WEEK) else Alert.PANEL

    def in_words(self, today: date) -> str:
        verb = "ended" if self.last_on < today else "ends"
        weeks = WEEKS_EXTENDED if self.is_extended else WEEKS
        extended = ", with its extension" if self.is_extended else ""
        last = day_month(self.last_on, today)
        return f"Temporary approval {verb} on {last}, after {weeks} weeks{extended}"

    def _week(self, number: int) -> date:
        return last_day_of_weeks(self.approved_on, number)


def end_of(
    approval: Approval,
    approved_on: date,
    *,
    extended_on: date | None,
    reason: ExtensionReason | None,
) -> TemporaryEnd | None:
    """None where ``last_day`` is."""
    last = last_day(approval, approved_on, extended_on=extended_on, reason=reason)
    if last is None:
        return None
    return TemporaryEnd(approved_on, last, extended_on is not None or reason is not None)


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
