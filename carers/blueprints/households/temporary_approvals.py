"""Temporary approvals extended, and for whom a home is approved for the time being put right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.blueprints.households import temporary_approval_forms as forms
from carers.blueprints.households.editing import changing, last_change, mine_to_edit
from carers.blueprints.households.exemption_lines import refs_of
from carers.domain.errors import NotFound
from carers.domain.permissions import Permission
from carers.domain.register import Approval
from carers.models import Household, TemporaryApproval
from carers.queries import register_rows, stays
from carers.services import temporary_approvals

CORRECTED = "What was written is kept in the audit."
EXTENSION = (
    "Once, for up to 8 weeks, while the assessment is not complete; or until the outcome is known,"
    " while a determination is under review. Before it begins the panel’s views are sought and the"
    " independent reviewing officer is informed."
)


@bp.route("/households/<uuid:household_id>/temporary-approval/extend", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def extend_temporary_approval(household_id: UUID) -> ResponseReturnValue:
    home = _for_the_time_being(household_id, Approval.TEMPORARY)
    form = forms.ExtendForm(seen=last_change(household_id))
    act, done = temporary_approvals.extend, "The extension is recorded"
    return changing(home, form, act, "Record the extension", done, note=EXTENSION)


@bp.route("/households/<uuid:household_id>/temporary-approval/correct", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def correct_temporary_approval(household_id: UUID) -> ResponseReturnValue:
    home = _for_the_time_being(household_id, Approval.TEMPORARY, Approval.ADOPTER)
    said = register_rows.temporary_approval(household_id, viewer=signed_in_viewer())
    is_extended = said is not None and said.extended_on is not None
    asked = forms.CorrectExtendedForm if is_extended else forms.CorrectTemporaryForm
    form = asked(seen=last_change(household_id), data=_known(said))
    act, heading = temporary_approvals.correct, f"Correct the approval: {home.approval.label}"
    return changing(home, form, act, heading, "The approval is corrected", note=CORRECTED)


def _for_the_time_being(household_id: UUID, *kinds: Approval) -> Household:
    """Raises NotAllocated; NotFound where the home is approved otherwise."""
    home = mine_to_edit(household_id)
    if home.approval not in kinds:
        raise NotFound
    return home


def _known(said: TemporaryApproval | None) -> dict[str, Any]:
    """A temporary approval as its form asks for it."""
    if said is None:
        return {}
    refs = stays.refs_of(said.child_ids, viewer=signed_in_viewer())
    names = ("approved_by", "extended_on", "panel_views_on", "iro_informed_on")
    return {
        **{name: getattr(said, name) for name in (*names, "extension_approved_by")},
        "reason": said.extension_reason,
        "children": refs_of(said.child_ids, refs),
    }
