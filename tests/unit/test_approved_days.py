"""Days on which a home is approved, and what is recorded of it on them."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.approved_days import check_happened, check_within
from carers.domain.errors import RuleBroken
from carers.domain.period import Period

APPROVED, ENDED = date(2020, 4, 1), date(2026, 12, 1)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("end", "period", "field", "sentence"),
    [
        (None, Period(date(2020, 3, 31)), "from_on", "must be 1 April 2020 or later"),
        (None, Period(TODAY, TODAY), "until_on", "must be after the first day"),
        (ENDED, Period(ENDED), "from_on", "approval ends on 1 December"),
        (TODAY, Period(TODAY), "from_on", "approval ended on 24 November"),
        (ENDED, Period(TODAY), "until_on", "must be 1 December or earlier"),
        (ENDED, Period(TODAY, date(2026, 12, 2)), "until_on", "must be 1 December or earlier"),
    ],
)
def test_days_outside_the_approval_are_refused(end, period, field, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_within(Period(APPROVED, end), period, TODAY)

    assert refused.value.field == field


def test_days_within_the_approval_are_taken() -> None:
    check_within(Period(APPROVED), Period(APPROVED), TODAY)
    check_within(Period(APPROVED, ENDED), Period(TODAY, ENDED), TODAY)


@pytest.mark.parametrize(
    ("period", "field"),
    [(Period(date(2026, 11, 25)), "from_on"), (Period(TODAY, date(2026, 11, 30)), "until_on")],
)
def test_what_happened_is_of_no_day_to_come(period, field) -> None:
    with pytest.raises(RuleBroken, match="today or in the past") as refused:
        check_happened(Period(APPROVED), period, TODAY)

    assert refused.value.field == field


def test_what_ends_with_the_approval_may_end_later() -> None:
    check_happened(Period(APPROVED, ENDED), Period(TODAY, ENDED), TODAY)
    check_happened(Period(APPROVED), Period(APPROVED, TODAY), TODAY)
    check_happened(Period(APPROVED), Period(APPROVED), TODAY)
