"""Enquiries, and what happened in each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carers.domain.recruitment import Channel, Event, Route
from carers.models.base import PERSONAL, Base, Owned, Superseded
from carers.models.service import Allocation, Campaign, FosteringService, Membership, Source

if TYPE_CHECKING:
    from carers.models.case import KeptCase


class Enquiry(Owned, Base):
    """One household's way from first contact to decision. Never deleted (PEERS, F3)."""

    __tablename__ = "enquiry"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        CheckConstraint("spare_bedrooms >= 0", name="spare_bedrooms"),
        Index("ix_enquiry_service_id_received_at", "service_id", "received_at"),
    )

    ref: Mapped[str]
    received_at: Mapped[datetime]
    route: Mapped[Route] = mapped_column(default=Route.MAINSTREAM)
    channel: Mapped[Channel | None]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("source.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"))
    applicant_1: Mapped[str | None] = mapped_column(info=PERSONAL)
    applicant_2: Mapped[str | None] = mapped_column(info=PERSONAL)
    email: Mapped[str | None] = mapped_column(info=PERSONAL)
    phone: Mapped[str | None] = mapped_column(info=PERSONAL)
    postcode: Mapped[str | None] = mapped_column(info=PERSONAL)
    interests: Mapped[list[str]] = mapped_column(default=list)
    spare_bedrooms: Mapped[int | None]
    duplicate_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id"), index=True)
    returning_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id"), index=True)

    service: Mapped[FosteringService] = relationship()
    source: Mapped[Source | None] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    events: Mapped[list[PipelineEvent]] = relationship(
        back_populates="enquiry", order_by="PipelineEvent.at, PipelineEvent.position"
    )
    allocations: Mapped[list[Allocation]] = relationship(order_by="Allocation.from_on")
    case: Mapped[KeptCase] = relationship(back_populates="enquiry")

    @property
    def name(self) -> str:
        """Whom it is about, in the words of a heading."""
        names = [name for name in (self.applicant_1, self.applicant_2) if name]
        return " and ".join(names) or f"Enquiry {self.ref}"


class PipelineEvent(Owned, Superseded, Base):
    """A step in a case. Its facts do not change: a correction supersedes it."""

    __tablename__ = "pipeline_event"
    __table_args__ = (
        Index(
            "uq_pipeline_event_enquiry_id_event_at",
            "enquiry_id",
            "event",
            "at",
            unique=True,
            postgresql_where="superseded_by_id IS NULL AND NOT is_void",
        ),
        Index("ix_pipeline_event_enquiry_id", "enquiry_id"),
    )

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id"))
    event: Mapped[Event]
    at: Mapped[datetime]
    position: Mapped[int] = mapped_column(BigInteger, Identity())  # at one instant
    detail: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(info=PERSONAL)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    enquiry: Mapped[Enquiry] = relationship(back_populates="events")
    recorded_by: Mapped[Membership | None] = relationship()
