"""Elmshire's days, counted backwards from the one that the sample is made on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from carers.cli.sample.cases import working
from carers.domain.clock import at, local_day
from carers.domain.period import Days
from carers.domain.working_days import add_working_days, is_working_day, working_days_before

WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """When, how long and how large. What happens in office hours happened yesterday or before."""

    on: date
    hour: time
    years: int
    size: int

    @property
    def now(self) -> datetime:
        return at(self.on, self.hour.replace(second=0, microsecond=0))

    @property
    def yesterday(self) -> date:
        return self.on - WHOLE_DAY

    @property
    def days(self) -> int:
        """Of enquiries."""
        return self.years * 365

    def ago(self, days: int) -> date:
        """So many days ago, at least one, or on the last working day before that."""
        return working(self.on - timedelta(days=max(days, 1)))

    def ahead(self, days: int) -> date:
        """So many days ahead, or on the first working day after that."""
        return add_working_days(self.on + timedelta(days=days - 1), 1)

    def working_hours_ago(self, hours: float) -> datetime:
        """The instant since which so much working time has run, round the clock."""
        left = timedelta(hours=hours)
        day = local_day(self.now)
        today = self.now - at(day) if is_working_day(day) else timedelta()
        if left <= today:
            return self.now - left
        left -= today
        while True:
            day = working_days_before(day, 1)
            if left <= WHOLE_DAY:
                return at(day) + WHOLE_DAY - left
            left -= WHOLE_DAY

    @property
    def year(self) -> Days:
        """The financial year it is made in."""
        return Days.year_of(self.on)

    @property
    def last_year(self) -> Days:
        return Days.year_of(self.year.eve)

    @property
    def elapsed(self) -> int:
        """Days of the financial year, this one counted."""
        return (self.on - self.year.first).days + 1

    @property
    def share(self) -> float:
        """Of the financial year that has elapsed."""
        return self.elapsed / self.year.count

    def spread(self, count: int, days: Days) -> list[date]:
        """So many days at even distances in a period, before this one; none in one just begun."""
        length = (min(days.after, self.on) - days.first).days
        if not length:
            return []
        found = [
            days.first + timedelta(days=(2 * n + 1) * length // (2 * count)) for n in range(count)
        ]
        return [max(working(day), days.first) for day in found]


@dataclass(frozen=True)
class Growth:
    """How many mainstream homes were approved and ended, this financial year and the last."""

    target: int
    net_target: int
    approved: int
    ended: int
    approved_last_year: int
    ended_last_year: int

    @classmethod
    def of(cls, made: Made) -> Growth:
        """Approvals keep pace with their target; the net gain falls behind its own."""
        target = max(round(made.size / 6), 2)
        net_target = max(target // 2, 2)
        approved = ceil(target * made.share) if made.elapsed > 1 else 0
        ended = round(approved * 0.9)
        while approved and approved - ended >= net_target * made.share:
            ended += 1
        return cls(
            target,
            net_target,
            approved,
            ended,
            approved_last_year=max(round(target * 0.8), 1),
            ended_last_year=round(target * 0.9),
        )
