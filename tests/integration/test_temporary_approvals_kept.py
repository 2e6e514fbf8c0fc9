"""Temporary approvals extended and put right; homes added with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.errors import RuleBroken
from carers.domain.exemptions import NobodyNamed, NoSuchChild
from carers.domain.home_changes import NotAllocated, NotTheManager
from carers.domain.new_homes import NewHome
from carers.domain.register import Approval, ExtensionReason
from carers.domain.roles import Role
from carers.domain.temporary_approvals import Extension
from carers.models import Allocation, AuditEntry, Household, Person, TemporaryApproval
from carers.queries import positions
from carers.services import new_homes, temporary_approvals

TODAY = clock.today()
NOT_COMPLETE, REVIEW = ExtensionReason
EXTENSION = Extension(TODAY, NOT_COMPLETE, TODAY - timedelta(days=3), TODAY, "Sunita Rao")
REACHED: new_homes.Reached = {
    "phone": "01632 960111",
    "email": None,
    "address": "7 Larch Road",
    "postcode": "LF4 1AA",
    "bedrooms": 3,
}


def approved(make, kind: Approval = Approval.TEMPORARY, *, days: int = 100) -> Household:
    home: Household = make.household(
        places=None, approval=kind, approved_on=TODAY - timedelta(days=days)
    )
    return home


def do(act: Any, home: Household, by: Any, **given: Any) -> TemporaryApproval:
    with transaction():
        done: TemporaryApproval = act(home.id, **given, seen=None, by=by)
    return done


def manager_of(make, home):
    return make.viewer(Role.TEAM_MANAGER, works_for=home.service)


def test_an_extension_is_recorded_once_and_audited(make):
    home = approved(make)
    make.temporary_approval(home, make.child(home.service))
    by = manager_of(make, home)

    said = do(temporary_approvals.extend, home, by, extension=EXTENSION)

    assert (said.extended_on, said.extension_reason) == (TODAY, NOT_COMPLETE)
    assert (said.panel_views_on, said.iro_informed_on) == (TODAY - timedelta(days=3), TODAY)
    assert said.extension_approved_by == "Sunita Rao"
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == said.id)).one()
    assert (told.action, told.subject_id) == ("extended the temporary approval", home.id)
    with pytest.raises(RuleBroken, match="no second extension"):
        do(temporary_approvals.extend, home, by, extension=EXTENSION)
    again = replace(EXTENSION, reason=REVIEW)
    assert do(temporary_approvals.extend, home, by, extension=again).extension_reason is REVIEW


def test_a_home_of_files_without_its_row_gets_one(make):
    home = approved(make)

    said = do(temporary_approvals.extend, home, manager_of(make, home), extension=EXTENSION)

    assert (said.household_id, said.child_ids) == (home.id, [])


@pytest.mark.parametrize("kind", [Approval.FULL, Approval.ADOPTER, Approval.HOST])
def test_no_other_approval_is_extended(make, kind):
    home = approved(make, kind)

    with pytest.raises(RuleBroken):
        do(temporary_approvals.extend, home, manager_of(make, home), extension=EXTENSION)


def test_another_workers_home_is_not_extended(make):
    home = approved(make)
    by = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)

    with pytest.raises(NotAllocated):
        do(temporary_approvals.extend, home, by, extension=EXTENSION)


def test_an_approval_is_put_right_with_its_extension_or_without(make):
    home = approved(make)
    child, other = make.child(home.service), make.child(home.service)
    make.temporary_approval(home, child)
    by = manager_of(make, home)
    do(temporary_approvals.extend, home, by, extension=EXTENSION)
    facts: dict[str, Any] = {"children": [other.ref], "approved_by": "A Rao"}
    act = temporary_approvals.correct

    kept = do(act, home, by, **facts, extension=replace(EXTENSION, approved_by="B Osei"))
    assert (kept.child_ids, kept.approved_by) == ([other.id], "A Rao")
    assert kept.extension_approved_by == "B Osei"
    late = replace(EXTENSION, extended_on=home.approved_on + timedelta(days=113))
    with pytest.raises(RuleBroken, match="16 weeks end then"):
        do(act, home, by, **facts, extension=late)
    without = do(act, home, by, **facts)
    assert (without.extended_on, without.extension_reason) == (None, None)
    with pytest.raises(NobodyNamed):
        do(act, home, by, **facts | {"children": []})


def test_an_adopters_approval_is_put_right_and_never_extended(make):
    home = approved(make, Approval.ADOPTER)
    child = make.child(home.service)
    make.temporary_approval(home)
    facts: dict[str, Any] = {"children": [child.ref], "approved_by": None}
    by = manager_of(make, home)

    with pytest.raises(RuleBroken, match="Only a temporary approval"):
        do(temporary_approvals.correct, home, by, **facts, extension=EXTENSION)
    assert do(temporary_approvals.correct, home, by, **facts).child_ids == [child.id]


def added(new: NewHome, worker: Any, by: Any) -> Household:
    with transaction():
        return new_homes.add(new, REACHED, worker=worker.membership_id, by=by)


def test_a_home_is_added_with_its_carers_children_and_worker_in_one_step(make):
    service = make.service()
    by = make.viewer(Role.TEAM_MANAGER, works_for=service)
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=service)
    known = make.child(service, ref="C-0007")
    make.household(service, ref="H-0230")
    first = TODAY - timedelta(days=2)
    new = NewHome(
        Approval.TEMPORARY,
        ("Nan Birch", "Al Birch"),
        first,
        children=(known.ref,),
        born_on=date(2020, 1, 1),
        approved_by="Sunita Rao",
    )

    home = added(new, worker, by)

    assert (home.ref, home.name, home.approved_on) == ("H-0231", "Nan and Al Birch", first)
    assert (home.address, home.bedrooms) == ("7 Larch Road", 3)
    said = db.session.scalars(
        select(TemporaryApproval).where(TemporaryApproval.household_id == home.id)
    ).one()
    assert (len(said.child_ids), said.child_ids[1], said.approved_by) == (2, known.id, "Sunita Rao")
    given = db.session.scalars(select(Allocation).where(Allocation.household_id == home.id)).one()
    assert (given.membership_id, given.from_on) == (worker.membership_id, first)
    people = db.session.scalars(select(Person.given_name).order_by(Person.ref)).all()
    assert people == ["Nan", "Al"]
    told = db.session.scalars(
        select(AuditEntry.action)
        .where(AuditEntry.subject_id == home.id)
        .order_by(AuditEntry.number)
    ).all()
    assert told == [
        "added the home",
        *("entered a carer", "entered a carer"),
        *("added a child", "recorded for whom they are approved"),
        f"gave it to {worker.ref}",
    ]
    position = positions.of_home(home.id, viewer=by, day=TODAY)
    assert (position.has_places, position.capacity.approved) == (False, 0)


def test_a_host_is_added_for_nobody(make):
    service = make.service()
    by = make.viewer(Role.TEAM_MANAGER, works_for=service)
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=service)

    added(NewHome(Approval.HOST, ("Jo Pike",), TODAY), worker, by)

    assert db.session.scalars(select(TemporaryApproval)).all() == []


def test_nothing_of_a_refused_home_is_kept(make):
    service = make.service()
    by = make.viewer(Role.TEAM_MANAGER, works_for=service)
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=service)
    new = NewHome(Approval.ADOPTER, ("Jo Pike",), TODAY, ("C-0999",), None, "A Rao")
    known = replace(new, children=(make.child(service).ref,))

    with pytest.raises(NoSuchChild):
        added(new, worker, by)
    with pytest.raises(RuleBroken, match="Select the supervising social worker"):
        added(known, by, by)
    with pytest.raises(NotTheManager):
        added(known, worker, worker)

    assert db.session.scalars(select(Household)).all() == []
