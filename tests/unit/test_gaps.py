"""Days on which an approved home had no terms."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.domain.period import Days, Period
from carers.domain.populations import Population
from carers.domain.register import CarerType
from carers.reports.gaps import gaps
from carers.reports.register import Recorded

YEAR = Days(date(2025, 4, 1), date(2026, 3, 31))


def terms(first: date, until: date | None, *, home: int = 1, places: int = 2, **given) -> Recorded:
    named = {
        "approved_on": date(2020, 1, 1),
        "ended_on": None,
        "arrived_by": None,
        "end_initiated_by": None,
        "end_reason": None,
        "carer_type": CarerType.GENERAL,
    } | given
    return Recorded(
        id=UUID(int=home),
        service="elmshire",
        ref=f"H-{home}",
        from_on=first,
        until_on=until,
        places=places,
        **named,
    )


def test_a_gap_counts_on_the_days_on_which_a_skill_that_is_asked_for_was_held():
    rows = [terms(date(2020, 1, 1), date(2025, 6, 1)), terms(date(2025, 7, 1), None)]
    held = {UUID(int=1): [Period(date(2025, 6, 11), date(2025, 6, 21))]}

    (gap,) = gaps(rows, YEAR, Population.MAINSTREAM, held)

    assert gap.days == Days(date(2025, 6, 11), date(2025, 6, 20))
    assert gaps(rows, YEAR, Population.MAINSTREAM, {}) == []


def found(*recorded: Recorded, population: str = Population.MAINSTREAM) -> list[tuple[str, Days]]:
    return [(gap.ref, gap.days) for gap in gaps(recorded, YEAR, population)]


def test_the_days_between_two_terms_are_a_gap():
    before, after = date(2025, 6, 1), date(2025, 6, 11)

    assert found(terms(date(2020, 1, 1), before), terms(after, None)) == [
        ("H-1", Days(date(2025, 6, 1), date(2025, 6, 10)))
    ]


def test_terms_that_follow_one_another_leave_none():
    changed = date(2025, 6, 1)

    assert found(terms(date(2020, 1, 1), changed), terms(changed, None)) == []


def test_terms_of_no_places_are_no_gap():
    assert found(terms(date(2020, 1, 1), None, places=0)) == []


def test_a_gap_counts_only_inside_the_period():
    open_ended = terms(date(2020, 1, 1), date(2025, 3, 1))
    before = terms(date(2020, 1, 1), date(2024, 1, 1), home=2)
    mended = terms(date(2024, 2, 1), None, home=2)

    assert found(open_ended, before, mended) == [("H-1", YEAR)]


def test_a_gap_is_of_the_population_that_the_home_was_in():
    before = terms(date(2020, 1, 1), date(2025, 6, 1), carer_type=CarerType.CONNECTED_PERSON)
    after = terms(date(2025, 7, 1), None)

    assert found(before, after) == []
    assert len(found(before, after, population=Population.CONNECTED_PERSON)) == 1


def test_gaps_come_by_day():
    later = [terms(date(2020, 1, 1), date(2025, 9, 1)), terms(date(2025, 9, 2), None)]
    sooner = [
        terms(date(2020, 1, 1), date(2025, 5, 1), home=2),
        terms(date(2025, 5, 2), None, home=2),
    ]

    assert [ref for ref, _ in found(*later, *sooner)] == ["H-2", "H-1"]
