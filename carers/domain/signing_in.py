"""How many tries at signing in are let through before the next ones have to wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from carers.domain import clock
from carers.domain.errors import RuleBroken

WINDOW = timedelta(minutes=15)
OF_AN_ACCOUNT = 5  # failures within the window, since the account was last signed in to
FROM_AN_ADDRESS = 100  # a whole council may stand behind one


class TooManyTries(RuleBroken):
    """The next try is not looked at, right or wrong; ``until`` it waits."""

    def __init__(self, until: datetime) -> None:
        minute = (until + timedelta(seconds=59)).astimezone(clock.LONDON)
        half = "am" if minute.hour < 12 else "pm"
        at = f"{minute.hour % 12 or 12}:{minute:%M}{half}"
        super().__init__(f"There were too many tries. Try again at {at}")
        self.until = until


def waits_until(failures: Sequence[datetime], most: int, now: datetime) -> datetime | None:
    """When the next try is let through, of failures latest first; none where it is now."""
    recent = [at for at in failures if at > now - WINDOW]
    return recent[most - 1] + WINDOW if len(recent) >= most else None


def check_may_try(
    of_account: Sequence[datetime], from_address: Sequence[datetime], now: datetime
) -> None:
    """Raises TooManyTries. Each sequence is the failures, latest first."""
    waits = [
        waits_until(of_account, OF_AN_ACCOUNT, now),
        waits_until(from_address, FROM_AN_ADDRESS, now),
    ]
    if until := max(filter(None, waits), default=None):
        raise TooManyTries(until)
