"""The usual fostering limit: the five cases of RULES 2.2, and what a page says of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from carers.domain.fostering_limit import (
    FosteredChild,
    LimitDay,
    LimitStanding,
    alert,
    next_child_note,
    standing,
)

SERVICE = UUID(int=99)
TODAY = date(2026, 3, 24)


def children(*groups: str) -> list[FosteredChild]:
    """One for each letter: those of one letter are brothers and sisters, “-” is of none."""
    return [
        FosteredChild(UUID(int=number), (SERVICE, group) if group != "-" else None)
        for number, group in enumerate(groups)
    ]


@pytest.mark.parametrize(
    ("living", "named", "expected"),
    [
        ("aaaa", 0, LimitStanding.SIBLING_GROUP),
        ("aaab", 0, LimitStanding.OVER),
        ("---", 0, LimitStanding.WITHIN),
        ("----", 4, LimitStanding.EXEMPT),
        ("-----", 4, LimitStanding.OVER),
        ("aaa-", 3, LimitStanding.OVER),
        ("----", 0, LimitStanding.OVER),
    ],
)
def test_more_than_three_are_siblings_or_exempt_or_over(living, named, expected):
    assert standing(children(*living), {UUID(int=one) for one in range(named)}) is expected


def test_a_child_counts_once():
    assert standing(children(*"---") * 2, set()) is LimitStanding.WITHIN


def test_the_first_day_over_is_told():
    later = date(2026, 4, 1)
    days = [
        LimitDay(TODAY, children(*"---"), frozenset()),
        LimitDay(later, children(*"----"), frozenset()),
    ]

    assert alert(days[:1], TODAY) is None
    assert str(alert(days, TODAY)).startswith(
        "From 1 April 4 children will live here, over the usual fostering limit of 3"
    )
    assert str(alert(days[1:], later)).startswith("4 children live here, over")


def test_another_child_beside_three_needs_an_exemption():
    assert next_child_note(children(*"--")) is None
    assert str(next_child_note(children(*"---"))).startswith("3 children live here. Another needs")
