"""What a report says: its figures by name, and for each the rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from carers.domain.errors import NotFound
from carers.domain.register import Skill
from carers.domain.shares import Ratio, Share


@dataclass(frozen=True)
class Row:
    """One record behind a figure; ``amount`` is its part of it, in the figure's own unit.

    ``kind`` is the record's: household, placement, unavailability, enquiry or target. ``words``
    say what it did. ``home`` is where a placement or a hold is, if in a home.
    """

    kind: str
    service: str
    ref: str
    id: UUID
    day: date | None
    words: str
    amount: int | Decimal
    home: UUID | None = None


Opens = Callable[[], Sequence[Row]]


@dataclass(frozen=True)
class Answer:
    """One answer of a report, of a period (``first_day``, ``last_day``) or a day (``as_at``).

    ``figures`` nest as REPORTS.md has them, with a Share or a Ratio where there is one, Decimals
    where a figure is rounded and none where it is not known. ``opens`` has, by path, the rows of
    each. ``skill`` is what a page narrows it to; no command does.
    """

    report: str
    service: str
    population: str
    as_known_at: datetime
    figures: Mapping[str, Any]
    opens: Mapping[str, Opens] = field(repr=False)
    first_day: date | None = None
    last_day: date | None = None
    as_at: date | None = None
    skill: Skill | None = None

    def rows(self, path: str) -> Sequence[Row]:
        """The rows whose amounts add up to a figure. Raises NotFound where there is none such."""
        if path not in self.opens:
            raise NotFound(f"{self.report} has no figure {path}")
        return self.opens[path]()

    def figure(self, path: str) -> Any:
        """The figure at a path, such as ``households.turnover.numerator``."""
        found: Any = self.plain()
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
        return found

    def plain(self) -> dict[str, Any]:
        """As JSON has it: plain numbers, text, lists, maps and nulls."""
        asked = {"first_day": self.first_day, "last_day": self.last_day, "as_at": self.as_at}
        return {
            "report": self.report,
            "service": self.service,
            "population": self.population,
            "as_known_at": self.as_known_at.isoformat(timespec="seconds"),
            **{key: day.isoformat() for key, day in asked.items() if day},
            **_plain(self.figures),
        }

    def paths(self) -> Iterator[tuple[str, Any]]:
        """Every value of the answer, each under its path."""
        yield from _paths("", self.plain())


def _plain(value: Any) -> Any:
    match value:
        case Share():
            return {
                "numerator": _plain(value.numerator),
                "denominator": _plain(value.denominator),
                "percent": _plain(value.percent),
            }
        case Ratio(numerator, denominator):
            return {
                "numerator": numerator,
                "denominator": denominator,
                "ratio": _plain(value.ratio),
            }
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case str():
            return str(value)
        case Sequence():
            return [_plain(one) for one in value]
        case _:
            return value


def _paths(start: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict | list):
        yield start, value
        return
    for step, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _paths(f"{start}.{step}" if start else str(step), one)
