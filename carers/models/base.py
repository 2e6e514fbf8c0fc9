"""What every table shares: names, types, whose row it is, and dated rows that supersede."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Numeric,
    Text,
    TypeDecorator,
    Uuid,
    and_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from carers.domain import clock
from carers.domain.labels import Code
from carers.domain.period import Period

PERSONAL = {"personal": True}  # a column's info: audited as a keyed digest


class Instant(TypeDecorator[datetime]):
    """An aware instant: kept in UTC, handed out in London time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(clock.LONDON) if value else None


def _values(codes: type[enum.Enum]) -> list[str]:
    return [code.value for code in codes]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[Any] = {
        str: Text(),
        datetime: Instant(),
        Decimal: Numeric(12, 2),
        Code: Enum(enum.Enum, native_enum=False, values_callable=_values, length=60),
        list[str]: ARRAY(Text()),
        list[UUID]: ARRAY(Uuid()),
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Owned:
    """A row of one fostering service, which is what its row-level policy reads."""

    @declared_attr
    def service_id(self) -> Mapped[UUID]:
        return mapped_column(ForeignKey("fostering_service.id"), index=True)


def of_household() -> ForeignKeyConstraint:
    """A household's row takes the household's service, and can never be another's."""
    return ForeignKeyConstraint(
        ["household_id", "service_id"], ["household.id", "household.service_id"]
    )


class Superseded:
    """What happened is a row whose facts do not change: a correction is a new row.

    ``superseded_by_id`` is checked when the transaction ends, so that the old row can give up its
    reference before the new one takes it.
    """

    __tablename__: Any

    is_void: Mapped[bool] = mapped_column(default=False)  # it was a mistake: it counts in nothing

    @declared_attr
    def superseded_by_id(self) -> Mapped[UUID | None]:
        return mapped_column(
            ForeignKey(f"{self.__tablename__}.id", deferrable=True, initially="DEFERRED"),
            index=True,
        )

    @hybrid_property
    def is_current(self) -> bool:
        """Whether it counts, of a row; and in a statement, the condition that it does."""
        return self.superseded_by_id is None and not self.is_void

    @is_current.inplace.expression
    @classmethod
    def _is_current(cls) -> ColumnElement[bool]:
        return and_(cls.superseded_by_id.is_(None), ~cls.is_void)


class Overridable:
    """Places taken, withheld or given up beyond what is there, by a manager, who says why."""

    override_reason: Mapped[str | None]

    @declared_attr
    def override_by_id(self) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("membership.id"))


OVERRIDE = "(override_reason IS NULL) = (override_by_id IS NULL)"


# What the ledger reads of dated rows beside their places: its indexes keep it with the home.
COUNTED = ("from_on", "until_on", "superseded_by_id", "is_void")


class Dated:
    """Rows that hold from their first day until the first day they no longer do."""

    from_on: Mapped[date]
    until_on: Mapped[date | None]

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)


class Spell(Dated, Superseded):
    """Dated rows whose facts do not change: ``until_on`` may be set once, by a named act."""

    def counts_on(self, day: date) -> bool:
        return self.is_current and self.period.covers(day)


def in_force(rows: Sequence[Any], day: date) -> list[Any]:
    """Those of some dated rows that hold on a day."""
    return [row for row in rows if row.period.covers(day)]
