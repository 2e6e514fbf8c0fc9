"""Spells of days that end on the first day they no longer hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True)
class Period:
    """From ``start`` until ``end``, the first day no longer in it; open where ``end`` is none."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether they share a day. A period that ends as it starts shares none."""
        if self.is_empty or other.is_empty:
            return False
        starts_in_time = other.end is None or self.start < other.end
        return starts_in_time and (self.end is None or other.start < self.end)

    @property
    def is_empty(self) -> bool:
        return self.end is not None and self.end <= self.start


@dataclass(frozen=True)
class Days:
    """A reporting period: its first and last day, both counted (METRICS, Conventions)."""

    first: date
    last: date

    @classmethod
    def financial_year(cls, starting: int) -> Self:
        """1 April of one year to 31 March of the next."""
        return cls(date(starting, 4, 1), date(starting + 1, 3, 31))

    @classmethod
    def year_of(cls, day: date) -> Self:
        """The financial year a day is in."""
        return cls.financial_year(day.year if day >= date(day.year, 4, 1) else day.year - 1)

    @property
    def eve(self) -> date:
        """The day before the first."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """“2021-22” for a financial year, else its two days."""
        if self == Days.financial_year(self.first.year):
            return f"{self.first.year}-{self.last.year % 100:02}"
        return f"{self.first.isoformat()} to {self.last.isoformat()}"

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last
