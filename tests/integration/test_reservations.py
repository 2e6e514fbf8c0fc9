"""A place reserved for a search: nobody else's, and the child's from the day they come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from carers.db import db, settle, transaction
from carers.domain import clock
from carers.domain.capacity import TooFewVacantPlaces, UnavailableReason
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.roles import Role
from carers.domain.searches import Reserved, SearchNotOpen, Share, shares
from carers.models import AuditEntry, Child, Household, Placement, Search, Unavailability
from carers.queries import positions, searches
from carers.services import capacity, corrections, placements

TODAY = clock.today()
LONG_AGO = date(2026, 1, 1)
RESERVED = UnavailableReason.RESERVED_PLACEMENT


def a_day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def home(make) -> Household:
    found: Household = make.household(places=2)
    return found


@pytest.fixture
def by(make, home):
    return make.viewer(Role.TEAM_MANAGER, works_for=home.service)


def reserve(home: Household, search: Search | None, by: Any, **given: Any) -> Unavailability:
    how = {
        "places": 1,
        "reason": RESERVED,
        "owner_id": by.membership_id,
        "from_on": TODAY,
        "expected_until_on": a_day(10),
        "search_id": search.id if search else None,
        "seen": None,
    }
    with transaction():
        return capacity.record_unavailability(home.id, **how | given, by=by)


def place(home: Household, child: Child, by: Any, **given: Any) -> Placement:
    how: dict[str, Any] = {
        "child_ref": child.ref,
        "born_on": None,
        "from_on": TODAY,
        "place_type": PlaceType.U6,
        "purpose": Purpose.SHORT_TERM,
        "seen": None,
    }
    with transaction():
        return placements.place(home.id, **how | given, by=by)


def places(home: Household, day: date, by: Any) -> tuple[int, int, int]:
    """Filled, not available and vacant; and the sum holds."""
    found = positions.of_home(home.id, viewer=by, day=day).capacity
    assert found.approved + found.over == found.filled + found.not_available + found.vacant
    return found.filled, found.not_available, found.vacant


def holds(home: Household) -> list[tuple[Any, ...]]:
    """What is on hold in a home: places, from when, until when."""
    query = select(Unavailability).where(
        Unavailability.household_id == home.id, Unavailability.superseded_by_id.is_(None)
    )
    found = db.session.scalars(query.order_by(Unavailability.from_on, Unavailability.ref))
    return [(one.places, one.from_on, one.until_on) for one in found]


def test_a_place_is_put_on_hold_for_an_open_search_of_the_service(make, home, by):
    search = make.search(make.child(home.service))

    hold = reserve(home, search, by)

    assert hold.search_id == search.id
    assert [one.id for one in searches.open_ones(by)] == [search.id]


def test_open_searches_are_in_order_of_need_with_the_children_who_may_be_known(make, home, by):
    one, two = make.child(home.service), make.child(home.service)
    make.search(one, ref="S-9")
    make.search(two, one, ref="S-2", needed_by=a_day(9))
    make.search(one, ref="S-3", needed_by=a_day(3))
    make.search(one, ref="S-4", closed_at=clock.now())
    make.search(make.child())

    found = searches.open_ones(by)

    assert [search.ref for search in found] == ["S-3", "S-2", "S-9"]
    assert found[1].children == (two.ref, one.ref)


@pytest.mark.parametrize("which", ["closed", "another service's"])
def test_a_search_that_is_closed_or_anothers_cannot_be_named(make, home, by, which):
    if which == "closed":
        search = make.search(make.child(home.service), closed_at=clock.now())
    else:
        search = make.search(make.child())

    with pytest.raises(SearchNotOpen):
        reserve(home, search, by)


def test_a_search_goes_with_a_reserved_place_only(make, home, by):
    search = make.search(make.child(home.service))

    with pytest.raises(RuleBroken, match="goes with a reserved place only") as refused:
        reserve(home, search, by, reason=UnavailableReason.CARER_BREAK)

    assert refused.value.field == "search_id"
    reserve(home, search, by, reason=UnavailableReason.RESERVED_SHORT_BREAKS)


def test_another_child_cannot_take_a_reserved_place(make, by, home):
    reserve(home, make.search(make.child(home.service)), by, places=2)

    with pytest.raises(TooFewVacantPlaces):
        place(home, make.child(home.service), by)

    assert holds(home) == [(2, TODAY, None)]


def test_the_child_takes_the_place_reserved_for_them(make, home, by):
    child = make.child(home.service)
    search = make.search(child)
    make.placement(home)
    hold = reserve(home, search, by)

    place(home, child, by, from_on=a_day(4))

    settle()
    assert hold.until_on == a_day(4)
    assert places(home, a_day(3), by) == (1, 1, 0)
    assert places(home, a_day(4), by) == (2, 0, 0)
    query = select(AuditEntry.action, AuditEntry.by_id).where(AuditEntry.record_id == hold.id)
    assert (
        f"gave 1 reserved place of search {search.ref} to the child who came",
        by.membership_id,
    ) in [tuple(row) for row in db.session.execute(query)]


def test_a_child_who_moves_takes_it_too(make, home, by):
    child = make.child(home.service)
    stay = make.placement(make.household(home.service), child=child)
    make.placement(home)
    hold = reserve(home, make.search(child), by)

    with transaction():
        placements.move(
            stay.household_id,
            stay.id,
            to_id=home.id,
            on=TODAY,
            end_reason=PlacementEnd.CARPL,
            place_type=PlaceType.U6,
            purpose=Purpose.LONG_TERM,
            seen=None,
            by=by,
        )

    settle()
    assert hold.until_on == TODAY
    assert places(home, TODAY, by) == (2, 0, 0)


def test_a_child_who_comes_before_the_reservation_begins_takes_it_all_the_same(make, home, by):
    child = make.child(home.service)
    hold = reserve(home, make.search(child), by, places=2, from_on=a_day(5))

    place(home, child, by)

    settle()
    assert (hold.from_on, hold.until_on) == (a_day(5), a_day(5))
    assert places(home, a_day(6), by) == (1, 0, 1)


def test_one_over_before_they_come_stays_as_it_is(make, home, by):
    child = make.child(home.service)
    hold = make.hold(home, search_id=make.search(child).id, reason=RESERVED, until_on=TODAY)

    place(home, child, by)

    assert holds(home) == [(1, hold.from_on, TODAY)]


def test_an_end_that_was_set_already_is_corrected(make, home, by):
    child = make.child(home.service)
    old = make.hold(
        home, search_id=make.search(child).id, reason=RESERVED, places=2, until_on=a_day(9)
    )

    place(home, child, by)

    settle()
    assert old.superseded_by_id is not None
    assert holds(home) == [(2, LONG_AGO, TODAY)]


def test_a_place_stays_reserved_for_a_brother_who_is_still_to_come(make, home, by):
    sister, brother = make.child(home.service), make.child(home.service)
    search = make.search(sister, brother)
    first = reserve(home, search, by, places=2)

    place(home, sister, by)

    settle()
    assert holds(home) == [(2, TODAY, TODAY), (1, TODAY, None)]
    assert places(home, TODAY, by) == (1, 1, 0)
    with pytest.raises(TooFewVacantPlaces):
        place(home, make.child(home.service), by)
    place(home, brother, by, from_on=a_day(2))
    settle()
    assert holds(home) == [(2, TODAY, TODAY), (1, TODAY, a_day(2))]
    kept = db.session.scalars(
        select(Unavailability).where(
            Unavailability.household_id == home.id, Unavailability.id != first.id
        )
    ).one()
    assert (kept.search_id, kept.owner_id) == (search.id, by.membership_id)
    assert (kept.reason, kept.expected_until_on) == (RESERVED, a_day(10))


def test_a_second_place_reserved_for_the_same_search_is_left_for_the_brother(make, home, by):
    sister, brother = make.child(home.service), make.child(home.service)
    search = make.search(sister, brother)
    reserve(home, search, by)
    reserve(home, search, by)

    place(home, sister, by)

    settle()
    assert holds(home) == [(1, TODAY, TODAY), (1, TODAY, None)]


def test_what_is_kept_for_a_brother_is_no_more_than_the_home_has(make, home, by):
    sister, brother = make.child(home.service), make.child(home.service)
    hold = make.hold(home, search_id=make.search(sister, brother).id, reason=RESERVED, places=2)
    stay = make.placement(home, from_on=TODAY, override_reason="x", override_by_id=by.membership_id)

    place(home, sister, by)

    settle()
    assert stay.is_current
    assert holds(home) == [(2, hold.from_on, TODAY)]
    assert places(home, TODAY, by) == (2, 0, 0)


def test_a_respite_stay_is_not_the_move_that_a_place_is_reserved_for(make, home, by):
    child = make.child(home.service)
    make.placement(make.household(home.service), child=child)
    hold = reserve(home, make.search(child), by)

    place(home, child, by, is_respite=True, until_on=a_day(2))

    assert hold.until_on is None


def test_a_refused_placement_leaves_the_reservation_as_it_was(make, home, by):
    child = make.child(home.service)
    hold = reserve(home, make.search(child), by)
    make.placement(home)

    with pytest.raises(TooFewVacantPlaces):
        place(home, child, by, places=2)

    db.session.refresh(hold)
    assert hold.until_on is None


@pytest.mark.parametrize("is_respite", [False, True])
def test_a_child_who_came_sooner_takes_it_from_that_day_unless_for_respite(
    make, home, by, is_respite
):
    child = make.child(home.service)
    make.placement(
        make.household(home.service), child=child, until_on=None if is_respite else TODAY
    )
    reserve(home, make.search(child), by, places=1 if is_respite else 2)
    stay = place(home, child, by, from_on=a_day(4), until_on=a_day(6), is_respite=is_respite)
    facts: dict[str, Any] = {"place_type": PlaceType.U6, "purpose": Purpose.SHORT_TERM}
    facts |= {"until_on": a_day(6), "end_reason": PlacementEnd.CARPL, "places": 1, "seen": None}
    with transaction():
        corrections.correct_placement(home.id, stay.id, from_on=a_day(2), **facts, by=by)

    settle()
    assert holds(home) == ([(1, TODAY, None)] if is_respite else [(2, TODAY, a_day(2))])


def test_a_reservation_for_another_search_is_no_childs_who_is_not_in_it(make, home, by):
    child = make.child(home.service)
    make.search(child)
    reserve(home, make.search(make.child(home.service)), by)

    place(home, child, by)

    settle()
    assert holds(home) == [(1, TODAY, None)]


def correct(home: Household, hold: Unavailability, by: Any, **given: Any) -> Unavailability:
    known = {
        "places": hold.places,
        "reason": hold.reason,
        "owner_id": by.membership_id,
        "from_on": hold.from_on,
        "expected_until_on": a_day(20),
        "until_on": hold.until_on,
        "search_id": hold.search_id,
        "seen": None,
    }
    with transaction():
        return corrections.correct_hold(home.id, hold.id, **known | given, by=by)


def test_a_correction_keeps_the_search_though_it_is_closed_and_may_change_it(make, home, by):
    child = make.child(home.service)
    closed, other = make.search(child, closed_at=clock.now()), make.search(child)
    hold = make.hold(home, search_id=closed.id, reason=RESERVED)

    kept = correct(home, hold, by)
    assert kept.search_id == closed.id
    changed = correct(home, kept, by, search_id=other.id)
    assert changed.search_id == other.id
    with pytest.raises(SearchNotOpen):
        correct(home, changed, by, search_id=closed.id)
    emptied = correct(home, changed, by, search_id=None)
    assert emptied.search_id is None


def test_a_correction_of_the_reason_asks_for_no_search(make, home, by):
    hold = reserve(home, make.search(make.child(home.service)), by)

    with pytest.raises(RuleBroken, match="goes with a reserved place only"):
        correct(home, hold, by, reason=UnavailableReason.OTHER)


def test_what_is_left_over_stays_reserved_for_the_others_alone():
    assert shares([Reserved(2, others_to_come=True)], 1) == [Share(1, 1)]
    assert shares([Reserved(2, others_to_come=False)], 1) == [Share(1, 0)]
    both = [Reserved(1, others_to_come=True), Reserved(2, others_to_come=True)]
    assert shares(both, 2) == [Share(1, 0), Share(1, 1)]
    assert shares([*both, Reserved(3, others_to_come=True)], 1)[1:] == [Share(0, 2), Share(0, 3)]


RESERVATIONS = st.lists(
    st.tuples(st.integers(1, 3), st.sets(st.integers(0, 3), min_size=1), st.integers(-3, 3)),
    max_size=3,
)
COMING = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-3, 4), st.integers(1, 2)), min_size=1, max_size=4
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(approved=st.integers(1, 4), reservations=RESERVATIONS, coming=COMING)
def test_whoever_comes_in_whatever_order_no_place_is_taken_twice(
    make, approved, reservations, coming
):
    home = make.household(places=approved)
    by = make.viewer(Role.TEAM_MANAGER, works_for=home.service)
    children = [make.child(home.service) for _ in range(4)]
    for places_kept, named, day in reservations:
        search = make.search(*(children[one] for one in sorted(named)))
        _tried(reserve, home, search, by, places=places_kept, from_on=a_day(day))
    for number, day, needed in coming:
        _tried(place, home, children[number], by, from_on=a_day(day), places=needed)

    for day in range(-4, 6):
        found = positions.of_home(home.id, viewer=by, day=a_day(day)).capacity
        recorded = positions.of_home(home.id, viewer=by, day=a_day(day)).recorded
        assert found.approved + found.over == found.filled + found.not_available + found.vacant
        assert found.over == 0
        assert recorded == found.not_available


def _tried(step: Any, *given_to: Any, **how: Any) -> None:
    try:
        step(*given_to, **how)
        settle()
    except RuleBroken:
        db.session.rollback()
