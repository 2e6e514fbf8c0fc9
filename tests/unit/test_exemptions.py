"""Exemptions: whom they name, on which days, and whom one that ends would strand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.exemptions import Lodged, Naming, check_days, first_stranded, references
from carers.domain.period import Period

TODAY = date(2026, 3, 24)
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
ANN, BEN = UUID(int=1), UUID(int=2)
ALWAYS = Period(date(2026, 1, 1))
NAMED = Naming(ALWAYS, frozenset({ANN}))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (None, []),
        (" \r\n ", []),
        ("C-0001", ["C-0001"]),
        ("C-0001, C-0002;C-0003\r\nC-0001\n", ["C-0001", "C-0002", "C-0003"]),
    ],
)
def test_references_are_read_one_a_line_or_between_commas(typed, expected):
    assert references(typed) == expected


@pytest.mark.parametrize(
    ("days", "approval", "field"),
    [
        (Period(date(2019, 12, 31)), Period(date(2020, 1, 1)), "from_on"),
        (Period(date(2027, 3, 25)), Period(date(2020, 1, 1)), "from_on"),
        (Period(APRIL), Period(date(2020, 1, 1), APRIL), "from_on"),
        (Period(APRIL, APRIL), Period(date(2020, 1, 1)), "until_on"),
        (Period(APRIL, TODAY), Period(date(2020, 1, 1)), "until_on"),
    ],
)
def test_days_that_an_exemption_cannot_have(days, approval, field):
    with pytest.raises(RuleBroken) as refused:
        check_days(days, approval, TODAY)

    assert refused.value.field == field


def test_days_that_an_exemption_can_have():
    check_days(Period(date(2020, 1, 1), date(2020, 1, 2)), Period(date(2020, 1, 1)), TODAY)
    check_days(Period(date(2027, 3, 24)), Period(date(2020, 1, 1), None), TODAY)
    check_days(Period(TODAY), Period(date(2020, 1, 1), APRIL), TODAY)


def stranded(after, *, over=1, before=(NAMED,), overridden=False):
    stays = [
        Lodged(ANN, ALWAYS, 1, is_overridden=overridden),
        Lodged(BEN, Period(TODAY, APRIL), 1, is_overridden=False),
    ]
    days = {TODAY, APRIL, MAY}
    return first_stranded(days, lambda _: over, stays, before=before, after=after)


def test_the_first_day_on_which_nothing_lets_a_child_stay_is_found():
    until_april = Naming(Period(date(2026, 1, 1), APRIL), frozenset({ANN}))

    assert stranded([]) == TODAY
    assert stranded([until_april]) == APRIL
    assert stranded([until_april, Naming(Period(APRIL, MAY), frozenset({ANN}))]) == MAY


def test_nobody_is_stranded_where_there_is_room_or_leave_or_no_change():
    ben = Naming(ALWAYS, frozenset({BEN}))

    assert stranded([], over=0) is None
    assert stranded([], overridden=True) is None
    assert stranded([], before=[]) is None
    assert stranded([Naming(ALWAYS, frozenset({ANN, BEN}))]) is None
    assert stranded([ben]) == APRIL
