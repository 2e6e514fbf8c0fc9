"""How it reads who has a home, and who covers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers import filters
from carers.models import Allocation
from carers.queries.household_rows import HouseholdRows


@dataclass(frozen=True)
class WorkerLine:
    """Somebody who has a home or covers it, now or in days to come."""

    id: UUID
    name: str
    words: str
    note: str
    is_cover: bool


def workers(rows: HouseholdRows, day: date) -> list[WorkerLine]:
    """Whoever has it first, then cover."""
    return [
        _line(one, day)
        for one in rows.allocations
        if not one.period.is_empty and (one.until_on is None or one.until_on > day)
    ]


def _line(one: Allocation, day: date) -> WorkerLine:
    name = one.worker.name
    until = f" until {filters.day(one.until_on)}" if one.until_on else ""
    words = f"Cover: {name}{until}" if one.is_cover else f"{name}{until}"
    since = "since" if one.from_on <= day else "from"
    return WorkerLine(one.id, name, words, f"{since} {filters.day(one.from_on)}", one.is_cover)


def cover_words(covered: Mapping[UUID, date | None], household_id: UUID) -> str | None:
    """What a worker's own list says of a home that they cover; nothing of any other."""
    if household_id not in covered:
        return None
    until = covered[household_id]
    return f"You cover it until {filters.day(until)}" if until else "You cover it"
