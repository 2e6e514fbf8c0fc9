"""How dates, counts and shares read on a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from carers.domain import clock

NOT_KNOWN = "not known"


def day(value: date | datetime | None) -> str:
    """18 November 2025."""
    return f"{value.day} {value:%B %Y}" if value else NOT_KNOWN


def short_day(value: date | datetime | None) -> str:
    """Tue 18 Nov, for tight columns; with its year where that is not this one."""
    if value is None:
        return NOT_KNOWN
    year = "" if value.year == clock.today().year else f" {value.year}"
    return f"{value:%a} {value.day} {value:%b}{year}"


def hour(value: datetime) -> str:
    """9:10am; 4pm."""
    local = value.astimezone(clock.LONDON)
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime | None) -> str:
    """Monday 17 November 2025, 3:20pm."""
    if value is None:
        return NOT_KNOWN
    local = value.astimezone(clock.LONDON)
    return f"{local:%A} {day(local)}, {hour(local)}"


def short_moment(value: datetime | None) -> str:
    """Fri 14 Nov, 4:55pm; “Today, 9am”."""
    if value is None:
        return NOT_KNOWN
    local = value.astimezone(clock.LONDON)
    return f"{ago_day(local.date())}, {hour(local)}"


def ago_day(value: date) -> str:
    """Today, yesterday, or the day."""
    days_ago = (clock.today() - value).days
    return {0: "Today", 1: "Yesterday"}.get(days_ago) or short_day(value)


def count(number: int, one: str, many: str | None = None) -> str:
    """1 place; 2 places; homes for home."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def length(span: timedelta) -> str:
    """1 hour 10 minutes, 16 hours; the sign is left out."""
    minutes = int(abs(span).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return count(rest, "minute")
    if hours >= 10 or not rest:
        return count(hours, "hour")
    return f"{count(hours, 'hour')} {count(rest, 'minute')}"


FILTERS = {  # `length` keeps its meaning in templates, where the shell counts with it
    function.__name__: function
    for function in (day, short_day, hour, moment, short_moment, ago_day, count, listed)
}
