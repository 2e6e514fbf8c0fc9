"""The database's own guard against an overfill, against the oracle that services ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from carers.db import db, refusal_of, settle
from carers.domain.period import Period
from carers.models import Child, Household, Placement, Terms, Unavailability

START = date(2026, 1, 1)
DAYS = st.integers(0, 12).map(lambda n: START + timedelta(days=n))
ROWS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(1, 8), st.integers(1, 3), st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sizes=st.tuples(st.integers(0, 4), st.integers(0, 4)), cut=st.integers(1, 12), rows=ROWS)
def test_the_trigger_lets_a_row_in_just_where_capacity_has_room(make, sizes, cut, rows):
    household = make.household(places=None, approved_on=START)
    cut_on = START + timedelta(days=cut)
    add_terms(household, sizes[0], START, cut_on)
    add_terms(household, sizes[1], cut_on, None)
    db.session.flush()

    for number, (from_on, length, places, is_hold) in enumerate(rows):
        until_on = None if length is None else from_on + timedelta(days=length)
        db.session.expire_all()
        room = household.tightest_capacity(Period(from_on, until_on)).vacant
        period = {"from_on": from_on, "until_on": until_on}
        add = add_hold if is_hold else add_stay
        assert went_in(add, household, f"{number}", places, period) == (places <= room)
    db.session.rollback()


def went_in(add: Any, household: Household, ref: str, places: int, period: Any) -> bool:
    try:
        with db.session.begin_nested():
            add(household, ref, places, period)
            settle()
    except IntegrityError as error:
        refusal = refusal_of(error)
        assert refusal is not None
        assert refusal.sentence.startswith("A place was taken while you were writing")
        return False
    return True


def add_terms(household: Household, places: int, from_on: date, until_on: date | None) -> None:
    db.session.add(
        Terms(
            service_id=household.service_id,
            household_id=household.id,
            places=places,
            from_on=from_on,
            until_on=until_on,
            carer_type="general",
        )
    )


def add_stay(
    household: Household, ref: str, places: int, period: Any, child: Child | None = None
) -> None:
    child = child or Child(service_id=household.service_id, ref=f"C-{ref}")
    db.session.add(child)
    db.session.flush()
    db.session.add(
        Placement(
            service_id=household.service_id,
            household_id=household.id,
            household_service_id=household.service_id,
            child_id=child.id,
            ref=f"PL-{ref}",
            places_used=places,
            place_type="U6",
            **period,
        )
    )


def add_hold(household: Household, ref: str, places: int, period: Any) -> None:
    db.session.add(
        Unavailability(
            service_id=household.service_id,
            household_id=household.id,
            ref=f"N-{ref}",
            places=places,
            reason="other",
            **period,
        )
    )
