"""Place-nights by state over a period, and places day by day (METRICS, Nights over a period)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.period import Days
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import Skill
from carers.domain.shares import half_up
from carers.domain.viewer import Viewer
from carers.queries import fostering_services, ledger
from carers.reports import holding, register, withheld
from carers.reports.answer import Answer, Row
from carers.reports.figures import Figure, Tree, share, unfold
from carers.reports.register import Spell
from carers.reports.withheld import Lost, Withheld

NAME = "occupancy"
STATES: Mapping[str, str] = {
    "approved": "Nights of approved places",
    "over": "Nights of places used above the approved ones",
    "filled": "Nights of filled places",
    "not_available": "Nights of places nobody can use",
    "vacant": "Nights of vacant places",
}
WEEKS = ("approved", "filled", "not_available", "vacant")


class Places(NamedTuple):
    """A home's places, in the order of STATES, from a day until another: none is the period's."""

    household_id: UUID
    from_on: date
    until_on: date | None
    states: tuple[int, ...]


Held = Mapping[UUID, Sequence[Spell]]
Dated = TypeVar("Dated", Places, Withheld)


@dataclass(frozen=True)
class PlacesOnDay:
    """The places of a population at the end of one day."""

    day: date
    approved: int
    over: int
    filled: int
    not_available: int
    vacant: int


class Stretch(NamedTuple):
    """So many nights of a home in the population from a day on."""

    home: Spell
    from_on: date
    nights: int


def answer(
    viewer: Viewer,
    days: Days,
    population: str = Population.MAINSTREAM,
    skill: Skill | None = None,
) -> Answer:
    """Of a period and a population: each night by the terms in force that night.

    Of homes with a ``skill``, if it is asked for: each night by those that held it.
    """
    held = _held(viewer, population, skill)
    lost = withheld.load(viewer, days)
    figures, opens = unfold(measured(_load(viewer, days), lost, held, days))
    return Answer(
        NAME,
        fostering_services.code_of(viewer),
        str(population),
        clock.now(),
        figures,
        opens,
        first_day=days.first,
        last_day=days.last,
        skill=skill,
    )


def daily(
    viewer: Viewer,
    days: Days,
    population: str = Population.MAINSTREAM,
    skill: Skill | None = None,
) -> list[PlacesOnDay]:
    """Each day of a period, first to last: added up they are the nights of ``answer``."""
    changes: dict[date, list[int]] = defaultdict(lambda: [0] * len(STATES))
    held = _held(viewer, population, skill)
    for places, stretch in _in_population(_load(viewer, days), held, days):
        begins = changes[stretch.from_on]
        ends = changes[stretch.from_on + timedelta(days=stretch.nights)]
        for at, amount in enumerate(places.states):
            begins[at] += amount
            ends[at] -= amount
    running = [0] * len(STATES)
    found = []
    for number in range(days.count):
        day = days.first + timedelta(days=number)
        if day in changes:
            running = [so_far + by for so_far, by in zip(running, changes[day], strict=True)]
        found.append(PlacesOnDay(day, *running))
    return found


def measured(places: Iterable[Places], lost: Iterable[Withheld], held: Held, days: Days) -> Tree:
    """The figures of the homes of a population; ``held`` is when each is in it."""
    nights = _by_state(places, held, days)
    holds = Lost(
        (hold, hold.places * part.nights) for hold, part in _in_population(lost, held, days)
    )
    nights["not_available"] = holds.total()
    filled = nights["filled"]
    return {
        **{f"nights_{name}": nights[name] for name in STATES},
        "by_reason": holds.by_reason(),
        "utilisation": share(filled, nights["approved"]),
        "utilisation_available": share(filled, filled + nights["vacant"]),
        **{f"weeks_{name}": _weeks(nights[name]) for name in WEEKS},
    }


def _load(viewer: Viewer, days: Days) -> Iterator[Places]:
    """The ledger of a period, in one statement."""
    spells = ledger.spells(viewer, within=days)
    columns = (spells.c.household_id, spells.c.from_on, spells.c.until_on)
    query = select(*columns, *(spells.c[name] for name in STATES))
    for household_id, from_on, until_on, *states in db.session.execute(query):
        yield Places(household_id, from_on, until_on, tuple(states))


def _held(viewer: Viewer, population: str, skill: Skill | None) -> Held:
    """When each home is in a population, and holds a skill if one is asked for."""
    types, skilled = CARER_TYPES[Population(population)], holding.load(viewer, skill)
    held: dict[UUID, list[Spell]] = defaultdict(list)
    for spell in register.spells(register.recorded(viewer)):
        if spell.carer_type in types:
            held[spell.id] += holding.parts(spell, skilled)
    return held


def _in_population(
    found: Iterable[Dated], held: Held, days: Days
) -> Iterator[tuple[Dated, Stretch]]:
    """The parts of a home's spells in which it is in the population, inside a period."""
    first, after = days.first, days.after
    for one in found:
        for home in held.get(one.household_id, ()):
            from_on = max(one.from_on, home.from_on, first)
            until_on = min(one.until_on or after, home.until_on or after, after)
            if from_on < until_on:
                yield one, Stretch(home, from_on, (until_on - from_on).days)


def _by_state(places: Iterable[Places], held: Held, days: Days) -> dict[str, Figure]:
    homes: dict[UUID, Spell] = {}
    sums: dict[UUID, list[int]] = defaultdict(lambda: [0] * len(STATES))
    for one, part in _in_population(places, held, days):
        homes.setdefault(one.household_id, part.home)
        total = sums[one.household_id]
        for at, amount in enumerate(one.states):
            total[at] += amount * part.nights
    in_order = sorted(homes.values(), key=lambda home: (home.service, home.ref))
    return {
        name: _nights([(home, sums[home.id][at]) for home in in_order], words)
        for at, (name, words) in enumerate(STATES.items())
    }


def _nights(by_home: Sequence[tuple[Spell, int]], words: str) -> Figure:
    def rows() -> list[Row]:
        return [
            Row("household", home.service, home.ref, home.id, home.approved_on, words, nights)
            for home, nights in by_home
            if nights
        ]

    return Figure(sum(nights for _, nights in by_home), rows)


def _weeks(nights: Figure) -> Figure:
    """The same rows, in weeks."""

    def rows() -> list[Row]:
        return [replace(row, amount=Decimal(row.amount) / 7) for row in nights.rows()]

    return Figure(half_up(Fraction(nights.value, 7)), rows)
