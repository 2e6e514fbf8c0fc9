"""What a case's events amount to, kept for lists: written by ``services.cases`` alone."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carers.domain.case_state import CaseState, Decider
from carers.domain.recruitment import Event, Outcome, PauseBy
from carers.domain.stages import Beside, Reported, Stage
from carers.domain.waits import WaitsFor, WaitsOn
from carers.models.base import Base, Owned
from carers.models.enquiry import Enquiry


class KeptCase(Owned, Base):
    """The fold of one enquiry's events (``domain.cases.fold``), a column for each field."""

    __tablename__ = "case_state"
    __table_args__ = (UniqueConstraint("enquiry_id"),)

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id"))
    received_at: Mapped[datetime]
    stage: Mapped[Stage]
    stage_since: Mapped[date]
    beside: Mapped[Beside | None]
    is_open: Mapped[bool]
    waits_for: Mapped[WaitsFor]
    waits_on: Mapped[WaitsOn]
    last_event: Mapped[Event | None]
    last_event_at: Mapped[datetime | None]
    reported: Mapped[Reported]
    enquiry_on: Mapped[date]
    contacted_on: Mapped[date | None]
    initial_visit_on: Mapped[date | None]
    application_on: Mapped[date | None]
    stage1_complete_on: Mapped[date | None]
    stage2_on: Mapped[date | None]
    panel_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    recorded_contacted_on: Mapped[date | None]
    recorded_initial_visit_on: Mapped[date | None]
    recorded_application_on: Mapped[date | None]
    recorded_stage1_complete_on: Mapped[date | None]
    recorded_stage2_on: Mapped[date | None]
    recorded_panel_on: Mapped[date | None]
    contact_attempts: Mapped[int]
    last_attempt_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    first_response_due_at: Mapped[datetime | None]
    handed_over_to: Mapped[str | None]
    visit_booked_for: Mapped[date | None]
    not_now_until_on: Mapped[date | None]
    application_received_on: Mapped[date | None]
    six_month_due_on: Mapped[date | None]
    eight_month_due_on: Mapped[date | None]
    applicant_paused_days: Mapped[int]
    net_due_on: Mapped[date | None]
    paused_since: Mapped[date | None]
    paused_by: Mapped[PauseBy | None]
    stage1_started_on: Mapped[date | None]
    stage1_information_complete_on: Mapped[date | None]
    refusal_last_on: Mapped[date | None]
    stage2_started_on: Mapped[date | None]
    brief_report_on: Mapped[date | None]
    report_shared_on: Mapped[date | None]
    report_completed_on: Mapped[date | None]
    panel_booked_for: Mapped[date | None]
    papers_due_on: Mapped[date | None]
    recommended_at: Mapped[datetime | None]
    recommendation: Mapped[Outcome | None]
    first_recommended_on: Mapped[date | None]
    minutes_final_at: Mapped[datetime | None]
    decision_due_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[Outcome | None]
    first_decided_on: Mapped[date | None]
    first_decision: Mapped[Outcome | None]
    told_due_on: Mapped[date | None]
    told_orally_at: Mapped[datetime | None]
    written_due_on: Mapped[date | None]
    notice_sent_at: Mapped[datetime | None]
    determination_sent_on: Mapped[date | None]
    representations_until_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[Event | None]
    closing_reason: Mapped[str | None]
    closing_decider: Mapped[Decider | None]

    enquiry: Mapped[Enquiry] = relationship(back_populates="case")

    @property
    def state(self) -> CaseState:
        return CaseState(**{field.name: getattr(self, field.name) for field in fields(CaseState)})

    def keep(self, state: CaseState) -> None:
        """Make this row say what the events amount to."""
        for name, value in asdict(state).items():
            setattr(self, name, value)
