"""Days on which a worker may have a home, or cover it."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.allocating import check_apart, check_cover_ends
from carers.domain.errors import RuleBroken
from carers.domain.period import Period

APPROVED, ENDED = date(2020, 4, 1), date(2026, 12, 1)
TODAY = date(2026, 11, 24)


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
