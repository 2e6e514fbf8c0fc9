"""The answers that *Places over time* shows: those of the same functions as the commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Self
from uuid import UUID

from carers.domain.charts import ChartKey
from carers.domain.period import Days
from carers.domain.permissions import Permission
from carers.domain.populations import Population
from carers.domain.register import Skill
from carers.domain.shares import Share
from carers.domain.viewer import Viewer
from carers.queries import charts, insight
from carers.queries.insight import LastConfirmed
from carers.reports import capacity, gaps, occupancy
from carers.reports.answer import Answer
from carers.reports.gaps import Gap
from carers.reports.occupancy import STATES, PlacesOnDay


@dataclass(frozen=True)
class Nights:
    """Some days added up: ``states`` in nights, by the names of a day's places."""

    days: Days
    states: Mapping[str, int]

    @classmethod
    def of(cls, series: Sequence[PlacesOnDay]) -> Self:
        states = {name: sum(getattr(one, name) for one in series) for name in STATES}
        return cls(Days(series[0].day, series[-1].day), states)

    @property
    def utilisation(self) -> Share:
        return Share(self.states["filled"], self.states["approved"])

    @property
    def utilisation_available(self) -> Share:
        filled = self.states["filled"]
        return Share(filled, filled + self.states["vacant"])


@dataclass(frozen=True)
class PlacesOverTime:
    """A period day by day, its nights by reason, and the places of its last day."""

    days: Days
    population: Population
    skill: Skill | None
    series: Sequence[PlacesOnDay]
    nights: Answer
    last_day: Answer
    gaps: Sequence[Gap]
    names: Mapping[UUID, str]
    confirmed: LastConfirmed | None
    chart: ChartKey
    may_open: bool

    @classmethod
    def of(
        cls, viewer: Viewer, days: Days, population: Population, skill: Skill | None = None
    ) -> Self:
        """In a fixed number of statements. Of the homes with a skill, on the days they held it.

        How far the records had come is asked last, so that no picture is older than the figures.
        """
        asked = (viewer, days, population, skill)
        found = gaps.load(*asked)
        return cls(
            days,
            population,
            skill,
            occupancy.daily(*asked),
            occupancy.answer(*asked),
            capacity.answer(*asked),
            found,
            _names(found, viewer),
            insight.last_confirmed(days.last, viewer=viewer),
            _chart(*asked),
            viewer.can(Permission.INSIGHT_OPEN),
        )

    @property
    def first(self) -> PlacesOnDay:
        return self.series[0]

    @property
    def last(self) -> PlacesOnDay:
        return self.series[-1]

    @property
    def is_empty(self) -> bool:
        """Whether no home was approved, filled or without terms on any day."""
        return not self.gaps and not any(one.approved or one.over for one in self.series)

    def months(self) -> Iterator[Nights]:
        """Each calendar month, or the part of it in the period."""
        for _, days in groupby(self.series, key=lambda one: (one.day.year, one.day.month)):
            yield Nights.of(list(days))

    def all_nights(self) -> Nights:
        return Nights.of(self.series)


def is_whole_month(days: Days) -> bool:
    return days.first.day == 1 and _after(days.last).day == 1


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _names(found: Sequence[Gap], viewer: Viewer) -> Mapping[UUID, str]:
    """Of the homes, for those who may open a figure to its rows."""
    if not viewer.can(Permission.INSIGHT_OPEN):
        return {}
    return insight.names_of({gap.household_id for gap in found}, viewer=viewer)


def _chart(viewer: Viewer, days: Days, population: Population, skill: Skill | None) -> ChartKey:
    asked = {
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "population": str(population),
        **({"skill": str(skill)} if skill else {}),
    }
    return ChartKey(viewer.service_id, occupancy.NAME, asked, charts.recorded(viewer))
