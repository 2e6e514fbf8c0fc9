"""Days on which a worker may have a home, or cover it."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.allocating import check_apart, check_cover_ends, check_within
from carers.domain.errors import RuleBroken
from carers.domain.period import Period

APPROVED, ENDED = date(2020, 4, 1), date(2026, 12, 1)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("end", "period", "field", "sentence"),
    [
        (None, Period(date(2020, 3, 31)), "from_on", "must be 1 April 2020 or later"),
        (None, Period(TODAY, TODAY), "until_on", "must be after the first day"),
        (ENDED, Period(ENDED), "from_on", "approval ends on 1 December: nobody need have it"),
        (TODAY, Period(TODAY), "from_on", "approval ended on 24 November"),
        (ENDED, Period(TODAY), "until_on", "must be 1 December or earlier"),
        (ENDED, Period(TODAY, date(2026, 12, 2)), "until_on", "must be 1 December or earlier"),
    ],
)
def test_nobody_has_a_home_outside_its_approval(end, period, field, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_within(Period(APPROVED, end), period, TODAY)

    assert refused.value.field == field


def test_a_home_is_a_workers_within_its_approval() -> None:
    check_within(Period(APPROVED), Period(APPROVED), TODAY)
    check_within(Period(APPROVED, ENDED), Period(TODAY, ENDED), TODAY)


def test_nobody_has_a_home_twice_on_one_day() -> None:
    check_apart("Ann", [Period(APPROVED, TODAY)], Period(TODAY))
    with pytest.raises(RuleBroken, match="Ann has this home already"):
        check_apart("Ann", [Period(APPROVED)], Period(TODAY))


def test_cover_ends_after_it_began_and_no_later_than_it_was_to() -> None:
    check_cover_ends(Period(APPROVED), TODAY, TODAY)
    check_cover_ends(Period(APPROVED, ENDED), ENDED, TODAY)
    with pytest.raises(RuleBroken, match="must be 24 November or later"):
        check_cover_ends(Period(TODAY), APPROVED, TODAY)
    with pytest.raises(RuleBroken, match="must be 24 November or earlier"):
        check_cover_ends(Period(APPROVED, TODAY), ENDED, TODAY)
