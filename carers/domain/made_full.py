"""An approval for the time being made full: the home that follows it takes whoever lives there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from carers.domain.children import PlaceType
from carers.domain.ending import Ending
from carers.domain.errors import RuleBroken
from carers.domain.happenings import day_words
from carers.domain.period import Period
from carers.domain.placing import BY_OTHERS, BY_RELATIVES
from carers.domain.register import CarerType, EndInitiator, EndReason

# EXCHANGE lists no reason for it: nobody left, and a home that is not in full counts as no loss.
ENDING = Ending(EndInitiator.SERVICE, EndReason.OTHER)

OF_RELATIVES: Mapping[PlaceType, PlaceType] = dict(zip(BY_OTHERS, BY_RELATIVES, strict=True))


def check_follows(before: Period, first_day: date) -> None:
    """Raise RuleBroken unless a full approval may begin on a day on which another goes on."""
    if before.end is not None:
        raise RuleBroken(
            f"Their approval for the time being has an end already, {day_words(before.end)}",
            field="follows",
        )
    if first_day < before.start:
        raise RuleBroken(
            f"They were approved for the time being on {day_words(before.start)}, after this"
            " home’s first day",
            field="follows",
        )


def check_all_ours(are_ours: Sequence[bool]) -> None:
    """Raise RuleBroken where a child of a service that the decision maker is not of lives there."""
    if not all(are_ours):
        raise RuleBroken(
            "A child of another service lives there: ask that service to end the stay first",
            field="follows",
        )


def check_places(stays: Sequence[tuple[Period, int]], places: int, refs: Sequence[str]) -> None:
    """Raise RuleBroken where the new terms have fewer places than are used on some day.

    ``stays`` are those that go on, from the first day on, each with the places that it uses.
    """
    used = [sum(took for stay, took in stays if stay.covers(one.start)) for one, _ in stays]
    needed = max(used, default=0)
    if needed > places:
        raise RuleBroken(
            f"The number of children must be {needed} or more: so many places are used by"
            f" {', '.join(refs)}",
            field="places",
        )


def place_type_under(carer_type: CarerType, was: PlaceType) -> PlaceType:
    """What a placement is under the new terms: with relatives or friends it stays as it is."""
    return OF_RELATIVES.get(was, was) if carer_type is CarerType.CONNECTED_PERSON else was
