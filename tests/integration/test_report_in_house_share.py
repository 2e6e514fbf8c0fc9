"""In-house share, as read from the placements for a viewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carers.db import db, set_viewer
from carers.domain.children import PlaceType, ProviderKind
from carers.domain.period import Days
from carers.domain.register import Approval, CarerType
from carers.queries import elsewhere
from carers.reports import in_house_share
from tests.statements import count_of

YEAR = Days(date(2021, 4, 1), date(2022, 3, 31))
JUNE = date(2021, 6, 1)


@pytest.fixture
def service(make):
    return make.service(gss_code="E10000099")


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


@pytest.fixture
def home(make, service):
    return make.household(service, places=9)


def nights(viewer):
    answer = in_house_share.answer(viewer, YEAR)
    return answer.figure("nights.connected_excluded.numerator")


def test_one_until_on_moved_by_a_day_moves_the_nights_by_one(make, home, viewer):
    stay = make.placement(home, from_on=JUNE, until_on=JUNE + timedelta(days=3))
    assert nights(viewer) == 3

    stay.until_on += timedelta(days=1)
    make.keep(stay)

    assert nights(viewer) == 4


@pytest.mark.parametrize(
    "given",
    [
        {"is_void": True},
        {"place_type": PlaceType.A3},
        {"from_on": date(2022, 4, 1)},
    ],
)
def test_what_is_void_of_another_type_or_later_is_in_no_figure(make, home, viewer, given):
    make.placement(home, **({"from_on": JUNE} | given))

    assert in_house_share.answer(viewer, YEAR).figure("placements.connected_included") == {
        "numerator": 0,
        "denominator": 0,
        "percent": None,
    }


def test_a_respite_stay_is_no_second_night(make, service, home, viewer):
    main = make.placement(home, from_on=JUNE, until_on=JUNE + timedelta(days=10))
    other = make.household(service)
    make.placement(
        other,
        child=main.child,
        respite_of_id=main.id,
        from_on=JUNE,
        until_on=JUNE + timedelta(days=2),
    )

    assert nights(viewer) == 10


@pytest.mark.parametrize(("authority", "ours"), [(None, 1), ("E10000099", 1), ("E10000001", 0)])
def test_only_this_services_children_count(make, service, home, viewer, authority, ours):
    child = make.child(service, responsible_authority=authority)
    make.placement(home, child=child, from_on=JUNE, until_on=JUNE + timedelta(days=1))

    assert nights(viewer) == ours


def test_agencies_other_authorities_and_connected_homes_each_on_their_side(
    make, service, home, viewer
):
    make.placement(home, from_on=JUNE)
    make.placement(provider=make.provider(service), from_on=JUNE)
    make.placement(provider=make.provider(service, kind=ProviderKind.OTHER_LA), from_on=JUNE)
    connected = make.household(service, carer_type=CarerType.CONNECTED_PERSON)
    make.placement(connected, from_on=JUNE)
    temporary = make.household(service, approval=Approval.TEMPORARY, places=None)
    make.placement(temporary, from_on=JUNE)

    answer = in_house_share.answer(viewer, YEAR)

    excluded = {"numerator": 1, "denominator": 2, "percent": 50.0}
    included = {"numerator": 3, "denominator": 4, "percent": 75.0}
    for unit in ("placements", "children"):
        assert answer.figure(unit) == {
            "connected_excluded": excluded,
            "connected_included": included,
        }
    assert answer.figure("weeks") == {"in_house": 43.4, "connected": 86.9, "ifa": 43.4}
    assert len(answer.rows("placements.connected_included.denominator")) == 4
    row = answer.rows("nights.connected_excluded.numerator")[0]
    assert (row.kind, row.amount) == ("placement", 304)


def test_another_services_placements_in_our_home_are_not_ours(make, home, viewer):
    elsewhere = make.service()
    make.placement(home, service=elsewhere, child=make.child(elsewhere), from_on=JUNE)

    assert nights(viewer) == 0


@pytest.mark.parametrize(
    ("given", "on_its_side"),
    [
        ({}, {"connected_excluded": 1, "connected_included": 1}),
        (
            {"carer_type": CarerType.CONNECTED_PERSON},
            {"connected_excluded": 0, "connected_included": 1},
        ),
        (
            {"approval": Approval.TEMPORARY, "places": None},
            {"connected_excluded": 0, "connected_included": 1},
        ),
    ],
)
def test_our_child_in_a_home_that_we_do_not_see_counts_by_its_type(
    make, service, viewer, given, on_its_side
):
    theirs = make.household(make.service(), **given)
    make.placement(theirs, service=service, child=make.child(service), from_on=JUNE)
    set_viewer(viewer.service_ids)
    db.session.expire_all()

    answer = in_house_share.answer(viewer, YEAR)

    for unit in ("placements", "nights", "children"):
        shown = answer.figure(unit)
        counted = {name: shown[name]["numerator"] for name in shown}
        nights_each = 304 if unit == "nights" else 1
        assert counted == {name: number * nights_each for name, number in on_its_side.items()}


def test_the_type_of_a_home_that_we_do_not_see_is_that_of_the_night(make, service, viewer):
    theirs = make.household(make.service(), places=None)
    changed_on = JUNE + timedelta(days=10)
    make.terms(theirs, until_on=changed_on)
    make.terms(theirs, from_on=changed_on, carer_type=CarerType.CONNECTED_PERSON)
    until_on = JUNE + timedelta(days=30)
    child = make.child(service)
    make.placement(theirs, service=service, child=child, from_on=JUNE, until_on=until_on)
    set_viewer(viewer.service_ids)
    db.session.expire_all()

    assert nights(viewer) == 10


def test_nothing_is_told_of_a_home_where_no_child_of_ours_lives(make, service, viewer):
    next_door = make.service()
    void, ours, others = (make.household(next_door) for _ in range(3))
    own = make.household(service)
    make.placement(void, service=service, child=make.child(service), is_void=True)
    make.placement(ours, service=service, child=make.child(service))
    make.placement(own)
    make.placement(others)
    careless = replace(viewer, service_ids=(service.id, next_door.id))
    told = {ours.id}
    set_viewer(viewer.service_ids)

    assert {one.id for one in elsewhere.homes(viewer)} == told
    assert {one.id for one in elsewhere.homes(careless)} == told
    assert elsewhere.homes(replace(viewer, service_ids=())) == []
    set_viewer(())
    assert elsewhere.homes(viewer) == []


def test_the_same_statements_for_one_placement_as_for_many(make, home, viewer):
    make.placement(home, from_on=JUNE)
    few = count_of(lambda: in_house_share.answer(viewer, YEAR))
    for _ in range(8):
        make.placement(home, from_on=JUNE)
    db.session.expire_all()

    assert count_of(lambda: in_house_share.answer(viewer, YEAR)) == few
