"""Which homes with a vacant place a search is of: what was asked, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from carers.domain.ages import AgeBand, AgeBands
from carers.domain.areas import in_order
from carers.domain.capacity import UnavailableReason
from carers.domain.fostering_limit import FosteredChild
from carers.domain.labels import Code
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.position import Position
from carers.domain.register import CarerType, Gender, PlacementType, Skill


class Show(Code):
    """The two sides of the board (``standing_in_the_way``)."""

    CAN = "can", "Can take a child"
    CANNOT = "cannot", "Cannot for now"


BOTH = frozenset(Show)


@dataclass(frozen=True)
class ChildThere:
    """A child who lives in a home, or comes the day after: no ref where another service's."""

    fostered: FosteredChild
    ref: str | None
    born_on: date | None
    from_on: date
    until_on: date | None = None

    def lives_there_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class VacantHome:
    """A home with a vacant place on a day, under the terms in force on it.

    ``staying`` of its vacant places are still vacant when the night is over.
    """

    id: UUID
    ref: str
    name: str
    phone: str | None
    area: str | None
    carer_type: CarerType
    age_min: int | None  # whole years, both counted; not given does not limit
    age_max: int | None
    placement_types: frozenset[PlacementType]
    skills: frozenset[Skill]
    position: Position
    staying: int
    children: tuple[ChildThere, ...] = ()
    hold_to_come: UnavailableReason | None = None  # that begins before the night is over
    ended_on: date | None = None  # a day to come
    genders: frozenset[Gender] = frozenset()  # none: any
    siblings_only: bool = False
    conditions: str | None = None

    @property
    def vacant(self) -> int:
        return self.position.capacity.vacant


@dataclass(frozen=True)
class Wanted:
    """What is asked of a home. Types and ages that are not recorded do not limit it."""

    day: date
    population: Population = Population.MAINSTREAM
    age: int | None = None
    band: AgeBand | None = None
    places: int = 1
    skills: frozenset[Skill] = frozenset()  # all of them
    areas: frozenset[str] = frozenset()  # any of them, by outward code
    placement_type: PlacementType | None = None
    fresh_only: bool = False
    show: frozenset[Show] = BOTH

    def fits(self, home: VacantHome) -> bool:
        """Whether a home has what is asked, on whichever side of the board it is."""
        return (
            home.carer_type in CARER_TYPES[self.population]
            and self.places <= home.vacant
            and self.skills <= home.skills
            and (not self.areas or home.area in self.areas)
            and self._fits_age(home)
            and self._fits_type(home)
            and not (self.fresh_only and home.position.is_stale_on(self.day))
        )

    def _fits_age(self, home: VacantHome) -> bool:
        ages = (home.age_min, home.age_max)
        of_age = self.age is None or AgeBand(self.age, self.age).overlaps(*ages)
        return of_age and (self.band is None or self.band.overlaps(*ages))

    def _fits_type(self, home: VacantHome) -> bool:
        wanted, types = self.placement_type, home.placement_types
        return wanted is None or not types or wanted in types

    def without(self, name: str) -> Wanted:
        """The same, but for one thing that was asked."""
        return replace(self, **{name: UNASKED[name]})

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of what was asked, in the order in which to give it up."""
        return tuple(name for name, unasked in UNASKED.items() if getattr(self, name) != unasked)


UNASKED: Mapping[str, Any] = {
    "show": BOTH,
    "fresh_only": False,
    "areas": frozenset(),
    "skills": frozenset(),
    "placement_type": None,
    "age": None,
    "band": None,
    "places": 1,
    "population": Population.MAINSTREAM,
}


def found(homes: Iterable[VacantHome], wanted: Wanted) -> list[VacantHome]:
    """The homes that fit: those confirmed last come first."""
    fitting = sorted(filter(wanted.fits, homes), key=lambda home: (home.name, home.ref))
    return sorted(fitting, key=_confirmed_at, reverse=True)


def by_band(
    homes: Iterable[VacantHome], wanted: Wanted, bands: AgeBands
) -> list[tuple[AgeBand, int]]:
    """How many homes take children of each band, whatever age was asked.

    A home is in every band that its ages reach into, so these do not add up.
    """
    fitting = list(filter(wanted.without("age").without("band").fits, homes))
    return [
        (band, sum(band.overlaps(home.age_min, home.age_max) for home in fitting))
        for band in bands.bands
    ]


def with_each_skill(homes: Iterable[VacantHome], wanted: Wanted) -> dict[Skill, int]:
    """How many homes would be found for one skill more, of those that any home holds."""
    held = Counter(skill for home in filter(wanted.fits, homes) for skill in home.skills)
    return {skill: held[skill] for skill in Skill if held[skill] or skill in wanted.skills}


def with_each_area(homes: Iterable[VacantHome], wanted: Wanted) -> dict[str, int]:
    """How many homes would be found in each area where one would, or that was asked."""
    anywhere = filter(wanted.without("areas").fits, homes)
    there = Counter(home.area for home in anywhere if home.area)
    return {area: there[area] for area in sorted({*there, *wanted.areas}, key=in_order)}


def by_area(homes: Iterable[VacantHome]) -> list[tuple[str | None, list[VacantHome]]]:
    """Homes by outward code, then by name; those whose area is not known come last."""
    groups: dict[str | None, list[VacantHome]] = {}
    for home in sorted(homes, key=lambda home: (in_order(home.area), home.name, home.ref)):
        groups.setdefault(home.area, []).append(home)
    return list(groups.items())


def _confirmed_at(home: VacantHome) -> float:
    confirmed = home.position.freshness.confirmed
    return confirmed.at.timestamp() if confirmed else 0.0
