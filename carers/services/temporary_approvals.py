"""Temporary approvals extended, and put right."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from carers.db import db
from carers.domain import clock, temporary_approvals
from carers.domain.errors import RuleBroken
from carers.domain.register import Approval
from carers.domain.temporary_approvals import Extension, end_of
from carers.domain.viewer import Viewer
from carers.models import Household, TemporaryApproval
from carers.queries import register_rows
from carers.services import audit, children_named
from carers.services.homes import get_to_change


def extend(
    household_id: UUID, *, extension: Extension, seen: int | None, by: Viewer
) -> TemporaryApproval:
    """Record the extension of a temporary approval: once, or again while under review (RULES 3).

    Raises NotAllocated, StalePage; RuleBroken where it may not be extended, or for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    said, today = _of(household, by), clock.today()
    before = end_of(
        household.approval,
        household.approved_on,
        extended_on=said.extended_on,
        reason=said.extension_reason,
    )
    weeks = temporary_approvals.check_may_extend(
        household.approval, before, extension.reason, today
    )
    extension.check(household.approval_period, today, weeks=weeks)
    return _put(said, extension, "extended the temporary approval", by)


def correct(
    household_id: UUID,
    *,
    children: Sequence[str],
    approved_by: str | None,
    extension: Extension | None = None,
    seen: int | None,
    by: Viewer,
) -> TemporaryApproval:
    """Put right for whom a home is approved, and its extension: none says that there was none.

    Raises NotAllocated, StalePage, NoSuchChild, NobodyNamed; RuleBroken for another approval, or
    for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    said, today = _of(household, by), clock.today()
    if extension:
        if household.approval is not Approval.TEMPORARY:
            raise RuleBroken("Only a temporary approval under regulation 24 is extended")
        weeks = temporary_approvals.weeks_before(extension.reason)
        extension.check(household.approval_period, today, weeks=weeks)
    service_id = household.service_id
    names = children_named.find(children, home_service_id=service_id, kept=said.child_ids, by=by)
    action = "corrected the temporary approval"
    return _put(said, extension, action, by, child_ids=names, approved_by=approved_by)


def _of(household: Household, by: Viewer) -> TemporaryApproval:
    """The home’s row; one without, as files may leave it, gets one."""
    if household.approval not in (Approval.TEMPORARY, Approval.ADOPTER):
        raise RuleBroken("This home is not approved for the time being")
    found = register_rows.temporary_approval(household.id, viewer=by)
    if found is None:
        facts = {"service_id": household.service_id, "household_id": household.id}
        found = TemporaryApproval(child_ids=[], **facts)
        db.session.add(found)
    return found


def _put(
    said: TemporaryApproval,
    extension: Extension | None,
    action: str,
    by: Viewer,
    **facts: object,
) -> TemporaryApproval:
    audit.change(
        said,
        by=by,
        action=action,
        extended_on=extension.extended_on if extension else None,
        extension_reason=extension.reason if extension else None,
        panel_views_on=extension.panel_views_on if extension else None,
        iro_informed_on=extension.iro_informed_on if extension else None,
        extension_approved_by=extension.approved_by if extension else None,
        **facts,
    )
    return said
