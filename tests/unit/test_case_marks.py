"""What marks a case on the way: limits past, limits close, pauses, usual times."""

from datetime import date

import pytest

from carers.domain.case_marks import Mark, Urgency, mark_of
from carers.domain.cases import fold
from carers.domain.standards import Standards
from tests.unit.histories import TO_DECISION, TO_PANEL, day, history

STANDARDS = Standards.of({})
IN_CONTACT = ("contacted 2021-03-02T15:00",)
APPLIED = (*IN_CONTACT, "application_received 2021-04-01T10:00")
STAGE_1_COMPLETE = (
    *APPLIED,
    "stage1_started 2021-04-02T10:00",
    "stage1_information_complete 2021-06-01T10:00",
)


def mark_on(when: str, *lines: str, usual: int | None = None) -> Mark | None:
    return mark_of(fold(history(*lines), STANDARDS), day(when), usual)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2021-09-16", None),
        ("2021-09-17", "Target in 14 days"),
        ("2021-09-30", "Target in 1 day"),
        ("2021-10-01", "Target today"),
        ("2021-10-02", "Past target by 1 day"),
        ("2021-10-13", "Past target by 12 days"),
    ],
)
def test_the_six_month_target_is_in_time_on_its_day_and_past_the_day_after(
    when: str, words: str | None
) -> None:
    mark = mark_on(when, *APPLIED)

    assert (mark.words if mark else None) == words
    if mark:
        assert mark.urgency is (Urgency.LATE if "Past" in mark.words else Urgency.SOON)


def test_the_standard_stops_at_the_recommendation() -> None:
    recommended = (*TO_DECISION, "decided 2021-09-14T10:00 approve")
    unheard = (*APPLIED, "decided 2021-09-30T10:00 approve")

    assert mark_on("2021-12-02", *unheard) == Mark(Urgency.LATE, "Past standard by 1 day")
    assert mark_on("2021-11-24", *unheard) == Mark(Urgency.SOON, "Standard in 7 days")
    assert mark_on("2021-12-02", *recommended) is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2021-09-10", None),
        ("2021-09-12", "Decision: 3 days left"),
        ("2021-09-15", "Decision: last day"),
        ("2021-09-16", "Decision 1 day over"),
    ],
)
def test_a_decision_is_due_seven_working_days_after_the_minutes(
    when: str, words: str | None
) -> None:
    mark = mark_on(when, *TO_DECISION)

    assert (mark.words if mark else None) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2021-06-10", None),
        ("2021-06-12", "Stage 1 decision: 3 days left"),
        ("2021-06-15", "Stage 1 decision: last day"),
        ("2021-06-16", None),
    ],
)
def test_a_stage_1_refusal_is_possible_for_ten_working_days(when: str, words: str | None) -> None:
    mark = mark_on(when, *STAGE_1_COMPLETE)

    assert (mark.words if mark else None) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2021-08-20", None),
        ("2021-08-22", "Papers due in 2 days"),
        ("2021-08-24", "Papers due today"),
        ("2021-08-25", None),
    ],
)
def test_papers_are_due_five_working_days_before_the_panel(when: str, words: str | None) -> None:
    mark = mark_on(when, *TO_PANEL)

    assert (mark.words if mark else None) == words


def test_a_pause_marks_a_case_that_is_past_no_limit() -> None:
    paused = (*APPLIED, "paused 2021-09-01T10:00 applicant")

    assert mark_on("2021-09-17", *paused) == Mark(Urgency.PAUSED, "Paused 16 days")
    assert mark_on("2021-10-02", *paused) == Mark(Urgency.LATE, "Past target by 1 day")


def test_a_stage_that_lasts_longer_than_usual_marks_a_case() -> None:
    assert mark_on("2021-03-22", *IN_CONTACT, usual=20) is None
    assert mark_on("2021-03-23", *IN_CONTACT, usual=20) == Mark(Urgency.SOON, "Over usual")
    assert mark_on("2021-09-23", *IN_CONTACT) is None


def test_a_case_without_an_application_date_says_so() -> None:
    mark = mark_on("2021-05-01", "stage1_started 2021-04-02T10:00")

    assert mark == Mark(Urgency.SOON, "No application date")


def test_a_case_that_is_over_is_not_marked() -> None:
    closed = (*APPLIED, "closed_by_service 2021-09-01T10:00 other")

    assert mark_of(fold(history(*closed), STANDARDS), date(2022, 9, 1)) is None
