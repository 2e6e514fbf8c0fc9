"""Parts of frames that add up to a figure, and open to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from carers.reports.answer import Opens, Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Part:
    """Records of a frame with ``id``, ``service`` and ``ref``, and what each adds to a figure.

    ``day`` is the column that dates them, and ``household_id`` has the home of each where it is in
    one; a figure in another unit is ``per`` so many.
    """

    records: pd.DataFrame
    amounts: pd.Series[int]
    words: str
    day: str
    kind: str = "household"
    per: int = 1

    def rows(self) -> list[Row]:
        """One for each record that adds something."""
        counts = self.amounts != 0
        records = self.records[counts]
        columns = (records["id"], records["service"], records["ref"], records[self.day])
        whole = (int(amount) for amount in self.amounts[counts])
        amounts = (amount if self.per == 1 else Decimal(amount) / self.per for amount in whole)
        return [
            Row(self.kind, service, ref, record_id, day_of(at), self.words, amount, home)
            for record_id, service, ref, at, amount, home in zip(
                *columns, amounts, self._homes(records), strict=True
            )
        ]

    @staticmethod
    def _homes(records: pd.DataFrame) -> list[UUID | None]:
        if "household_id" not in records:
            return [None] * len(records)
        return [home if isinstance(home, UUID) else None for home in records["household_id"]]


@dataclass(frozen=True)
class Counted:
    """A figure as the sum of its parts."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, *parts: Part) -> Self:
        return cls(parts)

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.parts + other.parts)

    def __neg__(self) -> Counted:
        return Counted(tuple(replace(part, amounts=-part.amounts) for part in self.parts))

    def per(self, unit: int) -> Counted:
        """The same records, whose rows add up in a unit of so many: nights as weeks."""
        return Counted(tuple(replace(part, per=unit) for part in self.parts))

    @property
    def total(self) -> int:
        return sum(int(part.amounts.sum()) for part in self.parts)

    def rows(self) -> list[Row]:
        """What adds up to the total, by day."""
        found = [row for part in self.parts for row in part.rows()]
        return sorted(found, key=lambda row: (row.day or date.min, row.service, row.ref))


def day_of(at: Any) -> date | None:
    """A frame's instant as a day; none where it is missing."""
    import pandas as pd

    return None if pd.isna(at) else at.date()


def opens(counted: Mapping[str, Counted]) -> dict[str, Opens]:
    """The rows of each figure, worked out only where they are asked for."""
    return {path: one.rows for path, one in counted.items()}
