"""What a case's events amount to: one flat row, made by ``cases.fold`` and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from carers.domain.labels import Code
from carers.domain.recruitment import Event, Outcome, PauseBy
from carers.domain.stages import Beside, Reported, Stage
from carers.domain.waits import WaitsFor, WaitsOn


class Decider(Code):
    """Who closed a case (METRICS, Pipeline: by_decider)."""

    APPLICANT = "applicant"
    SERVICE = "service"


@dataclass(frozen=True)
class CaseState:
    """Days are London's, instants aware. A due day is none where its clock never started, or
    where the bank-holiday calendar ends before it.

    ``…_on`` of a stage that reports count is the day it *or a later one* was first recorded;
    ``recorded_…_on`` the day of the stage itself (METRICS, Pipeline).
    """

    received_at: datetime
    stage: Stage
    stage_since: date
    beside: Beside | None
    is_open: bool
    waits_for: WaitsFor
    waits_on: WaitsOn
    last_event: Event | None
    last_event_at: datetime | None

    # Stages that reports count.
    reported: Reported
    enquiry_on: date
    contacted_on: date | None
    initial_visit_on: date | None
    application_on: date | None
    stage1_complete_on: date | None
    stage2_on: date | None
    panel_on: date | None
    approved_on: date | None
    recorded_contacted_on: date | None
    recorded_initial_visit_on: date | None
    recorded_application_on: date | None
    recorded_stage1_complete_on: date | None
    recorded_stage2_on: date | None
    recorded_panel_on: date | None

    # Before application.
    contact_attempts: int
    last_attempt_at: datetime | None
    answered_at: datetime | None
    first_response_due_at: datetime | None
    handed_over_to: str | None
    visit_booked_for: date | None
    not_now_until_on: date | None

    # Assessment. ``six_month_due_on`` is of the service's target, six months by default.
    application_received_on: date | None
    six_month_due_on: date | None
    eight_month_due_on: date | None
    applicant_paused_days: int
    net_due_on: date | None
    paused_since: date | None
    paused_by: PauseBy | None
    stage1_started_on: date | None
    stage1_information_complete_on: date | None
    refusal_last_on: date | None
    stage2_started_on: date | None
    brief_report_on: date | None
    report_shared_on: date | None
    report_completed_on: date | None

    # Panel and decision.
    panel_booked_for: date | None
    papers_due_on: date | None
    recommended_at: datetime | None
    recommendation: Outcome | None
    first_recommended_on: date | None
    minutes_final_at: datetime | None
    decision_due_on: date | None
    decided_at: datetime | None
    decision: Outcome | None
    first_decided_on: date | None
    first_decision: Outcome | None
    told_due_on: date | None
    told_orally_at: datetime | None
    written_due_on: date | None
    notice_sent_at: datetime | None
    determination_sent_on: date | None
    representations_until_on: date | None

    # How it ended.
    closed_on: date | None
    closed_by: Event | None
    closing_reason: str | None
    closing_decider: Decider | None

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_being_assessed(self) -> bool:
        """Open, applied and not decided: the six-month clock runs (METRICS, Assessment time)."""
        applied = self.is_open and self.application_received_on is not None
        return applied and self.first_decided_on is None

    def days_in_stage(self, day: date) -> int:
        return (day - self.stage_since).days

    def days_since_application(self, day: date) -> int | None:
        """Calendar days the clock has run by ``day``, stopped at the first decision."""
        if self.application_received_on is None:
            return None
        return (min(self.first_decided_on or day, day) - self.application_received_on).days

    def applicant_paused_days_by(self, day: date) -> int:
        """Days of the applicant's pauses before ``day``, one that still runs among them."""
        if self.paused_by != PauseBy.APPLICANT or self.application_received_on is None:
            return self.applicant_paused_days
        stops = min(self.first_decided_on or day, day)
        starts = max(self.paused_since or stops, self.application_received_on)
        return self.applicant_paused_days + max((stops - starts).days, 0)

    def net_due_by(self, day: date) -> date | None:
        """The target net of the applicant's pauses, as it stands on ``day``."""
        if self.six_month_due_on is None:
            return None
        return self.six_month_due_on + timedelta(days=self.applicant_paused_days_by(day))

    def is_past_target_on(self, day: date) -> bool:
        """In time on the due day, overdue the day after."""
        due = self.six_month_due_on
        return self.is_being_assessed and due is not None and day > due

    def days_to_target(self, day: date) -> int | None:
        """Days left to the six-month target, below nought past it; none where it does not run."""
        due = self.six_month_due_on
        return (due - day).days if due is not None and self.is_being_assessed else None

    def response_is_overdue_at(self, instant: datetime) -> bool:
        due = self.first_response_due_at
        return self.answered_at is None and due is not None and instant > due
