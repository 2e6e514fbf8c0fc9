"""A home given to a worker, or to another to cover it for a while; and what was wrong put right.

An allocation is corrected in place: the audit has what was written.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.domain import allocating, approved_days, clock
from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period
from carers.domain.viewer import Viewer
from carers.models import Allocation, Household, Membership
from carers.queries import households, register_rows
from carers.services import audit
from carers.services.homes import get_to_change


def allocate(
    household_id: UUID, *, worker: UUID, from_on: date, seen: int | None, by: Viewer
) -> Allocation:
    """Give a home to a supervising social worker from a day: whoever had it has it no more.

    Others' cover stays as it is. Raises NotAllocated, StalePage; RuleBroken where they do not
    supervise, or have it already, for the day, and where somebody has it from a later one.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    given_to = _supervisor(worker, household, by)
    period = Period(from_on, household.ended_on)
    approved_days.check_within(household.approval_period, period, clock.today())
    there = register_rows.allocations_of(household_id, viewer=by)
    there = [one for one in there if one.period.overlaps(period)]
    held = [one for one in there if not one.is_cover]
    allocating.check_apart(
        given_to.name, (one.period for one in held if one.membership_id == worker), period
    )
    for one in held:
        if one.from_on > from_on:
            first = day_month(one.from_on, clock.today())
            raise RuleBroken(
                f"{one.worker.name} has it from {first}: correct that", field="from_on"
            )
    own_cover = [one for one in there if one.is_cover and one.membership_id == worker]
    for one in (*held, *own_cover):
        until_on = max(from_on, one.from_on)
        audit.change(one, until_on=until_on, by=by, action=f"gave it to {given_to.ref}")
    return _give(household, given_to, period, by)


def cover(
    household_id: UUID,
    *,
    worker: UUID,
    from_on: date,
    until_on: date | None,
    seen: int | None,
    by: Viewer,
) -> Allocation:
    """Have a supervising social worker cover a home: whoever has it has it still.

    Cover without an end ends with the approval. Raises NotAllocated, StalePage; RuleBroken where
    they do not supervise, or have the home then, and for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    covering = _supervisor(worker, household, by)
    period = Period(from_on, until_on or household.ended_on)
    approved_days.check_within(household.approval_period, period, clock.today())
    there = register_rows.allocations_of(household_id, viewer=by)
    theirs = [one.period for one in there if one.membership_id == worker]
    allocating.check_apart(covering.name, theirs, period)
    return _give(household, covering, period, by, is_cover=True)


def end_cover(
    household_id: UUID, allocation_id: UUID, *, until_on: date, seen: int | None, by: Viewer
) -> Allocation:
    """Say from which day a home needs no cover, before the day on which it was to end.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for the day.
    """
    get_to_change(household_id, seen=seen, by=by)
    covering = register_rows.cover(household_id, allocation_id, viewer=by)
    allocating.check_cover_ends(covering.period, until_on, clock.today())
    action = f"ended the cover of {covering.worker.ref}"
    audit.change(covering, until_on=until_on, by=by, action=action)
    return covering


def correct(
    household_id: UUID,
    allocation_id: UUID,
    *,
    from_on: date,
    until_on: date | None,
    is_cover: bool,
    seen: int | None,
    by: Viewer,
) -> Allocation:
    """Put right on which days a worker has, or had, a home.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    one = register_rows.allocation(household_id, allocation_id, viewer=by)
    period = Period(from_on, until_on)
    approved_days.check_within(household.approval_period, period, clock.today())
    there = register_rows.allocations_of(household_id, viewer=by)
    others = [other for other in there if other.id != one.id]
    theirs = [other.period for other in others if other.membership_id == one.membership_id]
    allocating.check_apart(one.worker.name, theirs, period)
    facts = {"from_on": from_on, "until_on": until_on, "is_cover": is_cover}
    audit.change(one, by=by, action=f"corrected when it was {one.worker.ref}’s", **facts)
    return one


def remove(household_id: UUID, allocation_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that a worker never had a home: it is theirs on no day.

    Raises NotAllocated, StalePage, NotFound.
    """
    get_to_change(household_id, seen=seen, by=by)
    one = register_rows.allocation(household_id, allocation_id, viewer=by)
    action = f"took it back from {one.worker.ref}: a mistake"
    audit.change(one, until_on=one.from_on, by=by, action=action)


def _supervisor(membership_id: UUID, household: Household, by: Viewer) -> Membership:
    offered = households.supervisors(by, of=household.service_id)
    worker = next((one for one in offered if one.id == membership_id), None)
    if worker is None:
        raise RuleBroken("Select the supervising social worker", field="worker")
    return worker


def _give(
    household: Household, worker: Membership, period: Period, by: Viewer, *, is_cover: bool = False
) -> Allocation:
    """A new row, or that of the same first day which holds on none: one for a worker and a day."""
    said = f"gave it to {worker.ref}" + (" to cover" if is_cover else "")
    for one in register_rows.allocations_of(household.id, viewer=by):
        if one.membership_id == worker.id and one.from_on == period.start:
            facts = {"until_on": period.end, "is_cover": is_cover}
            audit.change(one, by=by, action=f"{said} again", **facts)
            return one
    given = Allocation(
        service_id=worker.service_id,
        membership_id=worker.id,
        household_id=household.id,
        from_on=period.start,
        until_on=period.end,
        is_cover=is_cover,
    )
    audit.added(given, by=by, action=said)
    return given
