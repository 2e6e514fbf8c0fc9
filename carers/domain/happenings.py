"""What happened in a case: its events in order, and how to ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Self
from uuid import UUID

from carers.domain.clock import local_day
from carers.domain.recruitment import Event, Outcome


def read_day(text: str) -> date | None:
    """A date written YYYY-MM-DD; none where it is not one."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_words(day: date) -> str:
    """“18 November 2025”."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True)
class Happening:
    """One pipeline event, as recorded. ``at`` is an instant, kept in UTC, where every two have an
    order; ``detail`` is EXCHANGE's.
    """

    event: Event
    at: datetime
    detail: str | None = None
    recorded_by: UUID | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @cached_property
    def day(self) -> date:
        """The London day it belongs to."""
        return local_day(self.at)

    @property
    def outcome(self) -> Outcome | None:
        """What was recommended or decided; none where the detail is no outcome."""
        return Outcome(self.detail) if self.detail in set(Outcome) else None

    @property
    def detail_day(self) -> date | None:
        """The day that was arranged; none where the detail is no day."""
        return read_day(self.detail or "")


@dataclass(frozen=True)
class History:
    """A case from its receipt: happenings by instant, those at one instant as they were given.

    Void and superseded events are left out by the caller (METRICS, Conventions: Events).
    """

    received_at: datetime
    happenings: tuple[Happening, ...] = field(default=())

    @classmethod
    def of(cls, received_at: datetime, happenings: Iterable[Happening] = ()) -> Self:
        in_order = sorted(happenings, key=lambda happening: happening.at)
        return cls(received_at.astimezone(UTC), tuple(in_order))

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.happenings)

    def with_one_more(self, happening: Happening) -> History:
        """With a happening typed now, after any other of its instant."""
        return History.of(self.received_at, (*self.happenings, happening))

    def without(self, happening: Happening) -> History:
        """As if one happening had been void."""
        index = self.happenings.index(happening)
        return History(self.received_at, self.happenings[:index] + self.happenings[index + 1 :])

    def replacing(self, happening: Happening, other: Happening) -> History:
        """With one happening in another's stead, and in its turn among those of one instant."""
        index = self.happenings.index(happening)
        rest = self.happenings[:index], self.happenings[index + 1 :]
        return History.of(self.received_at, (*rest[0], other, *rest[1]))

    def all_of(self, *events: Event) -> tuple[Happening, ...]:
        return tuple(happening for happening in self.happenings if happening.event in events)

    def first(self, *events: Event) -> Happening | None:
        return next(iter(self.all_of(*events)), None)

    def last(self, *events: Event) -> Happening | None:
        """The last happening of these events, or of any event where none is named."""
        found = self.all_of(*(events or Event))
        return found[-1] if found else None

    def has(self, *events: Event) -> bool:
        return self.first(*events) is not None

    def after(self, happening: Happening | None) -> History:
        """What followed a happening, in order; everything where there is none."""
        if happening is None:
            return self
        index = self.happenings.index(happening)
        return History(self.received_at, self.happenings[index + 1 :])

    def before(self, happening: Happening) -> History:
        """What came before a happening, in order."""
        index = self.happenings.index(happening)
        return History(self.received_at, self.happenings[:index])
