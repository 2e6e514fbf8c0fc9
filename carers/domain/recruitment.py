"""The codes of recruitment: enquiries, sources and pipeline events (EXCHANGE, Recruitment)."""

from __future__ import annotations

from carers.domain.labels import Code


class ServiceKind(Code):
    LOCAL_AUTHORITY = "local_authority"
    INDEPENDENT_FOSTERING_AGENCY = "independent_fostering_agency"
    SHARED_SERVICE = "shared_service"


class SourceKind(Code):
    OWN_MARKETING = "own_marketing"
    WORD_OF_MOUTH = "word_of_mouth"
    CARER_REFERRAL = "carer_referral"
    REGIONAL_HUB = "regional_hub"
    PARTNER = "partner"
    OTHER = "other"


class Route(Code):
    """In place of a carer type, for a case (METRICS, Populations: Route)."""

    MAINSTREAM = "mainstream"
    CONNECTED_PERSON = "connected_person"
    TRANSFER = "transfer", "Transfer from another service"


class Channel(Code):
    WEB_FORM = "web_form", "Web form"
    PHONE = "phone"
    EMAIL = "email"
    EVENT = "event", "Information event"
    CARER_REFERRAL = "carer_referral", "A foster carer"
    REGIONAL_HUB = "regional_hub"
    WALK_IN = "walk_in", "Walk-in"
    SOCIAL_MEDIA = "social_media"
    OTHER = "other"


class Event(Code):
    """What may happen in a case. ``domain.steps`` says when, by whom and to what effect."""

    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    CONTACT_ATTEMPTED = "contact_attempted", "Contact attempted, no conversation"
    CONTACTED = "contacted", "Conversation"
    INFORMATION_SENT = "information_sent"
    INITIAL_VISIT_BOOKED = "initial_visit_booked"
    INITIAL_VISIT = "initial_visit", "Initial visit made"
    APPLICATION_INVITED = "application_invited"
    APPLICATION_RECEIVED = "application_received"
    STAGE1_STARTED = "stage1_started", "Stage 1 started"
    STAGE1_INFORMATION_COMPLETE = "stage1_information_complete", "Stage 1 information complete"
    STAGE1_REFUSED = "stage1_refused", "Refused at stage 1"
    STAGE2_STARTED = "stage2_started", "Stage 2 started"
    BRIEF_REPORT = "brief_report"
    REPORT_SHARED = "report_shared", "Report shared with the applicants"
    REPORT_COMPLETED = "report_completed"
    PANEL_BOOKED = "panel_booked"
    PANEL_RECOMMENDED = "panel_recommended", "Panel’s recommendation"
    MINUTES_FINAL = "minutes_final", "Panel minutes final"
    DECIDED = "decided", "Decision"
    TOLD_ORALLY = "told_orally", "Told by word of mouth"
    NOTICE_SENT = "notice_sent", "Written notice sent"
    DETERMINATION_SENT = "determination_sent", "Qualifying determination sent"
    REPRESENTATIONS_RECEIVED = "representations_received"
    IRM_APPLIED = "irm_applied", "Independent review applied for"
    IRM_RECOMMENDED = "irm_recommended", "Independent review’s recommendation"
    APPROVED = "approved"
    NOT_APPROVED = "not_approved", "Not approved: final determination"
    WITHDRAWN = "withdrawn", "Withdrawn by the applicant"
    CLOSED_BY_SERVICE = "closed_by_service", "Closed by the service"
    NOT_NOW = "not_now", "Not now"
    PAUSED = "paused"
    RESUMED = "resumed"
    REOPENED = "reopened"


class Outcome(Code):
    """What a panel recommends and a decision maker decides."""

    APPROVE = "approve"
    NOT_APPROVE = "not_approve", "Not approve"
    DEFER = "defer"


class PauseBy(Code):
    APPLICANT = "applicant", "The applicant"
    SERVICE = "service", "The service"
    THIRD_PARTY = "third_party", "A third party"


class ClosingReason(Code):
    NO_CONTACT = "no_contact"
    NOT_ELIGIBLE = "not_eligible"
    NO_SPARE_ROOM = "no_spare_room"
    OUT_OF_AREA = "out_of_area"
    CONCERNS = "concerns"
    OTHER = "other"


class WithdrawalReason(Code):
    """Ofsted's codes for an application withdrawn by the applicant."""

    AW0 = "AW0", "Other, or not known"
    AW1 = "AW1", "Fostering not as expected"
    AW2 = "AW2", "Assessment process not as expected"
    AW3 = "AW3", "Household circumstances changed (other than financial)"
    AW4 = "AW4", "Unable to continue for financial reasons"
    AW5 = "AW5", "Concerned about risk of allegations"
