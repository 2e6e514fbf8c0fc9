"""Terms put right: those beside them, and whether the home can bear it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.terms_change import Used
from carers.domain.terms_corrected import ExemptStay, check_corrected, joined, reopened

JANUARY, MARCH, MAY, JULY = (date(2026, month, 1) for month in (1, 3, 5, 7))
TODAY = date(2026, 11, 24)


def test_terms_before_end_where_those_after_them_now_begin() -> None:
    old, before = Period(MAY), Period(JANUARY, MAY)

    assert joined(old, Period(MARCH), before) == Period(JANUARY, MARCH)
    assert joined(old, Period(JULY), before) == Period(JANUARY, JULY)


def test_terms_after_begin_where_those_before_them_now_end() -> None:
    assert joined(Period(JANUARY, MAY), Period(JANUARY, MARCH), Period(MAY)) == Period(MARCH)


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        (Period(MAY), Period(MARCH), Period(JANUARY, MARCH)),  # a gap was between
        (Period(MAY), Period(MAY, JULY), Period(JANUARY, MAY)),  # the end alone
        (Period(JANUARY, MAY), Period(JANUARY), Period(MAY)),  # without an end they overlap
        (Period(JANUARY, MAY), Period(MARCH, MAY), Period(MAY)),
        (Period(MAY, MAY), Period(MARCH), Period(JANUARY, MAY)),  # on no day before
        (Period(MAY), Period(MARCH), Period(MAY, MAY)),
    ],
)
def test_other_terms_stay_as_they_are(old: Period, new: Period, other: Period) -> None:
    assert joined(old, new, other) == other


@pytest.mark.parametrize(
    ("old", "new", "other", "field"),
    [
        (Period(MAY), Period(JANUARY), Period(JANUARY, MAY), "from_on"),
        (Period(JANUARY, MAY), Period(JANUARY, JULY), Period(MAY, JULY), "until_on"),
    ],
)
def test_other_terms_are_left_a_day(old: Period, new: Period, other: Period, field: str) -> None:
    with pytest.raises(RuleBroken, match="left without a day") as refused:
        joined(old, new, other)

    assert refused.value.field == field


def test_terms_that_ended_for_a_mistake_go_on() -> None:
    assert reopened(Period(MAY), Period(JANUARY, MAY)) == Period(JANUARY)
    assert reopened(Period(MARCH, MAY), Period(JANUARY, MARCH)) == Period(JANUARY, MAY)
    assert reopened(Period(MAY), Period(JANUARY, MARCH)) == Period(JANUARY, MARCH)
    assert reopened(Period(MAY, MAY), Period(JANUARY, MAY)) == Period(JANUARY, MAY)


def used(filled: int, recorded: int = 0) -> list[Used]:
    return [Used(MARCH, approved=3, filled=filled, recorded=recorded)]


def test_terms_put_right_bear_all_who_live_there() -> None:
    check_corrected(used(2), [(Period(JANUARY), 2)], [], TODAY)


def test_days_before_anything_is_there_need_nothing() -> None:
    check_corrected([], [(Period(JANUARY), 0)], [], TODAY)
    check_corrected(used(2), [(Period(MARCH), 2)], [], TODAY)


@pytest.mark.parametrize(
    "terms",
    [
        [(Period(JANUARY), 1)],
        [(Period(JANUARY, MAY), 3)],  # no terms after
        [(Period(JANUARY, MAY), 3), (Period(MAY), 1)],
    ],
)
def test_children_left_over_on_any_day_are_told(terms: list[tuple[Period, int]]) -> None:
    with pytest.raises(RuleBroken, match="Children use 2 places on") as refused:
        check_corrected(used(2), terms, [], TODAY)

    assert refused.value.field == "places"


def test_holds_beyond_what_is_left_are_told() -> None:
    with pytest.raises(RuleBroken, match="1 place would be on hold on 1 March"):
        check_corrected(used(1, recorded=1), [(Period(JANUARY), 1)], [], TODAY)


def test_children_whom_an_exemption_names_may_be_over_while_it_does() -> None:
    one = ExemptStay(uuid4(), Period(MARCH), places=1)
    until_may = ExemptStay(uuid4(), Period(MARCH, MAY), places=1)

    check_corrected(used(2), [(Period(JANUARY), 1)], [one], TODAY)
    check_corrected(used(2), [(Period(JANUARY), 1)], [one, one], TODAY)  # two exemptions name them
    with pytest.raises(RuleBroken, match="on 1 May"):
        check_corrected(used(2), [(Period(JANUARY), 1)], [until_may], TODAY)
    with pytest.raises(RuleBroken, match="Children use 3 places"):
        check_corrected(used(3), [(Period(JANUARY), 1)], [one, one], TODAY)
    with pytest.raises(RuleBroken, match="would be on hold"):
        check_corrected(used(2, recorded=1), [(Period(JANUARY), 1)], [one], TODAY)
