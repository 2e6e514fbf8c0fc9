"""How today's items are grouped, where each leads, and the sentence above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Self
from uuid import UUID

from flask import current_app, url_for

from carers import access, filters
from carers.domain import clock
from carers.domain.today import Group, Item, Tag
from carers.domain.today_work import Target
from carers.domain.viewer import Viewer
from carers.queries.today import WorkOfToday

NEAR, FAR = 7, 28

ENQUIRY, HOUSEHOLD = "enquiry_id", "household_id"

# A target's pages, the first of which that the reader may open is its link.
PAGES: Mapping[Target, tuple[tuple[str, str], ...]] = {
    Target.ENQUIRY: (("enquiries.show", ENQUIRY), ("panel.show", ENQUIRY)),
    Target.RECORD: (("enquiries.show", ENQUIRY), ("panel.show", ENQUIRY)),
    Target.ALLOCATE: (("enquiries.allocate", ENQUIRY), ("enquiries.show", ENQUIRY)),
    Target.PANEL: (("panel.show", ENQUIRY), ("enquiries.show", ENQUIRY)),
    Target.HOUSEHOLD: (("households.show", HOUSEHOLD),),
    Target.CONFIRM: (("households.show", HOUSEHOLD),),
    Target.HOLDS: (("households.show", HOUSEHOLD),),
    Target.LIMIT: (("households.show", HOUSEHOLD),),
}
REFS: Mapping[Target, Target] = {
    Target.RECORD: Target.ENQUIRY,
    Target.ALLOCATE: Target.ENQUIRY,
    Target.CONFIRM: Target.HOUSEHOLD,
    Target.HOLDS: Target.HOUSEHOLD,
    Target.LIMIT: Target.HOUSEHOLD,
}
ANCHORS: Mapping[Target, str] = {Target.HOLDS: "holds", Target.LIMIT: "limit"}

# Where to go when nothing is due: the first that the reader may open.
WAYS_ON = (
    ("enquiries.index", "look at open enquiries"),
    ("panel.index", "look at the cases with the panel"),
    ("households.mine", "look at your homes"),
    ("capacity.vacancies", "look at the vacancy board"),
    ("insight.targets", "look at targets and net gain"),
)

COLOURS: Mapping[Tag, str] = {Tag.OVERDUE: "red", Tag.SOON: "orange", Tag.STALE: "yellow"}


@dataclass(frozen=True)
class Line:
    """One item with its links, none where the reader may not go."""

    item: Item
    url: str | None
    ref_url: str | None

    @property
    def colour(self) -> str | None:
        return COLOURS[self.item.tag] if self.item.tag else None


@dataclass(frozen=True)
class Section:
    """The items of one heading."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    """Today as its reader sees it. ``following`` is the next date, where nothing is due today.

    Some kinds of work are told of further ahead than all are, which makes a page ``is_beyond``.
    """

    sentence: str
    sections: list[Section]
    following: Line | None
    until: date
    is_beyond: bool
    is_far: bool
    is_quiet: bool
    way_on: tuple[str, str] | None

    @classmethod
    def of(cls, work: WorkOfToday, *, days_ahead: int) -> Self:
        items = work.items(days_ahead=days_ahead)
        is_far = days_ahead == FAR
        is_quiet = not any(item.group in (Group.OVERDUE, Group.TODAY) for item in items)
        undated = [item for item in items if item.due is None]
        is_said = is_quiet and not is_far and len(items) - len(undated) <= 1  # in “your next date”
        lines = [_line(item, work.viewer) for item in (undated if is_said else items)]
        until = clock.local_day(work.now) + timedelta(days=days_ahead)
        return cls(
            sentence=sentence(items, is_quiet=is_quiet),
            sections=[
                Section(heading, list(group))
                for heading, group in groupby(lines, lambda line: heading_of(line.item))
            ],
            following=_following(work) if is_quiet and not is_far else None,
            until=until,
            is_beyond=any(item.due_on is not None and item.due_on > until for item in items),
            is_far=is_far,
            is_quiet=is_quiet,
            way_on=_way_on(work.viewer),
        )


def sentence(items: Sequence[Item], *, is_quiet: bool) -> str:
    """The finding: how much is due, and what to start with."""
    dated = [item for item in items if item.due is not None]
    overdue = [item for item in items if item.group is Group.OVERDUE]
    undated = len(items) - len(dated)
    said = ["Nothing is due today." if is_quiet else f"{_things(len(dated))} due."]
    if overdue:
        late = "All are" if 1 < len(overdue) == len(dated) else _are(len(overdue))
        said.append(f"{late} overdue: start with “{overdue[0].title}”.")
    if undated:
        said.append(f"{filters.count(undated, 'has', 'have')} no due date.")
    return " ".join(said)


def heading_of(item: Item) -> str:
    """Overdue, Today, Tomorrow, “Thursday 26 November”, or no date."""
    if item.group is not Group.LATER or item.due_on is None:
        return item.group.label
    days = (item.due_on - clock.today()).days
    return "Tomorrow" if days == 1 else weekday(item.due_on)


def weekday(day: date) -> str:
    year = "" if day.year == clock.today().year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def _things(number: int) -> str:
    return f"{filters.count(number, 'thing')} {'is' if number == 1 else 'are'}"


def _are(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'}"


def _following(work: WorkOfToday) -> Line | None:
    """The next thing that has a day, within the farther look ahead."""
    dated = (item for item in work.items(days_ahead=FAR) if item.due is not None)
    found = next(dated, None)
    return _line(found, work.viewer) if found else None


def _line(item: Item, viewer: Viewer) -> Line:
    return Line(
        item,
        url=_url(item.target, item.record_id, viewer),
        ref_url=_url(REFS.get(item.target, item.target), item.record_id, viewer),
    )


def _url(target: Target, record_id: UUID, viewer: Viewer) -> str | None:
    for endpoint, argument in PAGES[target]:
        if _may_open(endpoint, viewer):
            values: dict[str, Any] = {argument: record_id}
            return url_for(endpoint, _anchor=ANCHORS.get(target), **values)
    return None


def _way_on(viewer: Viewer) -> tuple[str, str] | None:
    ways = ((url_for(page), words) for page, words in WAYS_ON if _may_open(page, viewer))
    return next(ways, None)


def _may_open(endpoint: str, viewer: Viewer) -> bool:
    is_there = endpoint in current_app.view_functions
    return is_there and access.may_open(current_app, endpoint, viewer)
