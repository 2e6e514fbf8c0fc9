"""What a home is approved for changed, and its approval ended."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.blueprints.households.register import changing, last_change, mine_to_edit
from carers.blueprints.households.terms_forms import ChangeTermsForm, known_of
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.queries import household_rows
from carers.services import terms

NOTE = (
    "The terms that are in force end on the day the new ones begin. By a proposal that is the day"
    " after 28 full days; by agreement the later of the proposal and the agreement."
)


@bp.route("/households/<uuid:household_id>/change-terms", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_terms(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    viewer = signed_in_viewer()
    present = household_rows.terms_on(household_id, clock.today(), viewer=viewer)
    known = known_of(present) if present else {}
    form = ChangeTermsForm(seen=last_change(household_id), data=known)
    act, done = terms.change, "The new terms are entered"
    return changing(home, form, act, "Change the terms", done, note=NOTE)
