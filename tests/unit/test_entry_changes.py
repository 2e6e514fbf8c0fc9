"""What a corrected entry of a home must keep."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from carers.domain.entry_changes import check_expected, check_terms
from carers.domain.errors import RuleBroken
from carers.domain.period import Period

TODAY = date(2026, 3, 24)
A_DAY = timedelta(days=1)


def test_a_hold_is_expected_to_end_after_it_began():
    check_expected(TODAY, TODAY + A_DAY)
    with pytest.raises(RuleBroken, match="must be after the first day"):
        check_expected(TODAY, TODAY)


@pytest.mark.parametrize(
    ("approval", "terms"),
    [
        (Period(TODAY), Period(TODAY)),
        (Period(TODAY, TODAY + A_DAY), Period(TODAY)),
        (Period(TODAY, TODAY + A_DAY), Period(TODAY, TODAY + A_DAY)),
        (Period(TODAY, TODAY), Period(TODAY, TODAY)),  # approved and ended on one day
    ],
)
def test_terms_within_an_approval_are_let_be(approval, terms):
    check_terms(approval, terms, TODAY)
