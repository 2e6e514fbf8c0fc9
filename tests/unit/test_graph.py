"""The stage graph's faults, row by row of EXCHANGE's table."""

import pytest

from carers.domain.graph import detail_fault, faults
from carers.domain.recruitment import Event
from tests.unit.histories import TO_DECISION, TO_DETERMINATION, TO_PANEL, history

APPROVED = (*TO_DECISION, "decided 2021-09-08T12:00 approve", "approved 2021-09-08T12:00")
NOT_APPROVED = (*TO_DETERMINATION, "not_approved 2021-10-11T12:00")


def told(*lines, **kwargs):
    """The events at fault, and what would be right."""
    found = faults(history(*lines, **kwargs))
    return [(fault.happening.event.value, fault.expected) for fault in found]


def events(*lines):
    return [event for event, _ in told(*lines)]


@pytest.mark.parametrize("lines", [(), TO_DECISION, APPROVED, NOT_APPROVED])
def test_a_whole_case_has_no_fault(lines):
    assert told(*lines) == []


def test_stages_may_be_skipped():
    assert told("decided 2021-09-08T12:00 approve", "approved 2021-09-09T12:00") == []
    assert told("approved 2021-09-09T12:00") == []


def test_an_event_before_the_enquiry_was_received_is_a_fault():
    found = faults(history("contacted 2021-02-28T10:00"))

    assert [(fault.column, fault.expected) for fault in found] == [
        ("at", "2021-03-01T09:00:00+00:00 or later")
    ]
    assert found[0].sentence == "This is before the enquiry was received, on 1 March 2021"


def test_an_event_at_the_instant_of_receipt_is_in_time():
    assert told("contacted 2021-03-01T09:00") == []


@pytest.mark.parametrize(
    "closing",
    ["withdrawn 2021-05-01T10:00 AW1", "closed_by_service 2021-05-01T10:00 other"],
)
def test_only_reopening_and_telling_may_follow_a_closing(closing):
    assert events(closing, "contacted 2021-05-02T10:00") == ["contacted"]
    assert events(closing, "withdrawn 2021-05-02T10:00") == ["withdrawn"]
    assert events(closing, "reopened 2021-05-02T10:00", "contacted 2021-05-03T10:00") == []
    assert events(closing, "told_orally 2021-05-02T10:00", "notice_sent 2021-05-03T10:00") == []


def test_only_telling_may_follow_an_approval_or_a_final_determination():
    for lines in (APPROVED, NOT_APPROVED):
        assert events(*lines, "told_orally 2021-11-01", "notice_sent 2021-11-02") == []
        assert events(*lines, "contacted 2021-11-01") == ["contacted"]
        assert events(*lines, "reopened 2021-11-01") == ["reopened"]


@pytest.mark.parametrize("event", ["application_received", "stage1_started", "stage2_started"])
def test_some_events_are_the_only_ones_in_a_case(event):
    assert events(f"{event} 2021-04-01", f"{event} 2021-05-01") == [event]


@pytest.mark.parametrize(
    "event",
    ["stage1_started", "stage1_information_complete", "stage1_refused", "stage2_started"],
)
def test_no_application_may_come_after_stages_1_and_2(event):
    found = events(f"{event} 2021-04-01", "application_received 2021-04-02")

    assert found[0] == event
    assert events("application_received 2021-04-01", f"{event} 2021-04-01") == []


@pytest.mark.parametrize(
    "event",
    ["brief_report", "report_shared", "report_completed", "panel_recommended", "decided"],
)
@pytest.mark.parametrize("later", ["application_received", "stage2_started"])
def test_neither_application_nor_stage_2_may_come_after_reports_panel_and_decision(event, later):
    assert events(f"{event} 2021-04-01 approve", f"{later} 2021-04-02") == [event]
    assert events(f"{later} 2021-04-01", f"{event} 2021-04-02 approve") == []


def test_stage_1_and_stage_2_may_overlap():
    lines = ("stage2_started 2021-04-01", "stage1_started 2021-04-02")

    assert told(*lines, "stage1_information_complete 2021-04-03") == []


def test_minutes_follow_a_recommendation():
    assert events("minutes_final 2021-04-01") == ["minutes_final"]


@pytest.mark.parametrize("event", ["told_orally", "notice_sent"])
def test_there_must_be_something_to_tell(event):
    assert events(f"{event} 2021-04-01") == [event]
    for first in ("decided 2021-03-02 defer", "approved 2021-03-02", "stage1_refused 2021-03-02"):
        assert events(first, f"{event} 2021-04-01") == []
    reopened = ("withdrawn 2021-03-02", "reopened 2021-03-03", f"{event} 2021-03-04")
    assert events(*reopened) == []


def test_an_approval_or_final_determination_follows_a_decision_of_its_kind():
    assert events("decided 2021-04-01 not_approve", "approved 2021-04-02") == ["approved"]
    assert events("decided 2021-04-01 approve", "not_approved 2021-04-02") == ["not_approved"]
    lines = ("decided 2021-04-01 not_approve", "decided 2021-05-01 approve")
    assert events(*lines, "approved 2021-05-01T10:00") == []
    assert events("not_approved 2021-05-01") == []


@pytest.mark.parametrize("event", ["determination_sent", "representations_received", "irm_applied"])
def test_a_determination_and_what_answers_it_follow_a_decision_not_to_approve(event):
    assert events(f"{event} 2021-04-02") == [event]
    assert events("decided 2021-04-01 defer", f"{event} 2021-04-02") == [event]
    assert events("decided 2021-04-01 not_approve", f"{event} 2021-04-02") == []


def test_an_independent_review_recommends_after_it_was_applied_for():
    lines = ("decided 2021-04-01 not_approve", "irm_applied 2021-04-02")

    assert events("irm_recommended 2021-04-03 approve") == ["irm_recommended"]
    assert events(*lines, "irm_recommended 2021-04-03 approve") == []


def test_pauses_go_by_turns():
    pause, resume = "paused 2021-04-01 applicant", "resumed 2021-04-02"

    assert events(resume) == ["resumed"]
    assert events(pause, "paused 2021-04-02 service") == ["paused"]
    assert events(pause, resume, "resumed 2021-04-03") == ["resumed"]
    assert events(pause, resume, "paused 2021-04-03 service") == []


def test_a_closing_counts_as_resuming():
    closed = ("paused 2021-04-01 applicant", "withdrawn 2021-04-02", "reopened 2021-04-03")

    assert events(*closed, "resumed 2021-04-04") == ["resumed"]
    assert events(*closed, "paused 2021-04-04 applicant") == []


def test_a_case_is_reopened_when_closed_or_not_now():
    assert events("reopened 2021-04-01") == ["reopened"]
    assert events("not_now 2021-04-01 2021-09-01", "reopened 2021-04-02") == []
    assert events("not_now 2021-04-01", "contacted 2021-04-02", "reopened 2021-04-03") == [
        "reopened"
    ]
    assert events("stage1_refused 2021-04-01", "reopened 2021-04-02") == []


def test_events_are_taken_in_the_order_of_their_instants():
    assert events("minutes_final 2021-09-02", "panel_recommended 2021-09-01 approve") == []


def test_two_at_one_instant_are_in_the_order_of_the_file():
    pair = ("panel_recommended 2021-09-01 approve", "minutes_final 2021-09-01")

    assert events(*pair) == []
    assert events(*reversed(pair)) == ["minutes_final"]


@pytest.mark.parametrize(
    ("event", "detail"),
    [
        (Event.PANEL_RECOMMENDED, "defer"),
        (Event.IRM_RECOMMENDED, "approve"),
        (Event.PAUSED, "third_party"),
        (Event.CLOSED_BY_SERVICE, "no_contact"),
        (Event.WITHDRAWN, "AW5"),
        (Event.WITHDRAWN, "no_spare_room"),
        (Event.WITHDRAWN, None),
        (Event.STAGE2_STARTED, "silence"),
        (Event.STAGE2_STARTED, ""),
        (Event.PANEL_BOOKED, "2021-09-01"),
        (Event.PANEL_BOOKED, None),
        (Event.HANDED_OVER, "ELM"),
        (Event.CONTACTED, "anything"),
    ],
)
def test_a_detail_of_the_event_is_no_fault(event, detail):
    assert detail_fault(event, detail) is None


@pytest.mark.parametrize(
    ("event", "detail", "expected"),
    [
        (Event.DECIDED, None, "one of approve, not_approve, defer"),
        (Event.DECIDED, "maybe", "one of approve, not_approve, defer"),
        (Event.IRM_RECOMMENDED, "defer", "one of approve, not_approve"),
        (Event.PAUSED, "", "one of applicant, service, third_party"),
        (Event.STAGE2_STARTED, "noise", "one of silence"),
        (Event.PANEL_BOOKED, "2021-02-30", "a date, YYYY-MM-DD"),
        (Event.NOT_NOW, "20210901", "a date, YYYY-MM-DD"),
    ],
)
def test_a_detail_of_no_code_or_day_is_a_fault(event, detail, expected):
    fault = detail_fault(event, detail)

    assert fault is not None
    assert fault[1] == expected


def test_a_case_to_the_panel_keeps_its_order():
    assert [happening.event.value for happening in history(*reversed(TO_PANEL))] == [
        line.split()[0] for line in TO_PANEL
    ]
