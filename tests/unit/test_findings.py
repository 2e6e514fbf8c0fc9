"""What a load lists and does not refuse: steps left out, guards broken, records that disagree."""

import pytest

from carers.domain.findings import findings
from carers.domain.guards import Kind
from tests.unit.histories import TO_DECISION, TO_DETERMINATION, TO_PANEL, day, history

APPROVED = (*TO_DECISION, "decided 2021-09-08T12:00 approve", "approved 2021-09-08T12:00")


def where(found):
    """The events that findings are about."""
    return [finding.happening.event.value for finding in found if finding.happening]


def kinds(*lines, **kwargs):
    return [finding.kind for finding in findings(history(*lines), **kwargs)]


def test_a_whole_case_has_none():
    assert kinds() == kinds(*TO_PANEL) == []
    assert kinds(*APPROVED, registered_on=day("2021-09-08")) == []


def test_a_decision_without_stage_2_says_so_at_the_decision():
    lines = [line for line in TO_DECISION if not line.startswith("stage2_started")]
    found = findings(history(*lines, "decided 2021-09-08T12:00 approve"))

    assert [finding.kind for finding in found] == [Kind.STEP_LEFT_OUT]
    assert where(found) == ["decided"]
    assert found[0].sentence == "“Decision” is recorded, but “Stage 2 started” never was"


def test_a_decision_without_a_panel_says_so_once():
    lines = TO_PANEL[:6]

    assert kinds(*lines, "decided 2021-09-08T12:00 approve") == [Kind.DECIDED_WITHOUT_PANEL]


def test_any_other_step_left_out_is_found_where_it_was_gone_past():
    found = findings(history("initial_visit 2021-03-10", "application_received 2021-04-01"))

    assert where(found) == ["initial_visit"]


def test_a_decision_before_the_minutes_were_final():
    lines = (*TO_PANEL, "panel_recommended 2021-09-01T12:00 approve")

    assert kinds(*lines, "decided 2021-09-02 approve") == [Kind.DECIDED_BEFORE_MINUTES]


def test_a_refusal_after_its_ten_working_days():
    lines = TO_PANEL[:5]

    assert kinds(*lines, "stage1_refused 2021-06-15T23:00") == []
    assert kinds(*lines, "stage1_refused 2021-06-16T00:00") == [Kind.REFUSED_TOO_LATE]
    assert kinds(*TO_PANEL[:4], "stage1_refused 2021-12-01") == []


def test_a_later_completion_of_the_information_restarts_the_window():
    lines = (*TO_PANEL[:5], "stage1_information_complete 2021-07-01")

    assert kinds(*lines, "stage1_refused 2021-07-15") == []


def test_a_refusal_past_the_calendar_is_not_judged():
    lines = ("application_received 2031-01-01", "stage1_information_complete 2031-01-02")

    assert Kind.REFUSED_TOO_LATE not in kinds(*lines, "stage1_refused 2031-12-01")


def test_a_brief_report_cannot_be_recommended_for_approval_until_a_full_one_is_asked_for():
    lines = (*TO_PANEL, "brief_report 2021-08-02")
    asked = (*lines, "panel_recommended 2021-09-01 defer", "panel_booked 2021-09-02 2021-10-01")

    assert kinds(*lines, "panel_recommended 2021-09-01 approve") == [Kind.BRIEF_REPORT_OUTCOME]
    assert kinds(*lines, "panel_recommended 2021-09-01 not_approve") == []
    assert kinds(*asked, "panel_recommended 2021-10-01 approve") == []


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("not_approved 2021-10-08T23:00", [Kind.DETERMINED_TOO_SOON]),
        ("not_approved 2021-10-09T00:00", []),
    ],
)
def test_a_final_determination_waits_28_days_from_the_letter(final, expected):
    assert kinds(*TO_DETERMINATION, final) == expected


def test_a_final_determination_needs_the_letter():
    lines = TO_DETERMINATION[:-1]

    assert kinds(*lines, "not_approved 2021-12-01") == [Kind.DETERMINED_TOO_SOON]


def test_after_representations_a_panel_and_a_decision_come_again():
    asked = (*TO_DETERMINATION, "representations_received 2021-09-20")
    panel = (
        *asked,
        "panel_booked 2021-09-21 2021-10-10",
        "panel_recommended 2021-10-10 not_approve",
        "minutes_final 2021-10-11",
    )
    decided = (*panel, "decided 2021-10-12 not_approve")

    assert kinds(*asked, "not_approved 2021-12-01") == [Kind.DETERMINED_TOO_SOON]
    assert kinds(*asked, "decided 2021-10-12 approve") == [Kind.DECIDED_WITHOUT_PANEL]
    assert kinds(*decided, "not_approved 2021-10-12") == []


def test_after_an_independent_review_the_decision_needs_no_other_panel():
    lines = (*TO_DETERMINATION, "irm_applied 2021-09-20", "irm_recommended 2021-10-20 approve")

    assert kinds(*lines, "decided 2021-10-25 approve") == []


def test_a_second_decision_without_either_route():
    lines = (*TO_DETERMINATION, "decided 2021-10-01 approve")

    assert kinds(*lines) == [Kind.DECIDED_WITHOUT_PANEL]


def test_both_routes_after_one_determination():
    lines = (*TO_DETERMINATION, "irm_applied 2021-09-20", "representations_received 2021-09-21")

    assert kinds(*lines) == [Kind.BOTH_ROUTES]


def test_a_withdrawal_code_without_an_application():
    assert kinds("withdrawn 2021-03-02 AW1") == [Kind.WITHDRAWAL_CODE]
    assert kinds("withdrawn 2021-03-02 no_spare_room") == []
    assert kinds(*TO_PANEL[:3], "withdrawn 2021-05-02 AW1") == []


def test_an_approved_case_and_the_register_disagree():
    assert kinds(*APPROVED) == [Kind.NO_HOUSEHOLD]
    assert kinds(*APPROVED, registered_on=day("2021-09-09")) == [Kind.DAYS_DIFFER]


def test_events_on_a_duplicate():
    assert kinds("contacted 2021-03-02", is_duplicate=True) == [Kind.ON_A_DUPLICATE]
    assert kinds(is_duplicate=True) == []
