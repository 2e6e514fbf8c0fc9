"""Exemptions recorded, put right and ended: whom they may name, and whom they may not strand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, settle, transaction
from carers.domain import clock
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.exemptions import ChildrenStranded, NobodyNamed, NoSuchChild
from carers.domain.home_changes import NotAllocated, NotTheManager
from carers.domain.placing import AlreadyEnded
from carers.domain.recruitment import ServiceKind
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import AuditEntry, Exemption
from carers.services import exemptions

TODAY = clock.today()
GIVEN: dict[str, Any] = {
    "from_on": TODAY,
    "until_on": None,
    "granted_by": "Elmshire County Council",
    "seen": None,
}


def do(act: Any, household: Any, *ids: Any, by: Any, **given: Any) -> Exemption:
    with transaction():
        done: Exemption = act(household.id, *ids, by=by, **given)
    return done


def manager_of(make, household):
    return make.viewer(Role.TEAM_MANAGER, works_for=household.service)


def over_full(make, *, places: int = 1, **given: Any) -> tuple[Any, Exemption, list[Any]]:
    """A home with one child more than places, all of them named by an exemption."""
    household = make.household(places=places, **given)
    children = [make.child(household.service) for _ in range(places + 1)]
    exemption = make.exemption(household, *children, from_on=TODAY - timedelta(days=30))
    for child in children:
        make.placement(household, child=child, from_on=TODAY - timedelta(days=20))
    settle()
    return household, exemption, children


def test_an_exemption_names_children_by_reference_and_is_audited(make):
    household = make.household()
    one, other = make.child(household.service), make.child(household.service)
    by = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=household.service)
    asked = GIVEN | {"children": [other.ref, one.ref]}
    with pytest.raises(NotAllocated):
        do(exemptions.record, household, **asked, by=by)
    make.allocation(by, household=household)

    exemption = do(exemptions.record, household, **asked, by=by)

    assert exemption.child_ids == [other.id, one.id]
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == exemption.id)).one()
    assert (told.action, told.subject_id) == ("recorded an exemption", household.id)
    assert (told.after or {})["granted_by"] == "Elmshire County Council"


@pytest.mark.parametrize(("children", "refusal"), [([], NobodyNamed), (["C-0999"], NoSuchChild)])
def test_no_name_no_exemption_and_every_child_is_known(make, children, refusal):
    household = make.household()

    with pytest.raises(refusal) as refused:
        do(exemptions.record, household, **GIVEN, children=children, by=manager_of(make, household))

    assert refused.value.field == "children"
    assert db.session.scalars(select(Exemption)).all() == []


def test_a_child_of_another_service_cannot_be_named(make):
    household, elsewhere = make.household(), make.child(make.service(), ref="C-0999")

    with pytest.raises(NoSuchChild, match="No child C-0999 is recorded"):
        do(
            exemptions.record,
            household,
            **GIVEN,
            children=[elsewhere.ref],
            by=manager_of(make, household),
        )


def test_children_of_a_family_of_services_are_named_where_it_is_clear_who_is_meant(make):
    parent = make.service(kind=ServiceKind.SHARED_SERVICE)
    members = [make.service(parent_id=parent.id) for _ in range(2)]
    make.show(parent, *members)
    household = make.household(parent)
    theirs = make.child(members[0], ref="C-0001")
    twins = [make.child(member, ref="C-0002") for member in members]
    own = make.child(parent, ref="C-0003")
    make.child(members[0], ref="C-0003")
    viewer = manager_of(make, household)
    by = replace(viewer, service_ids=(parent.id, *(one.id for one in members)))

    exemption = do(exemptions.record, household, **GIVEN, children=["C-0001", "C-0003"], by=by)

    assert exemption.child_ids == [theirs.id, own.id]
    with pytest.raises(RuleBroken, match="More than one service has a child C-0002"):
        do(
            exemptions.correct,
            household,
            exemption.id,
            **GIVEN,
            children=["C-0002"],
            by=by,
        )
    exemption.child_ids = [twins[1].id]
    db.session.commit()
    kept = do(
        exemptions.correct,
        household,
        exemption.id,
        **GIVEN | {"granted_by": "Kent"},
        children=["C-0002"],
        by=by,
    )
    assert kept.child_ids == [twins[1].id]


def test_a_correction_keeps_children_whom_its_writer_may_not_know(make):
    household = make.household()
    hidden, known = make.child(make.service()), make.child(household.service)
    exemption = make.exemption(household, hidden, from_on=TODAY)
    by = manager_of(make, household)

    asked = GIVEN | {"children": [known.ref], "granted_by": "Kent"}
    corrected = do(exemptions.correct, household, exemption.id, **asked, by=by)

    assert corrected.child_ids == [hidden.id, known.id]
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == exemption.id)).one()
    before, after = told.before or {}, told.after or {}
    assert (before["granted_by"], after["granted_by"]) == ("Elmshire", "Kent")
    nobody_else = asked | {"children": []}
    alone = do(exemptions.correct, household, exemption.id, **nobody_else, by=by)
    assert alone.child_ids == [hidden.id]


def test_another_homes_exemption_is_not_found(make):
    household = make.household()
    exemption = make.exemption(make.household(household.service), from_on=TODAY)

    with pytest.raises(NotFound):
        do(exemptions.remove, household, exemption.id, seen=None, by=manager_of(make, household))


def test_two_from_one_day_are_refused_but_a_mistake_gives_its_place_up(make):
    household = make.household()
    child = make.child(household.service)
    by = manager_of(make, household)
    asked = GIVEN | {"children": [child.ref]}
    first = do(exemptions.record, household, **asked, by=by)
    with pytest.raises(RuleBroken, match="already recorded from that day"):
        do(exemptions.record, household, **asked, by=by)

    removed = do(exemptions.remove, household, first.id, seen=None, by=by)
    assert removed.until_on == removed.from_on
    again = do(exemptions.record, household, **asked, by=by)

    assert (again.id, again.until_on) == (first.id, None)
    told = db.session.scalars(
        select(AuditEntry.action)
        .where(AuditEntry.record_id == first.id)
        .order_by(AuditEntry.number)
    ).all()
    assert told == ["recorded an exemption", "removed an exemption", "recorded an exemption"]


def test_an_end_is_set_once_and_is_not_ahead(make):
    household = make.household()
    exemption = make.exemption(household, make.child(household.service))
    by = manager_of(make, household)
    asked = {"seen": None, "by": by}

    with pytest.raises(RuleBroken, match="today or in the past"):
        do(exemptions.end, household, exemption.id, until_on=TODAY + timedelta(days=1), **asked)
    do(exemptions.end, household, exemption.id, until_on=TODAY, **asked)
    with pytest.raises(AlreadyEnded):
        do(exemptions.end, household, exemption.id, until_on=TODAY, **asked)


def test_a_child_who_lives_there_by_it_is_moved_before_it_ends(make):
    household, exemption, children = over_full(make)
    by = manager_of(make, household)
    asked = {"until_on": TODAY, "seen": None, "by": by}

    with pytest.raises(ChildrenStranded, match="1 place more than are approved") as refused:
        do(exemptions.end, household, exemption.id, **asked)

    assert refused.value.field == "until_on"
    db.session.refresh(exemption)
    assert exemption.until_on is None
    stay = next(one for one in household.placements if one.child_id == children[1].id)
    stay.until_on = TODAY
    db.session.commit()
    assert do(exemptions.end, household, exemption.id, **asked).until_on == TODAY


def test_nobody_named_is_left_out_and_no_day_who_lives_there_by_it(make):
    household, exemption, children = over_full(make)
    by = manager_of(make, household)
    every = [one.ref for one in children]
    kept = GIVEN | {"from_on": exemption.from_on}

    for change in (
        {"children": [make.child(household.service).ref]},
        {"until_on": TODAY + timedelta(days=9)},
        {"from_on": TODAY + timedelta(days=1)},
    ):
        asked = kept | {"children": every} | change
        with pytest.raises(ChildrenStranded):
            do(exemptions.correct, household, exemption.id, **asked, by=by)
    with pytest.raises(ChildrenStranded) as refused:
        do(exemptions.remove, household, exemption.id, seen=None, by=by)
    assert refused.value.field is None
    fewer = kept | {"children": every[:1]}
    left = do(exemptions.correct, household, exemption.id, **fewer, by=by)
    assert left.child_ids == [children[0].id]


def test_a_manager_lets_children_stay_with_a_reason_that_the_audit_keeps(make):
    household, exemption, _ = over_full(make)
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=household.service)
    make.allocation(worker, household=household)
    asked = {"until_on": TODAY, "override_reason": "They move on Friday", "seen": None}

    with pytest.raises(NotTheManager):
        do(exemptions.end, household, exemption.id, **asked, by=worker)
    do(exemptions.end, household, exemption.id, **asked, by=manager_of(make, household))

    told = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.record_id == exemption.id)
    ).one()
    assert told == (
        "ended an exemption, children staying beyond the places there are: They move on Friday"
    )


def test_where_there_are_no_places_nobody_is_beyond_them(make):
    household, exemption, _ = over_full(make, approval=Approval.TEMPORARY)

    ended = do(
        exemptions.end,
        household,
        exemption.id,
        until_on=TODAY,
        seen=None,
        by=manager_of(make, household),
    )

    assert ended.until_on == TODAY
