"""The ledger and its reports, held against a count by hand of every home, day and state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from carers.db import db
from carers.domain.capacity import UnavailableReason
from carers.domain.period import Days
from carers.domain.recruitment import ServiceKind
from carers.domain.register import Approval, CarerType, Skill, SkillLevel
from carers.domain.viewer import Viewer
from carers.models import FosteringService
from carers.queries import ledger
from carers.reports import capacity, occupancy
from carers.reports.answer import Answer
from tests.homes_by_hand import (
    POPULATIONS,
    STATES,
    ByHand,
    Hold,
    Home,
    Settings,
    SkillRow,
    Stay,
    TermsRow,
)
from tests.written_homes import write, write_settings

START = date(2026, 2, 20)  # the clocks go forward on 29 March
SPAN = 90
EARLIEST, LATEST = START - timedelta(days=60), START + timedelta(days=SPAN + 60)
EARLY, LATE = Settings(confirmation_days=3, never_used_days=20), Settings(2, 15, "0-10;11+")
SET_ON = START + timedelta(days=45)

DAY = st.integers(0, SPAN - 1).map(lambda n: START + timedelta(days=n))
MARK = st.sampled_from([None] * 8 + ["void", "superseded"])
REFS = ("N-10", "N-9", "n-1", "Ñ-2")


@st.composite
def _span(draw: st.DrawFn, longest: int = 40) -> tuple[date, date | None]:
    from_on = draw(DAY)
    length = draw(st.none() | st.integers(0, longest))  # of no day at all too
    return from_on, None if length is None else from_on + timedelta(days=length)


@st.composite
def _terms(draw: st.DrawFn, approved_on: date) -> list[TermsRow]:
    """One after another, some with days between; the first begins before the approval or after."""
    rows: list[TermsRow] = []
    from_on = approved_on + timedelta(days=draw(st.sampled_from([0, 0, 0, 0, -9, 6])))
    for _ in range(draw(st.integers(1, 3))):
        length = draw(st.none() | st.integers(1, 40))
        until_on = None if length is None else from_on + timedelta(days=length)
        ages = draw(
            st.sampled_from([(None, None), (0, 4), (5, None), (None, 10), (11, 17), (3, 3)])
        )
        carer_type = draw(st.sampled_from(CarerType))
        places = draw(st.integers(0, 4))
        rows.append(TermsRow(from_on, until_on, carer_type, places, *ages))
        if until_on is None:
            break
        from_on = until_on + timedelta(days=draw(st.sampled_from([0, 0, 5])))
    if draw(st.integers(0, 4)) == 0:
        mark = draw(st.sampled_from(["void", "superseded"]))
        rows.append(TermsRow(approved_on, None, CarerType.RESPITE, 7, mark=mark))
    return rows


@st.composite
def _home(draw: st.DrawFn, number: int) -> Home:
    approved_on = START + timedelta(days=draw(st.integers(-30, 40)))
    ended = draw(st.none() | st.sampled_from([0, 1, 25, 60]))
    home = Home(
        f"H-{number}",
        draw(st.sampled_from(["own", "own", "member", "stranger"])),
        approved_on,
        None if ended is None else approved_on + timedelta(days=ended),
        draw(st.sampled_from([Approval.FULL] * 6 + list(Approval))),
    )
    home.terms = draw(_terms(approved_on)) if draw(st.integers(0, 9)) else []
    for ref in draw(st.lists(st.sampled_from(REFS), max_size=3, unique=True)):
        row = Hold(
            *draw(_span()),
            f"{ref}-{number}",
            draw(st.integers(1, 3)),
            draw(st.sampled_from(UnavailableReason)),
            mark=draw(MARK),
        )
        home.holds.append(row)
    for skill in draw(st.lists(st.sampled_from(list(Skill)[:4]), max_size=2, unique=True)):
        home.skills.append(SkillRow(*draw(_span()), skill, draw(st.sampled_from(SkillLevel))))
    for at in draw(st.lists(_instant(), max_size=3, unique=True)):
        home.confirmed.append((at, draw(MARK)))
    return home


@st.composite
def _instant(draw: st.DrawFn) -> datetime:
    """Around midnight, where the day in London may be another than in UTC."""
    day = draw(DAY)
    hour, minute = draw(st.sampled_from([(0, 0), (12, 0), (22, 59), (23, 0), (23, 30)]))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@st.composite
def _services(draw: st.DrawFn) -> list[Home]:
    """Up to eight homes with their children, some of whom move, or go elsewhere for respite."""
    homes = [draw(_home(number)) for number in range(draw(st.integers(1, 8)))]
    some_home = st.sampled_from(homes)
    for number in range(draw(st.integers(0, 12))):
        from_on, until_on = draw(_span(60))
        stay = Stay(
            from_on,
            until_on,
            f"PL-{number}",
            f"C-{number}",
            draw(st.sampled_from([1, 1, 1, 2])),  # a parent and child on two places
            is_of_another_service=draw(st.integers(0, 7)) == 0,
            mark=draw(MARK),
        )
        draw(some_home).stays.append(stay)
        what = draw(st.sampled_from(["stays", "stays", "moves", "respite"]))
        if what == "moves" and until_on:
            moved = replace(stay, from_on=until_on, until_on=None, ref=f"PL-{number}-2")
            draw(some_home).stays.append(moved)
        if what == "respite":
            ends = from_on + timedelta(days=draw(st.integers(0, 9)))
            respite = replace(stay, until_on=min(ends, until_on or ends), ref=f"PL-{number}-R")
            draw(some_home).stays.append(replace(respite, respite_of=stay.ref, mark=None))
    return homes


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
    max_examples=30,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    homes=_services(),
    edges=st.tuples(DAY, DAY).map(sorted),
    days=st.lists(DAY, min_size=3, max_size=3),
    populations=st.permutations(sorted(POPULATIONS)),
)
def test_b1_small_services_equal_a_count_by_hand(services, viewer, homes, edges, days, populations):
    ours = [home for home in homes if home.service != "stranger"]
    by_hand = ByHand(ours, EARLIEST, LATEST)
    period = Days(*edges)
    try:
        write(homes, services, services["stranger"].id)
        check_ledger(viewer, by_hand, None)
        check_ledger(viewer, by_hand, period)
        check_period(viewer, by_hand, populations[0], period)
        for population, day in zip(populations, days, strict=False):
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
