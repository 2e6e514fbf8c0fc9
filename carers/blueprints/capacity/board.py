"""How the vacancy board reads: the finding, homes by age, and the homes in two groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from carers import filters
from carers.blueprints.capacity.asking import (
    TITLES,
    BoxChoice,
    Chip,
    band_words,
    chips,
    query_of,
    url_of,
    ways,
)
from carers.domain.ages import AgeBand, AgeBands
from carers.domain.placing import ages_words
from carers.domain.position import PlaceState, states
from carers.domain.standing_in_the_way import Obstacle, Sides, to_know, wider
from carers.domain.vacancies import (
    Show,
    VacantHome,
    Wanted,
    by_band,
    found,
    with_each_area,
    with_each_skill,
)

PER_PAGE = 50
BAR = 400  # how wide the longest bar is drawn


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
    skills: str
    know: str
    days: int | None
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Group:
    """One side of the board, or as much of it as is on a page."""

    title: str
    rows: Sequence[HomeRow]


@dataclass(frozen=True)
class Board:
    """The vacancies that a search is of, with everything that is said about them."""

    wanted: Wanted
    title: str
    can: Sequence[VacantHome]
    cannot: Sequence[VacantHome]
    obstacles: Mapping[UUID, Obstacle]
    sentence: str
    note: str
    bands: Sequence[BandLine]
    skills: Sequence[BoxChoice]
    areas: Sequence[BoxChoice]
    show: Sequence[BoxChoice]
    chips: Sequence[Chip]
    ways: Sequence[Chip]
    csv_url: str
    print_url: str

    @property
    def total(self) -> int:
        return len(self.can) + len(self.cannot)

    def page(self, first: int, until: int) -> list[VacantHome]:
        """The homes from one place of the list until another."""
        return [*self.can, *self.cannot][first:until]

    def groups(self, page: Sequence[VacantHome], since: Mapping[UUID, date]) -> list[Group]:
        """The homes of a page in their groups; that none can take a child is said as one."""
        can, cannot = (
            [
                _row(home, self.obstacles.get(home.id), since.get(home.id), self.wanted.day)
                for home in page
                if (home.id in self.obstacles) == is_barred
            ]
            for is_barred in (False, True)
        )
        groups = []
        if can or (Show.CAN in self.wanted.show and not self.can):
            groups.append(Group(_group_title(Show.CAN, self.can), can))
        if cannot:
            groups.append(Group(_group_title(Show.CANNOT, self.cannot), cannot))
        return groups


def board(homes: Sequence[VacantHome], wanted: Wanted, bands: AgeBands) -> Board:
    sides = Sides.of(homes, wanted)
    shown = sides.shown(wanted)
    fitting = found(shown, wanted)
    counts = by_band(sides.can, wanted, bands)
    can = [home for home in fitting if home.id not in sides.obstacles]
    return Board(
        wanted=wanted,
        title=TITLES[wanted.population],
        can=can,
        cannot=[home for home in fitting if home.id in sides.obstacles],
        obstacles=sides.obstacles,
        sentence=_sentence(fitting, len(can), counts, wanted),
        note=_note(fitting, wanted.day),
        bands=_bands(counts, wanted),
        skills=[
            BoxChoice(skill.value, f"{skill.label} ({count})", skill in wanted.skills)
            for skill, count in with_each_skill(shown, wanted).items()
        ],
        areas=[
            BoxChoice(area, f"{area} ({count})", area in wanted.areas)
            for area, count in with_each_area(shown, wanted).items()
        ],
        show=[BoxChoice(side.value, side.label, side in wanted.show) for side in Show],
        chips=chips(wanted),
        ways=[] if can else ways(wider(homes, wanted), wanted),
        csv_url=url_for("capacity.vacancies_csv", **query_of(wanted)),
        print_url=url_for("capacity.tonight", **query_of(wanted.without("show"))),
    )


CSV_HEADER = (
    *("home", "name", "phone", "area", "approved", "filled", "not_available", "vacant"),
    *("age_min", "age_max", "approved_for", "skills_held", "vacant_since"),
    *("last_confirmed_at", "stale", "can_take_a_child", "in_the_way"),
)


def csv_rows(board: Board, since: Mapping[UUID, date]) -> list[list[Any]]:
    """Every home of the search, one a line: those that can take a child come first."""
    day = board.wanted.day
    return [
        _csv_row(home, board.obstacles.get(home.id), since.get(home.id), day)
        for home in board.page(0, board.total)
    ]


def _csv_row(
    home: VacantHome, obstacle: Obstacle | None, since: date | None, day: date
) -> list[Any]:
    capacity, fresh = home.position.capacity, home.position.freshness
    return [
        *(home.ref, home.name, home.phone, home.area),
        *(capacity.approved, capacity.filled, capacity.not_available, capacity.vacant),
        *(home.age_min, home.age_max),
        ";".join(sorted(home.placement_types)),
        ";".join(sorted(home.skills)),
        since,
        fresh.confirmed.at.isoformat(timespec="minutes") if fresh.confirmed else None,
        str(home.position.is_stale_on(day)).lower(),
        str(obstacle is None).lower(),
        obstacle.sentence if obstacle else None,
    ]


def _row(home: VacantHome, obstacle: Obstacle | None, since: date | None, day: date) -> HomeRow:
    return HomeRow(
        home,
        states(home.position.capacity),
        ages_words(home.age_min, home.age_max),
        skills_words(home),
        ". ".join(to_know(home, day)),
        (day - since).days if since else None,
        obstacle,
    )


def skills_words(home: VacantHome) -> str:
    first, *others = sorted(skill.label for skill in home.skills) or ["None recorded"]
    return ", ".join([first, *(other[0].lower() + other[1:] for other in others)])


def _group_title(side: Show, homes: Sequence[VacantHome]) -> str:
    places = sum(home.vacant for home in homes)
    return f"{side.label}: {filters.count(len(homes), 'home')}, {filters.count(places, 'place')}"


def _sentence(
    fitting: Sequence[VacantHome],
    can: int,
    counts: Sequence[tuple[AgeBand, int]],
    wanted: Wanted,
) -> str:
    """“33 places are vacant in 27 homes. 23 homes can take a child tonight; …”."""
    if not fitting:
        return ""
    places = sum(home.vacant for home in fitting)
    verb = "is" if places == 1 else "are"
    vacant = f"{filters.count(places, 'place')} {verb} vacant in "
    vacant += filters.count(len(fitting), "home")
    if Show.CAN not in wanted.show:
        return f"{vacant}, which cannot take a child for now."
    homes = filters.count(can, "home") if can else "No home"
    scarce = "" if wanted.age is not None or wanted.band else _scarcest(can, counts)
    return f"{vacant}. {homes} can take a child tonight{scarce}."


def _scarcest(can: int, counts: Sequence[tuple[AgeBand, int]]) -> str:
    """“; only 6 of them a child of 13 to 15”, where fewer take one age than take others."""
    band, fewest = min(counts, key=lambda one: one[1])
    if not can or fewest == can:
        return ""
    if can == 1:
        return f", but not one of {_of_age(band)}"
    few = f"only {fewest:,}" if fewest else "none"
    return f"; {few} of them a child of {_of_age(band)}"


def _of_age(band: AgeBand) -> str:
    return band_words(band).replace(" and ", " or ")


def _note(fitting: Sequence[VacantHome], day: date) -> str:
    """How much of it is known to be true."""
    if not fitting:
        return ""
    fresh = sum(home.vacant for home in fitting if not home.position.is_stale_on(day))
    places = sum(home.vacant for home in fitting)
    days = filters.count(fitting[0].position.freshness.days, "day")
    verb = "was" if fresh == 1 else "were"
    return f"{fresh:,} of {filters.count(places, 'place')} {verb} confirmed in the last {days}"


def _bands(counts: Sequence[tuple[AgeBand, int]], wanted: Wanted) -> list[BandLine]:
    most = max((count for _, count in counts), default=0) or 1
    can = replace(wanted.without("age"), show=frozenset({Show.CAN}))
    return [
        BandLine(
            band_words(band), count, round(BAR * count / most), url_of(replace(can, band=band))
        )
        for band, count in counts
    ]
