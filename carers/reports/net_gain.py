"""Net gain: the bridge from one stock of homes and places to another (METRICS, Net gain)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from carers.domain import clock
from carers.domain.period import Days
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import CarerType
from carers.domain.shares import Share
from carers.domain.viewer import Viewer
from carers.queries import fostering_services
from carers.reports import register
from carers.reports.answer import Answer
from carers.reports.counted import Counted, Part, opens

if TYPE_CHECKING:
    import pandas as pd

NAME = "net-gain"
NOTHING = Counted(())
HOUSEHOLDS = (
    "opening",
    "approved",
    "of_which_transferred_in",
    "ended",
    "of_which_transferred_out",
    "of_which_permanence",
    "recategorised",
    "closing",
    "net_gain",
    "net_change",
)
PLACES = (
    "opening",
    "approved",
    "ended",
    "terms_increased",
    "terms_decreased",
    "recategorised",
    "closing",
    "net_gain",
    "net_change",
)

Weight = Callable[["pd.DataFrame"], "pd.Series[int]"]


def answer(viewer: Viewer, days: Days, population: str = Population.MAINSTREAM) -> Answer:
    """Of a period and a population, in households and in places."""
    return answers(viewer, [days], population)[0]


def answers(viewer: Viewer, periods: Iterable[Days], population: str) -> list[Answer]:
    """Of several periods, the register read once: a year beside the one before it."""
    spells = register.load(viewer)
    service = fostering_services.code_of(viewer)
    known_at = clock.now()
    answered = []
    for days in periods:
        figures, counted = bridges(spells, days, CARER_TYPES[Population(population)])
        answered.append(
            Answer(
                NAME,
                service,
                str(population),
                known_at,
                figures,
                opens(counted),
                first_day=days.first,
                last_day=days.last,
            )
        )
    return answered


def bridges(
    spells: pd.DataFrame, days: Days, types: Collection[CarerType]
) -> tuple[dict[str, Any], dict[str, Counted]]:
    """The figures of a period and, by path, what each adds up."""
    terms = _by_terms(spells, days, types)
    by_terms = terms["terms_increased"] + -terms["terms_decreased"]
    homes = _bridge(spells, days, types, one_each) | _of_which(spells, days, types)
    places = _bridge(spells, days, types, places_of, by_terms) | terms
    turnover = Share(homes["ended"].total, homes["opening"].total)
    figures = {
        "households": _totals(homes, HOUSEHOLDS) | {"turnover": turnover},
        "places": _totals(places, PLACES),
    }
    homes |= {"turnover.numerator": homes["ended"], "turnover.denominator": homes["opening"]}
    counted = {f"households.{key}": one for key, one in homes.items()}
    return figures, counted | {f"places.{key}": one for key, one in places.items()}


def _totals(counted: Mapping[str, Counted], keys: Iterable[str]) -> dict[str, Any]:
    return {key: counted[key].total for key in keys}


def one_each(spells: pd.DataFrame) -> pd.Series[int]:
    """A home for each spell."""
    return spells["places"] * 0 + 1


def places_of(spells: pd.DataFrame) -> pd.Series[int]:
    return spells["places"]


def approvals(spells: pd.DataFrame, days: Days, weigh: Weight) -> Counted:
    """Homes approved inside a period, under their first terms."""
    approved = register.approved_in(spells, days)
    return Counted.of(Part(approved, weigh(approved), "Approved", "approved_on"))


def endings(spells: pd.DataFrame, days: Days, weigh: Weight) -> Counted:
    """Homes ended inside a period, as they were held on the day before."""
    ended = register.ended_in(spells, days)
    return Counted.of(Part(ended, weigh(ended), "Ended", "ended_on"))


def stock(spells: pd.DataFrame, weigh: Weight) -> Counted:
    """Homes as some spells of one day have them."""
    return Counted.of(Part(spells, weigh(spells), "Approved home", "approved_on"))


def _bridge(
    spells: pd.DataFrame,
    days: Days,
    types: Collection[CarerType],
    weigh: Weight,
    by_terms: Counted = NOTHING,
) -> dict[str, Counted]:
    of_types = register.of_types(spells, types)
    approved, ended = approvals(of_types, days, weigh), endings(of_types, days, weigh)
    opening = stock(register.held_on(of_types, days.eve), weigh)
    closing = stock(register.held_on(of_types, days.last), weigh)
    moved = _recategorised(spells, days, types, weigh)
    return {
        "opening": opening,
        "approved": approved,
        "ended": ended,
        "recategorised": moved,
        "closing": closing,
        "net_gain": approved + -ended,
        "net_change": approved + -ended + moved + by_terms,
    }


def _of_which(spells: pd.DataFrame, days: Days, types: Collection[CarerType]) -> dict[str, Counted]:
    of_types = register.of_types(spells, types)
    came = of_types[of_types["is_transfer_in"]]
    went = of_types[of_types["is_transfer_out"]]
    stayed = of_types[of_types["is_permanence"]]
    return {
        "of_which_transferred_in": approvals(came, days, one_each),
        "of_which_transferred_out": endings(went, days, one_each),
        "of_which_permanence": endings(stayed, days, one_each),
    }


def _recategorised(
    spells: pd.DataFrame, days: Days, types: Collection[CarerType], weigh: Weight
) -> Counted:
    """Homes that changed type into the population, less those that changed out of it.

    Each moves with the places it held on the day before.
    """
    changed = register.changed_in(spells, days)
    codes = [str(one) for one in types]
    is_in, was_in = changed["carer_type"].isin(codes), changed["prior_type"].isin(codes)
    moved = weigh(changed.assign(places=changed["prior_places"]))
    joined, left = is_in & ~was_in, was_in & ~is_in
    return Counted.of(
        Part(changed[joined], moved[joined], "Changed type into this population", "from_on"),
        Part(changed[left], -moved[left], "Changed type out of this population", "from_on"),
    )


def _by_terms(spells: pd.DataFrame, days: Days, types: Collection[CarerType]) -> dict[str, Counted]:
    """Places added and taken away by new terms, in the population the home is in afterwards."""
    changed = register.of_types(register.changed_in(spells, days), types)
    by = changed["places"] - changed["prior_places"]
    more, fewer = by > 0, by < 0
    return {
        "terms_increased": Counted.of(Part(changed[more], by[more], "More places", "from_on")),
        "terms_decreased": Counted.of(Part(changed[fewer], -by[fewer], "Fewer places", "from_on")),
    }
