"""How long a connected person may be approved for the time being (RULES 3, regulations 24, 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain.errors import RuleBroken
from carers.domain.labels import Code
from carers.domain.lateness import day_month
from carers.domain.period import Period
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


@dataclass(frozen=True)
class Extension:
    """What the one extension of a temporary approval asks for (RULES 3, ``extension_requires``)."""

    extended_on: date
    reason: ExtensionReason
    panel_views_on: date
    iro_informed_on: date
    approved_by: str

    def check(self, approval: Period, today: date, *, weeks: int) -> None:
        """Raise RuleBroken unless it begins while the ``weeks`` last, or the day after them, and
        what goes before it went before.
        """
        latest = last_day_of_weeks(approval.start, weeks) + timedelta(days=1)
        if not approval.start <= self.extended_on <= latest:
            words = f"{day_month(approval.start, today)} and {day_month(latest, today)}"
            raise RuleBroken(
                f"The day must be between {words}: {weeks} weeks end then", field="extended_on"
            )
        if approval.end is not None and self.extended_on >= approval.end:
            ended = day_month(approval.end, today)
            raise RuleBroken(
                f"The day must be before {ended}: approval ends then", field="extended_on"
            )
        for field, day in (
            ("panel_views_on", self.panel_views_on),
            ("iro_informed_on", self.iro_informed_on),
        ):
            self._check_before(field, day, approval.start, today)

    def _check_before(self, field: str, day: date, first: date, today: date) -> None:
        last = min(self.extended_on, today)
        if not first <= day <= last:
            words = f"{day_month(first, today)} and {day_month(last, today)}"
            raise RuleBroken(
                f"The day must be between {words}: it goes before the extension", field=field
            )


def weeks_before(reason: ExtensionReason | None) -> int:
    """How long an approval lasts until an extension for this reason may begin at the latest.

    A determination may come under review while the first extension lasts (regulation 25).
    """
    return WEEKS_EXTENDED if reason is ExtensionReason.REVIEW_OF_DETERMINATION else WEEKS


def check_may_extend(
    approval: Approval,
    before: TemporaryEnd | None,
    reason: ExtensionReason,
    today: date,
) -> int:
    """The weeks that the approval lasts until then. Raise RuleBroken where it may not be extended.

    ``before`` is as ``end_of`` says. There is no second extension, but while a determination is
    under review (RULES 3, ``blocks``).
    """
    if approval is not Approval.TEMPORARY:
        raise RuleBroken("Only a temporary approval under regulation 24 is extended")
    if before is None:
        raise RuleBroken("It lasts as long as the determination is under review already")
    if not before.is_extended:
        return WEEKS
    if reason is ExtensionReason.REVIEW_OF_DETERMINATION:
        return WEEKS_EXTENDED
    ends = day_month(before.last_on, today)
    raise RuleBroken(
        f"It is extended already, until {ends}: there is no second extension", field="reason"
    )
