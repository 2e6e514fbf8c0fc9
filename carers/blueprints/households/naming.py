"""Exemptions recorded, put right and ended; temporary approvals extended and put right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints import correcting
from carers.blueprints.households import bp, named
from carers.blueprints.households import naming_forms as forms
from carers.blueprints.households.corrections import correct_or_remove
from carers.blueprints.households.register import changing, last_change, mine_to_edit
from carers.domain.errors import NotFound
from carers.domain.permissions import Permission
from carers.domain.register import Approval
from carers.models import Household, TemporaryApproval
from carers.queries import register_rows, stays
from carers.services import exemptions, temporary_approvals

EXEMPTION = (
    "It is the written notice of the authority where the carers live. It names the children who"
    " may live here beyond the usual fostering limit of 3. It does not change the terms."
)
CORRECTED = "What was written is kept in the audit. The exemption counts as it is put right here."
ENDED = "The authority cancelled it. From that day it lets no child live here."
EXTENSION = (
    "Once, for up to 8 weeks, while the assessment is not complete; or until the outcome is known,"
    " while a determination is under review. Before it begins the panel’s views are sought and the"
    " independent reviewing officer is informed."
)


@bp.route("/households/<uuid:household_id>/exemptions/record", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def record_exemption(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.ExemptionForm(seen=last_change(household_id))
    act, done = exemptions.record, "The exemption is recorded"
    return changing(home, form, act, "Record an exemption", done, note=EXEMPTION)


@bp.route(
    "/households/<uuid:household_id>/exemptions/<uuid:exemption_id>/correct",
    methods=["GET", "POST"],
)
@requires(Permission.HOUSEHOLD_EDIT)
def correct_exemption(household_id: UUID, exemption_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    one = register_rows.exemption(household_id, exemption_id, viewer=viewer)
    known = correcting.known(one, forms.CorrectExemptionForm)
    known["children"] = named.refs_of(one.child_ids, stays.refs_of(one.child_ids, viewer=viewer))
    if one.period.is_empty:
        known["until_on"] = None
    form = forms.CorrectExemptionForm(seen=last_change(household_id), data=known)
    acts, heading = (exemptions.correct, exemptions.remove), "Correct an exemption"
    return correct_or_remove(home, form, acts, heading, note=CORRECTED, exemption_id=exemption_id)


@bp.route(
    "/households/<uuid:household_id>/exemptions/<uuid:exemption_id>/end", methods=["GET", "POST"]
)
@requires(Permission.HOUSEHOLD_EDIT)
def end_exemption(household_id: UUID, exemption_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    register_rows.exemption(household_id, exemption_id, viewer=signed_in_viewer())
    form = forms.EndExemptionForm(seen=last_change(household_id))
    act, done = exemptions.end, "The exemption is ended"
    heading = "End an exemption"
    return changing(home, form, act, heading, done, note=ENDED, exemption_id=exemption_id)


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
        "children": named.refs_of(said.child_ids, refs),
    }
