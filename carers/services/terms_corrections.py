"""Terms of approval put right, or removed: the row that was written stays, as for every entry.

Terms that met them still do, so that no day is left between; nobody is left over by it unasked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from carers.db import db
from carers.domain import clock, entry_changes
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.register import Approval
from carers.domain.room import check_override
from carers.domain.terms_corrected import InForce, check_corrected, joined, reopened
from carers.domain.viewer import Viewer
from carers.models import Terms
from carers.queries import household_rows, stays, terms_rows
from carers.services.homes import get_to_change
from carers.services.room import Override
from carers.services.superseding import supersede

MOVED = "kept the terms beside corrected ones next to them"


def correct(
    household_id: UUID,
    terms_id: UUID,
    *,
    from_on: date,
    until_on: date | None,
    places: int,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
    **facts: Any,
) -> Terms:
    """Put what a home was approved for right: ``facts`` are the other columns of terms.

    Raises NotAllocated, NotTheManager, StalePage, NotFound, EntryRemoved; RuleBroken for days
    outside the approval, or of other terms, and where children would be left over, or holds
    without places, on any day, which an exemption or a team manager's override may cover.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = household_rows.current(Terms, household_id, terms_id, viewer=by)
    period = Period(from_on, until_on)
    entry_changes.check_terms(household.approval_period, period, clock.today())
    beside = {one: joined(old.period, period, one.period) for one in _others(old, by)}
    leave = _leave(old, beside, [(period, places)], override_reason, by)
    _move(beside, by, shrink=True)
    new = supersede(
        old,
        by=by,
        action="corrected what the home is approved for",
        from_on=from_on,
        until_on=until_on,
        places=places,
        **facts,
        **leave,
    )
    _move(beside, by, shrink=False)
    return new


def remove(
    household_id: UUID,
    terms_id: UUID,
    *,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> None:
    """Say that terms were never given: those that ended for them go on.

    Raises what ``correct`` does; RuleBroken for the only terms of a full approval.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = household_rows.current(Terms, household_id, terms_id, viewer=by)
    others = _others(old, by)
    if household.approval is Approval.FULL:
        entry_changes.check_terms_remain(len(others))
    beside = {one: reopened(old.period, one.period) for one in others}
    leave = _leave(old, beside, [], override_reason, by)
    supersede(old, by=by, action="removed terms of approval: a mistake", is_void=True, **leave)
    _move(beside, by, shrink=False)


def _others(old: Terms, by: Viewer) -> list[Terms]:
    found = terms_rows.of_home(old.household_id, viewer=by)
    return [one for one in found if one.id != old.id]


def _leave(
    old: Terms,
    beside: Mapping[Terms, Period],
    new: list[InForce],
    override_reason: str | None,
    by: Viewer,
) -> Override:
    """What corrected terms keep of the manager who overrides; nothing, where all have places."""
    home_id, first = old.household_id, min([old.from_on, *(period.start for period, _ in new)])
    used = terms_rows.used_from(home_id, first, viewer=by)
    terms = [*new, *((period, one.places) for one, period in beside.items())]
    try:
        check_corrected(used, terms, stays.exempt_stays(home_id, viewer=by), clock.today())
    except RuleBroken:
        if not override_reason:
            raise
        check_override(by.roles, override_reason)
        return {"override_reason": override_reason, "override_by_id": by.membership_id}
    return {}


def _move(beside: Mapping[Terms, Period], by: Viewer, *, shrink: bool) -> None:
    """Give terms their new days: those that shrink before, so that no two are in force at once."""
    for one, period in beside.items():
        is_shorter = period.start > one.from_on or (
            period.end is not None and (one.until_on is None or period.end < one.until_on)
        )
        if period != one.period and is_shorter is shrink:
            supersede(one, by=by, action=MOVED, from_on=period.start, until_on=period.end)
    db.session.flush()
