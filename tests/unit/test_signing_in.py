"""How many tries at signing in are let through, and which passwords an account may have."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from carers.domain import clock, passwords
from carers.domain.errors import RuleBroken
from carers.domain.signing_in import (
    FROM_AN_ADDRESS,
    OF_AN_ACCOUNT,
    WINDOW,
    TooManyTries,
    check_may_try,
    waits_until,
)

NOW = datetime(2026, 11, 24, 9, 10, 30, tzinfo=clock.LONDON)


def failed(times: int, apart: timedelta = timedelta(minutes=1)) -> list[datetime]:
    """The last just now and the others before it, latest first."""
    return [NOW - apart * n for n in range(times)]


def test_four_failures_let_the_next_try_through():
    check_may_try(failed(OF_AN_ACCOUNT - 1), [], NOW)


def test_the_fifth_makes_the_next_wait_until_the_first_of_them_is_15_minutes_old():
    with pytest.raises(TooManyTries) as refused:
        check_may_try(failed(OF_AN_ACCOUNT), [], NOW)

    assert refused.value.until == NOW - timedelta(minutes=4) + WINDOW
    assert refused.value.sentence == "There were too many tries. Try again at 9:22am"  # 9:21:30


def test_failures_of_long_ago_do_not_count():
    assert waits_until(failed(5, timedelta(minutes=4)), 5, NOW) is None  # the first is 16 minutes
    assert waits_until(failed(5, timedelta(minutes=15)), 1, NOW) == NOW + WINDOW


def test_an_address_waits_too_and_the_later_of_both_counts():
    seconds = timedelta(seconds=1)

    check_may_try([], failed(FROM_AN_ADDRESS - 1, seconds), NOW)
    with pytest.raises(TooManyTries) as refused:
        check_may_try(failed(5), failed(FROM_AN_ADDRESS, seconds), NOW)

    assert refused.value.until == NOW - 99 * seconds + WINDOW


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12:30am"), (11, "11:30am"), (12, "12:30pm"), (23, "11:30pm")]
)
def test_the_time_to_try_again_is_said_as_people_say_it(hour, said):
    until = datetime(2026, 11, 24, hour, 30, tzinfo=clock.LONDON)

    assert TooManyTries(until).sentence.endswith(f"at {said}")


@pytest.mark.parametrize("password", ["three blue whales", "x7-Qp_0aZm9!", "ångström-länge"])
def test_a_password_that_is_long_enough_may_be_one(password):
    passwords.check(password)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("elevenchars", "between 12 and 200"),
        ("x" * 201, "between 12 and 200"),
        ("Password1234", "among the first"),
        ("aaaabbbbccccdddd", "among the first"),
    ],
)
def test_one_that_is_short_too_long_or_common_may_not(password, said):
    with pytest.raises(RuleBroken, match=said) as refused:
        passwords.check(password)

    assert refused.value.field == "password"
