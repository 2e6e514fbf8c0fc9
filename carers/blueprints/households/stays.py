"""Children come to a home, leave it, and move from one to another."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.fields import an_id
from carers.blueprints.households import approval_lines, bp, exemption_lines
from carers.blueprints.households.changes import has_changed
from carers.blueprints.households.editing import form_page, last_change
from carers.blueprints.households.forms import EndPlacementForm, PlaceForm
from carers.blueprints.sending import carry_out
from carers.blueprints.stay_forms import MoveForm, homes_to_live_in
from carers.domain import clock
from carers.domain.children import FOSTERING, PlaceType
from carers.domain.fostering_limit import next_child_note
from carers.domain.permissions import Permission
from carers.domain.placing import place_types_for
from carers.queries import household_rows, households, positions
from carers.services import placements


@bp.route("/households/<uuid:household_id>/place", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def place(household_id: UUID) -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    household = households.get(household_id, viewer=viewer)
    terms = household_rows.terms_on(household_id, today, viewer=viewer)
    form = PlaceForm(seen=last_change(household_id))
    carer_type = terms.carer_type if terms else None
    form.offer(place_types_for(carer_type, household.approval))
    came = ["The child"]  # a form sent a second time makes no child, and so no reference

    def arrive() -> None:
        stay = placements.place(household_id, **form.answers, seen=form.seen_number, by=viewer)
        came[0] = stay.child.ref

    if form.validate_on_submit() and carry_out(form, arrive):
        return has_changed(household_id, f"{came[0]} is recorded here")
    rows = household_rows.rows_of(household, viewer=viewer)
    return form_page(
        "place",
        household,
        form,
        "Place a child",
        approved_for=approval_lines.terms_words(terms, today) if terms else None,
        position=positions.of_home(household_id, viewer=viewer, day=today),
        limit_note=next_child_note(exemption_lines.fostered(rows, today)),
    )


@bp.route(
    "/households/<uuid:household_id>/placements/<uuid:placement_id>/end", methods=["GET", "POST"]
)
@requires(Permission.PLACEMENT_EDIT)
def end_placement(household_id: UUID, placement_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    household = households.get(household_id, viewer=viewer)
    stay = household_rows.placement(household_id, placement_id, viewer=viewer)
    form = EndPlacementForm(seen=last_change(household_id))
    ref = stay.child.ref
    if form.validate_on_submit() and carry_out(
        form,
        lambda: placements.end(
            household_id, placement_id, **form.answers, seen=form.seen_number, by=viewer
        ),
    ):
        return has_changed(household_id, f"{ref} no longer lives here")
    return form_page("end_placement", household, form, f"{ref} left this home", stay=stay)


@bp.route(
    "/households/<uuid:household_id>/placements/<uuid:placement_id>/move", methods=["GET", "POST"]
)
@requires(Permission.PLACEMENT_EDIT)
def move(household_id: UUID, placement_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    household = households.get(household_id, viewer=viewer)
    stay = household_rows.placement(household_id, placement_id, viewer=viewer)
    form = MoveForm(
        seen=last_change(household_id),
        data={
            "places": stay.places_used,
            "purpose": stay.purpose,
            "to_id": an_id(request.args.get("to", "")),
        },
    )
    form.offer([code for code in PlaceType if code in FOSTERING])
    form.offer_homes(homes_to_live_in(viewer, besides=household_id))
    ref = stay.child.ref
    if form.validate_on_submit() and carry_out(
        form,
        lambda: placements.move(
            household_id, placement_id, **form.answers, seen=form.seen_number, by=viewer
        ),
    ):
        return has_changed(form.to_id.data, f"{ref} is recorded here")
    return form_page("move", household, form, f"Move {ref} to another home", stay=stay)
