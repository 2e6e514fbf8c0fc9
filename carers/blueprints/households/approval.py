"""What a home is approved for changed, and its approval ended."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from carers import filters
from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.blueprints.households.editing import changing, form_page, last_change, mine_to_edit
from carers.blueprints.households.ending_forms import EndApprovalForm
from carers.blueprints.households.terms_forms import ChangeTermsForm, known_of
from carers.blueprints.sending import carry_out
from carers.domain import clock
from carers.domain.ending import NOTICE_DAYS
from carers.domain.errors import RuleBroken
from carers.domain.permissions import Permission
from carers.models import Household
from carers.queries import household_rows
from carers.services import endings, terms
from carers.services.endings import EndsWith

HEADING = "End the approval"
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
    return changing(home, form, terms.change, "Change the terms", _entered, note=NOTE)


def _entered(form: ChangeTermsForm) -> str:
    from_on = form.answers["proposal"].in_force_on(clock.today())
    return f"The new terms are entered: in force from {filters.day(from_on)}"


@bp.route("/households/<uuid:household_id>/end-approval", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def end_approval(household_id: UUID) -> ResponseReturnValue:
    """The answers, then the day that follows from them, then the ending."""
    home = mine_to_edit(household_id)
    form = EndApprovalForm(seen=last_change(household_id))
    if "again" in request.form or not form.validate_on_submit():
        return form_page("end_approval", home, form, HEADING)
    ends = _foreseen(home, form)
    if ends is None:
        return form_page("end_approval", home, form, HEADING)
    if form.agreed.data != ends.on.isoformat():
        return _check(home, form, ends)
    return _ended(home, form, ends)


def _foreseen(home: Household, form: EndApprovalForm) -> EndsWith | None:
    """None where it may not end so, with the reason in the form."""
    try:
        seen, by = form.seen_number, signed_in_viewer()
        return endings.foreseen(home.id, form.ending, seen=seen, by=by)
    except RuleBroken as error:
        form.refuse(error)
        form.changes = getattr(error, "changes", [])
        return None


def _check(home: Household, form: EndApprovalForm, ends: EndsWith) -> ResponseReturnValue:
    counts = (
        (ends.terms, "row of terms", "rows of terms"),
        (ends.holds, "hold", None),
        (ends.skills, "skill", None),
        (ends.schemes, "scheme", None),
        (ends.workers, "allocation to a worker", "allocations to workers"),
    )
    told = [filters.count(number, one, many) for number, one, many in counts if number]
    more = {"ends": ends, "ending": form.ending, "notice_days": NOTICE_DAYS}
    return form_page(
        "end_approval_check", home, form, HEADING, what=filters.listed(told) or "nothing", **more
    )


def _ended(home: Household, form: EndApprovalForm, ends: EndsWith) -> ResponseReturnValue:
    by = signed_in_viewer()
    if not carry_out(
        form, lambda: endings.end(home.id, ending=form.ending, seen=form.seen_number, by=by)
    ):
        return form_page("end_approval", home, form, HEADING)
    word = "ended" if ends.on <= clock.today() else "ends"
    words = f"The approval {word} on {filters.day(ends.on)}"
    if ends.on > clock.today():
        words += ". Until then a vacant place counts: put it on hold if no child should come"
    flash(words, "success")
    return redirect(url_for("households.show", household_id=home.id))
