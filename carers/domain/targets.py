"""Progress against a target (METRICS, Recruitment against target)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from carers.domain.labels import Code
from carers.domain.shares import half_up


class Shape(Code):
    COUNT = "count"
    CUMULATIVE = "cumulative"
    PAIRED = "paired"
    MINIMUM = "minimum"
    MINIMUM_AMBITION = "minimum_ambition"
    RANGE = "range"
    CEILING = "ceiling"
    STRICTLY_BELOW = "strictly_below"
    SHARE = "share"
    ALWAYS = "always"


class Measure(Code):
    HOUSEHOLDS_APPROVED = "households_approved"
    PLACES_APPROVED = "places_approved"
    HOUSEHOLDS_NET_GAIN = "households_net_gain", "Net gain of households"
    PLACES_NET_GAIN = "places_net_gain", "Net gain of places"
    HOUSEHOLDS = "households"
    PLACES = "places"
    ENQUIRIES = "enquiries"
    APPLICATIONS = "applications"
    NIGHTS_IN_HOUSE = "nights_in_house", "Nights in our own homes"
    NIGHTS_IFA = "nights_ifa", "Nights with agencies"
    IN_HOUSE_SHARE_OF_NIGHTS = "in_house_share_of_nights", "In-house share of nights"
    IN_HOUSE_SHARE_OF_PLACEMENTS = "in_house_share_of_placements", "In-house share of placements"
    SCHEME_MEMBERS = "scheme_members"
    HOUSEHOLDS_WITH_SKILL = "households_with_skill"
    SHARE_WITHIN_20_MILES = "share_within_20_miles", "Share within 20 miles"


BUILT_SHAPES = frozenset({Shape.COUNT})
BUILT_MEASURES = frozenset(
    {
        Measure.HOUSEHOLDS_APPROVED,
        Measure.PLACES_APPROVED,
        Measure.HOUSEHOLDS_NET_GAIN,
        Measure.PLACES_NET_GAIN,
        Measure.HOUSEHOLDS,
        Measure.PLACES,
    }
)


class State(Code):
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    ON_TRACK = "on_track"
    MET = "met"


@dataclass(frozen=True)
class Progress:
    """``percent``, ``shortfall`` and ``projected`` to one decimal, half up."""

    actual: int
    target: Decimal
    percent: Decimal | None
    shortfall: Decimal
    state: State
    projected: Decimal | None


def progress_of_count(
    actual: int, value: Decimal | int, *, first_on: date, last_on: date, as_at: date
) -> Progress:
    """A target of shape ``count``, as at the end of ``as_at``; both its days count.

    Before its first day nothing has been counted and nothing is projected.
    """
    worth, length = Fraction(value), (last_on - first_on).days + 1
    elapsed = min((as_at - first_on).days + 1, length)
    if elapsed <= 0:
        state = State.NOT_STARTED
    elif actual >= worth:
        state = State.MET
    else:
        keeps_pace = elapsed < length and actual >= worth * elapsed / length
        state = State.ON_TRACK if keeps_pace else State.BEHIND
    return Progress(
        actual=actual,
        target=Decimal(value),
        percent=half_up(actual / worth * 100) if worth else None,
        shortfall=half_up(max(worth - actual, Fraction())),
        state=state,
        projected=half_up(Fraction(actual * length, elapsed)) if elapsed > 0 else None,
    )
