"""What a case's events amount to."""

from dataclasses import asdict
from datetime import date, datetime

import pytest

from carers.domain.case_state import CaseState, Decider
from carers.domain.cases import fold
from carers.domain.stages import Beside, Reported, Stage
from carers.domain.standards import Standards
from carers.domain.waits import WaitsFor, WaitsOn
from tests.unit.histories import (
    TO_DECISION,
    TO_DETERMINATION,
    TO_PANEL,
    day,
    history,
    instant,
)

STANDARDS = Standards.of({})
APPROVED = (*TO_DECISION, "decided 2021-09-08T12:00 approve", "approved 2021-09-10T12:00")


def state(*lines, standards=STANDARDS, **kwargs):
    return fold(history(*lines, **kwargs), standards)


def waits(*lines):
    case = state(*lines)
    return case.waits_for, case.waits_on


def test_an_enquiry_waits_for_a_first_conversation():
    case = state()

    assert (case.stage, case.stage_since, case.beside) == (Stage.ENQUIRY, day("2021-03-01"), None)
    assert (case.waits_for, case.waits_on) == (
        WaitsFor.FIRST_CONVERSATION,
        WaitsOn.RECRUITMENT_OFFICER,
    )
    assert case.is_open
    assert not case.is_answered
    assert case.first_response_due_at == instant("2021-03-02 09:00")
    assert case.last_event is None


@pytest.mark.parametrize(
    ("count", "stage", "waits_for", "waits_on"),
    [
        (1, Stage.IN_CONTACT, WaitsFor.INITIAL_VISIT, WaitsOn.RECRUITMENT_OFFICER),
        (2, Stage.VISIT_MADE, WaitsFor.APPLICATION, WaitsOn.APPLICANT),
        (3, Stage.APPLICATION, WaitsFor.STAGE1_START, WaitsOn.ASSESSING_SOCIAL_WORKER),
        (4, Stage.STAGE1, WaitsFor.STAGE1_INFORMATION, WaitsOn.ASSESSING_SOCIAL_WORKER),
        (5, Stage.STAGE1, WaitsFor.STAGE2_START, WaitsOn.ASSESSING_SOCIAL_WORKER),
        (6, Stage.STAGE2, WaitsFor.REPORT, WaitsOn.ASSESSING_SOCIAL_WORKER),
        (7, Stage.PANEL, WaitsFor.RECOMMENDATION, WaitsOn.PANEL_ADMINISTRATOR),
        (8, Stage.DECISION, WaitsFor.FINAL_MINUTES, WaitsOn.PANEL_ADMINISTRATOR),
        (9, Stage.DECISION, WaitsFor.DECISION, WaitsOn.DECISION_MAKER),
        (10, Stage.DECISION, WaitsFor.REGISTER_ENTRY, WaitsOn.DECISION_MAKER),
        (11, Stage.APPROVED, WaitsFor.NOTHING, WaitsOn.NOBODY),
    ],
)
def test_each_step_moves_the_stage_and_the_wait(count, stage, waits_for, waits_on):
    case = state(*APPROVED[:count])

    assert (case.stage, case.waits_for, case.waits_on) == (stage, waits_for, waits_on)


def test_a_completed_report_waits_for_a_panel_date():
    assert waits(*TO_PANEL[:6], "report_completed 2021-07-01") == (
        WaitsFor.PANEL_DATE,
        WaitsOn.PANEL_ADMINISTRATOR,
    )


def test_the_stage_shown_is_the_furthest_and_never_goes_back():
    case = state(*TO_DECISION[:-1], "panel_booked 2021-09-02 2021-10-01")

    assert (case.stage, case.stage_since) == (Stage.DECISION, day("2021-09-01"))
    assert case.waits_for is WaitsFor.RECOMMENDATION
    assert case.panel_booked_for == day("2021-10-01")


def test_a_stage_that_reports_count_is_reached_when_it_or_a_later_one_is_recorded():
    case = state("initial_visit 2021-03-10", "stage2_started 2021-05-01", "contacted 2021-06-01")

    assert case.reported is Reported.STAGE2
    assert case.contacted_on == case.initial_visit_on == day("2021-03-10")
    assert case.application_on == case.stage1_complete_on == case.stage2_on == day("2021-05-01")
    assert (case.panel_on, case.approved_on) == (None, None)
    assert case.recorded_contacted_on == day("2021-06-01")
    assert case.recorded_application_on is None
    assert case.application_received_on is None


def test_an_instant_belongs_to_its_london_day():
    late = history("application_received 2021-04-01T00:30").happenings[0]

    assert late.at.isoformat() == "2021-03-31T23:30:00+00:00"
    assert fold(history("application_received 2021-04-01T00:30"), STANDARDS).application_on == day(
        "2021-04-01"
    )


def test_a_deferral_by_the_panel_is_no_recommendation_and_waits_for_a_further_one():
    lines = (*TO_PANEL, "panel_recommended 2021-09-01 defer", "minutes_final 2021-09-02")
    case = state(*lines)

    assert (case.first_recommended_on, case.decision_due_on) == (None, None)
    assert (case.waits_for, case.reported) == (WaitsFor.FURTHER_PANEL, Reported.PANEL)
    again = state(*lines, "panel_booked 2021-09-03 2021-10-01")
    assert again.waits_for is WaitsFor.RECOMMENDATION
    third = state(*lines, "panel_recommended 2021-10-01 approve")
    assert (third.first_recommended_on, third.minutes_final_at) == (day("2021-10-01"), None)


def test_representations_and_review_stand_beside_until_a_new_decision():
    asked = (*TO_DETERMINATION, "representations_received 2021-09-20")
    review = (*TO_DETERMINATION, "irm_applied 2021-09-20")

    assert (state(*asked).beside, *waits(*asked)) == (
        Beside.REPRESENTATIONS,
        WaitsFor.FURTHER_PANEL,
        WaitsOn.PANEL_ADMINISTRATOR,
    )
    assert (state(*review).beside, *waits(*review)) == (
        Beside.REVIEW,
        WaitsFor.REVIEW,
        WaitsOn.INDEPENDENT_REVIEW,
    )
    assert waits(*review, "irm_recommended 2021-10-20 approve")[0] is WaitsFor.DECISION
    assert state(*review, "decided 2021-10-25 approve").beside is None


@pytest.mark.parametrize(
    ("closing", "beside", "reason", "decider"),
    [
        ("withdrawn 2021-05-01 AW3", Beside.WITHDRAWN, "AW3", Decider.APPLICANT),
        ("withdrawn 2021-05-01", Beside.WITHDRAWN, "unknown", Decider.APPLICANT),
        ("closed_by_service 2021-05-01 concerns", Beside.CLOSED, "concerns", Decider.SERVICE),
        ("stage1_refused 2021-05-01", Beside.CLOSED, "stage1_refused", Decider.SERVICE),
        ("not_approved 2021-05-01", Beside.NOT_APPROVED, "not_approved", Decider.SERVICE),
    ],
)
def test_a_closed_case_says_how_and_by_whom(closing, beside, reason, decider):
    case = state(closing)

    assert not case.is_open
    assert (case.closed_on, case.beside) == (day("2021-05-01"), beside)
    assert (case.closing_reason, case.closing_decider) == (reason, decider)
    assert (case.waits_for, case.waits_on) == (WaitsFor.NOTHING, WaitsOn.NOBODY)


def test_a_reopened_case_is_open_at_the_stage_it_had_reached():
    case = state(*TO_PANEL[:4], "withdrawn 2021-05-01 AW1", "reopened 2021-06-01")

    assert (case.is_open, case.closed_on, case.closing_reason) == (True, None, None)
    assert (case.stage, case.stage_since) == (Stage.STAGE1, day("2021-04-02"))


def test_an_approved_case_is_not_open_and_not_closed():
    case = state(*APPROVED)

    assert (case.is_open, case.closed_on, case.beside) == (False, None, None)
    assert (case.approved_on, case.reported) == (day("2021-09-10"), Reported.APPROVED)


def test_not_now_stands_until_something_but_an_attempt_follows():
    put_off = ("contacted 2021-03-02", "not_now 2021-03-03 2021-09-01")
    tried = (*put_off, "contact_attempted 2021-09-01")

    for lines in (put_off, tried):
        assert (state(*lines).beside, state(*lines).not_now_until_on) == (
            Beside.NOT_NOW,
            day("2021-09-01"),
        )
        assert waits(*lines)[0] is WaitsFor.CONTACT_AGAIN
    assert state(*tried, "contacted 2021-09-02").beside is None
    assert state(*tried, "contacted 2021-09-02").not_now_until_on is None


def test_a_brief_report_stands_beside_stage_2():
    brief = (*TO_PANEL[:6], "brief_report 2021-07-01")

    assert (state(*brief).stage, state(*brief).beside) == (Stage.STAGE2, Beside.BRIEF_REPORT)
    assert waits(*brief)[0] is WaitsFor.REPORT


def test_a_visit_and_a_hand_over_are_open_until_they_are_made():
    assert state("initial_visit_booked 2021-03-02 2021-03-09").visit_booked_for == day("2021-03-09")
    assert (
        state(
            "initial_visit_booked 2021-03-02 2021-03-09", "initial_visit 2021-03-09"
        ).visit_booked_for
        is None
    )
    assert state("handed_over 2021-03-02 SOUTH").handed_over_to == "SOUTH"
    assert state("handed_over 2021-03-02 SOUTH", "acknowledged 2021-03-03").handed_over_to is None


def test_a_state_is_one_flat_row():
    values = asdict(state(*APPROVED)).values()

    assert all(value is None or isinstance(value, str | int | date | datetime) for value in values)
    assert CaseState(**asdict(state(*TO_PANEL))) == state(*TO_PANEL)


def test_days_in_a_stage_are_counted_from_reaching_it():
    assert state(*TO_PANEL).days_in_stage(day("2021-08-11")) == 10
