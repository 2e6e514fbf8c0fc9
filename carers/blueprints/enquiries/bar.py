"""Both clocks of a case on one bar: what is drawn, where, for a wide page and for a narrow one.

METRICS, Assessment time: the six-month target runs to the decision, the eight-month standard to
the panel's recommendation, both from the application.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from carers import filters
from carers.blueprints.enquiries.clock_days import ClockDays
from carers.blueprints.enquiries.clock_words import counted_days, finding, table
from carers.domain.case_state import CaseState
from carers.domain.happenings import History
from carers.domain.lateness import day_month
from carers.domain.pauses import pauses
from carers.domain.working_days import add_months

LETTER, BOLD = 8.0, 8.6  # how wide a letter of 14 is on average, in the widest font met
STANDARD_Y, TARGET_Y, PAUSE_Y = 14, 35, 58  # of the words over the bar
BELOW_Y, LINE = 130, 20  # of the words under it


@dataclass(frozen=True)
class Band:
    x: float
    width: float


@dataclass(frozen=True)
class Label:
    """Words at a place; ``anchor`` is SVG's."""

    x: float
    y: int
    words: str
    anchor: str = "start"
    is_bold: bool = False


@dataclass(frozen=True)
class Upright:
    """A line across the bar, from and to a height."""

    x: float
    top: int
    bottom: int
    kind: str


@dataclass(frozen=True)
class Frame:
    """A size of drawing; ``apart`` is the room that the name of a month needs."""

    name: str
    width: int
    apart: int
    is_wide: bool

    top = 66
    bar = 26

    @property
    def bottom(self) -> int:
        return self.top + self.bar

    @property
    def middle(self) -> int:
        return self.top + self.bar // 2

    def day(self, day: date, today: date) -> str:
        """“18 October”, or “18 Oct” where there is little room."""
        words = day_month(day, today)
        return words if self.is_wide else words.replace(f"{day:%B}", f"{day:%b}")


WIDE = Frame("wide", 1136, 44, is_wide=True)
NARROW = Frame("narrow", 358, 36, is_wide=False)


@dataclass(frozen=True)
class Drawing:
    """One drawing of a case's clocks."""

    frame: Frame
    used: Band
    pauses: list[Band]
    to_come: Band | None
    uprights: list[Upright]
    ticks: list[float]
    labels: list[Label]
    panel: float | None
    decision: float | None
    is_decided: bool

    @property
    def height(self) -> int:
        """Down to the lowest words."""
        return max(label.y for label in self.labels) + 8


@dataclass(frozen=True)
class Clocks:
    """Both clocks as a page shows them."""

    finding: str
    counted: str
    drawings: list[Drawing]
    table: list[tuple[str, str, str]]


def clocks(state: CaseState, history: History, today: date) -> Clocks | None:
    """None before the application."""
    days = ClockDays.of(state, pauses(history), today)
    if days is None:
        return None
    drawn = [draw(days, WIDE), draw(days, NARROW)]
    return Clocks(finding(days, state), counted_days(days, state), drawn, table(days, state))


def draw(days: ClockDays, frame: Frame) -> Drawing:
    place = _Places(days, frame)
    until = days.to_come_until
    return Drawing(
        frame=frame,
        used=place.band(days.applied_on, days.used_until),
        pauses=[place.band(*span) for span in days.paused],
        to_come=place.band(days.used_until, until) if until else None,
        uprights=[*_uprights(days, place, frame), *_leads(days, place, frame)],
        ticks=[place.at(day) for day in _months(days)],
        labels=[
            *_limits(days, place, frame),
            *_axis(days, place, frame),
            *_below(days, place, frame),
        ],
        panel=place.at(days.panel_on) if days.panel_on else None,
        decision=place.at(days.decision_on) if days.decision_on else None,
        is_decided=days.is_decided,
    )


class _Places:
    """Where a day stands on a bar."""

    def __init__(self, days: ClockDays, frame: Frame) -> None:
        self.start, self.width = days.applied_on, frame.width
        self.per_day = frame.width / max((days.ends - days.applied_on).days, 1)

    def at(self, day: date) -> float:
        passed = max((day - self.start).days, 0)
        return round(min(passed * self.per_day, self.width), 1)

    def band(self, start: date, end: date) -> Band:
        x = self.at(start)
        return Band(x, round(max(self.at(end) - x, 0), 1))

    def label(self, x: float, y: int, words: str, *, is_bold: bool = False) -> Label:
        """Words beside a mark: before it where they have room, else after it, else at an edge."""
        long = len(words) * (BOLD if is_bold else LETTER)
        if x - 6 >= long:
            return Label(x - 6, y, words, "end", is_bold)
        if x + 6 + long <= self.width:
            return Label(x + 6, y, words, "start", is_bold)
        if x <= self.width / 2:
            return Label(0, y, words, "start", is_bold)
        return Label(self.width, y, words, "end", is_bold)


def _months(days: ClockDays) -> Iterator[date]:
    first = days.applied_on.replace(day=1)
    number = 1
    while (day := add_months(first, number)) < days.ends:
        yield day
        number += 1


def _uprights(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Upright]:
    if days.standard_on:
        yield Upright(place.at(days.standard_on), 20, frame.bottom, "standard")
    if days.target_on:
        yield Upright(place.at(days.target_on), 40, frame.bottom, "target")
    if not days.stopped_on:
        yield Upright(place.at(days.today), frame.top - 5, frame.bottom + 28, "today")


def _limits(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Label]:
    """Over the bar, each in a line of its own: the standard, the target, the pauses."""
    if days.standard_on:
        standard = "Eight-month standard (panel)" if frame.is_wide else "Standard (panel)"
        words = f"{standard}: {frame.day(days.standard_on, days.today)}"
        yield place.label(place.at(days.standard_on), STANDARD_Y, words)
    if days.target_on:
        words = f"Six-month target: {frame.day(days.target_on, days.today)}"
        yield place.label(place.at(days.target_on), TARGET_Y, words, is_bold=True)
    if days.paused:
        words, x = _pauses_words(days, frame), place.at(days.paused[0][0])
        has_room = x + len(words) * LETTER <= frame.width
        yield Label(x if has_room else frame.width, PAUSE_Y, words, "start" if has_room else "end")


def _pauses_words(days: ClockDays, frame: Frame) -> str:
    """“Paused 20 days (the applicant)”; of several, how often."""
    spans = days.paused
    total = filters.count(sum((end - start).days for start, end in spans), "day")
    if len(spans) > 1:
        return f"Paused {total}, {len(spans)} times"
    first, last = spans[0]
    by = next(
        (one.by for one in days.pauses if one.from_on <= first < (one.until_on or last)), None
    )
    return f"Paused {total} ({by.label.lower()})" if by and frame.is_wide else f"Paused {total}"


def _axis(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Label]:
    """The day of the application, then the months that have room for a name."""
    y = frame.bottom + 17
    start = f"{days.applied_on.day} {days.applied_on:%b}"
    yield Label(0, y, start)
    reached = len(start) * LETTER + 4
    for day in _months(days):
        x = place.at(day)
        if x >= reached and x + frame.apart <= frame.width:
            yield Label(x, y, f"{day:%b}")
            reached = x + frame.apart


def _marks(days: ClockDays, frame: Frame) -> Iterator[tuple[date, str, bool]]:
    """What stands under the bar, a line each: its day, its words, whether they are bold."""
    if not days.stopped_on:
        number = (days.today - days.applied_on).days
        yield days.today, f"Today, day {number:,}", True
    if days.panel_on:
        yield days.panel_on, f"○ Panel {frame.day(days.panel_on, days.today)}", False
    if days.decision_on:
        words = "◆ Decision" if days.is_decided else "◇ Decision due"
        yield days.decision_on, f"{words} {frame.day(days.decision_on, days.today)}", True


def _leads(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Upright]:
    """From the panel and the decision on the bar to their words under it."""
    for row, (day, _, _) in enumerate(_marks(days, frame)):
        if day in (days.panel_on, days.decision_on):
            yield Upright(place.at(day), frame.bottom, BELOW_Y + LINE * row, "lead")


def _below(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Label]:
    for row, (day, words, is_bold) in enumerate(_marks(days, frame)):
        yield place.label(place.at(day), BELOW_Y + LINE * row, words, is_bold=is_bold)
