"""A shared service and its members: whose home, whose worker, whose manager."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, settle
from carers.domain.recruitment import ServiceKind
from carers.domain.roles import Role
from carers.models import Allocation, FosteringService, Placement, Unavailability
from tests.typed import given, held, path, placed

MANAGER, SUPERVISOR = Role.TEAM_MANAGER, Role.SUPERVISING_SOCIAL_WORKER


@pytest.fixture
def shared(make) -> FosteringService:
    made: FosteringService = make.service(kind=ServiceKind.SHARED_SERVICE)
    return made


@pytest.fixture
def member(make, shared) -> FosteringService:
    made: FosteringService = make.service(parent_id=shared.id)
    return made


@pytest.fixture
def manager(make, shared, sign_in) -> Any:
    return sign_in(make.viewer(MANAGER, works_for=shared))


def test_a_members_home_is_given_to_its_own_worker_or_the_shared_services(
    make, shared, member, manager, sign_in
):
    home = make.household(member)
    there = path(home, "/allocate")
    next_door = make.service(parent_id=shared.id)
    theirs = make.viewer(SUPERVISOR, works_for=next_door)

    for worker in (make.viewer(SUPERVISOR, works_for=one) for one in (member, shared)):
        assert worker.name in manager.get(there).text
        assert worker.name in manager.submit(there, given(worker.membership_id)).text
        assert sign_in(worker).get(path(home, "/edit")).status == 200

    assert theirs.name not in manager.get(there).text
    refused = manager.submit(there, given(theirs.membership_id))
    assert "Select the supervising social worker" in refused.errors["worker"]


def test_a_shared_services_own_home_is_given_to_no_members_worker(make, shared, member, manager):
    home = make.household(shared)
    worker = make.viewer(SUPERVISOR, works_for=member)

    page = manager.submit(path(home, "/allocate"), given(worker.membership_id))

    assert "Select the supervising social worker" in page.errors["worker"]


def test_a_home_of_a_shared_services_worker_is_a_row_of_the_workers_service(
    make, shared, member, manager
):
    """A user is looked up in the row’s own service, a home in any of the family (EXCHANGE)."""
    home = make.household(member)
    worker = make.viewer(SUPERVISOR, works_for=shared)

    manager.submit(path(home, "/allocate"), given(worker.membership_id))

    assert [one.service_id for one in db.session.scalars(select(Allocation))] == [shared.id]


def test_a_member_opens_its_home_though_a_shared_services_worker_has_it(
    make, shared, member, manager, sign_in
):
    home = make.household(member)
    worker = make.viewer(SUPERVISOR, works_for=shared)
    manager.submit(path(home, "/allocate"), given(worker.membership_id))
    browser = sign_in(make.viewer(*Role, works_for=member))

    for address in (path(home), "/households", "/today"):
        page = browser.get(address)
        assert page.status == 200
        assert worker.name not in page.text


def test_a_shared_services_manager_overrides_in_a_members_home(make, member, manager):
    home = make.household(member, places=1)
    make.placement(home)
    settle()
    worker = make.member(SUPERVISOR, works_for=member)
    why = {"override_reason": "Brothers stay together"}

    placing = manager.submit(path(home, "/place"), placed(**why))
    holding = manager.submit(
        path(home, "/record-unavailability"), held(owner_id=str(worker.id), **why)
    )

    assert (placing.errors, holding.errors) == ({}, {})
    for one in (Placement, Unavailability):
        kept = select(one.override_reason).where(one.household_id == home.id)
        assert "Brothers stay together" in db.session.scalars(kept).all()
