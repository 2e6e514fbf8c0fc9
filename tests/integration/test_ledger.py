"""The ledger statement against its oracle, a count of every home and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from carers.db import db
from carers.domain.capacity import Capacity
from carers.domain.roles import Role
from carers.models import Child, Household, Placement, Terms, Unavailability
from carers.queries import ledger

START = date(2026, 1, 1)
DAYS = st.integers(0, 12).map(lambda n: START + timedelta(days=n))
SPELL = st.tuples(DAYS, st.none() | st.integers(0, 8), st.integers(1, 3), st.booleans())


def test_a_home_without_terms_has_no_place(make):
    household = make.household(places=None)
    viewer = make.viewer(Role.TEAM_MANAGER, works_for=household.service)

    assert db.session.execute(select(ledger.on(viewer, START))).all() == []


def test_another_services_home_is_not_in_the_statement(make):
    make.household(places=2)
    viewer = make.viewer(Role.TEAM_MANAGER)

    assert db.session.execute(select(ledger.spells(viewer))).all() == []


def _until(spell: tuple[date, int | None, int, bool]) -> date | None:
    starts, length, _, _ = spell
    return None if length is None else starts + timedelta(days=length)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.integers(1, 12), max_size=2, unique=True).map(sorted),
    sizes=st.lists(st.integers(0, 3), min_size=3, max_size=3),
    stays=st.lists(SPELL, max_size=4),
    holds=st.lists(SPELL, max_size=3),
    ended=st.none() | st.integers(3, 14),
)
def test_a5_the_ledger_statement_equals_capacity_day_by_day(make, cuts, sizes, stays, holds, ended):
    ended_on = START + timedelta(days=ended) if ended else None
    household = make.household(places=None, approved_on=START, ended_on=ended_on)
    viewer = make.viewer(Role.TEAM_MANAGER, works_for=household.service)
    _add_all(household, cuts, sizes, stays, holds)
    db.session.flush()
    db.session.expire_all()

    for n in range(-1, 25):
        day = START + timedelta(days=n)
        expected = household.capacity_on(day)
        assert _read(viewer, day) == expected
        assert (
            expected.approved + expected.over
            == expected.filled + expected.not_available + expected.vacant
        )
    db.session.rollback()


def _add_all(household: Household, cuts: Any, sizes: Any, stays: Any, holds: Any) -> None:
    owned = {"household_id": household.id, "service_id": household.service_id}
    edges = [0, *cuts, None]
    for first, last, places in zip(edges, edges[1:], sizes, strict=False):
        until = None if last is None else START + timedelta(days=last)
        db.session.add(
            Terms(
                **owned,
                from_on=START + timedelta(days=first),
                until_on=until,
                places=places,
                carer_type="general",
            )
        )
    for number, stay in enumerate(stays):
        child = Child(service_id=household.service_id, ref=f"C-{number}")
        db.session.add(child)
        db.session.flush()
        db.session.add(
            Placement(
                **owned,
                household_service_id=household.service_id,
                child_id=child.id,
                ref=f"PL-{number}",
                from_on=stay[0],
                until_on=_until(stay),
                places_used=stay[2],
                is_void=stay[3] and stay[2] == 1,
                place_type="U6",
            )
        )
    for number, hold in enumerate(holds):
        db.session.add(
            Unavailability(
                **owned,
                ref=f"N-{number}",
                from_on=hold[0],
                until_on=_until(hold),
                places=hold[2],
                reason="other",
            )
        )


def _read(viewer: Any, day: date) -> Capacity:
    row = db.session.execute(select(ledger.on(viewer, day))).one_or_none()
    if row is None:
        return Capacity(0, 0, 0)
    read = Capacity(row.approved, row.filled, row.not_available)
    assert (read.over, read.vacant) == (row.over, row.vacant)
    return read
