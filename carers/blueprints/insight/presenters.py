"""Figures of *Targets and net gain* as words, links, tags and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from carers import filters
from carers.blueprints.insight.chart import Line, Year
from carers.blueprints.insight.gathered import Gathered
from carers.domain import clock
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.targets import State
from carers.queries.insight import LastConfirmed
from carers.reports.answer import Answer

NO_DATA = "no data"
MINUS = "\N{MINUS SIGN}"
COLOURS: Mapping[State, str] = {State.BEHIND: "orange", State.MET: "green"}
HOMES: Mapping[Population, str] = {
    Population.MAINSTREAM: "Mainstream homes",
    Population.GENERAL: "General and specialist homes",
    Population.CONNECTED_PERSON: "Connected persons’ homes",
    Population.RESPITE: "Respite and short-break homes",
    Population.OFSTED_MAINSTREAM: "Mainstream homes as Ofsted counts them",
    Population.ALL: "Homes of every type",
}


@dataclass(frozen=True)
class Figure:
    """A number in words, with what it counts for whoever cannot see its row; a link if it opens."""

    words: str
    of: str = ""
    url: str | None = None


def figure(answer: Answer, path: str, of: str, *, may_open: bool, signed: bool = False) -> Figure:
    value = answer.figure(path)
    words = with_sign(value) if signed else number(value)
    opens = may_open and path in answer.opens
    return Figure(words, of, rows_url(answer, path) if opens else None)


def rows_url(answer: Answer, path: str, endpoint: str = "insight.rows") -> str:
    """Where a figure's rows are, asked as the figure was."""
    asked: dict[str, Any] = {"population": answer.population}
    if answer.as_at:
        asked["as_at"] = answer.as_at.isoformat()
    if answer.first_day and answer.last_day:
        asked |= {"from": answer.first_day.isoformat(), "to": answer.last_day.isoformat()}
    if answer.skill:
        asked["skill"] = str(answer.skill)
    return url_for(endpoint, report=answer.report, figure=path.replace(".", "/"), **asked)


def number(value: float | Decimal | None) -> str:
    """1,234; 12.5; a true minus sign; “no data” where it is not known."""
    if value is None:
        return NO_DATA
    whole = int(value) if value == int(value) else value
    return f"{whole:,}".replace("-", MINUS)


def with_sign(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def percent(value: float | Decimal | None) -> str:
    return NO_DATA if value is None else f"{value:.1f}%"


@dataclass(frozen=True)
class ShareShown:
    percent: str
    numerator: Figure
    denominator: Figure


def share(answer: Answer, path: str, own: str, all_of: str, *, may_open: bool) -> ShareShown:
    return ShareShown(
        percent(answer.figure(f"{path}.percent")),
        figure(answer, f"{path}.numerator", own, may_open=may_open),
        figure(answer, f"{path}.denominator", all_of, may_open=may_open),
    )


def year_line(of: Gathered) -> Year:
    """The year's approvals, those of the whole year before, and the pace to the headline target."""
    last = of.last
    year_before = Line(of.year_before, of.year_before.last, _approved_days(last))
    this = Line(of.year, of.days.last, _approved_days(of.this))
    return Year(this, year_before, of.headline["target"] if of.headline else None)


def _approved_days(answer: Answer) -> list[Any]:
    return [row.day for row in answer.rows("households.approved")]


@dataclass(frozen=True)
class Beside:
    """A figure of this year beside the same of last year at the same point."""

    label: str
    this: Figure
    last: Figure


def beside_last_year(of: Gathered) -> list[Beside]:
    rows = (
        ("Approved", "households.approved", False),
        ("Ended", "households.ended", False),
        ("Net gain, households", "households.net_gain", True),
        ("Net gain, places", "places.net_gain", True),
    )
    return [
        Beside(
            label,
            figure(of.this, path, f"{label}, this year", may_open=of.may_open, signed=signed),
            figure(of.same_point, path, f"{label}, last year", may_open=of.may_open, signed=signed),
        )
        for label, path, signed in rows
    ]


def turnovers(of: Gathered) -> tuple[ShareShown, ShareShown]:
    """Of this year and of last year at the same point."""
    this, last = (
        share(
            answer,
            "households.turnover",
            f"homes ended, {when}",
            f"homes at the start, {when}",
            may_open=of.may_open,
        )
        for answer, when in ((of.this, "this year"), (of.same_point, "last year"))
    )
    return this, last


@dataclass(frozen=True)
class TargetRow:
    """A target in force. ``colour`` is none for a state that asks nothing of anybody."""

    label: str
    actual: Figure
    target: str
    percent: str
    shortfall: Figure
    state: str
    colour: str | None
    projected: str
    last_year: Figure


def target_rows(of: Gathered) -> list[TargetRow]:
    if of.targets is None:
        return []
    return [_target_row(of, of.targets, number_, row) for number_, row in enumerate(of.rows)]


def _target_row(of: Gathered, answer: Answer, place: int, row: Mapping[str, Any]) -> TargetRow:
    def shown(key: str, words: str) -> Figure:
        return figure(
            answer, f"targets.{place}.{key}", f"{words}, {row['label']}", may_open=of.may_open
        )

    state: State = row["state"]
    return TargetRow(
        label=row["label"],
        actual=shown("actual", "actual"),
        target=number(row["target"]),
        percent=percent(row["percent"]),
        shortfall=shown("shortfall", "shortfall"),
        state=state.label,
        colour=COLOURS.get(state),
        projected="none" if row["projected"] is None else f"{row['projected']:.1f}",
        last_year=shown("last_year", "last year at the same point"),
    )


@dataclass(frozen=True)
class InHouse:
    """In-house share in one unit, with connected persons left out and counted in."""

    label: str
    excluded: ShareShown
    included: ShareShown


def in_house(of: Gathered) -> list[InHouse]:
    return [
        InHouse(label, *(_in_house_share(of, unit, name) for name in ("excluded", "included")))
        for unit, label in (("placements", "By placements"), ("nights", "By nights"))
    ]


def _in_house_share(of: Gathered, unit: str, name: str) -> ShareShown:
    homes = "our own homes" if name == "excluded" else "our own and connected homes"
    return share(
        of.in_house,
        f"{unit}.connected_{name}",
        f"{unit} in {homes}",
        f"{unit} in {homes} or with agencies",
        may_open=of.may_open,
    )


def confirmed(of: Gathered) -> str:
    return confirmed_words(of.confirmed)


def confirmed_words(last: LastConfirmed | None) -> str:
    """How fresh the records are: when places were last confirmed, and by whom."""
    if last is None:
        return "No home’s places had been confirmed"
    by = f", by {last.by}" if last.by else ""
    return f"Places last confirmed {filters.short_moment(last.at)}{by}"


def address_of(day: date) -> str:
    """The same page as at a day: its year, or today where the day is yet to come."""
    known = min(day, clock.today())
    boxes = {"day": known.day, "month": known.month, "year": known.year}
    asked: dict[str, Any] = {f"as_at-{box}": value for box, value in boxes.items()}
    return url_for("insight.targets", year=Days.year_of(known).label, **asked)
