"""Searches for a home: how one ends, and the places that are reserved for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from carers.domain.capacity import UnavailableReason
from carers.domain.errors import RuleBroken
from carers.domain.labels import Code

RESERVED = frozenset(
    {UnavailableReason.RESERVED_PLACEMENT, UnavailableReason.RESERVED_SHORT_BREAKS}
)


class SearchOutcome(Code):
    PLACED_IN_HOUSE = "placed_in_house", "Placed in a home of ours"
    PLACED_CONNECTED = "placed_connected", "Placed with relatives or friends"
    PLACED_AGENCY = "placed_agency", "Placed with an agency"
    PLACED_OTHER = "placed_other", "Placed elsewhere"
    NO_HOME_FOUND = "no_home_found"
    NO_LONGER_NEEDED = "no_longer_needed"


class SearchReason(Code):
    """Why a home did not serve."""

    NO_VACANCY = "no_vacancy"
    TERMS_DO_NOT_FIT = "terms_do_not_fit", "The approval does not fit"
    SKILL = "skill", "A skill is missing"
    SIBLINGS_TOGETHER = "siblings_together", "Brothers and sisters could not be together"
    DISTANCE = "distance", "Too far"
    NEEDED_SOONER = "needed_sooner"
    MATCHING = "matching"
    CARER_DECLINED = "carer_declined", "Carers declined"
    CHILD_OR_FAMILY_DECLINED = "child_or_family_declined", "The child or family declined"
    OTHER = "other", "Another reason"


class SearchNotOpen(RuleBroken):
    """The search is closed, or there is none such for the viewer."""

    def __init__(self) -> None:
        super().__init__("Select an open search of the list, or none", field="search_id")


def check_is_reservation(reason: UnavailableReason) -> None:
    """Raise RuleBroken where places that name a search are on hold for another reason."""
    if reason not in RESERVED:
        raise RuleBroken(
            "A search goes with a reserved place only: choose none, or the reason"
            f" “{UnavailableReason.RESERVED_PLACEMENT.label}”",
            field="search_id",
        )


@dataclass(frozen=True)
class Reserved:
    """Places reserved for a search, and whether another of its children is still to come."""

    places: int
    others_to_come: bool


@dataclass(frozen=True)
class Share:
    """What a child takes of the places reserved for their search, and what stays reserved."""

    taken: int
    kept: int


def shares(reserved: Iterable[Reserved], needed: int) -> list[Share]:
    """What a child who needs some places takes of each reservation, of the first ones first.

    What is left over stays reserved for the others to come: for nobody, it is vacant again.
    """
    found = []
    for one in reserved:
        taken = min(one.places, needed)
        needed -= taken
        found.append(Share(taken, one.places - taken if one.others_to_come else 0))
    return found
