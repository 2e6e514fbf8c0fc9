"""The year's line: approvals added up, drawn for a wide page and for a narrow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from carers.domain.period import Days
from carers.domain.shares import half_up
from carers.domain.working_days import add_months

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
LINES = 6
APART = 17  # between labels at the end of lines


@dataclass(frozen=True)
class Line:
    """Days on which one more was approved, in order; drawn from a year's start to ``until``."""

    year: Days
    until: date
    days: Sequence[date]

    def by(self, day: date) -> int:
        return sum(one <= day for one in self.days)


@dataclass(frozen=True)
class Year:
    """What is drawn: this year's approvals, last year's, and the pace to a target, if any."""

    this: Line
    last: Line
    target: int | Decimal | None

    @property
    def is_over(self) -> bool:
        return self.this.until == self.this.year.last

    def pace_by(self, day: date) -> Decimal | None:
        """Where an even pace to the target would be at the end of a day."""
        if self.target is None:
            return None
        year = self.this.year
        elapsed = Days(year.first, day).count
        return half_up(Fraction(self.target) * elapsed / year.count)

    @property
    def months(self) -> list[tuple[date, int | None, int, Decimal | None]]:
        """Month ends: this year so far, the year before, the pace."""
        found = []
        for number in range(12):
            first = add_months(self.this.year.first, number + 1)
            day = Days(first, first).eve
            known = self.this.by(day) if day <= self.this.until else None
            found.append((day, known, self.last.by(add_months(day, -12)), self.pace_by(day)))
        return found


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    words: str
    kind: str


@dataclass(frozen=True)
class Drawing:
    """The year's line at one size, in the units of its own view box."""

    width: int
    height: int
    left: int
    right: int
    year: Year
    every_month: bool = True
    top: int = 14
    bottom: int = 30

    @property
    def name(self) -> str:
        return "wide" if self.every_month else "narrow"

    @property
    def base(self) -> int:
        return self.height - self.bottom

    @property
    def edge(self) -> int:
        """Where the year ends."""
        return self.width - self.right

    @property
    def highest(self) -> int:
        year = self.year
        return max(1, ceil(year.target or 0), len(year.this.days), len(year.last.days))

    @property
    def step(self) -> int:
        return next((one for one in STEPS if self.highest / one <= LINES), self.highest)

    def x(self, day: date, year: Days) -> float:
        """The end of a day of a year."""
        passed = (day - year.first).days + 1
        return round(self.left + (self.edge - self.left) * passed / year.count, 1)

    def y(self, value: float | Decimal) -> float:
        top = ceil(self.highest / self.step) * self.step
        return round(self.base - (self.base - self.top) * float(value) / top, 1)

    @property
    def grid(self) -> list[tuple[float, int]]:
        top = ceil(self.highest / self.step) * self.step
        return [(self.y(value), value) for value in range(0, top + 1, self.step)]

    @property
    def months(self) -> list[tuple[float, str]]:
        """The beginning of each month, or of every other one, with its name."""
        year = self.year.this.year
        firsts = [add_months(year.first, number) for number in range(12)]
        shown = firsts if self.every_month else firsts[::2]
        return [(self.x(Days(day, day).eve, year), f"{day:%b}") for day in shown]

    def path(self, line: Line) -> str:
        """Stepped: level from one approval to the next."""
        drawn = [f"M{self.left} {self.base}"]
        for number, day in enumerate(line.days, start=1):
            drawn.append(f"H{self.x(day, line.year)} V{self.y(number)}")
        return " ".join([*drawn, f"H{self.x(line.until, line.year)}"])

    @property
    def this(self) -> str:
        return self.path(self.year.this)

    @property
    def last(self) -> str:
        return self.path(self.year.last)

    @property
    def now(self) -> tuple[float, float]:
        line = self.year.this
        return self.x(line.until, line.year), self.y(len(line.days))

    @property
    def labels(self) -> list[Label]:
        """What each line is, at its end, moved apart where two would touch."""
        year, ends = self.year, self.edge + 9
        found = [
            Label(ends, self.y(len(year.last.days)), f"Last year {len(year.last.days)}", "last")
        ]
        if year.target is not None:
            found.append(Label(ends, self.y(year.target), f"Target {year.target}", "target"))
        if year.is_over:
            found.append(Label(ends, self.now[1], f"This year {len(year.this.days)}", "this"))
        return _apart(found)


def _apart(labels: Sequence[Label]) -> list[Label]:
    placed: list[Label] = []
    for label in sorted(labels, key=lambda one: one.y):
        lowest = placed[-1].y + APART if placed else 0
        placed.append(Label(label.x, max(label.y, lowest), label.words, label.kind))
    return placed


def drawings(year: Year) -> tuple[Drawing, Drawing]:
    wide = Drawing(760, 320, 34, 120, year)
    narrow = Drawing(358, 260, 26, 104, year, every_month=False)
    return wide, narrow
