"""What a home was approved for, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from carers.domain.period import Period
from carers.domain.register import CarerType
from carers.domain.standing import Granted, standings

GENERAL, CONNECTED = CarerType.GENERAL, CarerType.CONNECTED_PERSON


def day(number: int) -> date:
    return date(2021, 4, 1) + timedelta(days=number)


def held(approved: int, ended: int | None, *terms: Granted) -> list[tuple[object, ...]]:
    found = standings(day(approved), None if ended is None else day(ended), terms)
    return [(one.period, one.carer_type, one.places) for one in found]


def granted(
    start: int, end: int | None, carer_type: CarerType = GENERAL, places: int = 2
) -> Granted:
    return Granted(day(start), None if end is None else day(end), carer_type, places)


def spell(start: int, end: int | None) -> Period:
    return Period(day(start), None if end is None else day(end))


def test_terms_count_from_the_approval_until_the_ending() -> None:
    assert held(5, 20, granted(0, None)) == [(spell(5, 20), GENERAL, 2)]


def test_a_gap_has_the_type_before_it_and_no_places() -> None:
    found = held(0, None, granted(0, 5), granted(9, 12, CONNECTED))

    assert found == [
        (spell(0, 5), GENERAL, 2),
        (spell(5, 9), GENERAL, 0),
        (spell(9, 12), CONNECTED, 2),
        (spell(12, None), CONNECTED, 0),
    ]


def test_before_the_first_terms_a_gap_has_their_type() -> None:
    found = held(0, 20, granted(4, None, CONNECTED))

    assert found == [(spell(0, 4), CONNECTED, 0), (spell(4, 20), CONNECTED, 2)]


def test_terms_that_hold_on_no_day_are_not_the_first() -> None:
    assert held(0, None, granted(3, 3, CONNECTED), granted(6, None)) == [
        (spell(0, 6), GENERAL, 0),
        (spell(6, None), GENERAL, 2),
    ]


def test_terms_that_were_over_before_the_approval_are_not_the_first() -> None:
    assert held(5, None, granted(0, 4, CONNECTED), granted(4, None)) == [
        (spell(5, None), GENERAL, 2)
    ]


def test_terms_of_no_day_hold_on_none() -> None:
    assert held(0, None, granted(0, 0, CONNECTED), granted(0, None)) == [
        (spell(0, None), GENERAL, 2)
    ]


def test_where_all_terms_were_over_the_last_of_them_give_the_type() -> None:
    assert held(5, None, granted(0, 2), granted(2, 4, CONNECTED)) == [
        (spell(5, None), CONNECTED, 0)
    ]


@pytest.mark.parametrize("until", [5, None])
def test_a_home_approved_and_ended_on_one_day_has_its_first_terms_on_no_day(
    until: int | None,
) -> None:
    (only,) = held(5, 5, granted(0, 5, CONNECTED), granted(5, until))

    assert only == (spell(5, 5), GENERAL, 2)
    assert spell(5, 5).is_empty


def test_a_home_without_terms_stands_for_nothing() -> None:
    assert held(0, None) == []
