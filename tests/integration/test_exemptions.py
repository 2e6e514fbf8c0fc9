"""A place beyond those there are: under an exemption that names the child, or overridden."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from carers.db import db, settle, transaction
from carers.domain import clock, room
from carers.domain.capacity import TooFewVacantPlaces, UnavailableReason
from carers.domain.children import PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.home_changes import NotTheManager
from carers.domain.period import Period
from carers.domain.position import VacantSpell
from carers.domain.roles import Role
from carers.models import Membership
from carers.queries import positions
from carers.services import capacity, placements
from tests.integration.test_overfill import add_hold, add_stay

TODAY = clock.today()
OPEN: dict[str, Any] = {"from_on": TODAY, "place_type": PlaceType.U6, "purpose": Purpose.SHORT_TERM}
KNOWN: dict[str, Any] = OPEN | {"born_on": None, "seen": None}


def full_home(make):
    household = make.household(places=1)
    make.placement(household)
    settle()  # as if it had been committed: the trigger has spoken of it
    return household


def put(household, child, by, **given: Any):
    with transaction():
        return placements.place(household.id, **KNOWN | {"child_ref": child.ref} | given, by=by)


def test_a_child_named_by_an_exemption_takes_a_place_beyond_those_there_are(make):
    household = full_home(make)
    child, other = make.child(household.service), make.child(household.service)
    by = make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)
    make.exemption(household, child, from_on=TODAY)

    with pytest.raises(TooFewVacantPlaces):
        put(household, other, by)
    stay = put(household, child, by)

    position = positions.of_home(household.id, viewer=by, day=TODAY)
    assert (position.capacity.over, position.capacity.vacant) == (1, 0)
    assert stay.override_by_id is None


@pytest.mark.parametrize("until_on", [TODAY + timedelta(days=30), TODAY])
def test_an_exemption_counts_only_where_it_is_in_force_on_every_day_over(make, until_on):
    household = full_home(make)
    child = make.child(household.service)
    by = make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)
    make.exemption(household, child, from_on=TODAY - timedelta(days=9), until_on=until_on)

    with pytest.raises(TooFewVacantPlaces):
        put(household, child, by)
    if until_on > TODAY:
        assert put(household, child, by, until_on=until_on).until_on == until_on


def test_an_exemption_of_another_home_lets_nobody_in(make):
    household = full_home(make)
    child = make.child(household.service)
    by = make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)
    make.exemption(make.household(household.service), child, from_on=TODAY)

    with pytest.raises(TooFewVacantPlaces):
        put(household, child, by)


def test_a_team_manager_overrides_with_a_reason_and_nobody_else(make):
    household = full_home(make)
    child = make.child(household.service)
    officer = make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)
    manager = make.viewer(Role.TEAM_MANAGER, works_for=household.service)

    with pytest.raises(NotTheManager):
        put(household, child, officer, override_reason="Brothers together")
    stay = put(household, child, manager, override_reason="Brothers together")

    assert stay.override_reason == "Brothers together"
    assert stay.override_by_id == manager.membership_id


def test_an_override_that_was_not_needed_is_not_kept(make):
    household = make.household(places=1)
    manager = make.viewer(Role.TEAM_MANAGER, works_for=household.service)

    stay = put(household, make.child(household.service), manager, override_reason="In case")

    assert (stay.override_reason, stay.override_by_id) == (None, None)


def test_a_place_that_is_not_there_is_withheld_by_a_manager_with_a_reason(make):
    household = full_home(make)
    manager = make.member(Role.TEAM_MANAGER, works_for=household.service)
    by = make.viewer_of(manager)
    asked: dict[str, Any] = {
        "places": 1,
        "reason": UnavailableReason.HOME_UNSUITABLE,
        "owner_id": manager.id,
        "from_on": TODAY,
        "expected_until_on": TODAY + timedelta(days=7),
        "seen": None,
    }

    with pytest.raises(TooFewVacantPlaces), transaction():
        capacity.record_unavailability(household.id, **asked, by=by)
    with transaction():
        hold = capacity.record_unavailability(
            household.id, **asked, override_reason="Damp in the room", by=by
        )

    assert hold.override_by_id == manager.id


def test_the_database_believes_an_override_of_a_manager_alone(make):
    household = full_home(make)
    officer = make.member(Role.PLACEMENTS_OFFICER, works_for=household.service)
    elsewhere = make.member(Role.TEAM_MANAGER)
    manager = make.member(Role.TEAM_MANAGER, works_for=household.service)

    assert not overridden_by(household, officer)
    assert not overridden_by(household, elsewhere)
    assert overridden_by(household, manager)


def overridden_by(household, member: Membership) -> bool:
    override = {"override_reason": "So", "override_by_id": member.id}
    try:
        with db.session.begin_nested():
            add_hold(household, member.ref, 1, {"from_on": TODAY} | override)
            settle()
    except IntegrityError:
        return False
    return True


def test_an_override_without_a_reason_is_refused_in_words(make):
    household = full_home(make)
    manager = make.member(Role.TEAM_MANAGER, works_for=household.service)

    with pytest.raises(RuleBroken, match="An override needs a reason"), transaction():
        add_hold(household, "x", 1, {"from_on": TODAY, "override_by_id": manager.id})


START = date(2026, 1, 1)
SPELL = st.tuples(st.integers(0, 9), st.none() | st.integers(1, 9)).map(
    lambda pair: {
        "from_on": START + timedelta(days=pair[0]),
        "until_on": None if pair[1] is None else START + timedelta(days=pair[0] + pair[1]),
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stay=SPELL, exempt=st.lists(SPELL, max_size=3), cut=st.integers(1, 8))
def test_the_trigger_lets_a_named_child_in_just_where_the_service_would(make, stay, exempt, cut):
    """One place until a day, none from then on: the days over are those from then."""
    household = make.household(places=None, approved_on=START)
    make.terms(household, places=1, until_on=START + timedelta(days=cut))
    child = make.child(household.service)
    for days in {one["from_on"]: one for one in exempt}.values():
        make.exemption(household, child, **days)
    in_force = {one["from_on"]: Period(one["from_on"], one["until_on"]) for one in exempt}
    spells = [
        VacantSpell(START, START + timedelta(days=cut), 1),
        VacantSpell(START + timedelta(days=cut), None, 0),
    ]
    short = room.short_of(spells, Period(stay["from_on"], stay["until_on"]), 1)
    expected = room.are_covered(short, list(in_force.values()))

    try:
        with db.session.begin_nested():
            add_stay(household, "x", 1, stay, child)
            settle()
    except IntegrityError:
        assert not expected
    else:
        assert expected
    db.session.rollback()
