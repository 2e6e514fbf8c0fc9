"""The codes of the register of approved homes (EXCHANGE, The register; RULES 6.2)."""

from __future__ import annotations

from carers.domain.labels import Code


class Approval(Code):
    """Only ``full`` is in any population and fills approved places (METRICS, Approval)."""

    FULL = "full"
    TEMPORARY = "temporary", "Temporary (regulation 24)"
    ADOPTER = "adopter", "Prospective adopter (regulation 25A)"
    HOST = "host", "Host only"


class ExtensionReason(Code):
    """Why a temporary approval was extended (EXCHANGE, temporary_approvals)."""

    ASSESSMENT_NOT_COMPLETE = "assessment_not_complete"
    REVIEW_OF_DETERMINATION = "review_of_determination", "Determination under review"


class ArrivedBy(Code):
    RECRUITED = "recruited"
    TRANSFER_FROM_LA = "transfer_from_la", "Transfer from a local authority"
    TRANSFER_FROM_IFA = "transfer_from_ifa", "Transfer from an agency"


class EndInitiator(Code):
    CARER = "carer"
    SERVICE = "service"
    TRANSFER_TO_LA = "transfer_to_la", "Transfer to a local authority"
    TRANSFER_TO_IFA = "transfer_to_ifa", "Transfer to an agency"
    UNKNOWN = "unknown", "Not known"


class EndReason(Code):
    RETIRED = "retired"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    HEALTH = "health"
    MOVED_HOUSE = "moved_house"
    MOVED_AGENCY = "moved_agency"
    BECAME_SPECIAL_GUARDIAN = "became_special_guardian"
    ADOPTED = "adopted"
    STAYING_PUT_ONLY = "staying_put_only"
    STANDARDS_OF_CARE = "standards_of_care"
    ALLEGATION_UPHELD = "allegation_upheld"
    CONNECTED_PLACEMENT_ENDED = "connected_placement_ended"
    DIED = "died"
    DISSATISFIED = "dissatisfied"
    OTHER = "other"
    UNKNOWN = "unknown", "Not known"


class CarerType(Code):
    """Exclusive, and dated with the terms of approval (METRICS, Populations)."""

    GENERAL = "general"
    SPECIALIST = "specialist"
    CONNECTED_PERSON = "connected_person"
    RESPITE = "respite"
    SHORT_BREAKS = "short_breaks"
    EARLY_PERMANENCE = "early_permanence"


class PrimaryOffer(Code):
    PERMANENT = "permanent"
    NON_PERMANENT = "non_permanent", "Non-permanent"
    EMERGENCY = "emergency"
    FAMILY_AND_FRIENDS = "family_and_friends"
    PARENT_AND_CHILD = "parent_and_child"
    MULTI_DIMENSIONAL_TREATMENT = "multi_dimensional_treatment"
    REMAND = "remand"
    FOSTERING_TO_ADOPT = "fostering_to_adopt"
    SHORT_BREAKS = "short_breaks"
    SHARED_CARE = "shared_care"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class PlacementType(Code):
    """What a home is approved for."""

    LONG_TERM = "long_term"
    SHORT_TERM = "short_term"
    EMERGENCY = "emergency"
    RESPITE = "respite"
    SHORT_BREAKS = "short_breaks"
    PARENT_AND_CHILD = "parent_and_child"
    REMAND = "remand"
    FOSTERING_TO_ADOPT = "fostering_to_adopt"


class Gender(Code):
    M = "M", "Male"
    F = "F", "Female"
    U = "U", "Not known or other"


class Ethnicity(Code):
    """The codes of the SSDA903 return (RULES 6.2), and two ways of not knowing."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WOTH = "WOTH", "Any other White background"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Caribbean"
    BAFR = "BAFR", "African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Not yet obtained"
    NOT_KNOWN = "not_known"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"


class PersonRole(Code):
    CARER = "carer"
    ADULT = "adult", "Adult at home"
    CHILD = "child", "Child at home"


class Tsd(Code):
    """Training, support and development standards (NMS 20.3)."""

    COMPLETED = "completed"
    AWAITING_SIGN_OFF = "awaiting_sign_off", "Awaiting sign-off"
    IN_PROGRESS = "in_progress"
    NOT_COMMENCED = "not_commenced"
    UNKNOWN = "unknown", "Not known"


class Skill(Code):
    PARENT_AND_CHILD = "parent_and_child"
    UASC = "uasc", "Unaccompanied asylum-seeking children"
    UASC_AGE_DISPUTED = "uasc_age_disputed", "Age-disputed asylum seekers"
    THERAPEUTIC = "therapeutic"
    RESPITE = "respite"
    SIBLING_GROUPS = "sibling_groups", "Brothers and sisters"
    ADOLESCENTS = "adolescents", "Teenagers"
    DISABILITY = "disability", "Disabled children"
    COMPLEX_HEALTH = "complex_health"
    EXPLOITATION = "exploitation", "Children at risk of exploitation"
    REMAND = "remand"
    EMERGENCY = "emergency"
    STEP_DOWN = "step_down", "Step-down from residential care"
    BABIES = "babies"


class SkillLevel(Code):
    """``willing`` is for recruitment only: it never counts as held (METRICS, Skills)."""

    WILLING = "willing"
    TRAINED = "trained"
    APPROVED = "approved"


HELD = (SkillLevel.TRAINED, SkillLevel.APPROVED)
