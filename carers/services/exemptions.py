"""Exemptions from the usual fostering limit recorded, put right and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from carers.domain import clock, exemptions, placing, room
from carers.domain.exemptions import ChildrenStranded, Lodged, Naming
from carers.domain.period import Period
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Exemption, Household
from carers.queries import register_rows
from carers.services import audit, children_named
from carers.services.homes import get_to_change


def record(
    household_id: UUID,
    *,
    children: Sequence[str],
    from_on: date,
    until_on: date | None,
    granted_by: str,
    seen: int | None,
    by: Viewer,
) -> Exemption:
    """Enter an exemption, given in writing by the authority where the carers live (RULES 2.2).

    Raises NotAllocated, StalePage, NoSuchChild, NobodyNamed; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    exemptions.check_days(Period(from_on, until_on), household.approval_period, clock.today())
    names = children_named.find(children, home_service_id=household.service_id, by=by)
    facts = {"until_on": until_on, "granted_by": granted_by, "child_ids": names}
    if mistaken := _mistaken(household_id, from_on, by):
        return _put(mistaken, "recorded an exemption", by, **facts)
    exemption = Exemption(
        service_id=household.service_id, household_id=household_id, from_on=from_on, **facts
    )
    audit.added(exemption, by=by, action="recorded an exemption")
    return exemption


def correct(
    household_id: UUID,
    exemption_id: UUID,
    *,
    children: Sequence[str],
    from_on: date,
    until_on: date | None,
    granted_by: str,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Exemption:
    """Put an exemption right where it is.

    Raises ChildrenStranded, NotTheManager, NotAllocated, StalePage, NotFound, NoSuchChild,
    NobodyNamed; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = register_rows.exemption(household_id, exemption_id, viewer=by)
    days = Period(from_on, until_on)
    exemptions.check_days(days, household.approval_period, clock.today())
    names = children_named.find(
        children, home_service_id=household.service_id, kept=old.child_ids, by=by
    )
    new = Naming(days, frozenset(names))
    why = _check_nobody_stranded(household, old, new, override_reason, "children", by)
    facts = {"from_on": from_on, "until_on": until_on, "granted_by": granted_by}
    return _put(old, f"corrected an exemption{why}", by, child_ids=names, **facts)


def end(
    household_id: UUID,
    exemption_id: UUID,
    *,
    until_on: date,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Exemption:
    """Say from which day the authority’s exemption was cancelled: once.

    Raises ChildrenStranded, NotTheManager, AlreadyEnded, NotAllocated, StalePage, NotFound;
    RuleBroken for the day.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = register_rows.exemption(household_id, exemption_id, viewer=by)
    placing.check_ending(old.period, until_on, clock.today())
    new = Naming(Period(old.from_on, until_on), frozenset(old.child_ids))
    why = _check_nobody_stranded(household, old, new, override_reason, "until_on", by)
    return _put(old, f"ended an exemption{why}", by, until_on=until_on)


def remove(
    household_id: UUID,
    exemption_id: UUID,
    *,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Exemption:
    """Say that an exemption was a mistake: it stays, and holds on no day.

    Raises ChildrenStranded, NotTheManager, NotAllocated, StalePage, NotFound.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = register_rows.exemption(household_id, exemption_id, viewer=by)
    new = Naming(Period(old.from_on, old.from_on), frozenset())
    why = _check_nobody_stranded(household, old, new, override_reason, None, by)
    return _put(old, f"removed an exemption{why}", by, until_on=old.from_on)


def _mistaken(household_id: UUID, from_on: date, by: Viewer) -> Exemption | None:
    """One from that day that holds on no day gives its place up: there is one for a first day."""
    there = register_rows.exemptions_of(household_id, viewer=by)
    return next((one for one in there if one.from_on == from_on and one.period.is_empty), None)


def _put(exemption: Exemption, action: str, by: Viewer, **facts: object) -> Exemption:
    audit.change(exemption, by=by, action=action, **facts)
    return exemption


def _check_nobody_stranded(
    household: Household,
    old: Exemption,
    new: Naming,
    override_reason: str | None,
    field: str | None,
    by: Viewer,
) -> str:
    """Nothing, or why a team manager lets children stay beyond the places, for the audit."""
    if household.approval is not Approval.FULL:
        return ""
    today = clock.today()
    before = [_naming(one) for one in register_rows.exemptions_of(household.id, viewer=by)]
    after = [one for one in before if one != _naming(old)] + [new]
    day = exemptions.first_stranded(
        _days_to_come(household, [*before, *after], today),
        lambda day: household.capacity_on(day).over,
        [
            Lodged(stay.child_id, stay.period, stay.places_used, stay.override_by_id is not None)
            for stay in household.placements
            if stay.is_current
        ],
        before=before,
        after=after,
    )
    if day is None:
        return ""
    if not override_reason:
        raise ChildrenStranded(day, household.capacity_on(day).over, today, field=field)
    room.check_override(by.roles, override_reason)
    return f", children staying beyond the places there are: {override_reason}"


def _naming(exemption: Exemption) -> Naming:
    return Naming(exemption.period, frozenset(exemption.child_ids))


def _days_to_come(household: Household, named: Sequence[Naming], today: date) -> set[date]:
    """Today, and every later day on which what lets children stay, or their number, changes."""
    periods = [one.period for one in (*household.terms, *household.placements)]
    periods += [one.period for one in named]
    changes = {day for one in periods for day in (one.start, one.end) if day is not None}
    return {today} | {day for day in changes if day > today}
