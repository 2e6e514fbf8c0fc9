"""What a file's columns and keys are, and which record each row makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from carers.exchange import formats
from carers.exchange.formats import Reader
from carers.models import Base

SERVICE = "service"
VOID = "void"


@dataclass(frozen=True)
class Column:
    """A column of a file: how it is read, and the attribute that it becomes.

    ``empty`` is what an empty cell means; a column with ``refers_to`` holds the key of a row of
    that file, or with ``is_many`` the keys of some.
    """

    name: str
    reads: Reader
    attribute: str
    is_required: bool = False
    empty: Any = None
    refers_to: str = ""
    is_many: bool = False


def required(name: str, reads: Reader = formats.words, attribute: str = "") -> Column:
    return Column(name, reads, attribute or name, is_required=True)


def optional(
    name: str, reads: Reader = formats.words, attribute: str = "", empty: Any = None
) -> Column:
    return Column(name, reads, attribute or name, empty=empty)


def link(name: str, refers_to: str, attribute: str = "", *, is_required: bool = False) -> Column:
    """The key of a row of another file, or of another row of the same."""
    return Column(
        name,
        formats.words,
        attribute or f"{name}_id",
        is_required=is_required,
        refers_to=refers_to,
    )


def links(name: str, refers_to: str, attribute: str, *, is_required: bool = False) -> Column:
    """The keys of any number of rows of another file, an earlier one, separated by ``;``."""
    return Column(
        name, formats.words, attribute, is_required, empty=[], refers_to=refers_to, is_many=True
    )


SPELL = (("from_on", "until_on"),)
REF = required("ref", formats.name)
FROM_ON = required("from_on", formats.day)
UNTIL_ON = optional("until_on", formats.day)
HOUSEHOLD = link("household", "households", is_required=True)


@dataclass(frozen=True, eq=False)
class File:
    """A file of EXCHANGE. ``key`` and ``ends`` (start and end) are names of columns.

    With ``keeps`` a row's facts do not change: a changed row is a new one that supersedes, but
    for the ``endings``, which may be set once. With ``of_household`` it belongs to the service of
    its household.
    """

    name: str
    model: type[Base]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    ends: tuple[tuple[str, str], ...] = ()
    keeps: bool = False
    endings: frozenset[str] = frozenset()
    of_household: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every column that may stand in the file."""
        service = () if self.name == "services" else (SERVICE,)
        return (*service, *self.by_name, *((VOID,) if self.keeps else ()))

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The columns without which no row can be known: the parts of the key that are required."""
        service = () if self.name == "services" else (SERVICE,)
        return (*service, *(name for name in self.key if self.by_name[name].is_required))

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        void = ("is_void",) if self.keeps else ()
        return (*(column.attribute for column in self.columns), *void)

    @cached_property
    def links(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.refers_to)

    @cached_property
    def key_attributes(self) -> tuple[str, ...]:
        return tuple(self.by_name[name].attribute for name in self.key)
