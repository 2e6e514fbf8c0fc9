"""The words of the stage graph: needs, recorders, clocks, details and pages."""

from __future__ import annotations

from collections.abc import Mapping

from carers.domain.labels import Code
from carers.domain.roles import Role


class Need(Code):
    """What must be so of an event, or it is a fault; the label is what would be right."""

    ONLY_ONE = "only_one", "one in a case"
    NO_APPLICATION_LATER = "no_application_later", "no application_received after it"
    NO_START_LATER = "no_start_later", "no application_received or stage2_started after it"
    RECOMMENDATION = "recommendation", "a panel_recommended before it"
    SOMETHING_TO_TELL = "something_to_tell", "a decided, an approved or a closing before it"
    APPROVE_LAST = "approve_last", "the last decided to be approve"
    NOT_APPROVE_LAST = "not_approve_last", "the last decided to be not_approve"
    DETERMINATION = "determination", "a last decided, of not_approve, before it"
    REVIEW = "review", "an irm_applied before it"
    NOT_PAUSED = "not_paused", "resumed, or a closing, before the next paused"
    PAUSED = "paused", "a paused before it"
    REOPENABLE = (
        "reopenable",
        "a withdrawn, closed_by_service or stage1_refused before it, or not_now as the last event",
    )


class Recorder(Code):
    """Who may record an event. An assessor of the case is the social worker it is allocated to."""

    RECRUITMENT_OFFICER = "recruitment_officer", "a recruitment officer"
    ANY_ASSESSOR = "any_assessor", "an assessing social worker"
    CASE_ASSESSOR = "case_assessor", "the case’s assessing social worker"
    TEAM_MANAGER = "team_manager", "a team manager"
    PANEL_ADMINISTRATOR = "panel_administrator", "a panel administrator"
    DECISION_MAKER = "decision_maker", "a decision maker"


ROLE_OF: Mapping[Recorder, Role] = {
    Recorder.RECRUITMENT_OFFICER: Role.RECRUITMENT_OFFICER,
    Recorder.ANY_ASSESSOR: Role.ASSESSING_SOCIAL_WORKER,
    Recorder.CASE_ASSESSOR: Role.ASSESSING_SOCIAL_WORKER,
    Recorder.TEAM_MANAGER: Role.TEAM_MANAGER,
    Recorder.PANEL_ADMINISTRATOR: Role.PANEL_ADMINISTRATOR,
    Recorder.DECISION_MAKER: Role.DECISION_MAKER,
}


class Clock(Code):
    FIRST_RESPONSE = "first_response"
    SIX_MONTHS = "six_months", "Six-month target"
    EIGHT_MONTHS = "eight_months", "Eight-month standard"
    APPLICANT_PAUSE = "applicant_pause"
    REFUSAL = "refusal", "Stage 1 refusal"
    DECISION = "decision"
    TOLD = "told", "Told of the decision"
    WRITTEN = "written", "Decision in writing"
    REPRESENTATIONS = "representations"


class Takes(Code):
    """The kind of an event's detail."""

    NOTHING = "nothing"
    CODE = "code"
    DAY = "day"
    SERVICE = "service", "The code of a service"


class Page(Code):
    """Where an event is recorded by hand; ``nowhere`` comes with something else."""

    ENQUIRY = "enquiry"
    PANEL = "panel"
    NOWHERE = "nowhere"


class Silence(Code):
    """Stage 2 that follows from silence is written by the system (EXCHANGE, Silence)."""

    SILENCE = "silence", "Started by silence: nobody refused within ten working days"


class ReviewOutcome(Code):
    """An independent review recommends one or the other; it cannot defer."""

    APPROVE = "approve"
    NOT_APPROVE = "not_approve", "Not approve"
