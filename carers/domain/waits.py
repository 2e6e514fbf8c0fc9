"""What a case waits for, on whom, and the act that ends the wait: one table, by stage alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carers.domain.labels import Code
from carers.domain.recruitment import Event
from carers.domain.stages import Beside, Stage


class WaitsFor(Code):
    FIRST_CONVERSATION = "first_conversation", "A first conversation"
    INITIAL_VISIT = "initial_visit", "An initial visit"
    APPLICATION = "application", "The application"
    STAGE1_START = "stage1_start", "The start of stage 1"
    STAGE1_INFORMATION = "stage1_information", "Stage 1 information"
    STAGE2_START = "stage2_start", "The start of stage 2"
    REPORT = "report", "The assessment report"
    PANEL_DATE = "panel_date", "A date for the panel"
    RECOMMENDATION = "recommendation", "The panel’s recommendation"
    FINAL_MINUTES = "final_minutes", "Final minutes"
    DECISION = "decision", "The decision"
    FURTHER_PANEL = "further_panel", "A further panel"
    REGISTER_ENTRY = "register_entry", "The entry in the register"
    REPRESENTATIONS = "representations", "Representations, or 28 days without any"
    REVIEW = "review", "The independent review"
    RESUMING = "resuming", "Resuming"
    CONTACT_AGAIN = "contact_again", "The day to get back in touch"
    NOTHING = "nothing", "Nothing"


class WaitsOn(Code):
    RECRUITMENT_OFFICER = "recruitment_officer"
    ASSESSING_SOCIAL_WORKER = "assessing_social_worker"
    PANEL_ADMINISTRATOR = "panel_administrator"
    DECISION_MAKER = "decision_maker"
    APPLICANT = "applicant", "The applicant"
    SERVICE = "service", "The service"
    THIRD_PARTY = "third_party", "A third party"
    INDEPENDENT_REVIEW = "independent_review", "The independent review"
    NOBODY = "nobody", "Nobody"


@dataclass(frozen=True)
class Wait:
    """On whom a case waits; ``act`` is the link's words and ``event`` what it records."""

    on: WaitsOn
    act: str | None = None
    event: Event | None = None


WAITS: Mapping[WaitsFor, Wait] = {
    WaitsFor.FIRST_CONVERSATION: Wait(
        WaitsOn.RECRUITMENT_OFFICER, "Record a conversation", Event.CONTACTED
    ),
    WaitsFor.INITIAL_VISIT: Wait(
        WaitsOn.RECRUITMENT_OFFICER, "Record the initial visit", Event.INITIAL_VISIT
    ),
    WaitsFor.APPLICATION: Wait(
        WaitsOn.APPLICANT, "Record the application", Event.APPLICATION_RECEIVED
    ),
    WaitsFor.STAGE1_START: Wait(
        WaitsOn.ASSESSING_SOCIAL_WORKER, "Start stage 1", Event.STAGE1_STARTED
    ),
    WaitsFor.STAGE1_INFORMATION: Wait(
        WaitsOn.ASSESSING_SOCIAL_WORKER,
        "Record that stage 1 information is complete",
        Event.STAGE1_INFORMATION_COMPLETE,
    ),
    WaitsFor.STAGE2_START: Wait(
        WaitsOn.ASSESSING_SOCIAL_WORKER, "Start stage 2", Event.STAGE2_STARTED
    ),
    WaitsFor.PANEL_DATE: Wait(WaitsOn.PANEL_ADMINISTRATOR, "Book the panel", Event.PANEL_BOOKED),
    WaitsFor.REPORT: Wait(WaitsOn.ASSESSING_SOCIAL_WORKER, "Book the panel", Event.PANEL_BOOKED),
    WaitsFor.RECOMMENDATION: Wait(
        WaitsOn.PANEL_ADMINISTRATOR, "Record the recommendation", Event.PANEL_RECOMMENDED
    ),
    WaitsFor.FINAL_MINUTES: Wait(
        WaitsOn.PANEL_ADMINISTRATOR, "Record the final minutes", Event.MINUTES_FINAL
    ),
    WaitsFor.DECISION: Wait(WaitsOn.DECISION_MAKER, "Decide", Event.DECIDED),
    WaitsFor.FURTHER_PANEL: Wait(WaitsOn.PANEL_ADMINISTRATOR, "Book the panel", Event.PANEL_BOOKED),
    WaitsFor.REGISTER_ENTRY: Wait(
        WaitsOn.DECISION_MAKER, "Enter the home in the register", Event.APPROVED
    ),
    WaitsFor.REPRESENTATIONS: Wait(
        WaitsOn.APPLICANT, "Record representations", Event.REPRESENTATIONS_RECEIVED
    ),
    WaitsFor.REVIEW: Wait(
        WaitsOn.INDEPENDENT_REVIEW, "Record its recommendation", Event.IRM_RECOMMENDED
    ),
    WaitsFor.RESUMING: Wait(WaitsOn.APPLICANT, "Resume", Event.RESUMED),
    WaitsFor.CONTACT_AGAIN: Wait(WaitsOn.RECRUITMENT_OFFICER, "Get back in touch", Event.CONTACTED),
    WaitsFor.NOTHING: Wait(WaitsOn.NOBODY),
}

BY_STAGE: Mapping[Stage, WaitsFor] = {
    Stage.ENQUIRY: WaitsFor.FIRST_CONVERSATION,
    Stage.IN_CONTACT: WaitsFor.INITIAL_VISIT,
    Stage.VISIT_MADE: WaitsFor.APPLICATION,
    Stage.APPLICATION: WaitsFor.STAGE1_START,
    Stage.STAGE1: WaitsFor.STAGE1_INFORMATION,
    Stage.STAGE2: WaitsFor.REPORT,
    Stage.PANEL: WaitsFor.RECOMMENDATION,
    Stage.DECISION: WaitsFor.DECISION,
    Stage.APPROVED: WaitsFor.NOTHING,
}

BESIDE: Mapping[Beside, WaitsFor] = {
    Beside.BRIEF_REPORT: WaitsFor.REPORT,
    Beside.NOT_NOW: WaitsFor.CONTACT_AGAIN,
    Beside.REPRESENTATIONS: WaitsFor.FURTHER_PANEL,
    Beside.REVIEW: WaitsFor.REVIEW,
    Beside.WITHDRAWN: WaitsFor.NOTHING,
    Beside.CLOSED: WaitsFor.NOTHING,
    Beside.NOT_APPROVED: WaitsFor.NOTHING,
}
