"""How the places on hold read: the finding, each hold, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.blueprints.capacity.asking import BoxChoice, Chip
from carers.blueprints.fields import an_id
from carers.domain.capacity import UnavailableReason
from carers.domain.holds import PlacesOnHold, WantedHolds, in_order
from carers.domain.position import PlaceState

PER_PAGE = 50
NOBODY = "nobody"


@dataclass(frozen=True)
class HoldRow:
    hold: PlacesOnHold
    places: tuple[PlaceState, ...]
    words: str
    over: str | None  # how far past its expected end, where it is
    is_to_come: bool


@dataclass(frozen=True)
class OnHold:
    """The holds that a search is of, with everything that is said about them."""

    wanted: WantedHolds
    rows: Sequence[HoldRow]
    total: int  # of holds, whatever was asked
    sentence: str
    reasons: Sequence[BoxChoice]
    owners: Sequence[BoxChoice]
    chips: Sequence[Chip]


def wanted_of(args: MultiDict[str, str], day: date) -> WantedHolds:
    """What the address asks for; what it cannot mean is left out."""
    owner = args.get("owner", "")
    return WantedHolds(
        day,
        reasons=frozenset(
            map(UnavailableReason, set(args.getlist("reason")) & set(UnavailableReason))
        ),
        owner=an_id(owner),
        nobodys=owner == NOBODY,
        past_only=bool(args.get("past")),
    )


def query_of(wanted: WantedHolds) -> dict[str, Any]:
    """The address that asks for it again."""
    query = {
        "reason": sorted(reason.value for reason in wanted.reasons),
        "owner": NOBODY if wanted.nobodys else str(wanted.owner or ""),
        "past": "y" if wanted.past_only else "",
    }
    return {name: value for name, value in query.items() if value}


def on_hold(holds: Sequence[PlacesOnHold], wanted: WantedHolds) -> OnHold:
    fitting = in_order(holds, wanted)
    names = {hold.owner_id: hold.owner or "" for hold in holds if hold.owner_id}
    return OnHold(
        wanted,
        [_row(hold, wanted.day) for hold in fitting],
        len(holds),
        _sentence(fitting, wanted.day),
        _reasons(holds, wanted),
        _owners(names, wanted),
        [Chip(_words(name, wanted, names), _url(wanted.without(name))) for name in wanted.asked],
    )


CSV_HEADER = (
    *("home", "name", "hold", "places_recorded", "places_taken", "reason", "from_on"),
    *("expected_until_on", "days_over", "owner", "begins_later"),
)


def csv_rows(holds: Sequence[PlacesOnHold], wanted: WantedHolds) -> list[list[Any]]:
    """Every hold of the search, one a line."""
    day = wanted.day
    return [
        [
            *(hold.home_ref, hold.home, hold.ref, hold.recorded, hold.taken, hold.reason.value),
            *(hold.from_on, hold.expected_until_on, hold.days_over(day), hold.owner),
            str(hold.is_to_come(day)).lower(),
        ]
        for hold in in_order(holds, wanted)
    ]


def _row(hold: PlacesOnHold, day: date) -> HoldRow:
    over = hold.days_over(day)
    return HoldRow(
        hold,
        (PlaceState.NOT_AVAILABLE,) * hold.taken,
        _places_words(hold, day),
        f"Over by {filters.count(over, 'day')}" if over else None,
        hold.is_to_come(day),
    )


def _places_words(hold: PlacesOnHold, day: date) -> str:
    """“1 not available”; “Of 2 recorded, 1 takes a place”."""
    if hold.is_to_come(day):
        return filters.count(hold.recorded, "place")
    if hold.taken == hold.recorded:
        return f"{hold.taken} not available"
    takes = f"{hold.taken or 'none'} {'take' if hold.taken > 1 else 'takes'} a place"
    return f"Of {hold.recorded} recorded, {takes}"


def _sentence(fitting: Sequence[PlacesOnHold], day: date) -> str:
    """“41 places are not available in 35 homes. 6 holds are past their expected end.”"""
    if not fitting:
        return ""
    places = sum(hold.taken for hold in fitting)
    homes = len({hold.household_id for hold in fitting if hold.taken})
    said = ["No place is taken by a hold today"]
    if places:
        not_available = f"{filters.count(places, 'place')} {_is(places)} not available"
        said = [f"{not_available} in {filters.count(homes, 'home')}"]
    past = sum(bool(hold.days_over(day)) for hold in fitting)
    if past:
        whose = "its" if past == 1 else "their"
        said.append(f"{filters.count(past, 'hold')} {_is(past)} past {whose} expected end")
    later = sum(hold.is_to_come(day) for hold in fitting)
    if later:
        said.append(f"{filters.count(later, 'hold')} {'begins' if later == 1 else 'begin'} later")
    return ". ".join(said) + "."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _reasons(holds: Sequence[PlacesOnHold], wanted: WantedHolds) -> list[BoxChoice]:
    """Each reason that a hold has, and how many holds that would leave."""
    less = wanted.without("reasons")
    there = {hold.reason for hold in holds} | wanted.reasons
    counts = {
        reason: sum(less.fits(hold) for hold in holds if hold.reason is reason)
        for reason in UnavailableReason
        if reason in there
    }
    return [
        BoxChoice(reason.value, f"{reason.label} ({count})", reason in wanted.reasons)
        for reason, count in counts.items()
        if count or reason in wanted.reasons
    ]


def _owners(names: dict[UUID, str], wanted: WantedHolds) -> list[BoxChoice]:
    people = sorted(names.items(), key=lambda one: (one[1], str(one[0])))
    return [
        BoxChoice("", "Anybody or nobody", wanted.owner is None and not wanted.nobodys),
        BoxChoice(NOBODY, "Nobody", wanted.nobodys),
        *(BoxChoice(str(id_), name, id_ == wanted.owner) for id_, name in people),
    ]


def _words(name: str, wanted: WantedHolds, names: dict[UUID, str]) -> str:
    """One thing that was asked, as its chip says it."""
    said = {
        "past_only": "Past its expected end",
        "owner": f"{names.get(wanted.owner, 'Somebody else') if wanted.owner else ''} answers",
        "nobodys": "Nobody answers",
        "reasons": filters.listed(sorted(reason.label for reason in wanted.reasons)),
    }
    return said[name]


def _url(wanted: WantedHolds) -> str:
    return url_for("capacity.on_hold", **query_of(wanted))
