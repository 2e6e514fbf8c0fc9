"""How long assessments take, from application to decision (METRICS, Assessment time)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from carers.db import db
from carers.domain import clock
from carers.domain.cases import fold
from carers.domain.clocks import eight_month_due, six_month_due
from carers.domain.happenings import Happening, History
from carers.domain.period import Days
from carers.domain.recruitment import Event, Route
from carers.domain.shares import Share, mean, median, rounded
from carers.domain.standards import Standards
from carers.domain.viewer import Viewer
from carers.models import Enquiry, FosteringService, KeptCase, PipelineEvent
from carers.queries import fostering_services, standards
from carers.reports.answer import Answer, Opens, Row

T = TypeVar("T")

NAME = "assessment-time"
EVERY_ROUTE = "all"
POPULATIONS = (*Route, EVERY_ROUTE)
SOON = timedelta(days=28)


class Recorded(NamedTuple):
    """A case with one of its events; it has as many of these as it has events."""

    id: UUID
    service: str
    ref: str
    received_at: datetime
    event: Event
    at: datetime
    detail: str | None


@dataclass(frozen=True)
class Assessment:
    """A case with a clock, as it stood at the end of a day.

    ``paused_days`` are those of the applicant's pauses since application. ``panel_on`` is the
    first recommendation to approve or not.
    """

    id: UUID
    service: str
    ref: str
    applied_on: date
    due_on: date
    is_open: bool
    decided_on: date | None
    paused_days: int
    panel_on: date | None

    def days_to(self, day: date) -> int:
        return (day - self.applied_on).days

    @property
    def panel_is_in_time(self) -> bool:
        """National Minimum Standard 14.4."""
        return self.panel_on is not None and self.panel_on <= eight_month_due(self.applied_on)


@dataclass(frozen=True)
class Decided:
    """An assessment that was decided, with its length in days and the last day in time."""

    of: Assessment
    on: date
    length: int
    due_on: date

    @property
    def is_in_time(self) -> bool:
        return self.on <= self.due_on

    @property
    def net(self) -> Decided:
        """With the applicant's pauses taken from the length and added to the due day."""
        paused = self.of.paused_days
        due_on = self.due_on + timedelta(days=paused)
        return Decided(self.of, self.on, self.length - paused, due_on)


def answer(viewer: Viewer, days: Days, population: str = Route.MAINSTREAM) -> Answer:
    """Of a period and the cases of a route, or of every route."""
    own = standards.in_force(viewer, days.last)
    figures, opens = times(load(viewer, days, population, own), days)
    return Answer(
        NAME,
        fostering_services.code_of(viewer),
        str(population),
        clock.now(),
        figures,
        opens,
        first_day=days.first,
        last_day=days.last,
    )


def load(viewer: Viewer, days: Days, population: str, own: Standards) -> Sequence[Assessment]:
    """The assessments of a period: decided in it, or open and not decided at its end."""
    recorded = (Recorded(*row) for row in db.session.execute(_statement(viewer, days, population)))
    return assessments(recorded, days.last, own)


def _statement(viewer: Viewer, days: Days, population: str) -> Select[Any]:
    """What had happened by the end of the period in the cases that the kept ones point to."""
    query = (
        select(
            Enquiry.id,
            FosteringService.code,
            Enquiry.ref,
            Enquiry.received_at,
            PipelineEvent.event,
            PipelineEvent.at,
            PipelineEvent.detail,
        )
        .join(FosteringService, FosteringService.id == Enquiry.service_id)
        .join(KeptCase, KeptCase.enquiry_id == Enquiry.id)
        .join(PipelineEvent, PipelineEvent.enquiry_id == Enquiry.id)
        .where(
            Enquiry.service_id.in_(viewer.service_ids),
            Enquiry.duplicate_of_id.is_(None),
            KeptCase.application_received_on <= days.last,
            or_(_decided_in(days), _undecided_after(days.last)),
            PipelineEvent.is_current,
            PipelineEvent.at < clock.at(days.after),
        )
        .order_by(FosteringService.code, Enquiry.ref, Enquiry.id)
        .order_by(PipelineEvent.at, PipelineEvent.position)
    )
    return query if population == EVERY_ROUTE else query.where(Enquiry.route == Route(population))


def _decided_in(days: Days) -> ColumnElement[bool]:
    return KeptCase.first_decided_on.between(days.first, days.last)


def _undecided_after(last: date) -> ColumnElement[bool]:
    """Whether a case may have been open and undecided at the end of a day.

    One that stands closed or approved since then, or before, was not open; one that was closed
    and is open again may have been either, which its events tell.
    """
    case = KeptCase
    return and_(
        *(
            or_(day.is_(None), day > last)
            for day in (case.first_decided_on, case.closed_on, case.approved_on)
        )
    )


def assessments(recorded: Iterable[Recorded], last: date, own: Standards) -> Sequence[Assessment]:
    """Each case folded from its events, which are of days up to ``last`` and stand together."""
    found = []
    for _, rows in groupby(recorded, key=lambda row: row.id):
        events = list(rows)
        case = events[0]
        happenings = (Happening(one.event, one.at, one.detail) for one in events)
        state = fold(History.of(case.received_at, happenings), own)
        if state.application_received_on is None:
            continue
        months = own.assessment_target_months
        found.append(
            Assessment(
                case.id,
                case.service,
                case.ref,
                state.application_received_on,
                six_month_due(state.application_received_on, months),
                state.is_open,
                state.first_decided_on,
                state.applicant_paused_days_by(last),
                state.first_recommended_on,
            )
        )
    return found


def times(all_of: Sequence[Assessment], days: Days) -> tuple[dict[str, Any], dict[str, Opens]]:
    """The figures of a period and, by path, the rows of each."""
    decided = list(_decided(all_of, days))
    waiting = [one for one in all_of if one.is_open and one.decided_on is None]
    overdue = [one for one in waiting if days.last > one.due_on]
    soon = [one for one in waiting if days.last <= one.due_on <= days.last + SOON]
    panelled = [one for one in decided if one.of.panel_on]
    in_time = [one for one in panelled if one.of.panel_is_in_time]
    gross, opens = _lengths(decided)
    net, net_opens = _lengths([one.net for one in decided])
    figures = {
        "decided": len(decided),
        **gross,
        "net_of_applicant_pauses": net,
        "open": len(waiting),
        "open_overdue": len(overdue),
        "open_due_within_28_days": len(soon),
        "panel_within_eight_months": Share(len(in_time), len(panelled)),
    }
    opens |= {f"net_of_applicant_pauses.{path}": rows for path, rows in net_opens.items()}
    return figures, opens | {
        "decided": _each(decided, _by_decision),
        "open": _each(waiting, _by_due_day),
        "open_overdue": _each(overdue, _by_due_day),
        "open_due_within_28_days": _each(soon, _by_due_day),
        "panel_within_eight_months.numerator": _each(in_time, _by_decision),
        "panel_within_eight_months.denominator": _each(panelled, _by_decision),
    }


def _decided(all_of: Iterable[Assessment], days: Days) -> Iterator[Decided]:
    for one in all_of:
        if one.decided_on and days.includes(one.decided_on):
            yield Decided(one, one.decided_on, one.days_to(one.decided_on), one.due_on)


def _lengths(decided: Sequence[Decided]) -> tuple[dict[str, Any], dict[str, Opens]]:
    """The share in time beside mean, median and longest: a mean alone hides breaches.

    The mean and the median open to every length they are of, the longest to the one it is.
    """
    in_time = [one for one in decided if one.is_in_time]
    lengths = [one.length for one in decided]
    longest = [one for one in decided if one.length == max(lengths)][:1]
    figures = {
        "within_six_months": Share(len(in_time), len(decided)),
        "mean_days": rounded(mean(lengths)),
        "median_days": rounded(median(lengths)),
        "longest_days": max(lengths, default=None),
    }
    return figures, {
        "within_six_months.numerator": _each(in_time, _by_decision),
        "within_six_months.denominator": _each(decided, _by_decision),
        "mean_days": _each(decided, _by_length),
        "median_days": _each(decided, _by_length),
        "longest_days": _each(longest, _by_length),
    }


def _each(some: Sequence[T], row: Callable[[T], Row]) -> Opens:
    return lambda: [row(one) for one in some]


def _by_decision(one: Decided) -> Row:
    return _row(one.of, one.on, "Decided", 1)


def _by_length(one: Decided) -> Row:
    return _row(one.of, one.on, "Days to the decision", one.length)


def _by_due_day(one: Assessment) -> Row:
    return _row(one, one.due_on, "Decision due", 1)


def _row(one: Assessment, day: date, words: str, amount: int) -> Row:
    return Row("enquiry", one.service, one.ref, one.id, day, words, amount)
