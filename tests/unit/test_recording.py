"""What a person may record in a case, and in which words they are refused."""

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.recording import (
    Actor,
    AlreadyRecorded,
    DecidedByAssessor,
    DecidedByRecommender,
    ForbiddenByGraph,
    ForbiddenByGuard,
    InTheFuture,
    NotYoursToRecord,
    allowed,
    check,
    refusal,
)
from carers.domain.recording_details import DetailNotRight, details, is_required
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from tests.unit.histories import (
    TO_DECISION,
    TO_DETERMINATION,
    TO_PANEL,
    happening,
    history,
    instant,
)

NOW = instant("2021-12-01 10:00")


FAST = (*TO_PANEL[:6], "panel_booked 2021-06-10 2021-06-11", "panel_recommended 2021-06-11 defer")


def actor(*roles, **facts):
    return Actor(frozenset(map(Role, roles)), **facts)


OFFICER = actor("recruitment_officer")
SOCIAL_WORKER = actor("assessing_social_worker")
ASSESSOR = actor("assessing_social_worker", is_assessor=True, has_assessed=True)
MANAGER = actor("team_manager")
PANEL = actor("panel_administrator")
DECIDER = actor("decision_maker")


def may(lines, who, now=NOW):
    return {event.value for event in allowed(history(*lines), actor=who, now=now)}


def recorded(lines, line, who, now=NOW):
    return check(history(*lines), happening(line), actor=who, now=now)


def test_a_recruitment_officer_records_everything_up_to_the_application():
    assert may((), OFFICER) == {
        "handed_over",
        "contact_attempted",
        "contacted",
        "information_sent",
        "initial_visit_booked",
        "initial_visit",
        "application_invited",
        "application_received",
        "withdrawn",
        "closed_by_service",
        "not_now",
    }


def test_any_assessing_social_worker_records_visit_and_application_and_no_more():
    assert may((), SOCIAL_WORKER) == {
        "initial_visit_booked",
        "initial_visit",
        "application_invited",
        "application_received",
    }


def test_after_the_application_closing_is_the_team_managers():
    applied = TO_PANEL[:3]

    assert not may(applied, OFFICER) & {"closed_by_service", "withdrawn", "not_now"}
    assert {"closed_by_service", "withdrawn"} <= may(applied, MANAGER)
    assert "withdrawn" in may(applied, ASSESSOR)


def test_reopening_is_whose_closing_was():
    early = ("closed_by_service 2021-04-01 other",)
    late = (*TO_PANEL, "closed_by_service 2021-10-01 other")

    assert may(early, OFFICER) == {"reopened"}
    assert may(late, OFFICER) == set()
    assert may(late, MANAGER) == {"reopened"}
    assert may((*TO_PANEL[:5], "stage1_refused 2021-06-02"), PANEL) == {
        "told_orally",
        "notice_sent",
    }


def test_stages_1_and_2_are_the_cases_own_social_workers():
    applied = TO_PANEL[:3]

    assert {"stage1_started", "stage2_started", "paused"} <= may(applied, ASSESSOR)
    assert not may(applied, SOCIAL_WORKER) & {"stage1_started", "stage2_started", "paused"}
    assert "stage1_started" in may(applied, MANAGER)


def test_completing_the_report_and_refusing_are_the_team_managers():
    now = instant("2021-06-12 10:00")
    in_stage_2 = TO_PANEL[:6]

    assert {"report_completed", "stage1_refused"} <= may(in_stage_2, MANAGER, now)
    assert not {"report_completed", "stage1_refused"} & may(in_stage_2, ASSESSOR, now)


def test_the_panels_steps_are_the_panel_administrators_one_after_the_other():
    assert may(TO_PANEL[:5], PANEL) == set()
    assert may(TO_PANEL[:6], PANEL) == {"panel_booked"}
    assert may(TO_PANEL, PANEL) == {"panel_booked", "panel_recommended"}
    assert may(TO_DECISION[:-1], PANEL) == {"panel_booked", "minutes_final"}
    decided = (*TO_DECISION, "decided 2021-09-08T12:00 approve")
    assert may(decided, PANEL) == {"told_orally", "notice_sent"}
    told = (*decided, "told_orally 2021-09-09")
    assert may(told, PANEL) == {"notice_sent"}


def test_after_a_decision_not_to_approve_letter_and_routes_are_open_and_one_closes_the_other():
    decided = TO_DETERMINATION[:-1]

    assert {"determination_sent", "representations_received", "irm_applied"} <= may(decided, PANEL)
    assert "panel_booked" not in may(TO_DETERMINATION, PANEL)
    asked = (*TO_DETERMINATION, "representations_received 2021-09-20")
    assert "panel_booked" in may(asked, PANEL)
    assert "irm_applied" not in may(asked, PANEL)


def test_a_decision_waits_for_the_final_minutes():
    assert may(TO_DECISION, DECIDER) == {"decided"}
    assert may(TO_DECISION[:-1], DECIDER) == set()
    with pytest.raises(ForbiddenByGuard) as refused:
        recorded(TO_DECISION[:-1], "decided 2021-09-08 approve", DECIDER)
    assert "minutes of the panel are not final" in refused.value.sentence


def test_a_decision_is_made_once():
    decided = (*TO_DECISION, "decided 2021-09-08T12:00 approve")

    assert may(decided, DECIDER) == set()
    error = refusal(history(*decided), Event.DECIDED, actor=DECIDER, now=NOW)
    assert error is not None
    assert error.sentence == "The decision to approve is already recorded"


def test_a_deferred_decision_may_be_made_again():
    deferred = (*TO_DECISION, "decided 2021-09-08T12:00 defer")

    assert "decided" in may(deferred, DECIDER)
    assert "panel_booked" in may(deferred, PANEL)


def test_whoever_recommended_does_not_decide():
    both = actor("panel_administrator", "decision_maker", has_recommended=True)

    assert "decided" not in may(TO_DECISION, both)
    with pytest.raises(DecidedByRecommender):
        recorded(TO_DECISION, "decided 2021-09-08 approve", both)


def test_whoever_assessed_does_not_decide():
    with pytest.raises(DecidedByAssessor):
        recorded(
            TO_DECISION, "decided 2021-09-08 approve", actor("decision_maker", has_assessed=True)
        )


def test_what_somebody_is_to_a_case_comes_from_what_they_recorded_and_had():
    roles = frozenset({Role.ASSESSING_SOCIAL_WORKER, Role.DECISION_MAKER})
    recommended = frozenset({Event.PANEL_RECOMMENDED})
    assessed = frozenset({Event.STAGE2_STARTED})

    assert Actor.of(roles, recommended, is_allocated=False) == Actor(roles, has_recommended=True)
    assert Actor.of(roles, assessed, is_allocated=False) == Actor(roles, has_assessed=True)
    assert Actor.of(roles, frozenset(), is_allocated=True) == Actor(
        roles, is_assessor=True, has_assessed=True
    )
    had = Actor.of(roles, frozenset(), is_allocated=False, was_assessor=True)
    assert had == Actor(roles, has_assessed=True)
    officer = frozenset({Role.RECRUITMENT_OFFICER})
    assert Actor.of(officer, frozenset(), is_allocated=True) == Actor(officer)


def test_a_role_that_does_not_record_an_event_is_told_whose_it_is():
    with pytest.raises(NotYoursToRecord) as refused:
        recorded(TO_PANEL[:3], "stage1_started 2021-05-01", OFFICER)

    assert refused.value.sentence == (
        "Only the case’s assessing social worker or a team manager may record this"
    )
    assert refused.value.field == "event"


def test_nothing_is_recorded_in_the_future_or_before_the_enquiry():
    with pytest.raises(InTheFuture) as refused:
        recorded((), "contacted 2021-12-01T10:01", OFFICER)
    assert refused.value.field == "at"
    with pytest.raises(ForbiddenByGraph) as early:
        recorded((), "contacted 2021-03-01T08:59", OFFICER)
    assert (early.value.field, "received" in early.value.sentence) == ("at", True)


def test_the_same_event_at_the_same_time_is_recorded_once():
    with pytest.raises(AlreadyRecorded):
        recorded(TO_PANEL, "contacted 2021-03-01T15:00", OFFICER)


def test_a_step_may_be_recorded_late_in_its_own_place():
    after = recorded(TO_PANEL, "contact_attempted 2021-03-01T10:00", OFFICER)

    assert after.happenings[0].event is Event.CONTACT_ATTEMPTED


def test_a_late_entry_may_not_break_what_follows_it():
    with pytest.raises(ForbiddenByGraph):
        recorded(TO_PANEL[:3], "withdrawn 2021-03-20 no_spare_room", OFFICER)
    complete = (*TO_PANEL[:5], "stage1_refused 2021-06-14")
    with pytest.raises(ForbiddenByGraph) as refused:
        recorded(complete, "stage2_started 2021-06-15", MANAGER)
    assert "reopen it first" in refused.value.sentence


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (TO_PANEL[:2], "stage1_started 2021-05-01", "Record the application first"),
        (TO_PANEL[:3], "stage1_information_complete 2021-05-01", "that stage 1 started"),
        (TO_PANEL[:3], "report_shared 2021-05-01", "that stage 2 started"),
        (TO_PANEL[:5], "stage1_refused 2021-06-16", "possible until 15 June 2021"),
        (FAST, "stage1_refused 2021-06-14", "panel has made its recommendation"),
        (TO_PANEL[:3], "not_now 2021-05-01 2021-06-01", "comes before the application"),
        ((), "acknowledged 2021-05-01", "Nothing was handed over"),
    ],
)
def test_pages_keep_the_order_of_steps(lines, line, words):
    everybody = actor("recruitment_officer", "team_manager")

    with pytest.raises(ForbiddenByGuard) as refused:
        recorded(lines, line, everybody)

    assert words in refused.value.sentence


def test_a_panel_recommends_once_it_is_booked_and_its_minutes_are_final_once():
    with pytest.raises(ForbiddenByGuard, match="Book the panel first"):
        recorded(TO_PANEL[:6], "panel_recommended 2021-09-01 approve", PANEL)
    with pytest.raises(ForbiddenByGuard, match="already final"):
        recorded(TO_DECISION, "minutes_final 2021-09-10", PANEL)


def test_what_was_handed_over_is_taken_up_once():
    handed = ("handed_over 2021-03-02 SOUTH",)

    assert "acknowledged" in may(handed, OFFICER)
    assert "acknowledged" not in may((*handed, "acknowledged 2021-03-03"), OFFICER)


def test_a_brief_report_offers_no_recommendation_to_approve():
    brief = (*TO_PANEL, "brief_report 2021-08-10")

    assert list(details(history(*brief), Event.PANEL_RECOMMENDED)) == ["not_approve", "defer"]
    with pytest.raises(ForbiddenByGuard) as refused:
        recorded(brief, "panel_recommended 2021-09-01 approve", PANEL)
    assert refused.value.field == "detail"
    assert recorded(brief, "panel_recommended 2021-09-01 not_approve", PANEL)


def test_a_withdrawal_has_ofsteds_codes_once_applied_and_the_services_before():
    assert next(iter(details(history(), Event.WITHDRAWN))) == "no_contact"
    assert not is_required(history(), Event.WITHDRAWN)
    applied = history(*TO_PANEL)
    assert details(applied, Event.WITHDRAWN)["AW1"] == "Fostering not as expected"
    assert is_required(applied, Event.WITHDRAWN)
    assert recorded((), "withdrawn 2021-03-02", OFFICER)
    with pytest.raises(DetailNotRight, match="Why are they withdrawing"):
        recorded(TO_PANEL, "withdrawn 2021-10-02", MANAGER)


def test_silence_is_not_written_by_hand():
    assert details(history(), Event.STAGE2_STARTED) == {}
    with pytest.raises(DetailNotRight):
        recorded(TO_PANEL[:4], "stage2_started 2021-10-02 silence", MANAGER)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("contacted 2021-03-02 loudly", "has no further detail"),
        ("closed_by_service 2021-03-02", "Why is the service closing it"),
        ("closed_by_service 2021-03-02 boredom", "Select an answer to “Why is the service"),
        ("not_now 2021-03-02 2021-02-30", "must be a real date"),
        ("not_now 2021-03-02 2021-03-02", "must be after 2 March 2021"),
        ("initial_visit_booked 2021-03-02 2021-03-01", "must be on or after 2 March 2021"),
    ],
)
def test_a_detail_that_is_not_right_is_refused_beside_its_field(line, words):
    with pytest.raises(DetailNotRight) as refused:
        recorded((), line, OFFICER)

    assert words in refused.value.sentence
    assert refused.value.field == "detail"


def test_a_detail_that_is_right_is_taken():
    assert recorded((), "initial_visit_booked 2021-03-02 2021-03-02", OFFICER)
    assert recorded((), "handed_over 2021-03-02 SOUTH", OFFICER)


def test_an_approval_follows_the_decision_and_is_never_recorded_alone():
    decided = recorded(TO_DECISION, "decided 2021-09-08T12:00 approve", DECIDER)

    approved = check(decided, happening("approved 2021-09-08T12:00"), actor=DECIDER, now=NOW)

    assert approved.has(Event.APPROVED)
    with pytest.raises(ForbiddenByGuard, match="decision to approve comes first"):
        recorded(TO_DECISION, "approved 2021-09-08T12:00", DECIDER)


def test_every_refusal_is_a_rule_broken_with_a_field():
    error = refusal(history(), Event.RESUMED, actor=MANAGER, now=NOW)

    assert isinstance(error, RuleBroken)
    assert error.field == "event"
