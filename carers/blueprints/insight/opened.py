"""A figure opened to the rows it counts: its name, its unit, each row with its link."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any
from uuid import UUID

from flask import current_app, url_for

from carers import access, filters
from carers.blueprints.downloads import harmless
from carers.blueprints.insight.presenters import HOMES, NO_DATA, number
from carers.domain.capacity import OfstedReason, UnavailableReason
from carers.domain.definitions import DEFINITIONS, Definition
from carers.domain.populations import Population
from carers.domain.targets import Measure
from carers.domain.viewer import Viewer
from carers.queries import insight
from carers.reports.answer import Answer, Row

NOT_FOR_PUBLICATION = "Not for publication"
REPORTS = {
    "net-gain": "Net gain",
    "capacity": "Places on a day",
    "occupancy": "Nights over a period",
    "targets": "Targets",
    "in-house-share": "In-house share",
    "assessment-time": "Assessment time",
}
UNITS: Mapping[str, tuple[str, str]] = {  # of one, of more
    "households": ("household", "households"),
    "places": ("place", "places"),
    "placements": ("placement", "placements"),
    "nights": ("night", "nights"),
    "weeks": ("week", "weeks"),
    "children": ("child", "children"),
    "days": ("day", "days"),
    "cases": ("case", "cases"),
}
PARTS: Mapping[str, str] = {  # of a path, where they are no definition's own name
    "turnover.numerator": "Ended",
    "turnover.denominator": "At the start",
    "connected_excluded.numerator": "In our own homes",
    "connected_excluded.denominator": "In our own homes or with agencies",
    "connected_included.numerator": "In our own and connected homes",
    "connected_included.denominator": "In our own and connected homes, or with agencies",
    "utilisation.numerator": "Nights, filled",
    "utilisation.denominator": "Nights, approved places",
    "utilisation_available.numerator": "Nights, filled",
    "utilisation_available.denominator": "Nights, filled and vacant",
    "occupancy_gross.numerator": "Filled",
    "occupancy_gross.denominator": "Approved places",
    "occupancy_available.numerator": "Filled",
    "occupancy_available.denominator": "Filled and vacant",
    "vacancy_rate.numerator": "Vacant",
    "vacancy_rate.denominator": "Approved places",
    "not_available_rate.numerator": "Not available",
    "not_available_rate.denominator": "Approved places",
    "including_empty.numerator": "Children",
    "including_empty.denominator": "Approved homes",
    "excluding_empty.numerator": "Children",
    "excluding_empty.denominator": "Homes with a child",
    "days_vacant.median": "Days vacant, median",
    "days_vacant.longest": "Days vacant, longest",
    "days_to_first_placement.median": "Days to the first placement, median",
    "weeks.in_house": "In our own homes",
    "weeks.connected": "With connected persons",
    "weeks.ifa": "With agencies",
    "within_six_months.numerator": "Decided within six months",
    "within_six_months.denominator": "Decided",
    "panel_within_eight_months.numerator": "Recommended within eight months",
    "panel_within_eight_months.denominator": "Recommended",
}
PAGES: Mapping[str, tuple[str, str]] = {  # where a row's record is shown
    "household": ("households.show", "household_id"),
    "enquiry": ("enquiries.show", "enquiry_id"),
}


@dataclass(frozen=True)
class Line:
    """One row as it is shown; no name where the record has none of its own."""

    row: Row
    name: str | None
    url: str | None
    amount: str


@dataclass(frozen=True)
class Opened:
    """A figure with its rows. ``total`` is what they add up to, in its unit.

    The rows of a mean, a median or a longest are ``beneath`` it: they do not add up to it.
    """

    name: str
    report: str
    asked: str
    unit: str
    total: str
    definition: str | None
    lines: list[Line]
    has_services: bool
    has_names: bool
    beneath: bool

    @property
    def heading(self) -> str:
        return f"{self.name}: {self.total}"


def opened(answer: Answer, path: str, viewer: Viewer) -> Opened:
    """Raises NotFound where the answer has no such figure."""
    rows = answer.rows(path)
    homes = {home for row in rows if (home := _home_of(row))}
    names = insight.names_of(homes, viewer=viewer) if homes else {}
    unit = UNITS[unit_of(answer, path)]
    lines = [_line(row, names, viewer) for row in rows]
    definition = _definition(answer, path)
    return Opened(
        name=name_of(answer, path),
        report=REPORTS[answer.report],
        asked=_asked(answer),
        unit=unit[1],
        total=_counted(answer.figure(path), unit),
        definition=definition.sentence if definition else None,
        lines=lines,
        has_services=len({row.service for row in rows}) > 1,
        has_names=bool(names),
        beneath=unit_of(answer, path) == "days",
    )


def _home_of(row: Row) -> UUID | None:
    return row.id if row.kind == "household" else row.home


def _line(row: Row, names: Mapping[UUID, str], viewer: Viewer) -> Line:
    """A placement or a hold leads to its home, where the viewer may see that."""
    home = _home_of(row)
    name = names.get(home) if home else None
    shown = replace(row, kind="household", id=home) if row.home and home and name else row
    return Line(row, name, _url(shown, viewer), number(row.amount))


def name_of(answer: Answer, path: str) -> str:
    """What a figure is called on its page."""
    *before, key = path.split(".")
    if answer.report == "targets":
        label = answer.figure(f"targets.{before[1]}.label")
        return f"{label}, {DEFINITIONS[key].name.lower()}"
    if before[:1] == ["by_reason"]:
        reason = UnavailableReason(key) if before[1] == "local" else OfstedReason(key)
        return f"Not available, {reason.label[0].lower()}{reason.label[1:]}"
    part = f"{before[-1]}.{key}" if before else key
    if part in PARTS:
        return PARTS[part]
    definition = _definition(answer, path)
    name = definition.name if definition else _words(key)
    return f"{_words(before[-1])}, {name[0].lower()}{name[1:]}" if len(before) > 1 else name


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _definition(answer: Answer, path: str) -> Definition | None:
    """A report's own, where one name means another thing in another report."""
    key = path.rsplit(".", maxsplit=1)[-1]
    return DEFINITIONS.get(f"{answer.report}.{key}") or DEFINITIONS.get(key)


def unit_of(answer: Answer, path: str) -> str:
    """The unit that a figure is counted in, as UNITS names it."""
    match answer.report:
        case "targets":
            measure = Measure(answer.figure(f"targets.{path.split('.')[1]}.measure"))
            return "places" if measure.startswith("places") else "households"
        case "assessment-time":
            return "days" if path.endswith("_days") and "open" not in path else "cases"
        case "occupancy":
            return "weeks" if path.startswith("weeks") else "nights"
        case "capacity":
            return _unit_of_a_day(path)
        case _:
            return path.split(".", maxsplit=1)[0]


def _unit_of_a_day(path: str) -> str:
    """What a figure of *Places on a day* counts: places, unless it says otherwise."""
    key = path.rsplit(".", maxsplit=1)[-1]
    if path.startswith(("days_vacant", "days_to")):
        return "days"
    if "children" in path and not path.endswith("denominator"):
        return "children"
    of_homes = {"households", "households_with_vacancy", "confirmed", "stale", "never_used"}
    return "households" if key in of_homes or path.startswith("children_per") else "places"


def _counted(value: Any, unit: tuple[str, str]) -> str:
    one, more = unit
    return NO_DATA if value is None else f"{number(value)} {one if abs(value) == 1 else more}"


def whose(answer: Answer) -> str:
    """Whose homes, children or cases an answer is of."""
    match answer.report:
        case "in-house-share":
            return "This service’s children, in every kind of home"
        case "assessment-time":
            return f"Cases of the route {answer.population.replace('_', ' ')}"
        case _:
            return HOMES[Population(answer.population)]


def _asked(answer: Answer) -> str:
    """What was asked, in words: the days and whose homes or cases."""
    if answer.first_day and answer.last_day:
        when = f"From {filters.day(answer.first_day)} to {filters.day(answer.last_day)}"
    else:
        when = f"As at the end of {filters.day(answer.as_at)}"
    skill = f", with the skill {answer.skill.label.lower()}" if answer.skill else ""
    return f"{when}. {whose(answer)}{skill}."


def _url(row: Row, viewer: Viewer) -> str | None:
    endpoint, argument = PAGES.get(row.kind, ("", ""))
    if endpoint not in current_app.view_functions:
        return None
    if not access.may_open(current_app, endpoint, viewer):
        return None
    values: dict[str, Any] = {argument: row.id}
    return url_for(endpoint, **values)


def rows_csv(answer: Answer, path: str) -> str:
    """The rows of a figure as a file, by reference: no names, and not for publication.

    Raises NotFound where the answer has no such figure.
    """
    rows = answer.rows(path)
    written = StringIO()
    out = csv.writer(written)
    out.writerow((NOT_FOR_PUBLICATION,))
    out.writerow(("service", "ref", "day", "what", unit_of(answer, path)))
    for row in rows:
        told = (row.service, row.ref, row.day or "", row.words, row.amount)
        out.writerow(map(harmless, told))
    return written.getvalue()


def figures_csv(answers: Iterator[Answer]) -> str:
    """Every figure of some answers, each under its report and path."""
    written = StringIO()
    out = csv.writer(written)
    out.writerow((NOT_FOR_PUBLICATION,))
    out.writerow(("report", "path", "value"))
    for answer in answers:
        for path, value in answer.paths():
            out.writerow((answer.report, path, "" if value is None else harmless(value)))
    return written.getvalue()


def days_csv(heads: Sequence[str], days: Sequence[Sequence[Any]]) -> str:
    """A row for each day, in numbers."""
    written = StringIO()
    out = csv.writer(written)
    out.writerow((NOT_FOR_PUBLICATION,))
    out.writerow(heads)
    out.writerows(days)
    return written.getvalue()
