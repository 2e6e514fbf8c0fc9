"""Places put on hold and brought back, and positions confirmed: by whom, and when not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.capacity import (
    Capacity,
    ConfirmerRole,
    TooFewVacantPlaces,
    UnavailableReason,
)
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.home_changes import NotAllocated
from carers.domain.placing import AlreadyEnded, HomeIsNotOpen
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import Confirmation, Household, Unavailability
from carers.queries import households, positions
from carers.services import capacity
from carers.services.submissions import StalePage

FROM = date(2026, 3, 1)
UNTIL = date(2026, 4, 1)


def supervisor(make: Any, *homes: Household, **given: Any) -> Any:
    """Somebody who has these homes."""
    viewer = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=homes[0].service)
    for household in homes:
        make.allocation(viewer, household=household, **given)
    return viewer


def hold(household: Household, by: Any, **given: Any) -> Unavailability:
    asked: dict[str, Any] = {
        "places": 1,
        "reason": UnavailableReason.CARER_BREAK,
        "owner_id": by.membership_id,
        "from_on": FROM,
        "expected_until_on": UNTIL,
        "seen": None,
    }
    with transaction():
        return capacity.record_unavailability(household.id, **asked | given, by=by)


def bring_back(household: Household, held: Unavailability, by: Any, until_on: date) -> None:
    with transaction():
        capacity.bring_back(household.id, held.id, until_on=until_on, seen=None, by=by)


def confirm(household: Household, by: Any, seen: int | None = None) -> Confirmation:
    with transaction():
        return capacity.confirm(household.id, seen=seen, by=by)


def confirm_all(homes: list[Household], by: Any) -> capacity.ConfirmedTogether:
    lines = positions.of_homes([home.id for home in homes], viewer=by, day=clock.today())
    seen: dict[Any, int | None] = {line.id: line.position.changed for line in lines.values()}
    with transaction():
        return capacity.confirm_all(seen, by=by)


def test_places_on_hold_are_not_available_until_they_are_brought_back(make):
    household = make.household(places=2)
    by = supervisor(make, household)

    held = hold(household, by)
    bring_back(household, held, by, date(2026, 3, 20))

    db.session.expire_all()
    assert household.capacity_on(date(2026, 3, 19)) == Capacity(2, filled=0, not_available=1)
    assert household.capacity_on(date(2026, 3, 20)) == Capacity(2, filled=0, not_available=0)


def test_the_expected_end_ends_nothing(make):
    household = make.household()
    hold(household, supervisor(make, household))

    db.session.expire_all()
    assert household.capacity_on(UNTIL).not_available == 1


def test_places_that_are_not_vacant_on_every_day_cannot_be_withheld(make):
    household = make.household(places=2)
    make.placement(household, from_on=date(2026, 6, 1))

    with pytest.raises(TooFewVacantPlaces, match="Places on hold must be 1 or fewer"):
        hold(household, supervisor(make, household), places=2)


@pytest.mark.parametrize("expected", [FROM, FROM - timedelta(days=1)])
def test_an_expected_end_is_after_the_first_day(make, expected):
    household = make.household()

    with pytest.raises(RuleBroken, match="must be after the first day") as refused:
        hold(household, supervisor(make, household), expected_until_on=expected)

    assert refused.value.field == "expected_until_on"


def test_a_hold_begins_on_the_approval_or_later(make):
    household = make.household(approved_on=date(2026, 3, 2))

    with pytest.raises(HomeIsNotOpen):
        hold(household, supervisor(make, household, from_on=date(2026, 3, 2)))


def test_who_answers_for_a_hold_works_in_the_service(make):
    household = make.household()
    stranger = make.viewer(Role.TEAM_MANAGER)

    with pytest.raises(RuleBroken, match="Select somebody who works in this service"):
        hold(household, supervisor(make, household), owner_id=stranger.membership_id)


def test_places_come_back_once(make):
    household = make.household()
    by = supervisor(make, household)
    held = hold(household, by)

    bring_back(household, held, by, FROM)

    with pytest.raises(AlreadyEnded):
        bring_back(household, held, by, FROM)


def test_a_hold_is_found_only_in_its_own_home(make):
    household = make.household()
    other = make.household(household.service)
    by = supervisor(make, household, other)
    held = hold(household, by)

    with pytest.raises(NotFound):
        bring_back(other, held, by, UNTIL)


def test_a_home_of_another_worker_is_read_and_not_changed(make):
    household = make.household()
    held = hold(household, supervisor(make, household))
    by = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=household.service)

    assert households.get(household.id, viewer=by) == household
    with pytest.raises(NotAllocated, match="not allocated to you"):
        hold(household, by)
    with pytest.raises(NotAllocated):
        bring_back(household, held, by, UNTIL)
    with pytest.raises(NotAllocated):
        confirm(household, by)
    with pytest.raises(NotAllocated):
        confirm_all([household], by)


def test_an_allocation_that_has_ended_or_is_to_come_gives_nothing(make):
    household = make.household()
    by = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=household.service)
    today = clock.today()
    make.allocation(by, household=household, until_on=today)
    make.allocation(by, household=household, from_on=today + timedelta(days=1))

    with pytest.raises(NotAllocated):
        hold(household, by)


def test_cover_is_as_good_as_having_a_home(make):
    household = make.household()

    assert hold(household, supervisor(make, household, is_cover=True)).ref


def test_a_team_manager_may_change_any_home_of_the_service(make):
    household = make.household()

    assert hold(household, make.viewer(Role.TEAM_MANAGER, works_for=household.service)).ref


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.SUPERVISING_SOCIAL_WORKER, ConfirmerRole.SUPERVISING_SOCIAL_WORKER),
        (Role.PLACEMENTS_OFFICER, ConfirmerRole.DUTY_WORKER),
        (Role.TEAM_MANAGER, ConfirmerRole.TEAM_MANAGER),
    ],
)
def test_a_confirmation_says_in_what_capacity_and_what_was_vacant(make, role, said):
    household = make.household(places=3)
    make.placement(household)
    by = make.viewer(role, works_for=household.service)
    make.allocation(by, household=household)

    confirmation = confirm(household, by)

    assert (confirmation.by_role, confirmation.vacant) == (said, 2)
    assert positions.of_home(household.id, viewer=by, day=clock.today()).freshness.confirmed


def test_a_home_without_full_approval_or_ended_has_no_position_to_confirm(make):
    temporary = make.household(approval=Approval.TEMPORARY)
    ended = make.household(temporary.service, ended_on=clock.today())
    by = make.viewer(Role.TEAM_MANAGER, works_for=temporary.service)

    with pytest.raises(RuleBroken, match="no places to confirm"):
        confirm(temporary, by)
    with pytest.raises(RuleBroken, match="not approved today"):
        confirm(ended, by)


def test_a_home_changed_since_the_page_was_opened_is_not_confirmed_unread(make):
    household = make.household(places=2)
    by = supervisor(make, household)
    hold(household, by)

    with pytest.raises(StalePage) as refused:
        confirm(household, by, seen=0)

    assert "put 1 place on hold" in refused.value.changes[0]


def test_all_homes_are_confirmed_together(make):
    homes = [make.household()]
    homes += [make.household(homes[0].service) for _ in range(2)]

    together = confirm_all(homes, supervisor(make, *homes))

    assert (together.homes, together.left_out) == (3, ())
    assert {one.at for one in db.session.scalars(select(Confirmation))} == {together.at}


def test_homes_that_changed_or_whose_records_disagree_are_left_out_and_told(make):
    unchanged = make.household(name="Amber")
    service = unchanged.service
    changed = make.household(service, name="Beryl")
    over = make.household(service, name="Coral", places=None)
    withheld = make.household(service, name="Dana", places=None)
    by = supervisor(make, unchanged, changed, over, withheld)
    make.terms(over, places=1)
    hold(withheld_with(make, withheld, 2), by, places=2)
    close_terms(make, withheld)
    make.placement(over)
    seen: dict[Any, int | None] = {
        line.id: line.position.changed
        for line in positions.of_homes(
            [unchanged.id, changed.id, over.id, withheld.id], viewer=by, day=clock.today()
        ).values()
    }
    hold(changed, by)
    shrink(over)

    with transaction():
        together = capacity.confirm_all(seen, by=by)

    assert together.homes == 1
    assert [(one.name, one.why) for one in together.left_out] == [
        ("Beryl", capacity.CHANGED),
        ("Coral", "1 filled, and 0 approved"),
        ("Dana", "2 on hold, and only 1 left to hold"),
    ]


def withheld_with(make: Any, household: Household, places: int) -> Household:
    make.terms(household, places=places)
    return household


def close_terms(make: Any, household: Household) -> None:
    """Fewer places than are withheld, by new terms."""
    today = clock.today()
    household.terms[0].until_on = today
    db.session.commit()
    make.terms(household, places=1, from_on=today)


def shrink(household: Household) -> None:
    """No place any more, though a child is there."""
    household.terms[0].until_on = clock.today()
    db.session.commit()


def test_a_home_of_which_the_page_does_not_say_what_it_saw_is_left_out(make):
    household = make.household()

    with transaction():
        together = capacity.confirm_all({household.id: None}, by=supervisor(make, household))

    assert together.left_out[0].why == capacity.CHANGED


def test_a_home_that_is_not_there_confirms_nothing(make):
    household, theirs = make.household(), make.household()

    with pytest.raises(NotFound):
        confirm_all_of({household.id: 0, theirs.id: 0}, supervisor(make, household))

    assert db.session.scalars(select(Confirmation)).all() == []


def confirm_all_of(seen: Any, by: Any) -> None:
    with transaction():
        capacity.confirm_all(seen, by=by)
