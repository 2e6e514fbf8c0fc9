"""The night that a list for tonight is of."""

from __future__ import annotations

from datetime import date, time

import pytest

from carers.domain import clock
from carers.domain.period import Days
from carers.domain.tonight import night_at

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("hour", "first", "last"),
    [
        (time(), 23, 24),
        (time(8, 59), 23, 24),
        (time(9), 24, 25),
        (time(16, 45), 24, 25),
        (time(23, 59), 24, 25),
    ],
)
def test_until_9am_the_night_is_the_one_that_began_the_day_before(hour, first, last):
    night = night_at(clock.at(DAY, hour))

    assert night == Days(DAY.replace(day=first), DAY.replace(day=last))
