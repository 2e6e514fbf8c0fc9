"""How many children a household could take on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from carers.domain.errors import RuleBroken
from carers.domain.labels import Code


class TooFewVacantPlaces(RuleBroken):
    """More places were asked for than are there on every day of the period."""

    def __init__(self, *, asked: int, vacant: int, called: str = "Places") -> None:
        if vacant:
            sentence = f"{called} must be {vacant} or fewer: no more are vacant on every day"
        else:
            sentence = "No place is vacant on every one of these days"
        super().__init__(sentence, field="places")
        self.asked = asked
        self.vacant = vacant


@dataclass(frozen=True)
class Capacity:
    """A household's places on one day: approved + over = filled + not_available + vacant.

    METRICS, Capacity on a day.
    """

    approved: int
    filled: int
    not_available: int

    @classmethod
    def of(cls, *, approved: int, filled: int, recorded: int) -> Self:
        """Where more is recorded as not available than is left, the figure is what is left."""
        return cls(approved, filled, min(recorded, max(approved - filled, 0)))

    def withholding(self, places: int) -> Self:
        """As it would be with so many of the vacant places withheld."""
        return replace(self, not_available=self.not_available + places)

    @property
    def over(self) -> int:
        """Places used above the approved ones: never netted off somebody else's vacancy."""
        return max(self.filled - self.approved, 0)

    @property
    def vacant(self) -> int:
        return self.approved + self.over - self.filled - self.not_available


class UnavailableReason(Code):
    CARER_BREAK = "carer_break", "Carers are taking a break"
    NOTICE_GIVEN = "notice_given", "Carers have given notice"
    UNDER_INVESTIGATION = "under_investigation"
    NEEDS_OF_CHILD_PLACED = "needs_of_child_placed", "Needs of a child living there"
    SIBLINGS_ONLY = "siblings_only", "Kept for brothers and sisters"
    STAYING_PUT = "staying_put", "Staying put"
    RESERVED_PLACEMENT = "reserved_placement", "Kept for a planned move"
    RESERVED_SHORT_BREAKS = "reserved_short_breaks", "Kept for short breaks"
    CARER_UNKNOWN = "carer_unknown", "Carers’ choice, reason not known"
    HOME_UNSUITABLE = "home_unsuitable", "Home not suitable for now"
    TRAINING_OUTSTANDING = "training_outstanding"
    CHECKS_EXPIRED = "checks_expired"
    OTHER = "other"


class OfstedReason(Code):
    CARER_BREAK_OR_PENDING_RESIGNATION = "carer_break_or_pending_resignation"
    CARER_UNDER_INVESTIGATION = "carer_under_investigation"
    NEEDS_OF_CHILD_NOT_OTHERWISE_STATED = "needs_of_child_not_otherwise_stated"
    ONLY_IF_SIBLING_GROUP_PLACED = "only_if_sibling_group_placed"
    STAYING_PUT = "staying_put"
    RESERVED_PENDING_PLACEMENT = "reserved_pending_placement"
    RESERVED_SHORT_BREAKS = "reserved_short_breaks"
    CARER_UNKNOWN_REASON = "carer_unknown_reason"
    UNKNOWN_OR_OTHER = "unknown_or_other"


OFSTED: Mapping[UnavailableReason, OfstedReason] = {
    UnavailableReason.CARER_BREAK: OfstedReason.CARER_BREAK_OR_PENDING_RESIGNATION,
    UnavailableReason.NOTICE_GIVEN: OfstedReason.CARER_BREAK_OR_PENDING_RESIGNATION,
    UnavailableReason.UNDER_INVESTIGATION: OfstedReason.CARER_UNDER_INVESTIGATION,
    UnavailableReason.NEEDS_OF_CHILD_PLACED: OfstedReason.NEEDS_OF_CHILD_NOT_OTHERWISE_STATED,
    UnavailableReason.SIBLINGS_ONLY: OfstedReason.ONLY_IF_SIBLING_GROUP_PLACED,
    UnavailableReason.STAYING_PUT: OfstedReason.STAYING_PUT,
    UnavailableReason.RESERVED_PLACEMENT: OfstedReason.RESERVED_PENDING_PLACEMENT,
    UnavailableReason.RESERVED_SHORT_BREAKS: OfstedReason.RESERVED_SHORT_BREAKS,
    UnavailableReason.CARER_UNKNOWN: OfstedReason.CARER_UNKNOWN_REASON,
    UnavailableReason.HOME_UNSUITABLE: OfstedReason.UNKNOWN_OR_OTHER,
    UnavailableReason.TRAINING_OUTSTANDING: OfstedReason.UNKNOWN_OR_OTHER,
    UnavailableReason.CHECKS_EXPIRED: OfstedReason.UNKNOWN_OR_OTHER,
    UnavailableReason.OTHER: OfstedReason.UNKNOWN_OR_OTHER,
}


class ConfirmerRole(Code):
    """In what capacity somebody confirmed a home's position. Any of them confirms."""

    SUPERVISING_SOCIAL_WORKER = "supervising_social_worker"
    CARER = "carer"
    DUTY_WORKER = "duty_worker"
    TEAM_MANAGER = "team_manager"
