"""A child comes to an agency, leaves it, moves to and from it; and an entry of it put right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers import filters
from carers.access import requires, signed_in_viewer
from carers.blueprints import correcting
from carers.blueprints.capacity import agency_forms as forms
from carers.blueprints.capacity import bp
from carers.blueprints.fields import an_id
from carers.blueprints.forms import Form
from carers.blueprints.sending import carry_out
from carers.blueprints.stay_forms import MoveForm, OverridableForm, homes_to_live_in
from carers.domain import clock
from carers.domain.children import FOSTERING, PlaceType
from carers.domain.errors import EntryRemoved
from carers.domain.permissions import Permission
from carers.domain.position import sum_in_words
from carers.models import Placement
from carers.queries import agencies, households, positions
from carers.queries import changes as changed
from carers.services import agencies as changing

HISTORY = "What was written stays in the list, struck through. It counts in nothing from now on."


@bp.errorhandler(EntryRemoved)
def lead_to_what_was_removed(error: EntryRemoved) -> ResponseReturnValue:
    flash(error.sentence, "warning")
    return redirect(url_for("capacity.agencies", state=agencies.State.WRONG))


@bp.route("/agency-placements/place", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def place_with_agency() -> ResponseReturnValue:
    viewer = signed_in_viewer()
    form = forms.PlaceWithAgencyForm(data=_chosen())
    form.offer(agencies.providers([viewer.service_id], viewer=viewer))
    made: list[Placement] = []
    if form.validate_on_submit() and carry_out(
        form, lambda: made.append(changing.place(**form.answers, by=viewer))
    ):
        flash(f"The child is recorded with {_agency_of(form)}", "success")
        return redirect(url_for("capacity.agencies", q=made[0].child.ref if made else None))
    return _page(form, "Place a child with an agency", may_add=True)


@bp.route("/agency-placements/<uuid:stay_id>/end", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def end_agency_placement(stay_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    stay = agencies.placement(stay_id, viewer=viewer)
    form = forms.EndAgencyForm(seen=changed.last_number(stay.id, viewer=viewer))
    ref = stay.child.ref
    if form.validate_on_submit() and carry_out(
        form, lambda: changing.end(stay_id, **form.answers, seen=form.seen_number, by=viewer)
    ):
        flash(f"{ref} no longer lives with {_name_of(stay)}", "success")
        return redirect(url_for("capacity.agencies"))
    return _page(form, f"{ref} left {_name_of(stay)}", note=_since(stay))


@bp.route("/agency-placements/<uuid:stay_id>/move", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def move_from_agency(stay_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    stay = agencies.placement(stay_id, viewer=viewer)
    form = MoveForm(
        seen=changed.last_number(stay.id, viewer=viewer),
        data={"purpose": stay.purpose, "to_id": an_id(request.args.get("to", ""))},
    )
    form.offer([code for code in PlaceType if code in FOSTERING])
    form.offer_homes(homes_to_live_in(viewer))
    ref = stay.child.ref
    if form.validate_on_submit() and carry_out(
        form,
        lambda: changing.move_home(stay_id, **form.answers, seen=form.seen_number, by=viewer),
    ):
        position = positions.of_home(form.to_id.data, viewer=viewer, day=clock.today())
        now = sum_in_words(position.capacity)
        flash(f"{ref} is recorded here. Now {now}", "success")
        return redirect(url_for("households.show", household_id=form.to_id.data))
    return _page(form, f"Move {ref} to a home of ours", note=_since(stay), stay=stay)


@bp.route("/placements/<uuid:placement_id>/move-to-agency", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def move_to_agency(placement_id: UUID) -> ResponseReturnValue:
    """From a home of ours, or from an agency."""
    viewer = signed_in_viewer()
    stay = agencies.placement_anywhere(placement_id, viewer=viewer)
    subject = stay.household_id or stay.id
    form = forms.MoveToAgencyForm(
        seen=changed.last_number(subject, viewer=viewer),
        data={"purpose": stay.purpose} | _chosen(),
    )
    form.offer(agencies.providers([stay.service_id], viewer=viewer))
    ref = stay.child.ref
    if form.validate_on_submit() and carry_out(
        form, lambda: changing.move(placement_id, **form.answers, seen=form.seen_number, by=viewer)
    ):
        flash(f"{ref} is recorded with {_agency_of(form)}", "success")
        return redirect(url_for("capacity.agencies", q=ref))
    more = {"note": _since(stay), "may_add": True, "moving": placement_id}
    if stay.household_id:
        more["back_link"] = url_for("households.show", household_id=stay.household_id)
    return _page(form, f"Move {ref} to an agency", **more)


@bp.route("/agency-placements/<uuid:stay_id>/correct", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def correct_agency_placement(stay_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    stay = agencies.placement(stay_id, viewer=viewer)
    form = forms.CorrectAgencyForm(
        seen=changed.last_number(stay.id, viewer=viewer),
        data=correcting.known(stay, forms.CorrectAgencyForm),
    )
    form.offer(agencies.providers([stay.service_id], viewer=viewer), now=stay.place_type)

    def put_right() -> None:
        if form.is_mistake:
            changing.remove(stay_id, seen=form.seen_number, by=viewer)
        else:
            changing.correct(stay_id, **form.answers, seen=form.seen_number, by=viewer)

    if form.validate_on_submit() and carry_out(form, put_right):
        flash(f"The entry is {'removed' if form.is_mistake else 'corrected'}", "success")
        return redirect(url_for("capacity.agencies"))
    heading = f"Correct an entry: {stay.child.ref} with {_name_of(stay)}"
    return _page(form, heading, note=HISTORY)


def _page(form: Form, heading: str, **more: Any) -> ResponseReturnValue:
    is_overridable = isinstance(form, OverridableForm)
    name = "move_home" if isinstance(form, MoveForm) else "agency"
    return render_template(
        f"capacity/{name}.html",
        heading=heading,
        form=form,
        asks_override=is_overridable and form.asks_override(signed_in_viewer()),
        **{"back_link": url_for("capacity.agencies")} | more,
    )


def _chosen() -> dict[str, Any]:
    """The agency that the address names."""
    provider = an_id(request.args.get("provider", ""))
    return {"provider_id": provider} if provider else {}


def _agency_of(form: forms.AgreedForm) -> str:
    return form.providers[form.provider_id.data].rpartition(", ")[0]


def _name_of(stay: Placement) -> str:
    return stay.provider.name if stay.provider else ""


def _since(stay: Placement) -> str:
    """Where a child lives now, and since when."""
    where = f"With {_name_of(stay)}"
    if stay.household_id:
        home = households.get(stay.household_id, viewer=signed_in_viewer())
        where = f"In {home.name}, {home.ref},"
    return f"{where} since {filters.day(stay.from_on)}."
