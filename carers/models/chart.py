"""Pictures of figures, drawn by the worker and kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from carers.models.base import Base, Owned


class Chart(Owned, Base):
    """One picture, for a wide page and for a narrow one, as SVG.

    ``id`` is its key's (``domain.charts``), so that asking twice asks once. Wanted until it is
    drawn, or has failed.
    """

    __tablename__ = "chart"
    __table_args__ = (
        Index(
            "ix_chart_wanted",
            "created_at",
            postgresql_where="drawn_at IS NULL AND failed_at IS NULL",
        ),
    )

    report: Mapped[str]
    parameters: Mapped[dict[str, str]] = mapped_column(JSONB)
    audit_number: Mapped[int] = mapped_column(BigInteger)
    audit_entries: Mapped[int] = mapped_column(BigInteger)
    wide: Mapped[str | None]
    narrow: Mapped[str | None]
    drawn_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
