"""The one clock: instants in UTC, days in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, in London time."""
    return datetime.now(UTC).astimezone(LONDON)


def today() -> date:
    """The day in London. Tests set it by setting the time itself."""
    return now().date()


def local_day(instant: datetime) -> date:
    """The London day an instant belongs to (METRICS, Conventions: Events)."""
    return instant.astimezone(LONDON).date()


def at(day: date, hour: time = time()) -> datetime:
    """The instant of an hour of a London day, midnight unless another is given."""
    return datetime.combine(day, hour, tzinfo=LONDON)
