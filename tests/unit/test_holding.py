"""When a home holds a skill: no day twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from carers.domain.period import Period
from carers.reports.holding import joined

DAY = date(2026, 3, 1)
DAYS = [date.fromordinal(DAY.toordinal() + n) for n in range(12)]
ENDS = st.none() | st.sampled_from(DAYS)


def periods() -> st.SearchStrategy[list[Period]]:
    return st.lists(st.builds(Period, st.sampled_from(DAYS), ENDS), max_size=5).map(
        lambda some: sorted((one for one in some if not one.is_empty), key=lambda one: one.start)
    )


def test_rows_that_overlap_or_touch_are_one_period():
    some = [Period(DAYS[0], DAYS[4]), Period(DAYS[2], DAYS[3]), Period(DAYS[4]), Period(DAYS[9])]

    assert joined(some) == [Period(DAYS[0])]
    assert joined([Period(DAYS[0], DAYS[1]), Period(DAYS[2])]) == [
        Period(DAYS[0], DAYS[1]),
        Period(DAYS[2]),
    ]


@given(periods())
def test_each_day_that_is_in_any_is_in_one(some):
    whole = joined(some)

    for day in DAYS:
        assert sum(one.covers(day) for one in whole) == any(one.covers(day) for one in some)
