"""Shares, means and medians: exact until they are rounded once, half up (METRICS, Conventions)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

Number = int | Decimal | Fraction


def half_up(value: Number, places: int = 1) -> Decimal:
    """Rounded to so many decimals, halves away from nought."""
    scaled = abs(Fraction(value)) * 10**places
    rounded = floor(scaled + Fraction(1, 2))
    return Decimal(rounded if value >= 0 else -rounded).scaleb(-places)


def rounded(value: Number | None, places: int = 1) -> Decimal | None:
    """As ``half_up``, with nothing of nothing."""
    return None if value is None else half_up(value, places)


@dataclass(frozen=True)
class Share:
    """A numerator of a denominator, in one unit."""

    numerator: int | Decimal
    denominator: int | Decimal

    @property
    def fraction(self) -> Fraction | None:
        """Unrounded; none where the denominator is nought."""
        if not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def percent(self) -> Decimal | None:
        """To one decimal; none, shown as “no data”, where the denominator is nought."""
        return None if self.fraction is None else half_up(self.fraction * 100)


@dataclass(frozen=True)
class Ratio:
    """A numerator to a denominator in another unit, such as children to households."""

    numerator: int
    denominator: int

    @property
    def ratio(self) -> Decimal | None:
        """To two decimals; none, shown as “no data”, where the denominator is nought."""
        if not self.denominator:
            return None
        return half_up(Fraction(self.numerator, self.denominator), 2)


def mean(values: Iterable[Number]) -> Fraction | None:
    """Unrounded; none of nothing."""
    exact = [Fraction(value) for value in values]
    return sum(exact, Fraction()) / len(exact) if exact else None


def median(values: Iterable[Number]) -> Fraction | None:
    """The middle one, or the mean of the two in the middle, unrounded; none of nothing."""
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return (ordered[(len(ordered) - 1) // 2] + ordered[half]) / 2


def percentile(values: Iterable[Number], percent: int) -> Fraction | None:
    """The smallest value that at least ``percent`` in a hundred do not exceed: one that occurred.

    ``percent`` is from 1 to 100; none of nothing.
    """
    ordered = sorted(Fraction(value) for value in values)
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None
