"""An approval for the time being made full: one transaction ends it and begins the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.period import Days
from carers.domain.recruitment import Event
from carers.domain.register import Approval, CarerType, EndInitiator, EndReason
from carers.domain.roles import Role
from carers.models import (
    Allocation,
    AuditEntry,
    FosteringService,
    Household,
    PipelineEvent,
    Placement,
)
from carers.queries import following, positions
from carers.reports import net_gain
from carers.services import decisions, endings
from tests.integration.test_decisions import DECIDED_AT, entry
from tests.panel_cases import NOW, TO_DECISION, on

DAY = date(2026, 11, 24)  # of the decision
CAME = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decider(make):
    return make.viewer(Role.DECISION_MAKER)


@pytest.fixture
def service(decider) -> FosteringService:
    return db.session.get_one(FosteringService, decider.service_id)


@pytest.fixture
def enquiry(make, service):
    return make.enquiry(service, *TO_DECISION, received_at=on(1, 5), phone="01632 960114")


@pytest.fixture
def before(make, service) -> Household:
    """The Bells, approved for the time being since 1 September."""
    home: Household = make.household(
        service,
        places=None,
        ref="H-0099",
        approval=Approval.TEMPORARY,
        approved_on=CAME,
        address="1 The Row",
        bedrooms=3,
        phone="01632 960999",
        postcode="LF4 1AA",
    )
    return home


def approve(enquiry, decider, before, **given: Any) -> Household:
    given = {"carer_type": CarerType.CONNECTED_PERSON, "follows_id": before.id} | given
    with transaction():
        home = decisions.approve(
            enquiry.id, entry(**given), at=DECIDED_AT, note=None, seen=None, by=decider
        )
    db.session.expire_all()
    return home


def lived(make, home, **given: Any) -> Placement:
    named = {"from_on": CAME, "place_type": PlaceType.U3, "purpose": Purpose.LONG_TERM}
    made: Placement = make.placement(home, **(named | given))
    return made


def stays_of(child_id) -> list[Placement]:
    query = select(Placement).where(
        Placement.child_id == child_id, Placement.superseded_by_id.is_(None)
    )
    return list(db.session.scalars(query.order_by(Placement.from_on, Placement.respite_of_id)))


def test_the_home_ends_and_the_one_that_follows_it_begins_the_same_day(enquiry, decider, before):
    home = approve(enquiry, decider, before)

    assert (before.ended_on, before.end_initiated_by, before.end_reason) == (
        DAY,
        EndInitiator.SERVICE,
        EndReason.OTHER,
    )
    assert (home.approved_on, home.follows_id, home.approval) == (DAY, before.id, Approval.FULL)
    assert (home.address, home.bedrooms) == ("1 The Row", 3)
    assert (home.phone, home.postcode) == ("01632 960114", "LF4 1AA")
    beside = following.beside(home, viewer=decider)
    assert (beside.before, beside.after) == (before, None)
    assert following.beside(before, viewer=decider).after == home


def test_a_child_lives_on_there_with_the_same_plan(make, enquiry, decider, before):
    was = lived(make, before, places_used=2)

    home = approve(enquiry, decider, before)

    first, then = stays_of(was.child_id)
    assert (first.id, first.until_on, first.end_reason) == (was.id, DAY, PlacementEnd.PLACE)
    assert (then.household_id, then.household_service_id) == (home.id, home.service_id)
    assert (then.from_on, then.until_on, then.end_reason) == (DAY, None, None)
    assert (then.place_type, then.purpose, then.places_used) == (
        PlaceType.U3,
        Purpose.LONG_TERM,
        2,
    )
    assert then.ref != first.ref
    assert then.recorded_by_id == decider.membership_id
    capacity = positions.of_home(home.id, viewer=decider, day=DAY).capacity
    assert (capacity.approved, capacity.filled, capacity.vacant) == (2, 2, 0)


def test_an_end_that_was_agreed_is_the_second_stays(make, enquiry, decider, before):
    until = DAY + timedelta(days=30)
    was = lived(make, before, until_on=until, end_reason=PlacementEnd.E4A)

    approve(enquiry, decider, before)

    first, then = stays_of(was.child_id)
    assert (first.ref, first.until_on, first.end_reason) == (was.ref, DAY, PlacementEnd.PLACE)
    assert (then.until_on, then.end_reason) == (until, PlacementEnd.E4A)
    assert was.superseded_by_id == first.id


def test_a_stay_to_come_is_in_the_next_home_from_its_first_day(make, enquiry, decider, before):
    comes = DAY + timedelta(days=7)
    was = lived(make, before, from_on=comes)
    gone = lived(make, before, until_on=DAY)

    home = approve(enquiry, decider, before)

    (only,) = stays_of(was.child_id)
    assert (only.ref, only.from_on, only.household_id) == (was.ref, comes, home.id)
    assert stays_of(gone.child_id) == [gone]


@pytest.mark.parametrize(
    ("carer_type", "was", "now"),
    [
        (CarerType.CONNECTED_PERSON, PlaceType.U5, PlaceType.U2),
        (CarerType.GENERAL, PlaceType.U5, PlaceType.U5),
        (CarerType.GENERAL, PlaceType.U1, PlaceType.U1),
    ],
)
def test_the_place_type_is_one_of_the_new_terms(
    make, enquiry, decider, before, carer_type, was, now
):
    stay = lived(make, before, place_type=was)

    approve(enquiry, decider, before, carer_type=carer_type)

    assert stays_of(stay.child_id)[-1].place_type is now


def test_respite_elsewhere_is_from_the_new_home_then(make, service, enquiry, decider, before):
    """One that lasts over the day is in two, one to come is of the new stay, one before stays."""
    main = lived(make, before)
    other = make.household(service)
    respite = {"child": main.child, "respite_of_id": main.id}
    earlier = make.placement(other, from_on=CAME, until_on=date(2026, 9, 8), **respite)
    over = make.placement(other, from_on=date(2026, 11, 20), until_on=date(2026, 11, 28), **respite)
    later = make.placement(other, from_on=date(2026, 12, 1), until_on=date(2026, 12, 4), **respite)

    approve(enquiry, decider, before)

    now = next(one for one in stays_of(main.child_id) if one.until_on is None)
    told = [
        (one.ref, one.from_on, one.until_on, one.respite_of_id)
        for one in stays_of(main.child_id)
        if one.respite_of_id
    ]
    second = next(ref for ref, from_on, *_ in told if from_on == DAY)
    assert told == [
        (earlier.ref, CAME, date(2026, 9, 8), main.id),
        (over.ref, date(2026, 11, 20), DAY, main.id),
        (second, DAY, date(2026, 11, 28), now.id),
        (later.ref, date(2026, 12, 1), date(2026, 12, 4), now.id),
    ]


def test_respite_in_the_home_itself_goes_on_from_the_same_main_home(
    make, service, enquiry, decider, before
):
    own = make.placement(make.household(service))
    rest = lived(make, before, child=own.child, respite_of_id=own.id)

    home = approve(enquiry, decider, before)

    first, then = (one for one in stays_of(own.child_id) if one.respite_of_id == own.id)
    assert (first.id, first.until_on) == (rest.id, DAY)
    assert (then.household_id, then.from_on) == (home.id, DAY)


def test_too_few_places_are_refused_beside_their_field(make, enquiry, decider, before):
    stays = [lived(make, before) for _ in range(3)]

    with pytest.raises(RuleBroken, match="The number of children must be 3 or more") as refused:
        approve(enquiry, decider, before)

    assert refused.value.field == "places"
    assert all(stay.child.ref in refused.value.sentence for stay in stays)


def test_children_who_are_there_one_after_the_other_need_one_place(make, enquiry, decider, before):
    lived(make, before, until_on=DAY + timedelta(days=7))
    lived(make, before, from_on=DAY + timedelta(days=7))

    assert approve(enquiry, decider, before, places=1).follows_id == before.id


def test_whoever_has_the_home_has_it_still(make, service, enquiry, decider, before):
    worker, other, former = (
        make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=service) for _ in range(3)
    )
    make.allocation(worker, household=before, from_on=CAME)
    make.allocation(former, household=before, from_on=date(2026, 12, 1), until_on=date(2026, 12, 1))
    cover = {"from_on": date(2026, 11, 30), "until_on": date(2026, 12, 7), "is_cover": True}
    make.allocation(other, household=before, **cover)

    home = approve(enquiry, decider, before)

    query = select(Allocation).where(Allocation.household_id == home.id)
    told = db.session.scalars(query.order_by(Allocation.from_on))
    assert [(one.membership_id, one.from_on, one.until_on, one.is_cover) for one in told] == [
        (worker.membership_id, DAY, None, False),
        (other.membership_id, *cover.values()),
    ]


def test_another_worker_who_was_chosen_has_it_instead(make, service, enquiry, decider, before):
    worker, chosen, covers = (
        make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=service) for _ in range(3)
    )
    make.allocation(worker, household=before, from_on=CAME)
    make.allocation(covers, household=before, from_on=CAME, is_cover=True)
    make.allocation(chosen, household=before, from_on=CAME, is_cover=True)

    home = approve(enquiry, decider, before, supervisor_id=chosen.membership_id)

    query = select(Allocation.membership_id, Allocation.is_cover).filter_by(household_id=home.id)
    assert set(db.session.execute(query).tuples()) == {
        (chosen.membership_id, False),
        (covers.membership_id, True),
    }


def test_everything_is_in_the_audit_of_the_home_it_is_of(make, enquiry, decider, before):
    stay = lived(make, before)

    home = approve(enquiry, decider, before)

    query = select(AuditEntry.action, AuditEntry.subject_id)
    told = set(db.session.execute(query).tuples())
    lives_on = f"recorded that {stay.child.ref} lives on in {home.ref}, the same home made full"
    assert {
        (f"ended the approval: made full, as {home.ref}", before.id),
        (lives_on, before.id),
        (lives_on, home.id),
    } <= told


def test_a_failure_half_way_leaves_neither(make, enquiry, decider, before, monkeypatch):
    stay = lived(make, before)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr(endings, "end_on", fails)
    with pytest.raises(RuntimeError, match="half-way"):
        approve(enquiry, decider, before)

    db.session.expire_all()
    assert db.session.scalars(select(Household)).all() == [before]
    assert (before.ended_on, stay.until_on) == (None, None)
    assert stays_of(stay.child_id) == [stay]
    events = select(PipelineEvent.event).filter_by(enquiry_id=enquiry.id)
    assert Event.DECIDED not in db.session.scalars(events).all()


def test_a_home_that_ended_or_is_full_or_of_another_service_is_not_followed(
    make, service, enquiry, decider
):
    homes = [
        make.household(service),
        make.household(service, approval=Approval.HOST, places=None, ended_on=DAY),
        make.household(make.service(), approval=Approval.HOST, places=None),
    ]
    for home in homes:
        with pytest.raises(RuleBroken, match="Select a home") as refused:
            approve(enquiry, decider, home)
        assert refused.value.field == "follows"


def test_a_home_that_began_later_is_not_followed(make, service, enquiry, decider):
    later = make.household(
        service, approval=Approval.ADOPTER, places=None, approved_on=DAY + timedelta(days=1)
    )

    with pytest.raises(RuleBroken, match="on 25 November 2026, after this home’s first day"):
        approve(enquiry, decider, later)


def test_one_that_ended_while_it_was_asked_is_not_followed(
    make, enquiry, decider, before, monkeypatch
):
    monkeypatch.setattr(following, "for_the_time_being", lambda *_, **__: [before])
    before.ended_on = DAY
    db.session.commit()

    with pytest.raises(RuleBroken, match="has an end already, 24 November 2026"):
        approve(enquiry, decider, before)


def test_a_child_of_another_service_stands_in_the_way(make, enquiry, decider, before):
    make.placement(before, service=make.service(), from_on=CAME)

    with pytest.raises(RuleBroken, match="A child of another service lives there") as refused:
        approve(enquiry, decider, before)

    assert refused.value.field == "follows"


def test_a_respite_stay_that_is_left_alone_refuses_it(make, service, enquiry, decider, before):
    """One in a home of which nothing is known but that it goes beyond the main stay."""
    main = lived(make, before, until_on=DAY + timedelta(days=2))
    respite = {"child": main.child, "respite_of_id": main.id}
    make.placement(
        make.household(service), from_on=DAY, until_on=DAY + timedelta(days=9), **respite
    )

    with pytest.raises(RuleBroken, match="A respite stay of this child") as refused:
        approve(enquiry, decider, before)

    assert refused.value.field == "follows"


def test_only_the_new_home_is_gained(make, enquiry, decider, before):
    lived(make, before)

    approve(enquiry, decider, before, carer_type=CarerType.GENERAL)

    found = net_gain.answer(decider, Days.financial_year(2026))
    keys = ("opening", "approved", "ended", "closing")
    assert [found.figure(f"households.{key}") for key in keys] == [0, 1, 0, 1]
