"""Children come to a home and leave it: what is refused in words, and what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.capacity import Capacity, TooFewVacantPlaces
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.placing import AlreadyEnded, ChildIsElsewhere, ChildNotKnown, HomeIsNotOpen
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import AuditEntry, Child, Household, Placement
from carers.queries import changes
from carers.services import arrivals, placements
from carers.services.submissions import StalePage

ASKED: dict[str, Any] = {
    "child_ref": None,
    "born_on": date(2019, 5, 2),
    "from_on": date(2026, 3, 1),
    "place_type": PlaceType.U6,
    "purpose": Purpose.SHORT_TERM,
    "places": 1,
    "seen": None,
}


def place(household: Household, by: Any, **given: Any) -> Placement:
    with transaction():
        return placements.place(household.id, **ASKED | given, by=by)


def officer(make: Any, household: Household) -> Any:
    return make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)


def test_a_new_child_gets_the_next_reference_and_fills_a_place_from_that_day(make):
    household = make.household(places=2)
    make.child(household.service, ref="C-0411")

    placement = place(household, officer(make, household))

    assert placement.child.ref == "C-0412"
    assert placement.child.born_on == date(2019, 5, 2)
    db.session.expire_all()
    assert household.capacity_on(date(2026, 2, 28)) == Capacity(2, filled=0, not_available=0)
    assert household.capacity_on(date(2026, 3, 1)) == Capacity(2, filled=1, not_available=0)


def test_a_known_child_is_placed_by_reference_and_not_made_again(make):
    household = make.household()
    child = make.child(household.service, ref="C-0412")

    placement = place(household, officer(make, household), child_ref="C-0412", born_on=None)

    assert placement.child_id == child.id
    assert len(db.session.scalars(select(Child)).all()) == 1


def test_a_place_is_refused_where_it_is_not_vacant_on_every_day(make):
    household = make.household(places=1)
    by = officer(make, household)
    make.placement(household, from_on=date(2026, 6, 1))  # a planned one

    with pytest.raises(TooFewVacantPlaces, match="No place is vacant on every one of these days"):
        place(household, by, from_on=date(2026, 3, 1))


def test_a_child_may_come_on_the_day_another_left(make):
    household = make.household(places=1)
    make.placement(household, until_on=date(2026, 3, 1))

    place(household, officer(make, household), from_on=date(2026, 3, 1))

    db.session.expire_all()
    assert household.capacity_on(date(2026, 3, 1)).filled == 1


def test_two_places_are_refused_where_one_is_vacant(make):
    household = make.household(places=2)
    make.placement(household)

    with pytest.raises(TooFewVacantPlaces, match="Places used must be 1 or fewer") as refused:
        place(household, officer(make, household), places=2)

    assert (refused.value.asked, refused.value.vacant, refused.value.field) == (2, 1, "places")


def test_a_refused_place_makes_no_child(make):
    household = make.household(places=0)

    with pytest.raises(TooFewVacantPlaces):
        place(household, officer(make, household))

    assert db.session.scalars(select(Child)).all() == []


def test_a_child_cannot_be_in_two_homes(make):
    household = make.household()
    child = make.child(household.service, ref="C-0412")
    make.placement(make.household(household.service, name="Nan Birch", ref="H-0400"), child=child)

    with pytest.raises(ChildIsElsewhere, match="C-0412 lives in Nan Birch, H-0400 on one"):
        place(household, officer(make, household), child_ref="C-0412", born_on=None)


def test_a_child_who_is_to_move_elsewhere_later_cannot_come_without_an_end(make):
    household = make.household()
    child = make.child(household.service, ref="C-0412")
    make.placement(make.household(household.service), child=child, from_on=date(2026, 9, 1))

    with pytest.raises(ChildIsElsewhere):
        place(household, officer(make, household), child_ref="C-0412", born_on=None)


def test_the_database_refuses_two_homes_a_night_where_the_service_forgets(make, monkeypatch):
    household = make.household()
    child = make.child(household.service, ref="C-0412")
    make.placement(make.household(household.service), child=child)
    monkeypatch.setattr(arrivals, "main_of", lambda *_: None)

    with pytest.raises(RuleBroken, match="already somewhere else") as refused:
        place(household, officer(make, household), child_ref="C-0412", born_on=None)

    assert refused.value.field == "child_ref"


def test_a_placement_of_no_night_keeps_nobody_elsewhere(make):
    household = make.household()
    child = make.child(household.service, ref="C-0412")
    day = date(2026, 3, 5)
    make.placement(make.household(household.service), child=child, from_on=day, until_on=day)

    assert place(household, officer(make, household), child_ref="C-0412", born_on=None).ref


def test_a_child_of_another_service_is_not_known_here(make):
    household = make.household()
    make.child(ref="C-0412")

    with pytest.raises(ChildNotKnown, match="Enter a reference of a child in this service"):
        place(household, officer(make, household), child_ref="C-0412", born_on=None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"born_on": None}, "Enter the date of birth of a new child"),
        ({"child_ref": "C-0412"}, "Leave the date of birth empty"),
        ({"born_on": date(2026, 3, 2)}, "must not be after the first day"),
        ({"born_on": date(2008, 3, 1)}, "must be under 18 on the first day"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_beside_it(make, given, sentence):
    household = make.household()

    with pytest.raises(RuleBroken, match=sentence) as refused:
        place(household, officer(make, household), **given)

    assert refused.value.field == "born_on"


def test_a_child_whose_age_the_terms_do_not_cover_is_placed_all_the_same(make):
    household = make.household(age_min=10, age_max=12)

    assert place(household, officer(make, household)).ref


def test_nobody_comes_before_the_approval(make):
    household = make.household(approved_on=date(2026, 3, 2))

    with pytest.raises(HomeIsNotOpen, match=r"must be 2 March.* or later") as refused:
        place(household, officer(make, household), from_on=date(2026, 3, 1))

    assert refused.value.field == "from_on"


@pytest.mark.parametrize(("days", "word"), [(-1, "ended"), (30, "ends")])
def test_nobody_comes_for_good_to_a_home_that_ends(make, days, word):
    household = make.household(ended_on=clock.today() + timedelta(days=days))

    with pytest.raises(HomeIsNotOpen, match=f"This home’s approval {word} on"):
        place(household, officer(make, household))


@pytest.mark.parametrize("approval", [Approval.TEMPORARY, Approval.ADOPTER, Approval.HOST])
def test_a_child_comes_to_a_home_without_places_and_fills_none(make, approval):
    household = make.household(approval=approval, places=None)

    placement = place(household, officer(make, household))

    assert (placement.override_reason, placement.override_by_id) == (None, None)
    db.session.expire_all()
    assert household.capacity_on(date(2026, 3, 1)).approved == 0


def test_a_page_that_grew_stale_says_who_changed_what(make):
    household = make.household(places=2)
    by = officer(make, household)
    seen = changes.last_number(household.id, viewer=by)
    place(household, by)

    with pytest.raises(StalePage) as refused:
        place(household, by, seen=seen)

    assert any("recorded that C-0001 lives here" in change for change in refused.value.changes)


def test_an_ending_frees_the_place_and_is_set_once(make):
    household = make.household()
    by = officer(make, household)
    stay = make.placement(household, from_on=date(2026, 1, 1))

    end(household, stay, by)

    db.session.expire_all()
    assert (stay.until_on, stay.end_reason) == (date(2026, 3, 1), PlacementEnd.CARPL)
    assert household.capacity_on(date(2026, 3, 1)).vacant == 1
    with pytest.raises(AlreadyEnded, match="An end is recorded already, on 1 March"):
        end(household, stay, by)


def end(household: Household, stay: Placement, by: Any, **given: Any) -> None:
    asked: dict[str, Any] = {
        "until_on": date(2026, 3, 1),
        "end_reason": PlacementEnd.CARPL,
        "seen": None,
    }
    with transaction():
        placements.end(household.id, stay.id, **asked | given, by=by)


def test_an_ending_is_neither_before_the_start_nor_still_to_come(make):
    household = make.household()
    by = officer(make, household)
    stay = make.placement(household, from_on=date(2026, 1, 1))

    with pytest.raises(RuleBroken, match=r"must be 1 January.* or later"):
        end(household, stay, by, until_on=date(2025, 12, 31))
    with pytest.raises(RuleBroken, match="today or in the past"):
        end(household, stay, by, until_on=clock.today() + timedelta(days=1))


def test_a_placement_is_found_only_in_its_own_home_and_service(make):
    household, other = make.household(), make.household()
    stay = make.placement(household)

    with pytest.raises(NotFound):
        end(make.household(household.service), stay, officer(make, household))
    with pytest.raises(NotFound):
        end(household, stay, officer(make, other))


def test_what_was_done_is_audited_with_the_birth_date_as_a_digest(make):
    household = make.household()
    by = officer(make, household)

    end(household, place(household, by), by)

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == household.id).order_by(AuditEntry.number)
    ).all()
    assert [(one.record_type, one.by_ref) for one in entries] == [
        ("child", by.ref),
        ("placement", by.ref),
        ("placement", by.ref),
    ]
    child = entries[0].after
    assert child is not None
    assert child["born_on"].startswith("hmac:")
    assert entries[2].before == {"end_reason": None, "until_on": None}


def test_a_known_child_of_unknown_age_may_come(make):
    household = make.household()
    make.child(household.service, ref="C-0412", born_on=None)

    placement = place(household, officer(make, household), child_ref="C-0412", born_on=None)

    assert placement.child.born_on is None
