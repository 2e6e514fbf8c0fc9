"""The night that a list for tonight is of: from 5pm until 9am."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from carers.domain.clock import local_day
from carers.domain.period import Days

MORNING = time(9)


def night_at(now: datetime) -> Days:
    """The day on which the night begins and the day on which it ends.

    Until 9am it is the night that began the day before.
    """
    today, day = local_day(now), timedelta(days=1)
    first = today - day if now.time() < MORNING else today
    return Days(first, first + day)
