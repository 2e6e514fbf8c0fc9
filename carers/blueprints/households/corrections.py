"""Entries of a home put right, or removed, one page for each kind."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints import correcting
from carers.blueprints.households import bp, reserved, terms_forms
from carers.blueprints.households import correction_forms as forms
from carers.blueprints.households.editing import correct_or_remove, last_change, mine_to_edit
from carers.blueprints.households.presenters import child_ref
from carers.domain import clock
from carers.domain.children import FOSTERING, PlaceType
from carers.domain.home_changes import confirmer_role
from carers.domain.permissions import Permission
from carers.models import Confirmation, Terms
from carers.queries import household_rows, households
from carers.services import corrections, terms_corrections


@bp.route(
    "/households/<uuid:household_id>/placements/<uuid:placement_id>/correct",
    methods=["GET", "POST"],
)
@requires(Permission.PLACEMENT_EDIT)
def correct_placement(household_id: UUID, placement_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    home = households.get(household_id, viewer=viewer)
    stay = household_rows.placement(household_id, placement_id, viewer=viewer)
    known = correcting.known(stay, forms.CorrectStayForm) | {"places": stay.places_used}
    form = forms.CorrectStayForm(seen=last_change(household_id), data=known)
    form.offer([one for one in PlaceType if one in FOSTERING or one is stay.place_type])
    acts = corrections.correct_placement, corrections.remove_placement
    heading = f"Correct an entry: {child_ref(stay)}"
    return correct_or_remove(home, form, acts, heading, placement_id=placement_id)


@bp.route("/households/<uuid:household_id>/holds/<uuid:hold_id>/correct", methods=["GET", "POST"])
@requires(Permission.CAPACITY_EDIT)
def correct_hold(household_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    hold = household_rows.hold(household_id, hold_id, viewer=viewer)
    known = correcting.known(hold, forms.CorrectHoldForm)
    form = forms.CorrectHoldForm(seen=last_change(household_id), data=known)
    owners = household_rows.answerable(home.service_id, viewer=viewer)
    form.offer(((one.id, one.name) for one in owners), default=hold.owner_id)
    form.offer_searches(reserved.offered(viewer, hold))
    acts = corrections.correct_hold, corrections.remove_hold
    return correct_or_remove(home, form, acts, "Correct an entry: places on hold", hold_id=hold_id)


@bp.route("/households/<uuid:household_id>/terms/<uuid:terms_id>/correct", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def correct_terms(household_id: UUID, terms_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    terms = household_rows.current(Terms, household_id, terms_id, viewer=viewer)
    days = {"from_on": terms.from_on, "until_on": terms.until_on}
    known = terms_forms.known_of(terms) | days
    form = forms.CorrectTermsForm(seen=last_change(household_id), data=known)
    acts = terms_corrections.correct, terms_corrections.remove
    heading = "Correct an entry: what the home is approved for"
    return correct_or_remove(home, form, acts, heading, terms_id=terms_id)


@bp.route(
    "/households/<uuid:household_id>/confirmations/<uuid:confirmation_id>/correct",
    methods=["GET", "POST"],
)
@requires(Permission.CAPACITY_CONFIRM)
def correct_confirmation(household_id: UUID, confirmation_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    home = households.get(household_id, viewer=viewer)
    is_allocated = households.is_allocated(household_id, viewer=viewer, day=clock.today())
    confirmer_role(viewer.roles, is_allocated=is_allocated)
    said = household_rows.current(Confirmation, household_id, confirmation_id, viewer=viewer)
    known = {"on": clock.local_day(said.at), "time": f"{said.at:%H:%M}", "note": said.note}
    form = forms.CorrectConfirmationForm(seen=last_change(household_id), data=known)
    acts = corrections.correct_confirmation, corrections.remove_confirmation
    heading = "Correct an entry: a confirmation"
    return correct_or_remove(home, form, acts, heading, confirmation_id=confirmation_id)
