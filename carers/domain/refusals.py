"""Every named constraint of the database, with the sentence and the field it means.

A race lost at the commit so ends in words beside a field. No sentence tells what the constraint
knows of another service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    sentence: str
    field: str | None = None


ENDS_FIRST = "The end must not be before the start"
REF_TAKEN = "This reference is already used in this service"

REFUSALS: Mapping[str, Refusal] = {
    "ck_allocation_one_record": Refusal("Choose one enquiry or one household"),
    "ck_allocation_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_campaign_cost": Refusal("The cost must be 0 or more", "cost"),
    "ck_campaign_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_confirmation_vacant": Refusal("Vacant places must be 0 or more", "vacant"),
    "ck_enquiry_spare_bedrooms": Refusal("Spare bedrooms must be 0 or more", "spare_bedrooms"),
    "ck_exemption_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_household_bedrooms": Refusal("Bedrooms must be 0 or more", "bedrooms"),
    "ck_household_period": Refusal("A home cannot end before it was approved", "ended_on"),
    "ck_person_belongs": Refusal("Choose a household or an enquiry"),
    "ck_person_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_placement_distance_miles": Refusal("The distance must be 0 or more", "distance_miles"),
    "ck_placement_household_service": Refusal("Choose a home of this service", "household"),
    "ck_placement_one_home": Refusal("Choose one home or one provider", "household"),
    "ck_placement_override": Refusal(
        "An override needs a reason, and who gave it", "override_reason"
    ),
    "ck_placement_period": Refusal(
        "The day the child left must not be before the day they came", "until_on"
    ),
    "ck_placement_places_used": Refusal("Places used must be 1 or more", "places_used"),
    "ck_placement_weekly_cost": Refusal("The weekly cost must be 0 or more", "weekly_cost"),
    "ck_scheme_member_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_scheme_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_skill_held_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_search_period": Refusal("A search cannot close before it was opened", "closed_at"),
    "ck_target_period": Refusal("The last day must not be before the first", "last_on"),
    "ck_terms_age_min": Refusal("The youngest age must be 0 or more", "age_min"),
    "ck_terms_ages": Refusal("The youngest age must not be above the oldest", "age_max"),
    "ck_terms_override": Refusal("An override needs a reason, and who gave it", "override_reason"),
    "ck_terms_period": Refusal(ENDS_FIRST, "until_on"),
    "ck_terms_places": Refusal("Places must be 0 or more", "places"),
    "ck_terms_primary_offer": Refusal(
        "Family and friends goes with connected persons, and only with them", "primary_offer"
    ),
    "ck_unavailability_expected": Refusal(
        "The expected end must not be before the first day", "expected_until_on"
    ),
    "ck_unavailability_override": Refusal(
        "An override needs a reason, and who gave it", "override_reason"
    ),
    "ck_unavailability_period": Refusal(
        "The day the places come back must not be before the hold began", "until_on"
    ),
    "ck_unavailability_places": Refusal("Places must be 1 or more", "places"),
    "ex_placement_one_home_a_night": Refusal(
        "This child is already somewhere else on one of these nights", "child_ref"
    ),
    "ex_placement_one_respite_a_night": Refusal(
        "This child already has a respite stay on one of these nights", "child_ref"
    ),
    "ex_terms_one_at_a_time": Refusal("Other terms are in force on one of these days", "from_on"),
    "tr_household_overfill": Refusal(
        "A place was taken while you were writing: fewer are vacant than you asked for", "places"
    ),
    "uq_allocation_membership_id_enquiry_id_household_id_from_on": Refusal(
        "This worker already has this from that day", "worker"
    ),
    "uq_campaign_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_case_state_enquiry_id": Refusal("This case is already being changed"),
    "uq_child_service_id_ref": Refusal(REF_TAKEN, "child_ref"),
    "uq_confirmation_household_id_at": Refusal("This home was confirmed at the same moment"),
    "uq_enquiry_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_exemption_household_id_from_on": Refusal(
        "An exemption of this home is already recorded from that day", "from_on"
    ),
    "uq_fostering_service_code": Refusal("This code is already used", "code"),
    "uq_household_id_service_id": Refusal("This home is already there"),
    "uq_household_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_membership_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_membership_service_id_user_id": Refusal(
        "Somebody with this email already works in this service", "email"
    ),
    "uq_person_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_pipeline_event_enquiry_id_event_at": Refusal(
        "This step is already recorded at that moment", "event"
    ),
    "uq_placement_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_provider_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_scheme_member_scheme_id_household_id_from_on": Refusal(
        "This home already joined this scheme on that day", "from_on"
    ),
    "uq_scheme_service_id_code": Refusal("This code is already used in this service", "code"),
    "uq_search_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_setting_service_id_key_from_on": Refusal(
        "This setting already has a value from that day", "from_on"
    ),
    "uq_skill_held_household_id_skill_from_on": Refusal(
        "This skill is already recorded from that day", "skill"
    ),
    "uq_source_service_id_code": Refusal("This code is already used in this service", "code"),
    "uq_target_service_id_label": Refusal("This target’s name is already used", "label"),
    "uq_temporary_approval_household_id": Refusal(
        "This home’s temporary approval is already recorded"
    ),
    "uq_unavailability_service_id_ref": Refusal(REF_TAKEN, "ref"),
    "uq_user_account_email": Refusal("This email already has an account", "email"),
}
