"""Dates that nobody means are refused in words; every other one is taken."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.reach import ACT, BIRTH, END, Reach

TODAY = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("reach", "first", "last"),
    [
        (BIRTH, date(1900, 1, 1), TODAY),
        (ACT, date(1948, 1, 1), date(2030, 2, 28)),
        (END, date(1948, 1, 1), date(2038, 2, 28)),
    ],
)
def test_the_first_day_and_the_last_are_within_reach(reach: Reach, first: date, last: date):
    assert reach.refusal(first, TODAY) is None
    assert reach.refusal(last, TODAY) is None


@pytest.mark.parametrize(
    ("reach", "day", "sentence"),
    [
        (BIRTH, date(1899, 12, 31), "must be 1 January 1900 or later"),
        (BIRTH, date(2028, 3, 1), "must be in the past"),
        (BIRTH, date(9999, 12, 31), "must be in the past"),
        (ACT, date(1, 1, 1), "must be 1 January 1948 or later"),
        (ACT, date(1850, 6, 1), "must be 1 January 1948 or later"),
        (ACT, date(2030, 3, 1), "must be 28 February 2030 or earlier"),
        (END, date(2038, 3, 1), "must be 28 February 2038 or earlier"),
    ],
)
def test_a_day_out_of_reach_is_refused_in_words(reach: Reach, day: date, sentence: str):
    assert reach.refusal(day, TODAY) == sentence
