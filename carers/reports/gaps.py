"""Days on which an approved home had no terms in force (METRICS, A gap in terms)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from carers.domain.period import Days, Period
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import Skill
from carers.domain.viewer import Viewer
from carers.reports import holding, register
from carers.reports.holding import Holding
from carers.reports.register import Recorded, Spell


@dataclass(frozen=True)
class Gap:
    """The days of a period in which a home had no places, for want of terms."""

    household_id: UUID
    service: str
    ref: str
    days: Days


def load(
    viewer: Viewer,
    days: Days,
    population: str = Population.MAINSTREAM,
    skill: Skill | None = None,
) -> list[Gap]:
    """The gaps of a population in a period, by day; each home in that of the terms before.

    Of homes with a ``skill``, if it is asked for: the days on which they held it.
    """
    return gaps(register.recorded(viewer), days, population, holding.load(viewer, skill))


def gaps(
    recorded: Iterable[Recorded], days: Days, population: str, skilled: Holding | None = None
) -> list[Gap]:
    """``recorded`` has the rows of one home together."""
    types = CARER_TYPES[Population(population)]
    found: list[Gap] = []
    for _, rows in groupby(recorded, key=lambda row: row.id):
        terms = list(rows)
        found += [
            Gap(part.id, part.service, part.ref, within)
            for spell in _without_terms(terms)
            if spell.carer_type in types
            for part in holding.parts(spell, skilled)
            if (within := _within(part, days))
        ]
    return sorted(found, key=lambda gap: (gap.days.first, gap.service, gap.ref))


def _without_terms(terms: Sequence[Recorded]) -> Iterator[Spell]:
    """Terms may be of no places too: that is no gap."""
    for spell in register.spells(terms):
        if not any(Period(one.from_on, one.until_on).covers(spell.from_on) for one in terms):
            yield spell


def _within(spell: Spell, days: Days) -> Days | None:
    until_on = min(spell.until_on or days.after, days.after)
    first, last = max(spell.from_on, days.first), until_on - timedelta(days=1)
    return Days(first, last) if first <= last else None
