"""Figures of *Places over time* as sentences, links and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, url_for

from carers import access, filters
from carers.blueprints.insight import presenters
from carers.blueprints.insight.forms import ALL_SKILLS, dates_address
from carers.blueprints.insight.places import Nights, PlacesOverTime, is_whole_month
from carers.blueprints.insight.presenters import Figure, number, percent
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.shares import Share
from carers.domain.viewer import Viewer
from carers.reports import occupancy

HEADS = {
    "approved": "Approved",
    "over": "Over",
    "filled": "Filled",
    "not_available": "Not available",
    "vacant": "Vacant",
}
BAR = 300  # pixels of the longest


def finding(of: PlacesOverTime) -> str:
    """What changed between the first day and the last, in places."""
    if of.is_empty:
        return f"No home{' with this skill' if of.skill else ''} was approved in these dates."
    if of.days.count == 1:
        held = filters.count(of.last.approved, "approved place")
        return f"{held} on {_day(of, of.days.last)}: nobody could use {of.last.not_available:,}."
    more = _beside(of, "approved", "approved places", f"on {_day(of, of.days.first)}")
    lost = _beside(of, "not_available", "", "")
    if of.days.last == clock.today():
        return f"We have {more}, and {lost} that nobody can use."
    return f"On {_day(of, of.days.last)} we had {more}, and {lost} that nobody could use."


def chart_title(of: PlacesOverTime) -> str:
    """What the picture shows."""
    if of.days.count == 1:
        return f"{number(of.last.filled)} of {number(of.last.approved)} approved places filled"
    filled, approved = _moved(of, "filled"), _moved(of, "approved")
    joined = "and" if filled.split()[0] == approved.split()[0] else "while"
    return f"Filled places {filled} {joined} approved places {approved}"


def description(of: PlacesOverTime) -> str:
    """The picture in words, for whoever cannot see it."""
    ends = [of.first] if of.days.count == 1 else [of.first, of.last]
    said = [
        f"{number(one.approved)} approved and {number(one.over)} over, of which"
        f" {number(one.filled)} filled, {number(one.not_available)} not available and"
        f" {number(one.vacant)} vacant on {filters.day(one.day)}"
        for one in ends
    ]
    return f"{chart_title(of)}. {'; '.join(said)}. The tables below have the nights."


def asked(of: PlacesOverTime) -> str:
    """The dates, as a person writes them."""
    return f"{_day(of, of.days.first)} to {filters.day(of.days.last)}"


def homes(of: PlacesOverTime) -> str:
    return presenters.HOMES[of.population]


def skilled(of: PlacesOverTime) -> str:
    """Which skill is asked for, as its chip has it."""
    return of.skill.label if of.skill else ALL_SKILLS


def confirmed(of: PlacesOverTime) -> str:
    """How fresh the records are."""
    return presenters.confirmed_words(of.confirmed)


@dataclass(frozen=True)
class ReasonRow:
    """Why places were not available. ``bar`` is of the longest."""

    label: str
    nights: Figure
    share: str
    places: Figure
    bar: int


def reasons(of: PlacesOverTime) -> list[ReasonRow]:
    """Those that took a night or take a place, most nights first."""
    by_nights = of.nights.figure("by_reason.local")
    by_places = of.last_day.figure("by_reason.local")
    found = [one for one in UnavailableReason if by_nights[one] or by_places[one]]
    found.sort(key=lambda one: (-by_nights[one], -by_places[one], one.label))
    longest = max((by_nights[one] for one in found), default=0)
    total = of.all_nights().states["not_available"]
    return [
        ReasonRow(
            one.label,
            _figure(of, f"by_reason.local.{one}", f"of the nights, {one.label}"),
            percent(Share(by_nights[one], total).percent),
            _place(of, f"by_reason.local.{one}", f"of the places, {one.label}"),
            BAR * by_nights[one] // longest if longest else 0,
        )
        for one in found
    ]


def all_reasons(of: PlacesOverTime) -> ReasonRow:
    total = of.all_nights().states["not_available"]
    return ReasonRow(
        "All not available",
        _figure(of, "nights_not_available", "of the nights"),
        percent(Share(total, total).percent),
        _place(of, "not_available", "of the places"),
        0,
    )


@dataclass(frozen=True)
class NightsRow:
    """Nights by state; ``url`` is of the same page, of these days only."""

    label: str
    url: str | None
    states: list[tuple[str, Figure]]
    of_approved: str
    of_available: str


def night_rows(of: PlacesOverTime) -> list[NightsRow]:
    """Each month, and all of them together."""
    found = list(of.months())
    with_year = len(found) > 12  # or two have one name
    rows = [_nights_row(of, nights, _month(nights, with_year=with_year)) for nights in found]
    return [*rows, _nights_row(of, of.all_nights(), "All")]


@dataclass(frozen=True)
class GapRow:
    ref: str
    name: str
    url: str | None
    days: str
    count: int


def gap_rows(of: PlacesOverTime, viewer: Viewer) -> list[GapRow]:
    """None for those who see no record."""
    if not of.may_open:
        return []
    may_open = access.may_open(current_app, "households.show", viewer)
    return [
        GapRow(
            gap.ref,
            of.names.get(gap.household_id, ""),
            url_for("households.show", household_id=gap.household_id) if may_open else None,
            f"{filters.day(gap.days.first)} to {filters.day(gap.days.last)}",
            gap.days.count,
        )
        for gap in of.gaps
    ]


def gaps_in_words(of: PlacesOverTime) -> str:
    """How many homes and days, in one sentence."""
    homes_ = filters.count(len({gap.household_id for gap in of.gaps}), "home")
    days = filters.count(sum(gap.days.count for gap in of.gaps), "day")
    return f"{homes_} had no terms in force on {days} of these dates, and so no places."


def _nights_row(of: PlacesOverTime, nights: Nights, label: str) -> NightsRow:
    is_same = nights.days == of.days
    page = url_for(
        "insight.places_over_time", **dates_address(nights.days, of.population, of.skill)
    )
    return NightsRow(
        label,
        None if is_same else page,
        [(HEADS[name], _month_figure(of, nights, name, label)) for name in HEADS],
        percent(nights.utilisation.percent),
        percent(nights.utilisation_available.percent),
    )


def _month_figure(of: PlacesOverTime, nights: Nights, name: str, label: str) -> Figure:
    asked_: dict[str, Any] = {
        "population": str(of.population),
        "from": nights.days.first.isoformat(),
        "to": nights.days.last.isoformat(),
        **({"skill": str(of.skill)} if of.skill else {}),
    }
    url = url_for("insight.rows", report=occupancy.NAME, figure=f"nights_{name}", **asked_)
    what = f"of the nights {HEADS[name].lower()}, {label}"
    return Figure(number(nights.states[name]), what, url if of.may_open else None)


def _month(nights: Nights, *, with_year: bool) -> str:
    first = nights.days.first
    name = f"{first:%B %Y}" if with_year else f"{first:%B}"
    part = "" if is_whole_month(nights.days) else f" ({filters.count(nights.days.count, 'night')})"
    return name + part


def _figure(of: PlacesOverTime, path: str, what: str) -> Figure:
    return presenters.figure(of.nights, path, what, may_open=of.may_open)


def _place(of: PlacesOverTime, path: str, what: str) -> Figure:
    return presenters.figure(of.last_day, path, what, may_open=of.may_open)


def _beside(of: PlacesOverTime, name: str, what: str, when: str) -> str:
    """“5 more approved places than on 1 April”, “as many”."""
    by = getattr(of.last, name) - getattr(of.first, name)
    many = f"{abs(by):,} {'more' if by > 0 else 'fewer'}" if by else "as many"
    than = f"{'than' if by else 'as'} {when}" if when else ""
    return " ".join(part for part in (many, what, than) if part)


def _moved(of: PlacesOverTime, name: str) -> str:
    before, after = getattr(of.first, name), getattr(of.last, name)
    if before == after:
        return f"stayed at {number(after)}"
    return f"{'rose' if after > before else 'fell'} by {number(abs(after - before))}"


def _day(of: PlacesOverTime, day: date) -> str:
    """With its year where the period is in more than one."""
    is_in_one = of.days.first.year == of.days.last.year
    return f"{day.day} {day:%B}" if is_in_one else filters.day(day)


def daily_rows(of: PlacesOverTime) -> Sequence[tuple[Any, ...]]:
    """Each day, by state, for a file."""
    return [(one.day, *(getattr(one, name) for name in HEADS)) for one in of.series]
