"""The answers that *Targets and net gain* shows: those of the same functions as the commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from carers.domain.errors import RuleBroken
from carers.domain.period import Days
from carers.domain.permissions import Permission
from carers.domain.populations import Population
from carers.domain.targets import Measure
from carers.domain.viewer import Viewer
from carers.domain.working_days import add_months
from carers.queries import insight
from carers.queries.insight import LastConfirmed
from carers.reports import in_house_share, net_gain, targets
from carers.reports.answer import Answer


@dataclass(frozen=True)
class Gathered:
    """The year so far, the year before at the same point and whole, and what stands beside them.

    ``targets`` is none where ``refusal`` says why they cannot be measured.
    """

    year: Days
    days: Days
    this: Answer
    same_point: Answer
    last: Answer
    in_house: Answer
    targets: Answer | None
    refusal: str | None
    confirmed: LastConfirmed | None
    last_target_day: date | None
    may_open: bool

    @classmethod
    def of(cls, viewer: Viewer, year: Days, days: Days, population: Population) -> Self:
        periods = [days, _a_year_before(days), _a_year_before(year)]
        this, same_point, last = net_gain.answers(viewer, periods, population)
        measured, refusal = _targets(viewer, days)
        return cls(
            year,
            days,
            this,
            same_point,
            last,
            in_house_share.answer(viewer, days),
            measured,
            refusal,
            insight.last_confirmed(days.last, viewer=viewer),
            insight.last_target_day(days.last, viewer=viewer),
            viewer.can(Permission.INSIGHT_OPEN),
        )

    @property
    def year_before(self) -> Days:
        return _a_year_before(self.year)

    @property
    def is_over(self) -> bool:
        return self.days.last == self.year.last

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The targets in force, as the report has them."""
        return self.targets.figures["targets"] if self.targets else ()

    @property
    def headline(self) -> Mapping[str, Any] | None:
        """The target of the year's line: households approved, of the year, of all mainstream."""
        if self.this.population != Population.MAINSTREAM:
            return None
        year = (self.year.first, self.year.last)
        found = (
            row
            for row in self.rows
            if row["measure"] == Measure.HOUSEHOLDS_APPROVED
            and row["segment"] is None
            and (row["first_day"], row["last_day"]) == year
        )
        return next(found, None)

    def answers(self) -> Iterator[Answer]:
        """Every answer on the page that is of the day asked about."""
        yield self.this
        yield self.in_house
        if self.targets:
            yield self.targets


def _targets(viewer: Viewer, days: Days) -> tuple[Answer | None, str | None]:
    try:
        return targets.answer(viewer, days), None
    except RuleBroken as error:
        return None, error.sentence


def _a_year_before(days: Days) -> Days:
    return Days(add_months(days.first, -12), add_months(days.last, -12))
