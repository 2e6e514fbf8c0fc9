"""Time left and time over, in words."""

from datetime import timedelta

import pytest

from carers.domain.lateness import (
    clock_words,
    counted,
    day_month,
    days_left_or_over,
    left_or_over,
    response_left,
    when_words,
)
from tests.unit.histories import day, instant

NOW = instant("2025-11-18 09:10")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=4, minutes=55), "4 hours 55 minutes left"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute left"),
        (timedelta(hours=2), "2 hours left"),
        (timedelta(minutes=7), "7 minutes left"),
        (timedelta(0), "0 minutes left"),
        (-timedelta(hours=16, minutes=15), "16 hours over"),
        (-timedelta(hours=1), "1 hour over"),
        (-timedelta(minutes=12), "12 minutes over"),
    ],
)
def test_time_is_left_or_over(left, words):
    assert left_or_over(left) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2025-11-18", "Last day"),
        ("2025-11-19", "1 day left"),
        ("2025-11-20", "2 days left"),
        ("2025-11-17", "1 day over"),
    ],
)
def test_a_due_day_is_in_date_and_the_day_after_is_not(due, words):
    assert days_left_or_over(day(due), NOW.date()) == words


def test_working_time_left_stands_still_at_the_weekend():
    assert response_left(instant("2025-11-17 09:00"), instant("2025-11-15 12:00")) == timedelta(
        hours=9
    )


def test_past_the_calendar_time_left_is_plain_time():
    assert response_left(instant("2031-02-02"), instant("2031-02-01")) == timedelta(days=1)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2025-11-18 08:31", "today 8:31am"),
        ("2025-11-14 16:55", "Friday 4:55pm"),
        ("2025-11-11 00:00", "11 November"),
        ("2024-10-18 12:00", "18 October 2024"),
        ("2025-11-19 12:00", "19 November"),
    ],
)
def test_an_instant_is_told_by_how_near_it_is(when, words):
    assert when_words(instant(when), NOW) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [("00:00", "12am"), ("12:05", "12:05pm"), ("16:00", "4pm"), ("09:10", "9:10am")],
)
def test_hours_are_told_as_people_say_them(when, words):
    assert clock_words(instant(f"2025-11-18 {when}")) == words


def test_a_day_has_its_year_where_that_is_not_this_one():
    assert day_month(day("2025-10-18"), NOW.date()) == "18 October"
    assert day_month(day("2026-01-02"), NOW.date()) == "2 January 2026"


def test_one_and_more_than_one():
    assert [counted(1, "try", "tries"), counted(3, "try", "tries"), counted(0, "day")] == [
        "1 try",
        "3 tries",
        "0 days",
    ]
