"""What each report may be asked, and the answer to what was (METRICS, Asking)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from carers.domain.errors import RuleBroken
from carers.domain.happenings import read_day
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.register import Skill
from carers.domain.viewer import Viewer
from carers.reports import (
    assessment_time,
    capacity,
    in_house_share,
    net_gain,
    occupancy,
    targets,
)
from carers.reports.answer import Answer

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Report:
    """A report by its name; ``is_of_a_day`` where it is of a day, and otherwise of a period.

    The first population is the default. One that ``takes_skill`` is asked by a page, and by no
    command, of the homes that hold one.
    """

    name: str
    populations: tuple[str, ...]
    answer: Callable[..., Answer]  # of a viewer, days, a population, and a skill if it takes one
    is_of_a_day: bool = False
    takes_skill: bool = False


REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        Report(net_gain.NAME, tuple(Population), net_gain.answer),
        Report(
            *(capacity.NAME, tuple(Population), capacity.answer),
            is_of_a_day=True,
            takes_skill=True,
        ),
        Report(occupancy.NAME, tuple(Population), occupancy.answer, takes_skill=True),
        Report(targets.NAME, (Population.MAINSTREAM,), targets.answer, is_of_a_day=True),
        Report(in_house_share.NAME, (Population.ALL,), in_house_share.answer),
        Report(assessment_time.NAME, assessment_time.POPULATIONS, assessment_time.answer),
    )
}


@dataclass(frozen=True)
class Asked:
    """What was asked, each as it was typed; none where it was not given."""

    year: str | None = None
    first: str | None = None
    last: str | None = None
    as_at: str | None = None
    population: str | None = None
    skill: str | None = None


def named(name: str) -> Report:
    """Raises RuleBroken for a report that there is not."""
    if name not in REPORTS:
        known = ", ".join(REPORTS)
        raise RuleBroken(f"There is no report {name}: there are {known}", field="name")
    return REPORTS[name]


def ask(report: Report, asked: Asked, *, viewer: Viewer) -> Answer:
    """Raises RuleBroken for what the report does not take, naming the field it is about."""
    days, population = days_of(report, asked), population_of(report, asked.population)
    if asked.skill is None:
        return report.answer(viewer, days, population)
    return report.answer(viewer, days, population, skill_of(report, asked.skill))


def population_of(report: Report, given: str | None) -> str:
    """The population asked for, the report's own default where none is."""
    if given is None:
        return report.populations[0]
    if given not in report.populations:
        taken = ", ".join(report.populations)
        raise RuleBroken(
            f"{report.name} does not take the population {given}: it takes {taken}",
            field="population",
        )
    return given


def skill_of(report: Report, given: str) -> Skill:
    """Raises RuleBroken where the report takes none, or there is none such."""
    if not report.takes_skill or given not in set(Skill):
        raise RuleBroken(f"{report.name} does not take the skill {given}", field="skill")
    return Skill(given)


def days_of(report: Report, asked: Asked) -> Days:
    """The period asked about; for a report of a day, one that ends with it."""
    period = _period(asked)
    as_at = _day("as_at", asked.as_at)
    if report.is_of_a_day:
        return _ending_with(report, period, as_at)
    if as_at:
        raise RuleBroken(f"{report.name} is of a period, not of a day: {PERIODS}", field="as_at")
    if period is None:
        raise RuleBroken(f"{report.name} is of a period: {PERIODS}", field="year")
    return period


PERIODS = "give a year such as 2021-22, or a first and a last day"


def _ending_with(report: Report, period: Days | None, as_at: date | None) -> Days:
    if as_at and period and as_at != period.last:
        raise RuleBroken(
            f"{report.name} is of a day: give the day or a period that ends with it, not both",
            field="as_at",
        )
    if period or as_at is None:
        return _required(report, period)
    return Days(as_at, as_at)


def _required(report: Report, period: Days | None) -> Days:
    if period is None:
        raise RuleBroken(f"{report.name} is of a day: give one, such as 2021-09-30", field="as_at")
    return period


def _period(asked: Asked) -> Days | None:
    first, last = _day("from", asked.first), _day("to", asked.last)
    if asked.year and (first or last):
        raise RuleBroken("Give a year or a first and a last day, not both", field="year")
    if asked.year:
        return year_named(asked.year)
    if first is None and last is None:
        return None
    if first is None or last is None:
        missing = "first" if first is None else "last"
        raise RuleBroken(f"Give the {missing} day too", field="from" if first is None else "to")
    if last < first:
        raise RuleBroken("The last day must be the same as or after the first day", field="to")
    return Days(first, last)


def year_named(text: str) -> Days:
    """The financial year of “2021-22”. Raises RuleBroken."""
    match = re.fullmatch(r"([12][0-9]{3})-([0-9]{2})", text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise RuleBroken(f"The year must be written like 2021-22, not {text}", field="year")
    return _in_reach(Days.financial_year(int(match[1])), "year", text)


def _day(field: str, text: str | None) -> date | None:
    if text is None:
        return None
    day = read_day(text)
    if day is None:
        raise RuleBroken(
            f"The day must be a real date, written like 2021-09-30, not {text}", field=field
        )
    return _in_reach(Days(day, day), field, text).last


def _in_reach(days: Days, field: str, text: str) -> Days:
    if days.first < EARLIEST or days.last > LATEST:
        raise RuleBroken(f"{text} must be between {EARLIEST.year} and {LATEST.year}", field=field)
    return days
