"""What is known of homes with a vacant place, and of places on hold, beyond the pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from carers.domain.capacity import UnavailableReason
from carers.domain.register import CarerType
from carers.domain.roles import Role
from carers.domain.vacancies import VacantHome
from carers.queries import holds, vacancies

DAY = date(2026, 11, 24)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def service(make) -> Any:
    return make.service()


@pytest.fixture
def viewer(make, service) -> Any:
    return make.viewer(Role.PLACEMENTS_OFFICER, works_for=service)


def home_on(viewer: Any, day: date = DAY) -> VacantHome:
    (home,) = vacancies.on(day, day + timedelta(days=1), viewer=viewer)
    return home


def test_a_place_stays_where_one_child_leaves_as_another_comes(make, service, viewer):
    home = make.household(service, places=3)
    make.placement(home, until_on=TOMORROW)
    make.placement(home, from_on=TOMORROW)
    make.placement(home, from_on=TOMORROW, is_void=True)
    make.placement(home, from_on=TOMORROW + timedelta(days=1))

    found = home_on(viewer)

    assert (found.vacant, found.staying, len(found.children)) == (2, 2, 2)


def test_children_are_known_with_their_brothers_and_sisters_but_not_another_services(
    make, service, viewer
):
    home = make.household(service, places=4)
    ours = make.child(service, ref="C-1", sibling_group="S-1")
    make.placement(home, child=ours)
    make.placement(home, service=make.service())

    mine, theirs = sorted(home_on(viewer).children, key=lambda one: one.ref is None)

    assert (mine.fostered.id, mine.fostered.siblings) == (ours.id, (service.id, "S-1"))
    assert mine.born_on == ours.born_on
    assert (theirs.ref, theirs.born_on, theirs.fostered.siblings) == (None, None, None)


def test_a_hold_of_tomorrow_is_known_and_one_that_counts_for_nothing_is_not(make, service, viewer):
    home = make.household(service, places=2)
    make.hold(home, from_on=TOMORROW, is_void=True)
    make.hold(home, from_on=TOMORROW + timedelta(days=1))
    assert (home_on(viewer).staying, home_on(viewer).hold_to_come) == (2, None)

    make.hold(home, from_on=TOMORROW, reason=UnavailableReason.STAYING_PUT)

    found = home_on(viewer)
    assert (found.staying, found.hold_to_come) == (1, UnavailableReason.STAYING_PUT)


@pytest.mark.parametrize("ends", ["approval", "terms"])
def test_nothing_stays_of_an_approval_or_terms_that_end(make, service, viewer, ends):
    if ends == "approval":
        make.household(service, places=2, ended_on=TOMORROW)
    else:
        make.terms(make.household(service, places=None), places=2, until_on=TOMORROW)

    found = home_on(viewer)

    assert (found.vacant, found.staying) == (2, 0)
    assert found.ended_on == (TOMORROW if ends == "approval" else None)


def test_the_first_vacant_place_has_been_so_since_the_last_day_without_one(make, service, viewer):
    home = make.household(service, places=2)
    make.hold(home, places=2, from_on=date(2026, 3, 1), until_on=date(2026, 5, 4))

    since = vacancies.vacant_since([home.id], DAY, viewer=viewer)

    assert since == {home.id: date(2026, 5, 4)}
    assert vacancies.vacant_since([], DAY, viewer=viewer) == {}


def test_places_not_available_are_counted_for_types_of_carer(make, service, viewer):
    make.hold(make.household(service, places=3), places=2)
    kin = make.household(service, places=1, carer_type=CarerType.CONNECTED_PERSON)
    make.hold(kin, places=4)
    make.hold(make.household(make.service()))

    def count(*types: CarerType) -> int:
        return vacancies.not_available(DAY, types, viewer=viewer)

    assert count(CarerType.GENERAL) == 2
    assert count(CarerType.CONNECTED_PERSON) == 1
    assert count(*CarerType) == 3
    assert count(CarerType.RESPITE) == 0


def test_a_shared_service_sees_the_holds_of_its_members_and_no_others(make, service):
    shared = make.service()
    service.parent_id = shared.id
    make.keep(service)
    make.hold(make.household(service), ref="N-1")
    make.hold(make.household(make.service()), ref="N-2")
    works = make.viewer(Role.PLACEMENTS_OFFICER, works_for=shared)
    both = type(works)(**{**works.__dict__, "service_ids": (shared.id, service.id)})

    assert [one.ref for one in holds.open_on(DAY, viewer=both)] == ["N-1"]
    assert holds.open_on(DAY, viewer=works) == []
