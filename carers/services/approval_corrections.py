"""The day of an approval put right: what began with it moves with it.

What began on its day is taken to have begun with it: the first terms, skills, schemes, allocations
and exemptions. The home’s case stays as it is: that the two days differ is a finding (EXCHANGE).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.db import db
from carers.domain import approval_day, clock
from carers.domain.home_changes import check_manager
from carers.domain.viewer import Viewer
from carers.models import Household, Terms
from carers.queries import approval_rows, following, register_rows
from carers.queries.approval_rows import Moving
from carers.services import audit
from carers.services.homes import get_to_change
from carers.services.superseding import supersede

MOVED = "moved it with the day of the approval"


def correct(household_id: UUID, *, approved_on: date, seen: int | None, by: Viewer) -> Household:
    """Put right on which day a home was approved.

    Raises NotPermitted, NotAllocated, StalePage, NotFound; RuleBroken for the day, and where
    something of the home lies before it.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    check_manager(by.roles, "correct when an approval began")
    approval_day.check(approved_on, household.approved_on, household.ended_on, clock.today())
    _check_beside(household, approved_on, by)
    moving = approval_rows.began_with(household, viewer=by)
    approval_day.check_first(
        approved_on, approval_rows.before(household_id, approved_on, moving, viewer=by)
    )
    action = "corrected the day of the approval"
    audit.change(household, approved_on=approved_on, by=by, action=action)
    for one in moving:
        _move(one, approved_on, by)
    return household


def _check_beside(household: Household, approved_on: date, by: Viewer) -> None:
    followed = following.beside(household, viewer=by).before
    if followed:
        approval_day.check_follows(approved_on, followed.ref, followed.ended_on)
    if said := register_rows.temporary_approval(household.id, viewer=by):
        approval_day.check_extension(approved_on, said.extended_on, said.extension_reason)


def _move(one: Moving, from_on: date, by: Viewer) -> None:
    if isinstance(one, Terms):
        supersede(one, by=by, action=MOVED, from_on=from_on)
        db.session.flush()
        return
    audit.change(one, from_on=from_on, by=by, action=MOVED)
