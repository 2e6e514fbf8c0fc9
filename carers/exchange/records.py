"""The records as they would stand after the load: those there are, with the folder's rows in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from carers.exchange.columns import File
from carers.exchange.findings import Row
from carers.exchange.tables import FILES


@dataclass(eq=False)
class Record:
    """One record. ``values`` are by attribute, those that refer to a record being that record.

    ``before`` is what the database holds, none for a new one; ``row`` is the folder's row of it.
    One that is not sound has a cell at fault, and is not checked further.
    """

    file: File
    service: Record | None
    values: dict[str, Any]
    id: UUID = field(default_factory=uuid4)
    before: dict[str, Any] | None = None
    row: Row | None = None
    is_sound: bool = True
    position: int = 0  # of a pipeline event that the database holds
    account_id: UUID | None = None  # of a person at work, as the database has it
    new_account_id: UUID | None = None  # and from now on
    is_restated: bool = False  # as it was, but later in the order of one instant
    carried: dict[str, Any] = field(default_factory=dict)  # of the database alone
    is_left_out: bool = False  # a void row of which too little is said to keep it

    @property
    def ref(self) -> str:
        """What it is known by in words."""
        values = self.values
        return str(values.get("ref") or values.get("code") or values.get("label") or "")

    @property
    def is_void(self) -> bool:
        return bool(self.values.get("is_void"))

    @cached_property
    def changes(self) -> frozenset[str]:
        """The attributes that the load changes; asked once every row is taken."""
        before = self.before or {}
        return frozenset(name for name in self.values if self.values[name] != before.get(name))

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def supersedes(self) -> bool:
        """Whether it is written as a new row that takes the place of the old."""
        if self.is_new or not self.file.keeps:
            return False
        return self.is_restated or (bool(self.changes) and not self.only_ends)

    @property
    def only_ends(self) -> bool:
        """Whether all that changes is an ending, set for the first time."""
        before = self.before or {}
        first_time = before.get("until_on") is None and "until_on" in self.changes
        return first_time and self.changes <= self.file.endings

    def __getitem__(self, attribute: str) -> Any:
        return self.values.get(attribute)


class Records:
    """All of them, by key and by file."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[Any, ...], Record] = {}
        self._by_file: dict[str, list[Record]] = {name: [] for name in FILES}

    def add(self, record: Record) -> None:
        """One more. Of several with one key the one that is not void is known by it."""
        self._by_file[record.file.name].append(record)
        key = key_of(record.file, record.service, record.values)
        known = self._by_key.get(key)
        if known is None or known.is_void:
            self._by_key[key] = record

    def find(self, file: str, service: Record | None, *parts: Any) -> Record | None:
        return self._by_key.get((file, service, *parts))

    def known_by(self, key: tuple[Any, ...]) -> Record | None:
        return self._by_key.get(key)

    def all_of(self, file: str) -> list[Record]:
        return self._by_file[file]

    def current(self, file: str) -> Iterator[Record]:
        """Those that are checked: neither void nor at fault in a cell."""
        return (one for one in self._by_file[file] if one.is_sound and not one.is_void)

    def by(self, file: str, attribute: str) -> dict[Record, list[Record]]:
        """The current ones, by a record that they refer to."""
        return grouped(self.current(file), lambda one: one[attribute])

    def taken(self) -> Iterator[Record]:
        """Those that the folder has a row of."""
        return (one for records in self._by_file.values() for one in records if one.row)


def key_of(file: File, service: Record | None, values: dict[str, Any]) -> tuple[Any, ...]:
    return (file.name, service, *(values.get(name) for name in file.key_attributes))


def grouped(
    records: Iterable[Record], of: Callable[[Record], Record | None]
) -> dict[Record, list[Record]]:
    groups: dict[Record, list[Record]] = {}
    for record in records:
        other = of(record)
        if other is not None:
            groups.setdefault(other, []).append(record)
    return groups
