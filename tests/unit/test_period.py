"""Spells of days, and the days of a report."""

from __future__ import annotations

from datetime import date

from carers.domain.period import Days, Period

NEW_YEAR = date(2026, 1, 1)


def test_a_financial_year_is_called_by_its_two_years_and_other_days_by_themselves():
    assert Days.financial_year(2021).label == "2021-22"
    assert Days(NEW_YEAR, date(2026, 1, 31)).label == "2026-01-01 to 2026-01-31"


def test_a_period_that_ends_as_it_starts_covers_no_day():
    empty = Period(NEW_YEAR, NEW_YEAR)

    assert not empty.covers(NEW_YEAR)
    assert not empty.overlaps(Period(NEW_YEAR))
    assert Period(NEW_YEAR).overlaps(Period(date(2026, 3, 1)))
