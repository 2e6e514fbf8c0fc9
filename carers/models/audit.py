"""Who did what, and who read what, when, from where: append-only by database permission."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from carers.domain import clock
from carers.models.base import Base, Owned


class AuditEntry(Owned, Base):
    """One change of one record, written in the transaction that made it.

    Personal values are keyed digests: equal values can be seen to be equal, and none can be read.
    ``subject_id`` is the enquiry or household that the record is of.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(
            "ix_audit_entry_subject_id_number",
            "subject_id",
            "number",
            postgresql_include=["service_id"],
        ),
        Index("ix_audit_entry_record_id", "record_id"),
        Index("ix_audit_entry_service_id_number", "service_id", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_ref: Mapped[str]  # a worker's reference, or a command's name
    by_id: Mapped[UUID | None]
    came_from: Mapped[str]
    action: Mapped[str]
    record_type: Mapped[str]
    record_id: Mapped[UUID]
    subject_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class AccessLog(Owned, Base):
    """One reading of what is restricted, kept before it was shown.

    ``what`` names the part of the record: an address.
    """

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_record_id_at", "record_id", "at"),)

    at: Mapped[datetime] = mapped_column(default=clock.now)
    record_type: Mapped[str]
    record_id: Mapped[UUID]
    what: Mapped[str]
    membership_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    came_from: Mapped[str]


class Submission(Owned, Base):
    """A form that was sent: its identifier is the form's, so that it does its work once."""

    __tablename__ = "submission"
