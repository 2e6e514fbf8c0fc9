"""Ages in whole years, and the bands a service reports them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from carers.domain.errors import RuleBroken


def age_on(born_on: date, day: date) -> int:
    """Whole years completed. Someone born on 29 February is a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)


@dataclass(frozen=True)
class AgeBand:
    """Ages from ``youngest`` to ``oldest``, both counted; open where ``oldest`` is none."""

    youngest: int
    oldest: int | None

    @property
    def code(self) -> str:
        return f"{self.youngest}+" if self.oldest is None else f"{self.youngest}-{self.oldest}"

    def holds(self, age: int) -> bool:
        return self.youngest <= age and (self.oldest is None or age <= self.oldest)

    def overlaps(self, age_min: int | None, age_max: int | None) -> bool:
        """Whether terms for these ages are in the band; ages not given do not limit."""
        begins_in_time = self.oldest is None or (age_min or 0) <= self.oldest
        return begins_in_time and (age_max is None or self.youngest <= age_max)


class BandsNotUnderstood(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            "Age bands must be written like 0-4;5-9;10+, each beginning where the last ended",
            field="value",
        )


@dataclass(frozen=True)
class AgeBands:
    """The setting ``age_bands``, from the youngest."""

    bands: tuple[AgeBand, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BandsNotUnderstood unless the bands follow on from 0 without gap or overlap."""
        bands = tuple(map(_band, text.split(";")))
        begins = 0
        for band in bands:
            if band.youngest != begins or (band.oldest is not None and band.oldest < begins):
                raise BandsNotUnderstood
            begins = -1 if band.oldest is None else band.oldest + 1
        return cls(bands)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(band.code for band in self.bands)


def _band(text: str) -> AgeBand:
    match = re.fullmatch(r"\s*([0-9]{1,3})(?:\+|-([0-9]{1,3}))\s*", text)
    if match is None:
        raise BandsNotUnderstood
    return AgeBand(int(match[1]), int(match[2]) if match[2] else None)
