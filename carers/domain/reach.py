"""How far from today a date may be that somebody types: one further off is a slip of the finger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carers.domain.happenings import day_words
from carers.domain.working_days import add_months


@dataclass(frozen=True)
class Reach:
    """From a first day until so many years after today, both counted.

    A file's dates may be any (EXCHANGE, Faults): history is loaded as it was.
    """

    first: date
    years_ahead: int

    def refusal(self, day: date, today: date) -> str | None:
        """What a date must be that is out of reach, as the end of a sentence that names it."""
        last = add_months(today, 12 * self.years_ahead)
        if self.first <= day <= last:
            return None
        if day < self.first:
            return f"must be {day_words(self.first)} or later"
        if self.years_ahead == 0:
            return "must be in the past"
        return f"must be {day_words(last)} or earlier"


EARLIEST = date(1948, 1, 1)  # no service is older than the Children Act 1948
BIRTH = Reach(date(1900, 1, 1), years_ahead=0)
ACT = Reach(EARLIEST, years_ahead=2)
END = Reach(EARLIEST, years_ahead=10)
