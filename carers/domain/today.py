"""What is due today, and for whom: one table of the kinds of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from carers.domain.case_state import CaseState
from carers.domain.labels import Code
from carers.domain.roles import Role
from carers.domain.standards import Standards


class Tag(Code):
    """The states of PAGES, The shell; none is in order."""

    OVERDUE = "overdue"
    SOON = "soon"
    STALE = "stale"


class Target(Code):
    """The page an item's link leads to, with the record's id."""

    ENQUIRY = "enquiry"
    RECORD = "record"
    ALLOCATE = "allocate"
    PANEL = "panel"
    HOUSEHOLD = "household"
    CONFIRM = "confirm"
    HOLD = "hold"


@dataclass(frozen=True)
class CaseOfToday:
    """A case as Today needs it. ``workers`` has it now; empty is nobody."""

    id: UUID
    ref: str
    names: str
    state: CaseState
    workers: frozenset[UUID] = frozenset()
    phone: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class HoldOfToday:
    """Places on hold with an expected end that may have passed."""

    places: int
    reason: str
    expected_until_on: date


@dataclass(frozen=True)
class HomeOfToday:
    """A home as Today needs it. ``workers`` has it now; empty is nobody."""

    id: UUID
    ref: str
    name: str
    approved_on: date
    confirmed_on: date | None
    vacant: int
    workers: frozenset[UUID] = frozenset()
    holds: tuple[HoldOfToday, ...] = ()
    phone: str | None = None


@dataclass(frozen=True)
class Item:
    """One thing to do. It is due at an instant, on a day, or has no due date, and then says why."""

    kind: str
    title: str
    why: str
    ref: str
    target: Target
    record_id: UUID
    tag: Tag | None
    due_at: datetime | None = None
    due_on: date | None = None
    beside: str | None = None


def items_for(
    roles: frozenset[Role],
    cases: Iterable[CaseOfToday],
    homes: Iterable[HomeOfToday],
    *,
    person: UUID | None,
    now: datetime,
    standards: Standards,
) -> list[Item]:
    """Overdue first, then today by the hour, then the next days; without a due date last."""
    raise NotImplementedError
