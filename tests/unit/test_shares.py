"""Shares and rounding (METRICS, Conventions)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain.shares import Ratio, Share, half_up, mean, median, percentile, rounded


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(11, 20), "55.0"),
        (Share(175, 340), "51.5"),
        (Share(31626, 64694), "48.9"),
        (Share(9, 99), "9.1"),
        (Share(1, 2000), "0.1"),
        (Share(0, 7), "0.0"),
        (Share(Decimal("1.5"), Decimal(3)), "50.0"),
    ],
)
def test_a_percentage_is_rounded_once_to_one_decimal(share, percent):
    assert str(share.percent) == percent


def test_a_ratio_is_rounded_once_to_two_decimals():
    assert str(Ratio(83, 66).ratio) == "1.26"
    assert str(Ratio(178, 144).ratio) == "1.24"
    assert Ratio(1, 0).ratio is None


def test_a_share_of_nothing_has_no_percentage():
    assert Share(0, 0).percent is None
    assert Share(0, 0).fraction is None


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 20), 1, "-0.1"),
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("2.344999"), 2, "2.34"),
        (Fraction(83, 66), 2, "1.26"),
        (7, 1, "7.0"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_halves_are_rounded_away_from_nought(value, places, expected):
    assert str(half_up(value, places)) == expected


def test_nothing_rounds_to_nothing():
    assert rounded(None) is None
    assert rounded(Fraction(1, 3), 2) == Decimal("0.33")


def test_a_mean_or_median_of_nothing_is_nothing():
    assert mean([]) is median([]) is percentile([], 90) is None


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle():
    assert median([4, 1, 3, 2]) == Fraction(5, 2)
    assert median([3, 1, 2]) == 2


def test_the_90th_percentile_is_a_value_that_occurred():
    assert percentile(range(1, 11), 90) == 9
    assert percentile([1, 2, 3], 90) == 3
    assert percentile([5], 90) == 5


def test_the_mean_is_of_unrounded_values():
    assert mean([1, Decimal("2.5")]) == Fraction(7, 4)


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=1), st.integers(1, 100))
def test_so_many_in_a_hundred_do_not_exceed_their_percentile_and_no_smaller_value_will_do(
    values, percent
):
    found = percentile(values, percent)

    def share_within(limit):
        return Fraction(sum(value <= limit for value in values), len(values))

    assert share_within(found) >= Fraction(percent, 100)
    assert all(share_within(value) < Fraction(percent, 100) for value in values if value < found)
