"""A home taken hold of by whoever may change it, and given to a worker."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain import clock
from carers.domain.errors import RuleBroken
from carers.domain.home_changes import check_may_change
from carers.domain.viewer import Viewer
from carers.models import Allocation, Household, Membership
from carers.queries import households
from carers.services import audit, submissions


def get_to_change(household_id: UUID, *, seen: int | None, by: Viewer) -> Household:
    """Fetch a home afresh and keep it from changing until the transaction ends.

    Raises NotAllocated, StalePage, NotFound.
    """
    household = households.get_locked(household_id, viewer=by)
    is_allocated = households.is_allocated(household_id, viewer=by, day=clock.today())
    check_may_change(by.roles, is_allocated=is_allocated)
    submissions.check_seen(household_id, seen, by=by)
    return household


def allocate(household_id: UUID, *, worker: UUID, seen: int | None, by: Viewer) -> Allocation:
    """Give a home to a supervising social worker from today: whoever had it has it no more.

    Cover stays as it is. Raises NotAllocated, StalePage; RuleBroken where they do not supervise,
    or have it already, or the home’s approval has ended.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    today = clock.today()
    if household.ended_on and household.ended_on <= today:
        raise RuleBroken("This home’s approval has ended: nobody need have it")
    given_to = _supervisor(worker, household, by)
    held = [one for one in _open(household_id, by) if not one.is_cover]
    if any(one.membership_id == worker for one in held):
        raise RuleBroken(f"{given_to.name} has this home already", field="worker")
    for one in held:
        before = audit.values_of(one)
        one.until_on = max(today, one.from_on)
        audit.changed(one, before, by=by, action=f"gave it to {given_to.ref}")
    return _given_back(household, given_to, by) or _given(household, given_to, by)


def _supervisor(membership_id: UUID, household: Household, by: Viewer) -> Membership:
    offered = households.supervisors(by, of=household.service_id)
    worker = next((one for one in offered if one.id == membership_id), None)
    if worker is None:
        raise RuleBroken("Select who is to have the home", field="worker")
    return worker


def _open(household_id: UUID, by: Viewer) -> Sequence[Allocation]:
    """Those that go on today, or are to begin."""
    query = select(Allocation).where(
        Allocation.household_id == household_id,
        Allocation.service_id.in_(by.service_ids),
        or_(Allocation.until_on.is_(None), Allocation.until_on > clock.today()),
    )
    return db.session.scalars(query.order_by(Allocation.from_on)).all()


def _given(household: Household, worker: Membership, by: Viewer) -> Allocation:
    given = Allocation(
        service_id=worker.service_id,
        membership_id=worker.id,
        household_id=household.id,
        from_on=clock.today(),
    )
    audit.added(given, by=by, action=f"gave it to {worker.ref}")
    return given


def _given_back(household: Household, worker: Membership, by: Viewer) -> Allocation | None:
    """Given away and back on one day, it was theirs all day."""
    query = select(Allocation).where(
        Allocation.household_id == household.id,
        Allocation.membership_id == worker.id,
        Allocation.service_id.in_(by.service_ids),
        Allocation.from_on == clock.today(),
    )
    again = db.session.scalars(query).one_or_none()
    if again is None:
        return None
    before = audit.values_of(again)
    again.until_on, again.is_cover = None, False
    audit.changed(again, before, by=by, action=f"gave it back to {worker.ref}")
    return again
