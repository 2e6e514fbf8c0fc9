"""Children with agencies: placed, ended, moved to and from our homes, put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.capacity import TooFewVacantPlaces
from carers.domain.children import PlacementEnd, PlaceProvider, PlaceType, ProviderKind, Purpose
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.placing import AlreadyEnded, ChildIsElsewhere, ChildNotKnown, RespiteGoesOn
from carers.domain.roles import Role
from carers.models import AuditEntry, Child, Placement
from carers.queries import changes
from carers.services import agencies, arrivals, placements
from carers.services.agencies import Agreed
from carers.services.submissions import StalePage

TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)
SINCE = date(2026, 1, 1)
LEAVING: dict[str, Any] = {"on": TODAY, "end_reason": PlacementEnd.CARPL, "seen": None}
INTO: dict[str, Any] = LEAVING | {"place_type": PlaceType.U6, "purpose": Purpose.SHORT_TERM}


@pytest.fixture
def home(make):
    return make.household(places=1, name="Nan Birch", ref="H-0400")


@pytest.fixture
def agency(make, home):
    return make.provider(home.service, name="Larkfield")


@pytest.fixture
def by(make, home):
    return make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service)


def agreed(agency, **given: Any) -> Agreed:
    return replace(Agreed(agency.id, PlaceType.U6, Purpose.SHORT_TERM), **given)


def placed(agency, by, **given: Any) -> Placement:
    asked: dict[str, Any] = {
        "child_ref": None,
        "born_on": date(2019, 5, 2),
        "from_on": SINCE,
        "until_on": None,
        "agreed": agreed(agency),
    }
    with transaction():
        return agencies.place(**asked | given, by=by)


def corrected(stay, agency, by, **given: Any) -> Placement:
    asked: dict[str, Any] = {"from_on": SINCE, "until_on": None, "end_reason": None, "seen": None}
    with transaction():
        return agencies.correct(stay.id, **asked | {"agreed": agreed(agency)} | given, by=by)


def audited(stay) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.subject_id == stay.id)
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def test_a_new_child_lives_with_an_agency_and_what_is_agreed_is_kept(make, home, agency, by):
    make.child(home.service, ref="C-0411")
    terms = agreed(
        agency,
        provider_type=PlaceProvider.PR4,
        weekly_cost=Decimal("912.50"),
        distance_miles=Decimal("14.5"),
        in_area=False,
    )

    stay = placed(agency, by, agreed=terms)

    assert (stay.child.ref, stay.provider_id, stay.household_id) == ("C-0412", agency.id, None)
    assert (stay.place_type, stay.purpose) == (PlaceType.U6, Purpose.SHORT_TERM)
    assert (stay.weekly_cost, stay.distance_miles) == (Decimal("912.50"), Decimal("14.5"))
    assert (stay.provider_type, stay.in_area) == (PlaceProvider.PR4, False)
    assert audited(stay) == ["recorded that C-0412 lives with Larkfield"]


def test_a_known_child_is_placed_by_reference(make, home, agency, by):
    child = make.child(home.service, ref="C-0412", born_on=None)

    assert placed(agency, by, child_ref="C-0412", born_on=None).child_id == child.id
    assert len(db.session.scalars(select(Child)).all()) == 1


def test_a_child_has_one_home_a_night_and_is_told_where(make, home, agency, by):
    stay = make.placement(home)
    ref = stay.child.ref

    with pytest.raises(ChildIsElsewhere, match=f"{ref} lives in Nan Birch, H-0400 on") as refused:
        placed(agency, by, child_ref=ref, born_on=None)

    found = refused.value.found
    assert (found.placement_id, found.household_id, found.may_move) == (stay.id, home.id, True)
    there = placed(agency, by)
    with pytest.raises(ChildIsElsewhere, match=r"lives with Larkfield .* move them") as refused:
        placed(agency, by, child_ref=there.child.ref, born_on=None, from_on=TODAY)
    assert refused.value.found.household_id is None


def test_who_lives_elsewhere_later_or_until_then_cannot_be_moved_from_there(make, agency, by):
    stay = placed(agency, by, from_on=TODAY, until_on=TOMORROW)

    with pytest.raises(ChildIsElsewhere, match="end or correct that first") as refused:
        placed(agency, by, child_ref=stay.child.ref, born_on=None)

    assert not refused.value.found.may_move


def test_whose_home_is_another_services_is_not_told(make, home, agency, by):
    other = make.household(name="Zanzibar")
    child = make.child(home.service)
    make.placement(other, child=child, service=home.service)

    with pytest.raises(ChildIsElsewhere, match="lives in a home of another service") as refused:
        placed(agency, by, child_ref=child.ref, born_on=None)

    assert not refused.value.found.may_move


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"born_on": None}, "born_on", "Enter the date of birth"),
        ({"born_on": date(2026, 1, 2)}, "born_on", "must not be after the first day"),
        ({"born_on": date(2008, 1, 1)}, "born_on", "must be under 18 on the first day"),
        ({"until_on": date(2025, 12, 31)}, "until_on", "must not be before the first day"),
        ({"from_on": date(1996, 1, 1)}, "from_on", "must be between"),
        ({"from_on": TODAY + timedelta(days=370)}, "from_on", "must be between"),
        ({"until_on": date(2044, 1, 2)}, "until_on", "within 18 years of the first day"),
    ],
)
def test_a_birth_date_or_a_day_that_cannot_be_is_refused(agency, by, given, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        placed(agency, by, **given)

    assert refused.value.field == field
    assert db.session.scalars(select(Child)).all() == []


def test_another_services_child_agency_or_placement_is_not_there(make, agency, by):
    theirs = make.provider(make.service())
    stay = make.placement(provider=theirs)

    with pytest.raises(ChildNotKnown):
        placed(agency, by, child_ref=stay.child.ref, born_on=None)
    with pytest.raises(NotFound):
        placed(theirs, by)
    with pytest.raises(NotFound), transaction():
        agencies.remove(stay.id, seen=None, by=by)
    with pytest.raises(NotFound), transaction():
        agencies.move(stay.id, **LEAVING, agreed=agreed(agency), by=by)


def test_it_ends_once_and_not_ahead(agency, by):
    stay = placed(agency, by)
    asked: dict[str, Any] = {"end_reason": PlacementEnd.E4A, "seen": None, "by": by}

    with pytest.raises(RuleBroken, match="today or in the past"), transaction():
        agencies.end(stay.id, until_on=TOMORROW, **asked)
    with transaction():
        agencies.end(stay.id, until_on=TODAY, **asked)

    assert (stay.until_on, stay.end_reason) == (TODAY, PlacementEnd.E4A)
    with pytest.raises(AlreadyEnded), transaction():
        agencies.end(stay.id, until_on=TODAY, **asked)


def test_a_page_that_grew_stale_is_refused(agency, by):
    stay = placed(agency, by)
    seen = changes.last_number(stay.id, viewer=by)
    with transaction():
        agencies.end(stay.id, until_on=TODAY, end_reason=PlacementEnd.E4A, seen=seen, by=by)

    with pytest.raises(StalePage):
        corrected(stay, agency, by, seen=seen)


def test_a_child_comes_from_an_agency_to_a_home_of_ours(home, agency, by):
    stay = placed(agency, by)

    with transaction():
        new = agencies.move_home(stay.id, to_id=home.id, **INTO, by=by)

    assert (stay.until_on, stay.end_reason) == (TODAY, PlacementEnd.CARPL)
    assert (new.household_id, new.from_on, new.child_id) == (home.id, TODAY, stay.child_id)
    db.session.expire_all()
    assert home.capacity_on(TODAY).vacant == 0


def test_the_last_place_rule_holds_for_who_comes_from_an_agency(make, home, agency, by):
    make.placement(home)
    stay = placed(agency, by)

    with pytest.raises(TooFewVacantPlaces), transaction():
        agencies.move_home(stay.id, to_id=home.id, **INTO, by=by)

    db.session.refresh(stay)
    assert stay.until_on is None
    manager = make.viewer(Role.TEAM_MANAGER, works_for=home.service)
    with transaction():
        reason = "Their sister lives here"
        new = agencies.move_home(stay.id, to_id=home.id, **INTO, override_reason=reason, by=manager)
    assert (new.override_reason, new.override_by_id) == (reason, manager.membership_id)


def test_a_child_goes_from_a_home_to_an_agency_and_frees_the_place(make, home, agency, by):
    stay = make.placement(home)

    with transaction():
        new = agencies.move(stay.id, **LEAVING, agreed=agreed(agency), by=by)

    assert (stay.until_on, new.from_on, new.provider_id) == (TODAY, TODAY, agency.id)
    db.session.expire_all()
    assert home.capacity_on(TODAY).vacant == 1
    query = select(AuditEntry.action).where(AuditEntry.subject_id == home.id)
    assert f"recorded that {stay.child.ref} left" in db.session.scalars(query).all()


def test_a_child_goes_from_one_agency_to_another_and_to_other_carers_of_the_same(
    make, home, agency, by
):
    other = make.provider(home.service, name="Wren House")
    first = placed(agency, by)

    with transaction():
        second = agencies.move(first.id, **LEAVING, agreed=agreed(other), by=by)
        third = agencies.move(second.id, **LEAVING | {"on": TOMORROW}, agreed=agreed(other), by=by)

    assert (first.until_on, second.until_on, third.until_on) == (TODAY, TOMORROW, None)


@pytest.mark.parametrize(
    ("given", "born_on", "field"),
    [
        ({"on": date(2025, 12, 31)}, date(2019, 5, 2), "on"),
        ({"on": TODAY + timedelta(days=370)}, date(2019, 5, 2), "on"),
        ({}, date(2008, 2, 1), "on"),
    ],
)
def test_a_move_that_cannot_be_leaves_the_child_where_they_are(agency, by, given, born_on, field):
    stay = placed(agency, by, born_on=born_on)

    with pytest.raises(RuleBroken) as refused, transaction():
        agencies.move(stay.id, **LEAVING | given, agreed=agreed(agency), by=by)

    assert refused.value.field == field
    db.session.refresh(stay)
    assert stay.until_on is None


def test_a_respite_stay_that_moves_to_an_agency_is_one_still(make, home, agency, by):
    main = make.placement(home)
    away = make.placement(
        make.household(home.service), child=main.child, respite_of_id=main.id, from_on=TODAY
    )

    with transaction():
        new = agencies.move(away.id, **LEAVING, agreed=agreed(agency), by=by)

    assert new.respite_of_id == main.id
    with pytest.raises(RespiteGoesOn), transaction():
        placements.end(
            home.id, main.id, until_on=TODAY, end_reason=PlacementEnd.E4A, seen=None, by=by
        )
    corrected(new, agency, by, from_on=TODAY)
    with pytest.raises(RespiteGoesOn):
        corrected(
            db.session.scalars(current_with(agency)).one(), agency, by, from_on=date(2025, 12, 1)
        )


def current_with(agency) -> Any:
    return select(Placement).where(
        Placement.provider_id == agency.id, Placement.superseded_by_id.is_(None)
    )


def test_b6_a_placement_with_an_agency_is_put_right(make, home, agency, by):
    other = make.provider(home.service, name="Wren House")
    stay = placed(agency, by)
    terms = agreed(other, place_type=PlaceType.U4, weekly_cost=Decimal(840))

    new = corrected(stay, agency, by, agreed=terms, from_on=date(2026, 2, 1))

    assert (stay.superseded_by_id, new.ref, new.provider_id) == (new.id, stay.ref, other.id)
    assert (new.from_on, new.place_type, new.weekly_cost) == (
        date(2026, 2, 1),
        PlaceType.U4,
        Decimal(840),
    )
    with pytest.raises(RuleBroken, match="Leave this empty"):
        corrected(new, agency, by, end_reason=PlacementEnd.CARPL)


def test_b6_a_correction_cannot_put_a_child_in_two_places(make, home, agency, by):
    stay = placed(agency, by, until_on=date(2026, 3, 1))
    make.placement(home, child=stay.child, from_on=date(2026, 3, 1))

    with pytest.raises(ChildIsElsewhere, match="Nan Birch"):
        corrected(stay, agency, by, until_on=date(2026, 3, 2))


def test_b6_one_that_was_a_mistake_counts_no_more(home, agency, by):
    stay = placed(agency, by)

    with transaction():
        agencies.remove(stay.id, seen=None, by=by)

    current = db.session.scalars(current_with(agency)).one()
    assert current.is_void
    with transaction():
        placements.place(
            home.id,
            child_ref=stay.child.ref,
            born_on=None,
            from_on=SINCE,
            place_type=PlaceType.U6,
            purpose=Purpose.SHORT_TERM,
            seen=None,
            by=by,
        )


def test_an_agency_is_added_once_with_the_next_reference(make, home, agency, by):
    make.provider(home.service, ref="A-90007", name="Wren House")
    asked: dict[str, Any] = {"kind": ProviderKind.IFA, "route": None, "urn": None, "by": by}

    with transaction():
        made = agencies.add(name="Millbrook Families", **asked)

    assert (made.ref, made.service_id, made.kind) == ("A-90008", home.service_id, ProviderKind.IFA)
    assert audited(made) == ["added the agency Millbrook Families"]
    with pytest.raises(RuleBroken, match="Wren House is there already, as A-90007") as refused:
        agencies.add(name="WREN HOUSE", **asked)
    assert refused.value.field == "name"


def test_the_database_refuses_two_places_a_night_where_the_service_forgets(
    make, home, agency, by, monkeypatch
):
    stay = make.placement(home)
    monkeypatch.setattr(arrivals, "main_of", lambda *_: None)

    with pytest.raises(RuleBroken, match="already somewhere else"):
        placed(agency, by, child_ref=stay.child.ref, born_on=None)
