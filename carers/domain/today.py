"""What is due today, and for whom, from the table of the kinds of work (PAGES, Today)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from carers.domain.clock import LONDON, at, local_day
from carers.domain.labels import Code
from carers.domain.lateness import (
    clock_words,
    counted,
    day_month,
    days_left_or_over,
    left_or_over,
    response_left,
)
from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.today_assessments import ASSESSMENT_WORK
from carers.domain.today_enquiries import ENQUIRY_WORK
from carers.domain.today_homes import HOME_WORK
from carers.domain.today_panel import PANEL_WORK
from carers.domain.today_work import Asked, CaseOfToday, Due, HomeOfToday, T, Target, Whose, Work

CASE_WORK = (*ENQUIRY_WORK, *ASSESSMENT_WORK, *PANEL_WORK)
SOON = timedelta(hours=2)


class Tag(Code):
    """The states of PAGES, The shell, that an item may have; none is in order."""

    OVERDUE = "overdue"
    SOON = "soon", "Due soon"
    STALE = "stale"


class Group(Code):
    """The part of the page an item stands in; what is due later stands under its own day."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    UNDATED = "undated", "No due date"


@dataclass(frozen=True)
class Item:
    """One thing to do: the link's words, why, and when.

    ``due`` is an instant, a day, or none; ``due_on`` its day. ``words`` are the tag's or the first
    line's, ``left`` the second's.
    """

    kind: str
    title: str
    why: str
    ref: str
    target: Target
    record_id: UUID
    due: Due
    group: Group
    tag: Tag | None
    words: str
    left: str = ""
    beside: str = ""

    @property
    def due_on(self) -> date | None:
        return local_day(self.due) if isinstance(self.due, datetime) else self.due


def items_for(
    roles: frozenset[Role],
    cases: Iterable[CaseOfToday],
    homes: Iterable[HomeOfToday],
    *,
    person: UUID | None,
    now: datetime,
    standards: Standards,
    days_ahead: int = 7,
) -> list[Item]:
    """Overdue first, then today by the hour, then the next days; what has no due date last.

    Each record is listed once for each thing that is to be done about it. ``person`` is as in the
    records’ ``workers``; ``days_ahead`` is how far the next days go.
    """
    asked = Asked(now, standards)
    found = [
        *_made(CASE_WORK, cases, roles, person, asked, days_ahead),
        *_made(HOME_WORK, homes, roles, person, asked, days_ahead),
    ]
    return sorted(found, key=lambda item: _order(item, asked))


def _made(
    table: tuple[Work[T], ...],
    records: Iterable[T],
    roles: frozenset[Role],
    person: UUID | None,
    asked: Asked,
    days_ahead: int,
) -> Iterator[Item]:
    rows = [work for work in table if not work.roles.isdisjoint(roles)]
    for record in records:
        said: set[str] = set()
        for work in rows:
            if work.about in said or not _is_for(work.whose, record.workers, person):
                continue
            if not work.applies(record, asked):
                continue
            said.add(work.about)
            item = _item(work, record, asked)
            if item.due_on is None or item.due_on <= asked.day + timedelta(
                days=days_ahead if work.ahead is None else work.ahead
            ):
                yield item


def _is_for(whose: Whose, workers: frozenset[UUID], person: UUID | None) -> bool:
    if whose is Whose.NOBODYS:
        return not workers
    return whose is Whose.ANYBODYS or person in workers


def _item(work: Work[T], record: T, asked: Asked) -> Item:
    due = work.due(record, asked)
    group = _group(due, asked)
    words, left = _words(work, due, group, asked)
    return Item(
        kind=work.kind,
        title=work.title.format(who=record.names),
        why=work.why(record, asked),
        ref=record.ref,
        target=work.target,
        record_id=record.id,
        due=due,
        group=group,
        tag=_tag(work, due, group, asked),
        words=words,
        left=left,
        beside=record.phone or "",
    )


def _group(due: Due, asked: Asked) -> Group:
    if due is None:
        return Group.UNDATED
    day = local_day(due) if isinstance(due, datetime) else due
    is_over = due < asked.now if isinstance(due, datetime) else due < asked.day
    if is_over:
        return Group.OVERDUE
    return Group.TODAY if day == asked.day else Group.LATER


def _tag(work: Work[T], due: Due, group: Group, asked: Asked) -> Tag | None:
    if group is Group.OVERDUE:
        return Tag.STALE if work.is_stale else Tag.OVERDUE
    is_near = isinstance(due, datetime) and response_left(due, asked.now) <= SOON
    return Tag.SOON if is_near or work.is_soon else None


def _words(work: Work[T], due: Due, group: Group, asked: Asked) -> tuple[str, str]:
    """The first and the second line of when."""
    if due is None:
        return group.label, ""
    if isinstance(due, datetime):
        left = left_or_over(response_left(due, asked.now))
        by = f"By {clock_words(due.astimezone(LONDON))}"
        return (left, "") if group is Group.OVERDUE else (by, left)
    if work.is_stale and group is Group.OVERDUE:
        return Tag.STALE.label, counted((asked.day - due).days, "day") + " over"
    if group is not Group.OVERDUE and not work.is_by:
        return ("Today" if group is Group.TODAY else day_month(due, asked.day)), ""
    return days_left_or_over(due, asked.day if group is not Group.LATER else due), ""


def _order(item: Item, asked: Asked) -> tuple[int, datetime, str]:
    """A day without an hour comes at its end."""
    groups = list(Group)
    if item.due is None:
        return groups.index(item.group), asked.now, item.title
    ends = item.due if isinstance(item.due, datetime) else at(item.due, time.max)
    return groups.index(item.group), ends, item.title
