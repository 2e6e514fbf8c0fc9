"""Where a case stands: the stages that pages show, and those that reports count."""

from __future__ import annotations

from carers.domain.labels import Code


class Stage(Code):
    """The stages of the board, in order; a case shows the furthest (DESIGN, The pipeline)."""

    ENQUIRY = "enquiry"
    IN_CONTACT = "in_contact"
    VISIT_MADE = "visit_made"
    APPLICATION = "application"
    STAGE1 = "stage1", "Stage 1"
    STAGE2 = "stage2", "Stage 2"
    PANEL = "panel"
    DECISION = "decision"
    APPROVED = "approved"

    @property
    def position(self) -> int:
        return list(Stage).index(self)


class Beside(Code):
    """What is shown beside, or in place of, the furthest stage."""

    BRIEF_REPORT = "brief_report"
    NOT_NOW = "not_now", "Not now"
    REPRESENTATIONS = "representations"
    REVIEW = "review", "Independent review"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    NOT_APPROVED = "not_approved", "Not approved"


class Reported(Code):
    """The stages that reports count, in order (METRICS, Pipeline)."""

    ENQUIRY = "enquiry"
    CONTACTED = "contacted", "In contact"
    INITIAL_VISIT = "initial_visit", "Initial visit made"
    APPLICATION = "application"
    STAGE1_COMPLETE = "stage1_complete", "Past stage 1 or into stage 2"
    STAGE2 = "stage2", "Stage 2"
    PANEL = "panel"
    APPROVED = "approved"
