"""The clocks of a case: what starts and stops them, and when they run out."""

from datetime import timedelta

import pytest

from carers.domain.cases import fold
from carers.domain.recruitment import Event, Outcome, PauseBy
from carers.domain.silence import silent_stage2
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


def test_an_application_starts_both_clocks_clamped_to_the_months_end():
    case = state("application_received 2021-08-31T23:30", received="2021-08-01 09:00")

    assert case.application_received_on == day("2021-08-31")
    assert case.six_month_due_on == day("2022-02-28")
    assert case.eight_month_due_on == day("2022-04-30")
    assert not case.is_past_target_on(day("2022-02-28"))
    assert case.is_past_target_on(day("2022-03-01"))
    assert case.days_to_target(day("2022-02-20")) == 8


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
