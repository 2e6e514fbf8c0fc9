"""How an approval ends: from which day, and whether it is a loss or a child’s home for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain.errors import EntryRemoved, RuleBroken
from carers.domain.lateness import day_month
from carers.domain.register import EndInitiator, EndReason

NOTICE_DAYS = 28  # Fostering Services Regulations 2011, 28(13)
PERMANENCE = (EndReason.ADOPTED, EndReason.BECAME_SPECIAL_GUARDIAN)
WITHOUT_NOTICE = (*PERMANENCE, EndReason.DIED)
BY_NOTICE = (EndInitiator.CARER, EndInitiator.TRANSFER_TO_LA, EndInitiator.TRANSFER_TO_IFA)


class ChildrenStay(RuleBroken):
    """Children live in a home, or are to come, on or after the day its approval would end."""

    def __init__(self, refs: Sequence[str], ended_on: date, today: date) -> None:
        verb = "lives" if len(refs) == 1 else "live"
        who = " and ".join(filter(None, (", ".join(refs[:-1]), refs[-1])))
        super().__init__(
            f"The approval would end on {day_month(ended_on, today)}, and {who} {verb} there on"
            " that day or later: record where each child goes first. Places can be put on hold"
            " meanwhile, because the carers have given notice"
        )


@dataclass(frozen=True)
class Ending:
    """Who began it, why, and either the day notice was received or the day it ends on."""

    initiated_by: EndInitiator
    reason: EndReason
    notice_received_on: date | None = None
    ended_on: date | None = None

    @property
    def is_permanence(self) -> bool:
        """The child stays for good: shown apart from homes that were lost."""
        return self.reason in PERMANENCE

    def day(self, approved_on: date, today: date) -> date:
        """The first day without approval (RULES 2.5).

        A resignation ends it 28 days after the service received it, exactly. Raises RuleBroken.
        """
        if self.notice_received_on:
            return self._after_notice(self.notice_received_on, approved_on, today)
        if self.initiated_by in BY_NOTICE and self.reason not in WITHOUT_NOTICE:
            raise RuleBroken(
                "Enter the day their written notice was received: the approval ends"
                f" {NOTICE_DAYS} days after",
                field="notice_received_on",
            )
        if self.ended_on is None:
            raise RuleBroken("Enter the first day they are no longer approved", field="ended_on")
        _check_approved(self.ended_on, approved_on, today, "ended_on")
        return self.ended_on

    def _after_notice(self, received_on: date, approved_on: date, today: date) -> date:
        if self.initiated_by not in BY_NOTICE:
            raise RuleBroken(
                "Only the carers give notice: leave it empty, or change who began it",
                field="notice_received_on",
            )
        if self.ended_on:
            raise RuleBroken(
                f"Leave this empty: the approval ends {NOTICE_DAYS} days after the notice",
                field="ended_on",
            )
        if received_on > today:
            raise RuleBroken("The day must be today or in the past", field="notice_received_on")
        _check_approved(received_on, approved_on, today, "notice_received_on")
        return received_on + timedelta(days=NOTICE_DAYS)

    def in_words(self, today: date) -> str:
        """Why it ends on that day, as the audit keeps it."""
        reason = self.reason.label.lower()
        if self.notice_received_on:
            received = day_month(self.notice_received_on, today)
            return f"{reason}; {NOTICE_DAYS} days after the notice received on {received}"
        return reason


def check_ended(ended_on: date | None) -> date:
    """The day an approval ends. Raises EntryRemoved where it has none."""
    if ended_on is None:
        raise EntryRemoved("This home’s approval has no end: there is nothing to correct")
    return ended_on


def check_nothing_since(*, is_followed: bool, began: bool) -> None:
    """Raise RuleBroken where the end of an approval cannot be taken back."""
    if is_followed:
        raise RuleBroken("Another approval follows this one, so this one ended: put its day right")
    if began:
        raise RuleBroken("Something began after the approval ended: correct that entry first")


def _check_approved(day: date, approved_on: date, today: date, field: str) -> None:
    if day < approved_on:
        first = day_month(approved_on, today)
        raise RuleBroken(f"The day must be {first} or later: they were approved then", field=field)
