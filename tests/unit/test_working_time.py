"""Working time: round the clock on working days, standing still on others."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain.clock import LONDON
from carers.domain.working_days import due_after, working_time
from tests.unit.histories import instant

instants = st.datetimes(
    instant("2012-01-03 00:00").replace(tzinfo=None),
    instant("2030-12-01 00:00").replace(tzinfo=None),
    timezones=st.just(LONDON),
    allow_imaginary=False,
)


def test_friday_afternoon_to_monday_at_the_same_hour_is_one_working_day():
    received, answered = instant("2021-03-05 16:30"), instant("2021-03-08 16:30")

    assert working_time(received, answered) == timedelta(hours=24)
    assert due_after(received, 1) == answered


def test_an_enquiry_on_a_saturday_starts_at_midnight_on_monday():
    received = instant("2021-03-06 11:00")

    assert working_time(received, instant("2021-03-08 09:00")) == timedelta(hours=9)
    assert due_after(received, 1) == instant("2021-03-09 00:00")


@pytest.mark.parametrize("friday", ["2021-03-26", "2021-10-29"])
def test_the_clocks_going_forward_or_back_moves_no_due_hour(friday):
    received = instant(f"{friday} 16:30")

    due = due_after(received, 1)

    hours = due.astimezone(UTC) - received.astimezone(UTC)
    assert abs(hours - timedelta(days=3)) == timedelta(hours=1)
    assert (due.hour, due.minute, due.strftime("%A")) == (16, 30, "Monday")


def test_time_runs_in_london_whatever_the_offset_of_the_instant():
    midnight_in_utc = instant("2021-06-07 00:30").astimezone(tz=None)

    assert working_time(midnight_in_utc, instant("2021-06-07 01:00")) == timedelta(minutes=30)


@settings(deadline=None)
@given(instants, instants, instants)
def test_working_time_adds_up(first, second, third):
    assert working_time(first, second) + working_time(second, third) == working_time(first, third)


@settings(deadline=None)
@given(instants, st.integers(0, 5))
def test_what_is_due_is_the_last_instant_in_time(received, working_days):
    due, standard = due_after(received, working_days), timedelta(days=working_days)

    assert working_time(received, due) == standard
    assert working_time(received, due + timedelta(minutes=1)) > standard
