"""How much time is left, or over, in the words of a list."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from carers.domain.clock import LONDON
from carers.domain.working_days import CalendarEnds, working_time

HOUR = timedelta(hours=1)
LONG = 72  # hours


def counted(number: int, one: str, many: str | None = None) -> str:
    """“1 day”, “2 days”."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def response_left(due_at: datetime, now: datetime) -> timedelta:
    """Working time left to a first response; below nought once it has run out."""
    try:
        return working_time(now, due_at)
    except CalendarEnds:
        return due_at - now


def left_or_over(left: timedelta) -> str:
    """“4 hours 55 minutes left”, “16 hours over”, “5 working days over”.

    Once it is over whole hours do, and from three working days on whole days, for they only grow.
    """
    if left < timedelta(0):
        hours, rest = divmod(-left, HOUR)
        minutes = rest // timedelta(minutes=1)
        if hours >= LONG:
            return f"{counted(hours // 24, 'working day')} over"
        return f"{counted(hours, 'hour') if hours else counted(minutes, 'minute')} over"
    hours, rest = divmod(left, HOUR)
    minutes = rest // timedelta(minutes=1)
    parts = [counted(hours, "hour")] if hours else []
    if minutes or not hours:
        parts.append(counted(minutes, "minute"))
    return f"{' '.join(parts)} left"


def days_left_or_over(due_on: date, day: date) -> str:
    """“Last day”, “2 days left”, “1 day over”: in date on the due day, overdue the day after."""
    days = (due_on - day).days
    if days == 0:
        return "Last day"
    return f"{counted(days, 'day')} left" if days > 0 else f"{counted(-days, 'day')} over"


def clock_words(instant: datetime) -> str:
    """“9:10am”, “4pm”."""
    hour = instant.hour % 12 or 12
    minutes = f":{instant:%M}" if instant.minute else ""
    return f"{hour}{minutes}{'am' if instant.hour < 12 else 'pm'}"


def when_words(instant: datetime, now: datetime) -> str:
    """“today 8:31am”, “Friday 4:55pm” within the week, “18 October” before that; in London."""
    local, today = instant.astimezone(LONDON), now.astimezone(LONDON).date()
    days = (today - local.date()).days
    if days == 0:
        return f"today {clock_words(local)}"
    return f"{local:%A} {clock_words(local)}" if 0 < days < 7 else day_month(local.date(), today)


def day_month(day: date, today: date) -> str:
    """“18 October”, with its year where that is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"
