"""From which day changed terms of approval are in force, and whether the home can bear them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from carers.domain.errors import RuleBroken
from carers.domain.labels import Code
from carers.domain.lateness import counted, day_month
from carers.domain.register import CarerType, PrimaryOffer

FULL_DAYS = 28  # in which representations may be made (Fostering Services Regulations 2011, 28)


class TermsRoute(Code):
    """The two ways to change terms (RULES 2.1)."""

    ORDINARY = "ordinary", "A proposal in writing, with 28 days to make representations"
    AGREED = "agreed", "The carers agree in writing: without the 28 days (regulation 28(9A))"


@dataclass(frozen=True)
class Proposal:
    """What was sent to the carers and what they answered.

    ``statement_given`` is the written statement on whether they need support of another kind, and
    ``agreed_on`` the day they agreed in writing; ``represented`` whether they made representations
    or applied for an independent review, and ``decided_on`` the day of the decision after that.
    """

    route: TermsRoute
    proposed_on: date
    statement_given: bool = False
    agreed_on: date | None = None
    represented: bool = False
    decided_on: date | None = None

    def in_force_on(self, today: date) -> date:
        """The first day of the new terms (RULES 2.1; regulation 28). Raises RuleBroken."""
        _check_past(self.proposed_on, "proposed_on", today)
        if self.route is TermsRoute.AGREED:
            return self._once_agreed(today)
        if self.represented:
            return self._once_decided(today)
        return self.proposed_on + timedelta(days=FULL_DAYS + 1)

    def _once_agreed(self, today: date) -> date:
        if not self.statement_given:
            raise RuleBroken(
                "The carers must have a written statement of what support they will need first",
                field="statement_given",
            )
        if self.agreed_on is None:
            raise RuleBroken("Enter the day they agreed in writing", field="agreed_on")
        _check_past(self.agreed_on, "agreed_on", today)
        return max(self.proposed_on, self.agreed_on)

    def _once_decided(self, today: date) -> date:
        if self.decided_on is None:
            raise RuleBroken(
                "Their terms stay as they are until there is a decision after their"
                " representations: enter its day once there is",
                field="decided_on",
            )
        _check_past(self.decided_on, "decided_on", today)
        if self.decided_on < self.proposed_on:
            raise RuleBroken("The decision must not be before the proposal", field="decided_on")
        return self.decided_on

    @property
    def kept(self) -> dict[str, Any]:
        """What the changed terms keep of it: the days of the other route are none of theirs."""
        is_agreed = self.route is TermsRoute.AGREED
        return {
            "change_route": self.route,
            "proposed_on": self.proposed_on,
            "agreed_on": self.agreed_on if is_agreed else None,
            "decided_on": self.decided_on if self.represented and not is_agreed else None,
        }

    def in_words(self, today: date) -> str:
        """How the change came about, as the audit keeps it."""
        proposed = f"proposed on {day_month(self.proposed_on, today)}"
        if self.route is TermsRoute.AGREED and self.agreed_on:
            agreed = day_month(self.agreed_on, today)
            return f"{proposed}, agreed in writing on {agreed} after a statement (28(9A))"
        if self.represented and self.decided_on:
            decided = day_month(self.decided_on, today)
            return f"{proposed}, decided on {decided} after representations"
        return f"{proposed}, 28 days without representations"


@dataclass(frozen=True)
class Used:
    """What a home’s places are used for from a day on, and how many are approved."""

    from_on: date
    approved: int
    filled: int
    recorded: int  # withheld on paper


def check_room(used: Iterable[Used], places: int, today: date) -> None:
    """Raise RuleBroken where changed terms would put a home over, or withhold what is not there.

    On no day may more children be over than already are, nor more be on hold than is left.
    """
    for one in used:
        day = day_month(one.from_on, today)
        if _beyond(one.filled, places) > _beyond(one.filled, one.approved):
            raise RuleBroken(
                f"Children use {counted(one.filled, 'place')} on {day}: places must be"
                f" {one.filled} or more, or somebody must move first",
                field="places",
            )
        held = one.filled + one.recorded
        if _beyond(held, places) > _beyond(held, one.approved):
            raise RuleBroken(
                f"{counted(one.recorded, 'place')} would be on hold on {day} and"
                f" {counted(max(places - one.filled, 0), 'place')} left to hold:"
                " bring some back first",
                field="places",
            )


def check_offer(carer_type: CarerType, offer: PrimaryOffer | None) -> None:
    """Raise RuleBroken where a known offer does not go with the type (EXCHANGE, terms)."""
    of_friends = offer is PrimaryOffer.FAMILY_AND_FRIENDS
    is_known = offer not in (None, PrimaryOffer.NOT_KNOWN)
    if is_known and of_friends != (carer_type is CarerType.CONNECTED_PERSON):
        raise RuleBroken(
            "Family and friends goes with connected persons, and only with them",
            field="primary_offer",
        )


def _beyond(used: int, places: int) -> int:
    return max(used - places, 0)


def _check_past(day: date, field: str, today: date) -> None:
    if day > today:
        raise RuleBroken("The day must be today or in the past", field=field)
