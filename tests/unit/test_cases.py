"""What a case's events amount to."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest

from carers.domain.case_state import CaseState, Decider
from carers.domain.cases import fold
from carers.domain.recruitment import Event, Outcome, PauseBy
from carers.domain.silence import silent_stage2
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


def test_a_voicemail_does_not_stop_the_first_response():
    case = state("contact_attempted 2021-03-01T10:00", "contact_attempted 2021-03-01T11:00")

    assert (case.answered_at, case.contact_attempts) == (None, 2)
    assert case.last_attempt_at == instant("2021-03-01 11:00")
    assert case.response_is_overdue_at(instant("2021-03-02 09:01"))
    assert not case.response_is_overdue_at(instant("2021-03-02 09:00"))


@pytest.mark.parametrize(
    ("event", "answers"),
    [
        ("contacted", True),
        ("initial_visit", True),
        ("application_received", True),
        ("stage2_started", True),
        ("information_sent", False),
        ("initial_visit_booked", False),
        ("panel_booked", False),
        ("handed_over", False),
        ("acknowledged", False),
        ("stage1_started", False),
        ("withdrawn", False),
    ],
)
def test_a_conversation_or_a_later_stage_answers_an_enquiry(event, answers):
    assert state(f"{event} 2021-03-02").is_answered is answers


def test_the_service_s_own_standards_move_the_clocks():
    own = Standards.of({"first_response_working_days": "3", "assessment_target_months": "4"})
    case = state(*TO_PANEL, standards=own)

    assert case.first_response_due_at == instant("2021-03-04 09:00")
    assert case.six_month_due_on == day("2021-08-01")
    assert case.eight_month_due_on == day("2021-12-01")


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


def test_an_application_starts_both_clocks_clamped_to_the_months_end():
    case = state("application_received 2021-08-31T23:30", received="2021-08-01 09:00")

    assert case.application_received_on == day("2021-08-31")
    assert case.six_month_due_on == day("2022-02-28")
    assert case.eight_month_due_on == day("2022-04-30")
    assert not case.is_past_target_on(day("2022-02-28"))
    assert case.is_past_target_on(day("2022-03-01"))
    assert case.days_to_target(day("2022-02-20")) == 8


def test_an_instant_belongs_to_its_london_day():
    late = history("application_received 2021-04-01T00:30").happenings[0]

    assert late.at.isoformat() == "2021-03-31T23:30:00+00:00"
    assert fold(history("application_received 2021-04-01T00:30"), STANDARDS).application_on == day(
        "2021-04-01"
    )


def test_the_first_decision_stops_the_six_month_clock_and_a_deferral_does_not():
    deferred = state(*TO_DECISION, "decided 2021-09-08 defer")
    decided = state(*TO_DECISION, "decided 2021-09-08 defer", "decided 2021-09-20 approve")

    assert (deferred.first_decided_on, deferred.decision) == (None, Outcome.DEFER)
    assert deferred.is_being_assessed
    assert deferred.waits_for is WaitsFor.FURTHER_PANEL
    assert (decided.first_decided_on, decided.first_decision) == (
        day("2021-09-20"),
        Outcome.APPROVE,
    )
    assert not decided.is_being_assessed
    assert decided.days_to_target(day("2021-12-01")) is None
    assert decided.days_since_application(day("2021-12-01")) == 172
    assert deferred.days_since_application(day("2021-04-02")) == 1


def test_without_an_application_no_clock_runs():
    case = state("contacted 2021-03-02")

    assert case.six_month_due_on is case.eight_month_due_on is case.net_due_on is None
    assert case.days_since_application(day("2021-05-01")) is None
    assert case.net_due_by(day("2021-05-01")) is None
    assert case.applicant_paused_days_by(day("2021-05-01")) == 0
    assert not case.is_past_target_on(day("2025-01-01"))


def test_the_applicants_pauses_move_the_net_target_alone():
    case = state(
        *TO_PANEL[:3],
        "paused 2021-05-01 applicant",
        "resumed 2021-05-11",
        "paused 2021-06-01 third_party",
        "resumed 2021-06-21",
    )

    assert case.applicant_paused_days == 10
    assert case.six_month_due_on == day("2021-10-01")
    assert case.net_due_on == day("2021-10-11")
    assert case.paused_since is None


def test_a_pause_before_the_application_or_after_the_decision_does_not_count():
    early = ("paused 2021-03-20 applicant", TO_PANEL[2], "resumed 2021-04-03")
    late = (
        *TO_DECISION,
        "paused 2021-09-07 applicant",
        "decided 2021-09-09 not_approve",
        "resumed 2021-09-20",
    )

    assert state(*early).applicant_paused_days == 2
    assert state(*late).applicant_paused_days == 2


def test_a_pause_that_runs_is_counted_on_the_day_that_is_asked_about():
    case = state(*TO_PANEL[:3], "paused 2021-05-01 applicant")

    assert (case.paused_since, case.paused_by) == (day("2021-05-01"), PauseBy.APPLICANT)
    assert (case.applicant_paused_days, case.net_due_on) == (0, day("2021-10-01"))
    assert case.applicant_paused_days_by(day("2021-05-16")) == 15
    assert case.net_due_by(day("2021-05-16")) == day("2021-10-16")
    assert case.applicant_paused_days_by(day("2021-04-15")) == 0


@pytest.mark.parametrize(
    ("by", "on"),
    [
        ("applicant", WaitsOn.APPLICANT),
        ("service", WaitsOn.SERVICE),
        ("third_party", WaitsOn.THIRD_PARTY),
        ("", WaitsOn.SERVICE),
    ],
)
def test_a_paused_case_waits_on_whoever_it_is_paused_for(by, on):
    assert waits(*TO_PANEL[:4], f"paused 2021-05-01 {by}") == (WaitsFor.RESUMING, on)


def test_closing_and_approval_end_a_pause():
    pause = "paused 2021-05-01 applicant"

    assert state(*TO_PANEL[:3], pause, "withdrawn 2021-05-11 AW1").paused_since is None
    assert state(*TO_PANEL[:3], pause, "approved 2021-05-11").applicant_paused_days == 10


def test_a_later_completion_of_stage_1_restarts_its_window():
    first = state(*TO_PANEL[:5])
    again = state(*TO_PANEL[:5], "stage1_information_complete 2021-07-01")

    assert first.refusal_last_on == day("2021-06-15")
    assert again.refusal_last_on == day("2021-07-15")
    assert again.stage1_complete_on == day("2021-06-01")


def test_panel_minutes_and_decision_have_their_days():
    booked, recommended = state(*TO_PANEL), state(*TO_DECISION)

    assert (booked.panel_booked_for, booked.papers_due_on) == (day("2021-09-01"), day("2021-08-24"))
    assert recommended.panel_booked_for is None
    assert recommended.minutes_final_at == instant("2021-09-06 12:00")
    assert recommended.decision_due_on == day("2021-09-15")
    assert recommended.recommendation is Outcome.APPROVE
    assert recommended.first_recommended_on == day("2021-09-01")


def test_a_deferral_by_the_panel_is_no_recommendation_and_waits_for_a_further_one():
    lines = (*TO_PANEL, "panel_recommended 2021-09-01 defer", "minutes_final 2021-09-02")
    case = state(*lines)

    assert (case.first_recommended_on, case.decision_due_on) == (None, None)
    assert (case.waits_for, case.reported) == (WaitsFor.FURTHER_PANEL, Reported.PANEL)
    again = state(*lines, "panel_booked 2021-09-03 2021-10-01")
    assert again.waits_for is WaitsFor.RECOMMENDATION
    third = state(*lines, "panel_recommended 2021-10-01 approve")
    assert (third.first_recommended_on, third.minutes_final_at) == (day("2021-10-01"), None)


def test_a_decision_is_told_and_written():
    decided = (*TO_DECISION, "decided 2021-09-08T12:00 approve")
    case = state(*decided)
    told = state(*decided, "told_orally 2021-09-09T10:00", "notice_sent 2021-09-10T10:00")

    assert (case.told_due_on, case.written_due_on) == (day("2021-09-10"), day("2021-09-15"))
    assert (case.told_orally_at, case.notice_sent_at) == (None, None)
    assert told.told_orally_at == instant("2021-09-09 10:00")
    assert told.notice_sent_at == instant("2021-09-10 10:00")
    assert told.waits_for is WaitsFor.REGISTER_ENTRY


def test_a_determination_is_written_by_its_own_letter_and_starts_28_days():
    case = state(*TO_DETERMINATION)

    assert case.notice_sent_at == instant("2021-09-10 12:00")
    assert case.determination_sent_on == day("2021-09-10")
    assert case.representations_until_on == day("2021-10-08")
    assert (case.waits_for, case.waits_on) == (WaitsFor.REPRESENTATIONS, WaitsOn.APPLICANT)
    assert case.is_open


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


def test_due_days_past_the_calendar_of_bank_holidays_are_not_guessed():
    case = state(
        "application_received 2030-12-30",
        "stage1_information_complete 2030-12-30",
        "panel_booked 2030-12-30 2031-02-01",
        received="2030-12-31 09:00",
    )

    assert case.first_response_due_at is None
    assert not case.response_is_overdue_at(instant("2031-02-01"))
    assert case.refusal_last_on is None
    assert (case.panel_booked_for, case.papers_due_on) == (day("2031-02-01"), None)
    assert case.six_month_due_on == day("2031-06-30")


def test_a_state_is_one_flat_row():
    values = asdict(state(*APPROVED)).values()

    assert all(value is None or isinstance(value, str | int | date | datetime) for value in values)
    assert CaseState(**asdict(state(*TO_PANEL))) == state(*TO_PANEL)


def test_days_in_a_stage_are_counted_from_reaching_it():
    assert state(*TO_PANEL).days_in_stage(day("2021-08-11")) == 10


@pytest.mark.parametrize(
    ("lines", "on", "is_due"),
    [
        (TO_PANEL[:5], "2021-06-15", False),
        (TO_PANEL[:5], "2021-06-16", True),
        (TO_PANEL[:6], "2021-06-16", False),
        (TO_PANEL[:4], "2021-12-01", False),
        ((*TO_PANEL[:5], "withdrawn 2021-06-10 AW1"), "2021-12-01", False),
        ((*TO_PANEL[:5], "stage1_refused 2021-06-10", "reopened 2021-06-11"), "2021-12-01", False),
        ((*TO_PANEL[:5], "report_completed 2021-06-02"), "2021-12-01", False),
    ],
)
def test_stage_2_follows_from_silence_on_the_day_after_the_tenth_working_day(lines, on, is_due):
    case = history(*lines)

    found = silent_stage2(case, fold(case, STANDARDS), today=day(on))

    assert (found is not None) is is_due
    if found:
        assert (found.event, found.at) == (Event.STAGE2_STARTED, instant("2021-06-16 00:00"))
        assert found.detail == "silence"


def test_a_due_instant_is_the_same_whatever_its_zone():
    case = state()

    assert case.first_response_due_at is not None
    assert case.first_response_due_at - case.received_at == timedelta(days=1)
