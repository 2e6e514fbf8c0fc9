"""Both clocks of a case on one bar: what is drawn, where, for a wide page and for a narrow one.

METRICS, Assessment time: the six-month target runs to the decision, the eight-month standard to
the panel's recommendation, both from the application.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carers import filters
from carers.domain import clock
from carers.domain.case_state import CaseState
from carers.domain.happenings import History
from carers.domain.lateness import day_month, days_left_or_over
from carers.domain.pauses import Pause, pauses
from carers.domain.waits import WaitsFor
from carers.domain.working_days import add_months

AFTER = timedelta(days=10)  # of empty bar behind the last mark
LETTER = 7.2  # how wide a letter of the labels is at most, of 14


@dataclass(frozen=True)
class ClockDays:
    """The days that the bar is drawn from. Each is none where there is none yet."""

    applied_on: date
    today: date
    stopped_on: date | None
    pauses: Sequence[Pause]
    target_on: date | None
    standard_on: date | None
    panel_on: date | None
    decision_on: date | None
    is_decided: bool

    @classmethod
    def of(cls, state: CaseState, pauses: Sequence[Pause], today: date) -> ClockDays | None:
        """None before the application, when no clock runs."""
        if state.application_received_on is None:
            return None
        due = state.decision_due_on if state.waits_for is WaitsFor.DECISION else None
        return cls(
            applied_on=state.application_received_on,
            today=today,
            stopped_on=state.first_decided_on or state.closed_on,
            pauses=pauses,
            target_on=state.six_month_due_on,
            standard_on=state.eight_month_due_on,
            panel_on=state.first_recommended_on or state.panel_booked_for,
            decision_on=state.first_decided_on or due,
            is_decided=state.first_decided_on is not None,
        )

    @property
    def used_until(self) -> date:
        """Where time used ends: today, or the day on which the clocks stopped."""
        return min(self.stopped_on or self.today, self.today)

    @property
    def to_come_until(self) -> date | None:
        """Where what is booked or due leads; the target where nothing is."""
        if self.stopped_on is not None:
            return None
        known = [day for day in (self.panel_on, self.decision_on, self.target_on) if day]
        last = max(known, default=self.today)
        return last if last > self.today else None

    @property
    def ends(self) -> date:
        """The last day of the bar."""
        days = (self.used_until, self.target_on, self.standard_on, self.panel_on, self.decision_on)
        return max(day for day in days if day) + AFTER


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
    """A size of drawing."""

    name: str
    width: int
    month: str  # how a month is written under the bar

    top = 66
    bar = 26

    @property
    def bottom(self) -> int:
        return self.top + self.bar

    @property
    def middle(self) -> int:
        return self.top + self.bar // 2


WIDE = Frame("wide", 1136, "%b")
NARROW = Frame("narrow", 358, "%b")
APART = {"wide": 44, "narrow": 36}  # between the names of months


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
        pauses=[place.band(*span) for span in _paused(days)],
        to_come=place.band(days.used_until, until) if until else None,
        uprights=list(_uprights(days, place, frame)),
        ticks=[place.at(day) for day in _months(days)],
        labels=[*_limits(days, place, frame), *_axis(days, place, frame), *_below(days, place)],
        panel=place.at(days.panel_on) if days.panel_on else None,
        decision=place.at(days.decision_on) if days.decision_on else None,
    )


def finding(days: ClockDays, state: CaseState) -> str:
    """The heading over the bar: how the case stands to both clocks."""
    if days.is_decided:
        return f"Decided after {_days(_between(days.applied_on, days.used_until))}{_when(days)}"
    if not state.is_open:
        return f"The clocks stopped on {filters.day(days.stopped_on)}, when the case was closed"
    return f"{_to_target(days)}{_of_standard(days)}"


def counted_days(days: ClockDays, state: CaseState) -> str:
    """“169 days since the application, 149 without the applicant’s pauses.”"""
    gross = _between(days.applied_on, days.used_until)
    paused = state.applicant_paused_days_by(days.today)
    words = f"{_days(gross)} since the application"
    if days.stopped_on:
        words = f"{_days(gross)} from the application"
    return f"{words}, {gross - paused:,} without the applicant’s pauses" if paused else words


def table(days: ClockDays, state: CaseState) -> list[tuple[str, str, str]]:
    """The drawing in words: what, when, and what follows from it."""
    net = state.net_due_by(days.today)
    is_net = net is not None and net != days.target_on
    rows: list[tuple[str, date | None, str]] = [
        ("Application received", days.applied_on, "Both clocks start"),
        *((_pause_name(one), one.from_on, _pause_until(one)) for one in days.pauses),
        ("Today", days.today if not days.stopped_on else None, counted_days(days, state)),
        ("Six-month target", days.target_on, _stops(days, days.target_on, days.decision_on)),
        ("Target without the applicant’s pauses", net if is_net else None, "For comparison"),
        ("Eight-month standard", days.standard_on, "To the panel’s recommendation"),
        ("Panel", days.panel_on, "Booked" if not state.first_recommended_on else "Recommended"),
        ("Decision", days.decision_on, "Decided" if days.is_decided else "Due by then"),
        ("Case closed", None if days.is_decided else state.closed_on, "Both clocks stop"),
    ]
    return [(name, filters.day(day), words) for name, day, words in rows if day]


class _Places:
    """Where a day stands on a bar."""

    def __init__(self, days: ClockDays, frame: Frame) -> None:
        self.start, self.width = days.applied_on, frame.width
        self.per_day = frame.width / max(_between(days.applied_on, days.ends), 1)

    def at(self, day: date) -> float:
        return round(min(max(_between(self.start, day), 0) * self.per_day, self.width), 1)

    def band(self, start: date, end: date) -> Band:
        x = self.at(start)
        return Band(x, round(max(self.at(end) - x, 0), 1))

    def label(self, day: date, y: int, words: str, *, is_bold: bool = False) -> Label:
        """Words beside a day: before it where they have room, else after it, else from the left."""
        x, long = self.at(day), len(words) * LETTER
        if x - 6 >= long:
            return Label(x - 6, y, words, "end", is_bold)
        if x + long <= self.width:
            return Label(x, y, words, "start", is_bold)
        return Label(0, y, words, "start", is_bold)


def _between(start: date, end: date) -> int:
    return (end - start).days


def _days(number: int) -> str:
    return filters.count(number, "day")


def _paused(days: ClockDays) -> Iterator[tuple[date, date]]:
    """The pauses that lie in time used."""
    for pause in days.pauses:
        start = max(pause.from_on, days.applied_on)
        end = min(pause.until_on or days.used_until, days.used_until)
        if start < end:
            yield start, end


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
    """Over the bar: the standard, the target, the first pause."""
    if days.standard_on:
        words = f"Eight-month standard (panel): {day_month(days.standard_on, days.today)}"
        yield place.label(days.standard_on, 14, words)
    if days.target_on:
        words = f"Six-month target: {day_month(days.target_on, days.today)}"
        yield place.label(days.target_on, 35, words, is_bold=True)
    if spans := list(_paused(days)):
        words, x = _pauses_words(days, spans), place.at(spans[0][0])
        room = x + len(words) * LETTER <= frame.width
        yield Label(x if room else frame.width, 58, words, "start" if room else "end")


def _pauses_words(days: ClockDays, spans: Sequence[tuple[date, date]]) -> str:
    """“Paused 20 days (the applicant)”; of several, how often."""
    total = _days(sum(_between(*span) for span in spans))
    if len(spans) > 1:
        return f"Paused {total}, {len(spans)} times"
    by = next((one.by for one in days.pauses if one.from_on == spans[0][0]), None)
    return f"Paused {total} ({by.label.lower()})" if by else f"Paused {total}"


def _axis(days: ClockDays, place: _Places, frame: Frame) -> Iterator[Label]:
    """The day of the application, then the months that have room for a name."""
    y, apart = frame.bottom + 17, APART[frame.name]
    start = f"{days.applied_on.day} {days.applied_on:%b}"
    yield Label(0, y, start)
    reached = len(start) * LETTER + 4
    for day in _months(days):
        x = place.at(day)
        if x >= reached and x + apart * 0.7 <= frame.width:
            yield Label(x, y, f"{day:{frame.month}}")
            reached = x + apart


def _below(days: ClockDays, place: _Places) -> Iterator[Label]:
    """Under the bar: today, the panel, the decision."""
    if not days.stopped_on:
        number = _between(days.applied_on, days.today)
        yield place.label(days.today, 130, f"Today, day {number:,}", is_bold=True)
    row = 130 if days.stopped_on else 150
    if days.panel_on:
        words = f"○ Panel {day_month(days.panel_on, days.today)}"
        yield place.label(days.panel_on, row, words)
        row += 20
    if days.decision_on:
        due = "Decision" if days.is_decided else "Decision due"
        words = f"◆ {due} {day_month(days.decision_on, days.today)}"
        yield place.label(days.decision_on, row, words, is_bold=True)


def _to_target(days: ClockDays) -> str:
    left = _between(days.today, days.target_on) if days.target_on else None
    if left is None:
        return "The six-month target is past the calendar"
    if left == 0:
        return "The six-month target is today"
    if left < 0:
        return f"{_days(-left)} past the six-month target"
    return f"{_days(left)} left to the six-month target"


def _of_standard(days: ClockDays) -> str:
    """Where the panel stands to the standard; nothing while neither is near."""
    if days.standard_on is None:
        return ""
    if days.panel_on:
        inside = days.panel_on <= days.standard_on
        return f"; panel {'inside' if inside else 'after'} the eight-month standard"
    return "; past the eight-month standard" if days.today > days.standard_on else ""


def _when(days: ClockDays) -> str:
    if days.target_on is None:
        return ""
    over = _between(days.target_on, days.used_until)
    return ", in time" if over <= 0 else f", {_days(over)} after the six-month target"


def _stops(days: ClockDays, due: date | None, done: date | None) -> str:
    if due is None:
        return ""
    if days.is_decided and done:
        return "In time" if done <= due else days_left_or_over(due, done)
    return days_left_or_over(due, days.today) if days.stopped_on is None else "Stopped"


def _pause_name(pause: Pause) -> str:
    who = f" ({pause.by.label.lower()})" if pause.by else ""
    return f"Paused{who}"


def _pause_until(pause: Pause) -> str:
    if pause.until_on is None:
        running = _between(pause.from_on, clock.today())
        return f"Still paused, {_days(running)}"
    return f"Until {filters.day(pause.until_on)}, {_days(_between(pause.from_on, pause.until_on))}"
