"""What the table of today's work is made of: the records it is asked about, and its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar, cast
from uuid import UUID

from carers.domain.case_state import CaseState
from carers.domain.clock import local_day
from carers.domain.labels import Code
from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.temporary_approvals import TemporaryEnd

Due = datetime | date | None


class Target(Code):
    """The page an item's link leads to, with the record's id."""

    ENQUIRY = "enquiry"
    RECORD = "record"
    ALLOCATE = "allocate"
    PANEL = "panel"
    HOUSEHOLD = "household"
    CONFIRM = "confirm"
    HOLDS = "holds"
    LIMIT = "limit"


class Whose(Code):
    """Whose records a kind of work is about: nobody sees another's."""

    MINE = "mine"
    NOBODYS = "nobodys"
    ANYBODYS = "anybodys"


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
    """Places on hold, with the day they were expected back, or their search was ``closed``."""

    places: int
    reason: str
    expected_until_on: date
    closed: str | None = None  # the reference of the search


@dataclass(frozen=True)
class OverLimit:
    """More children than the usual limit, since the last of them came, and not all are exempt."""

    children: int
    since: date


@dataclass(frozen=True)
class HomeOfToday:
    """A home as Today needs it. ``workers`` has it now; empty is nobody.

    ``has_places`` is whether it is approved in full; ``temporary`` is for one that is for a time.
    """

    id: UUID
    ref: str
    names: str
    approved_on: date
    confirmed_on: date | None
    vacant: int
    workers: frozenset[UUID] = frozenset()
    holds: tuple[HoldOfToday, ...] = ()
    phone: str | None = None
    has_places: bool = True
    temporary: TemporaryEnd | None = None
    over_limit: OverLimit | None = None


@dataclass(frozen=True)
class Asked:
    """When, and under which of the service's standards."""

    now: datetime
    standards: Standards

    @property
    def day(self) -> date:
        return local_day(self.now)


T = TypeVar("T", CaseOfToday, HomeOfToday)


@dataclass(frozen=True)
class Work(Generic[T]):
    """A kind of work. ``title`` begins with a verb and names ``{who}``.

    A record is listed once for each ``about``, under the first row of a role that applies.
    ``ahead`` is how many days before its due day it shows, where that is not the page's own.
    ``is_by`` is whether its day is a limit (“Last day”) or the day itself (“Today”). ``is_soon``
    is whether it is due soon for as long as it shows.
    """

    kind: str
    about: str
    roles: frozenset[Role]
    whose: Whose
    title: str
    target: Target
    applies: Callable[[T, Asked], bool]
    due: Callable[[T, Asked], Due]
    why: Callable[[T, Asked], str]
    ahead: int | None = None
    is_by: bool = True
    is_stale: bool = False
    is_soon: bool = False


def say(sentence: str) -> Callable[[CaseOfToday, Asked], str]:
    return lambda case, asked: sentence


def on(field: str) -> Callable[[CaseOfToday, Asked], Due]:
    """Due on a day of the CaseState."""
    return lambda case, _: cast(Due, getattr(case.state, field))


def undated(_: CaseOfToday, __: Asked) -> Due:
    return None
