"""What is asked of the vacancy board: as an address says it, and as a reader does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from carers import filters
from carers.domain.ages import AgeBand
from carers.domain.populations import Population
from carers.domain.vacancies import BOTH, Show, Wanted

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
class Chip:
    words: str
    url: str


@dataclass(frozen=True)
class BoxChoice:
    code: str
    words: str
    is_asked: bool


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
        "show": None if wanted.show == BOTH else sorted(wanted.show),
    }
    return {name: value for name, value in asked.items() if value is not None}


def url_of(wanted: Wanted) -> str:
    return url_for("capacity.vacancies", **query_of(wanted))


def chips(wanted: Wanted) -> list[Chip]:
    """Each thing that was asked, with the address without it."""
    return [Chip(words(name, wanted), url_of(wanted.without(name))) for name in wanted.asked]


def ways(counts: Sequence[tuple[str, int]], wanted: Wanted) -> list[Chip]:
    """What a wider search would find, with its address."""
    return [
        Chip(_would(name, count, wanted), url_of(wanted.without(name))) for name, count in counts
    ]


def words(name: str, wanted: Wanted) -> str:
    """One thing that was asked, as its chip says it."""
    types = wanted.placement_type
    said = {
        "show": filters.listed(sorted(side.label for side in wanted.show)),
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


def _would(name: str, count: int, wanted: Wanted) -> str:
    """“4 would without the skill”."""
    if name == "show":
        return f"{count:,} cannot for now" if Show.CAN in wanted.show else f"{count:,} can"
    if name == "skills" and len(wanted.skills) > 1:
        return f"{count:,} would without the skills"
    return f"{count:,} would {WITHOUT[name]}"
