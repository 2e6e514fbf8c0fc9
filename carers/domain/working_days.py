"""Working days and working time in England and Wales, and months and years on the calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from carers.domain.bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR
from carers.domain.clock import LONDON, at
from carers.domain.errors import DomainError

FIRST_DAY = date(FIRST_YEAR, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)


class CalendarEnds(DomainError):
    """A count of working days would pass the end, or the beginning, of the bank holidays known.

    No date is guessed (RULES 8.1).
    """

    def __init__(self) -> None:
        super().__init__(
            f"No date can be given: the calendar of bank holidays begins on 1 January {FIRST_YEAR}"
            f" and ends on 31 December {LAST_YEAR}"
        )


def _weekdays() -> tuple[date, ...]:
    count = (LAST_DAY - FIRST_DAY).days + 1
    days = (FIRST_DAY + timedelta(days=n) for n in range(count))
    return tuple(day for day in days if day.weekday() < 5 and day not in BANK_HOLIDAYS)


WORKING_DAYS: tuple[date, ...] = _weekdays()


def _check(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CalendarEnds


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a bank holiday (RULES 8.1). Raises CalendarEnds outside it."""
    _check(day)
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def add_working_days(day: date, count: int) -> date:
    """The last day of “within ``count`` working days after”: ``day`` is left out (RULES 8.2, 1-2).

    Raises CalendarEnds where that day lies past the calendar.
    """
    _check(day)
    if count == 0:
        return day
    index = bisect_right(WORKING_DAYS, day) + count - 1
    if index >= len(WORKING_DAYS):
        raise CalendarEnds
    return WORKING_DAYS[index]


def working_days_before(day: date, count: int) -> date:
    """The ``count``-th working day before, ``day`` left out: papers to panel (RULES 8.2, 3)."""
    _check(day)
    index = bisect_left(WORKING_DAYS, day) - count
    if index < 0:
        raise CalendarEnds
    return day if count == 0 else WORKING_DAYS[index]


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, clamped to the month's end (RULES 8.2, 5).

    Raises CalendarEnds after the year 9999, the last that a date can have.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise CalendarEnds
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Calendar days, weekends and holidays among them. Raises CalendarEnds after the year 9999."""
    if (date.max - day).days < days:
        raise CalendarEnds
    return day + timedelta(days=days)


def add_years(day: date, years: int) -> date:
    """The corresponding day: 29 February becomes 28 February (RULES 8.2, 6)."""
    return add_months(day, 12 * years)


def last_day_of_weeks(first: date, weeks: int) -> date:
    """The last day of so many weeks of which ``first`` is day 1 (RULES 8.2, 7)."""
    return first + timedelta(weeks=weeks, days=-1)


def _working_time_since_the_calendar_began(instant: datetime) -> timedelta:
    """The clocks change on Sundays, so every working day has twenty-four hours."""
    local = instant.astimezone(LONDON)
    day = local.date()
    _check(day)
    whole = timedelta(days=bisect_left(WORKING_DAYS, day))
    if not is_working_day(day):
        return whole
    return whole + (local.replace(tzinfo=None) - datetime.combine(day, time()))


def working_time(start: datetime, end: datetime) -> timedelta:
    """Time that ran on working days, round the clock (METRICS, Pipeline: first_response).

    Below nought where ``end`` is the earlier. Raises CalendarEnds outside the calendar.
    """
    return _working_time_since_the_calendar_began(end) - _working_time_since_the_calendar_began(
        start
    )


def due_after(start: datetime, working_days: int) -> datetime:
    """The last instant, in London, at which no more than ``working_days`` whole days have run.

    Raises CalendarEnds where it lies past the calendar.
    """
    runs_out = _working_time_since_the_calendar_began(start) + timedelta(days=working_days)
    whole, rest = divmod(runs_out, timedelta(days=1))
    if whole >= len(WORKING_DAYS):
        raise CalendarEnds
    return at(WORKING_DAYS[whole]) + rest
