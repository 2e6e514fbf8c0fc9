"""Working days and the calendar, with every vector of RULES 8.3 that is about a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain import clocks
from carers.domain.bank_holidays import BANK_HOLIDAYS
from carers.domain.clock import local_day
from carers.domain.working_days import (
    FIRST_DAY,
    LAST_DAY,
    WORKING_DAYS,
    CalendarEnds,
    add_days,
    add_months,
    add_working_days,
    add_years,
    due_after,
    is_working_day,
    last_day_of_weeks,
    working_days_before,
)
from tests.unit.histories import day, instant

days = st.dates(FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-12-17", "2027-01-05"),
        ("2027-03-22", "2027-04-07"),
        ("2026-11-20", "2026-12-04"),
        ("2026-11-21", "2026-12-04"),
    ],
)
def test_a_stage_1_refusal_is_possible_for_ten_working_days(start, expected):
    assert clocks.refusal_last(day(start)) == day(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2026-12-18", "2026-12-31"), ("2026-12-31", "2027-01-12"), ("2017-04-12", "2017-04-25")],
)
def test_a_decision_is_due_in_seven_working_days(start, expected):
    assert clocks.decision_due(day(start), day(start)) == day(expected)


def test_a_decision_runs_from_the_later_of_recommendation_and_minutes():
    assert clocks.decision_due(day("2017-04-12"), day("2017-03-01")) == day("2017-04-25")


def test_a_count_past_the_calendar_is_not_guessed():
    with pytest.raises(CalendarEnds) as refused:
        clocks.decision_due(day("2030-12-27"), day("2030-12-27"))

    assert "ends on 31 December 2030" in refused.value.sentence


@pytest.mark.parametrize(
    ("start", "expected"), [("2026-12-23", "2026-12-29"), ("2026-12-24", "2026-12-30")]
)
def test_applicants_are_told_in_two_working_days(start, expected):
    assert clocks.told_due(day(start)) == day(expected)


@pytest.mark.parametrize(
    ("start", "expected"), [("2026-12-23", "2027-01-04"), ("2026-05-01", "2026-05-11")]
)
def test_a_decision_is_written_in_five_working_days(start, expected):
    assert clocks.written_due(day(start)) == day(expected)


def test_an_emergency_outside_terms_lasts_six_working_days():
    assert add_working_days(day("2027-03-24"), 6) == day("2027-04-05")


def test_a_first_response_over_easter_is_due_the_tuesday_after():
    assert local_day(due_after(instant("2026-04-02 10:20"), 1)) == day("2026-04-07")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-23", "2026-12-21"),
        ("2026-11-27", "2026-12-25"),
        ("2028-02-01", "2028-02-29"),
        ("2027-01-29", "2027-02-26"),
    ],
)
def test_a_period_of_28_days_is_never_extended(start, expected):
    assert clocks.representations_last(day(start)) == day(expected)


def test_a_panel_is_due_in_eight_months_clamped_to_the_end_of_february():
    assert clocks.eight_month_due(day("2026-06-30")) == day("2027-02-28")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-08-31", "2027-02-28"),
        ("2021-08-31", "2022-02-28"),
        ("2021-04-01", "2021-10-01"),
    ],
)
def test_a_six_month_target_runs_to_the_same_day_number(start, expected):
    assert clocks.six_month_due(day(start), 6) == day(expected)


def test_a_review_of_a_leap_day_is_due_on_28_february():
    assert add_years(day("2024-02-29"), 1) == day("2025-02-28")


@pytest.mark.parametrize(("weeks", "expected"), [(16, "2027-03-14"), (24, "2027-05-09")])
def test_a_temporary_approval_counts_its_first_day(weeks, expected):
    assert last_day_of_weeks(day("2026-11-23"), weeks) == day(expected)


@pytest.mark.parametrize(
    ("panel", "expected"),
    [("2027-01-07", "2026-12-30"), ("2026-12-31", "2026-12-22"), ("2027-04-01", "2027-03-23")],
)
def test_a_panels_papers_are_due_five_working_days_before(panel, expected):
    assert clocks.papers_due(day(panel)) == day(expected)


def test_bank_holidays_are_all_on_weekdays():
    assert len(BANK_HOLIDAYS) == 156
    assert all(holiday.weekday() < 5 for holiday in BANK_HOLIDAYS)


def test_the_day_itself_is_within_no_working_days():
    saturday = day("2026-11-21")

    assert add_working_days(saturday, 0) == working_days_before(saturday, 0) == saturday


@pytest.mark.parametrize(
    "ask",
    [
        lambda: is_working_day(date(2031, 1, 1)),
        lambda: is_working_day(date(2011, 12, 31)),
        lambda: add_working_days(date(2031, 1, 1), 0),
        lambda: working_days_before(date(2012, 1, 5), 5),
        lambda: due_after(instant("2030-12-31 12:00"), 1),
        lambda: add_months(date(9999, 11, 30), 6),
        lambda: add_days(date(9999, 12, 31), 1),
    ],
)
def test_outside_the_calendar_no_day_is_given(ask):
    with pytest.raises(CalendarEnds):
        ask()


def test_a_clock_that_passes_the_calendar_has_no_due_day():
    assert clocks.unless_calendar_ends(clocks.told_due, date(2030, 12, 31)) is None
    assert clocks.unless_calendar_ends(clocks.told_due, date(2030, 12, 2)) == date(2030, 12, 4)


@settings(deadline=None)
@given(days, st.integers(1, 60))
def test_adding_working_days_ends_on_one_so_many_later(start, count):
    try:
        end = add_working_days(start, count)
    except CalendarEnds:
        assert len([one for one in WORKING_DAYS if one > start]) < count
    else:
        assert is_working_day(end)
        assert len([one for one in WORKING_DAYS if start < one <= end]) == count


@settings(deadline=None)
@given(st.sampled_from(WORKING_DAYS), st.integers(1, 60))
def test_counting_back_and_forward_comes_to_the_same_working_day(start, count):
    try:
        back = working_days_before(start, count)
    except CalendarEnds:
        return
    assert add_working_days(back, count) == start


@settings(deadline=None)
@given(days, st.integers(0, 120))
def test_months_later_is_the_same_day_number_or_the_months_last(start, months):
    end = add_months(start, months)

    assert end.day == start.day or (end + timedelta(days=1)).day == 1
