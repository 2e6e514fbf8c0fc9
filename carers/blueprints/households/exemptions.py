"""Exemptions recorded, put right and ended."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints import correcting
from carers.blueprints.households import bp
from carers.blueprints.households import exemption_forms as forms
from carers.blueprints.households.editing import (
    changing,
    correct_or_remove,
    last_change,
    mine_to_edit,
)
from carers.blueprints.households.exemption_lines import refs_of
from carers.domain.permissions import Permission
from carers.queries import register_rows, stays
from carers.services import exemptions

EXEMPTION = (
    "It is the written notice of the authority where the carers live. It names the children who"
    " may live here beyond the usual fostering limit of 3. It does not change the terms."
)
CORRECTED = "What was written is kept in the audit. The exemption counts as it is put right here."
ENDED = "The authority cancelled it. From that day it lets no child live here."


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
    known["children"] = refs_of(one.child_ids, stays.refs_of(one.child_ids, viewer=viewer))
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
