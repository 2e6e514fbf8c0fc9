"""Figures that know the rows behind them, set out as REPORTS.md nests them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from carers.domain.shares import Ratio, Share
from carers.reports.answer import Opens, Row

T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """A figure and what it opens to: the rows of a count or a sum add up to it."""

    value: Any
    rows: Opens

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.value + other.value, lambda: [*self.rows(), *other.rows()])


@dataclass(frozen=True)
class Divided:
    """A share or a ratio, whose numerator and denominator open apart."""

    value: Share | Ratio
    numerator: Figure
    denominator: Figure


Tree = Mapping[str, Any]


def added(records: Iterable[T], amount: Callable[[T], int], row: Callable[[T, int], Row]) -> Figure:
    """The sum of what each record adds, opening to those that add something."""
    kept = list(records)
    return Figure(
        sum(map(amount, kept)), lambda: [row(one, n) for one in kept if (n := amount(one))]
    )


def counted(records: Collection[T], row: Callable[[T, int], Row]) -> Figure:
    """How many records there are, opening to each."""
    return Figure(len(records), lambda: [row(one, 1) for one in records])


def share(numerator: Figure, denominator: Figure) -> Divided:
    return Divided(Share(numerator.value, denominator.value), numerator, denominator)


def ratio(numerator: Figure, denominator: Figure) -> Divided:
    return Divided(Ratio(numerator.value, denominator.value), numerator, denominator)


def unfold(tree: Tree, under: str = "") -> tuple[dict[str, Any], dict[str, Opens]]:
    """The values as they nest and, by path, the rows of each."""
    values: dict[str, Any] = {}
    opens: dict[str, Opens] = {}
    for key, found in tree.items():
        path = f"{under}{key}"
        match found:
            case Figure(value, rows):
                values[key], opens[path] = value, rows
            case Divided(value, numerator, denominator):
                values[key] = value
                opens[f"{path}.numerator"] = numerator.rows
                opens[f"{path}.denominator"] = denominator.rows
            case _:
                values[key], below = unfold(found, f"{path}.")
                opens |= below
    return values, opens
