"""The ledger and its reports, held against a count by hand of every home, day and state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from carers.db import db
from carers.domain.period import Days
from carers.domain.recruitment import ServiceKind
from carers.domain.viewer import Viewer
from carers.models import FosteringService
from carers.queries import ledger
from carers.reports import capacity, occupancy
from carers.reports.answer import Answer
from tests.homes_by_hand import POPULATIONS, STATES, ByHand, Settings
from tests.random_homes import EARLIEST, LATEST, START, RandomService
from tests.written_homes import write, write_settings

EARLY, LATE = Settings(confirmation_days=3, never_used_days=20), Settings(2, 15, "0-10;11+")
SET_ON = START + timedelta(days=45)

Services = dict[str, FosteringService]


@pytest.fixture
def services(make) -> Services:
    own = make.service(kind=ServiceKind.SHARED_SERVICE)
    made = {"own": own, "member": make.service(parent_id=own.id), "stranger": make.service()}
    write_settings(own, EARLY, EARLIEST)
    write_settings(own, LATE, SET_ON)
    write_settings(made["member"], Settings(30, 1, "0-17"), EARLIEST)
    db.session.commit()
    return made


@pytest.fixture
def viewer(services: Services) -> Viewer:
    ids = (services["own"].id, services["member"].id)
    return Viewer(ref="test", name="test", service_id=ids[0], service_ids=ids)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 8))
def test_b1_small_services_equal_a_count_by_hand(services, viewer, seed, count):
    made = RandomService(seed, count)
    ours = [home for home in made.homes if home.service != "stranger"]
    by_hand = ByHand(ours, EARLIEST, LATEST)
    populations = made.random.sample(sorted(POPULATIONS), 3)
    period = Days(*sorted([made.day(), made.day()]))
    try:
        write(made.homes, services, services["stranger"].id)
        check_ledger(viewer, by_hand, None)
        check_ledger(viewer, by_hand, period)
        check_period(viewer, by_hand, populations[0], period)
        for population in populations:
            day = made.random.choice([made.day(), made.day_of_change()])
            check_day(viewer, by_hand, population, day)
    finally:
        db.session.rollback()


def check_ledger(viewer: Viewer, by_hand: ByHand, within: Days | None) -> None:
    """Every home, day and state, and what each hold takes of it."""
    first, last = (within.first, within.last) if within else (EARLIEST, LATEST)
    spells = select(ledger.spells(viewer, within=within))
    read = {
        (row.household_id, day): row
        for row in db.session.execute(spells)
        for day in days_of(max(row.from_on, first), row.until_on, last)
    }
    taken: dict[Any, dict[str, int]] = {}
    for row in db.session.execute(select(ledger.withheld(viewer, Days(first, last)))):
        for day in days_of(row.from_on, row.until_on, last):
            taken.setdefault((row.household_id, day), {})[row.ref] = row.places
    for home in by_hand.homes:
        for day in days_of(first, None, last):
            on = by_hand.tables[home.id][day]
            if on.under is None:
                continue
            found = [getattr(read.get((home.id, day)), name, 0) for name in STATES]
            assert found == list(on.states), (home, day)
            approved, over, filled, not_available, vacant = found
            assert approved + over == filled + not_available + vacant
            expected = {hold.ref: places for hold, places in on.taken}
            assert taken.get((home.id, day), {}) == expected, (home, day)


def check_period(viewer: Viewer, by_hand: ByHand, population: str, period: Days) -> None:
    """The days, the nights they add up to, and the rows of each figure."""
    days = list(days_of(period.first, None, period.last))
    daily = occupancy.daily(viewer, period, population)
    assert [one.day for one in daily] == days
    for one in daily:
        found = tuple(getattr(one, name) for name in STATES)
        assert found == by_hand.states(population, one.day), one.day
        assert one.approved + one.over == one.filled + one.not_available + one.vacant
    answer = occupancy.answer(viewer, period, population)
    figures = figures_of(answer)
    assert figures == by_hand.occupancy(population, days)
    for name in STATES:
        assert figures[f"nights_{name}"] == sum(getattr(one, name) for one in daily)
    check_rows(answer)


def check_day(viewer: Viewer, by_hand: ByHand, population: str, day: date) -> None:
    """The whole answer, and that a day is a period of one."""
    answer = capacity.answer(viewer, Days(day, day), population)
    figures = figures_of(answer)
    own = LATE if day >= SET_ON else EARLY
    assert figures == by_hand.capacity(population, day, own)
    nights = occupancy.answer(viewer, Days(day, day), population)
    for name in STATES:
        assert figures[name] == nights.figure(f"nights_{name}")
    assert figures["by_reason"] == nights.figure("by_reason")
    parts = [figures, *(part for key in PARTS for part in figures[key].values())]
    for part in parts:
        assert part["approved"] + part["over"] == (
            part["filled"] + part["not_available"] + part["vacant"]
        )
    check_rows(answer)


PARTS = ("by_skill", "by_age_band", "by_carer_type")
ASKED = {"report", "service", "population", "as_known_at", "as_at", "first_day", "last_day"}


def figures_of(answer: Answer) -> dict[str, Any]:
    return {key: value for key, value in answer.plain().items() if key not in ASKED}


def check_rows(answer: Answer) -> None:
    """Every whole figure opens to rows that add up to it, and every other opens."""
    whole = {path: value for path, value in answer.paths() if isinstance(value, int)}
    assert whole.keys() <= answer.opens.keys()
    for path in answer.opens:
        total = sum(row.amount for row in answer.rows(path))
        if path in whole:
            assert total == whole[path], path
        elif path.startswith("weeks_"):
            nights = answer.figure(path.replace("weeks_", "nights_"))
            assert abs(total - Decimal(nights) / 7) < Decimal("1e-9"), path


def days_of(from_on: date, until_on: date | None, last: date) -> Iterator[date]:
    while from_on <= last and (until_on is None or from_on < until_on):
        yield from_on
        from_on += timedelta(days=1)
