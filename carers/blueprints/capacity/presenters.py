"""How vacancies read: the finding, homes by age, each home, and what a wider search would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from carers import filters
from carers.domain.ages import AgeBand, AgeBands
from carers.domain.placing import ages_words
from carers.domain.populations import Population
from carers.domain.position import PlaceState, states
from carers.domain.vacancies import (
    VacantHome,
    Wanted,
    by_band,
    found,
    wider,
    with_each_area,
    with_each_skill,
)

PER_PAGE = 50
BAR = 400  # how wide the longest bar is drawn

WITHOUT = {
    "fresh_only": "with stale homes too",
    "areas": "in any area",
    "skills": "without the skill",
    "placement_type": "without the kind of placement",
    "age": "without the age",
    "band": "without the age",
    "places": "for one child",
    "population": "among mainstream homes",
}
TITLES = {
    Population.MAINSTREAM: "Mainstream homes",
    Population.GENERAL: "General and specialist homes",
    Population.CONNECTED_PERSON: "Homes of connected persons",
    Population.RESPITE: "Respite and short break homes",
    Population.OFSTED_MAINSTREAM: "Homes that Ofsted calls mainstream",
    Population.ALL: "Homes of every type",
}


@dataclass(frozen=True)
class BandLine:
    name: str
    count: int
    bar: int
    url: str


@dataclass(frozen=True)
class HomeRow:
    home: VacantHome
    places: tuple[PlaceState, ...]
    ages: str
    types: str
    skills: str
    days: int | None


@dataclass(frozen=True)
class Chip:
    words: str
    url: str


@dataclass(frozen=True)
class BoxChoice:
    code: str
    words: str
    is_asked: bool


@dataclass(frozen=True)
class Board:
    """The vacancies that a search is of, with everything that is said about them."""

    wanted: Wanted
    title: str
    rows: Sequence[HomeRow]
    places: int
    sentence: str
    note: str
    bands: Sequence[BandLine]
    skills: Sequence[BoxChoice]
    areas: Sequence[BoxChoice]
    chips: Sequence[Chip]
    ways: Sequence[Chip]
    csv_url: str
    print_url: str


def board(homes: Sequence[VacantHome], wanted: Wanted, bands: AgeBands) -> Board:
    fitting = found(homes, wanted)
    return Board(
        wanted=wanted,
        title=TITLES[wanted.population],
        rows=[_row(home, wanted.day) for home in fitting],
        places=sum(home.vacant for home in fitting),
        sentence=_sentence(fitting),
        note=_note(fitting, wanted.day),
        bands=_bands(homes, wanted, bands),
        skills=[
            BoxChoice(skill.value, f"{skill.label} ({count})", skill in wanted.skills)
            for skill, count in with_each_skill(homes, wanted).items()
        ],
        areas=[
            BoxChoice(area, f"{area} ({count})", area in wanted.areas)
            for area, count in with_each_area(homes, wanted).items()
        ],
        chips=[
            Chip(asked_words(name, wanted), _url(wanted.without(name))) for name in wanted.asked
        ],
        ways=[
            Chip(f"{count:,} would {_without(name, wanted)}", _url(wanted.without(name)))
            for name, count in wider(homes, wanted)
        ],
        csv_url=url_for("capacity.vacancies_csv", **query_of(wanted)),
        print_url=url_for("capacity.tonight", **query_of(wanted)),
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """A search as an address says it: nothing of what was not asked."""
    asked = {
        "age": wanted.age,
        "band": wanted.band.code if wanted.band else None,
        "places": wanted.places if wanted.places > 1 else None,
        "skills": sorted(skill.value for skill in wanted.skills) or None,
        "area": sorted(wanted.areas) or None,
        "placement_type": wanted.placement_type.value if wanted.placement_type else None,
        "population": wanted.population.value if "population" in wanted.asked else None,
        "fresh_only": "y" if wanted.fresh_only else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


def asked_words(name: str, wanted: Wanted) -> str:
    """One thing that was asked, as its chip says it."""
    types = wanted.placement_type
    said = {
        "age": f"Age {wanted.age}",
        "band": f"Ages {band_words(wanted.band)}" if wanted.band else "",
        "places": f"{wanted.places} or more places",
        "skills": filters.listed(sorted(skill.label for skill in wanted.skills)),
        "placement_type": types.label if types else "",
        "fresh_only": "Confirmed lately",
        "areas": filters.listed(sorted(wanted.areas)),
        "population": TITLES[wanted.population],
    }
    return said[name]


def band_words(band: AgeBand) -> str:
    return (
        f"{band.youngest} and over" if band.oldest is None else f"{band.youngest} to {band.oldest}"
    )


CSV_HEADER = (
    *("home", "name", "phone", "area", "approved", "filled", "not_available", "vacant"),
    *("age_min", "age_max", "approved_for", "skills_held", "vacant_since"),
    *("last_confirmed_at", "stale"),
)


def csv_rows(fitting: Sequence[VacantHome], day: date) -> list[list[Any]]:
    """Every home of the search, one a line."""
    return [_csv_row(home, day) for home in fitting]


def _csv_row(home: VacantHome, day: date) -> list[Any]:
    capacity, fresh = home.position.capacity, home.position.freshness
    return [
        *(home.ref, home.name, home.phone, home.area),
        *(capacity.approved, capacity.filled, capacity.not_available, capacity.vacant),
        *(home.age_min, home.age_max),
        ";".join(sorted(home.placement_types)),
        ";".join(sorted(home.skills)),
        home.vacant_since,
        fresh.confirmed.at.isoformat(timespec="minutes") if fresh.confirmed else None,
        str(home.position.is_stale_on(day)).lower(),
    ]


def _row(home: VacantHome, day: date) -> HomeRow:
    return HomeRow(
        home,
        states(home.position.capacity),
        ages_words(home.age_min, home.age_max),
        filters.listed(sorted(one.label.lower() for one in home.placement_types)),
        skills_words(home),
        (day - home.vacant_since).days if home.vacant_since else None,
    )


def skills_words(home: VacantHome) -> str:
    first, *others = sorted(skill.label for skill in home.skills) or ["None recorded"]
    return ", ".join([first, *(other[0].lower() + other[1:] for other in others)])


def _sentence(fitting: Sequence[VacantHome]) -> str:
    places = sum(home.vacant for home in fitting)
    verb = "is" if places == 1 else "are"
    homes = filters.count(len(fitting), "home")
    return f"{filters.count(places, 'place')} {verb} vacant in {homes}." if fitting else ""


def _note(fitting: Sequence[VacantHome], day: date) -> str:
    """How much of it is known to be true."""
    if not fitting:
        return ""
    fresh = sum(home.vacant for home in fitting if not home.position.is_stale_on(day))
    places = sum(home.vacant for home in fitting)
    days = filters.count(fitting[0].position.freshness.days, "day")
    verb = "was" if fresh == 1 else "were"
    return f"{fresh:,} of {filters.count(places, 'place')} {verb} confirmed in the last {days}"


def _bands(homes: Sequence[VacantHome], wanted: Wanted, bands: AgeBands) -> list[BandLine]:
    counts = by_band(homes, wanted, bands)
    most = max((count for _, count in counts), default=0) or 1
    return [
        BandLine(
            band_words(band),
            count,
            round(BAR * count / most),
            _url(replace(wanted.without("age"), band=band)),
        )
        for band, count in counts
    ]


def _without(name: str, wanted: Wanted) -> str:
    return "without the skills" if name == "skills" and len(wanted.skills) > 1 else WITHOUT[name]


def _url(wanted: Wanted) -> str:
    return url_for("capacity.vacancies", **query_of(wanted))
