"""Changes of a home: confirmed, and places put on hold and brought back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from carers import filters
from carers.access import requires, signed_in_viewer
from carers.blueprints.fields import an_id
from carers.blueprints.forms import a_number
from carers.blueprints.households import bp, reserved
from carers.blueprints.households.editing import form_page, last_change, mine_to_edit
from carers.blueprints.households.forms import (
    BringBackForm,
    ConfirmForm,
    HoldForm,
)
from carers.blueprints.households.views import shown
from carers.blueprints.sending import carry_out
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.domain.position import in_words, sum_in_words
from carers.queries import household_rows, households, positions, stays
from carers.services import capacity

SEEN = "seen-"  # and the id of a home: the change it was read at
FEW = 6  # places, which are offered one by one
ALONE = "alone-"  # the same, of a home that is asked by itself


@bp.post("/households/<uuid:household_id>/confirm")
@requires(Permission.CAPACITY_CONFIRM)
def confirm(household_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    household = households.get(household_id, viewer=viewer)
    form = ConfirmForm(seen=last_change(household_id))
    form.validate()
    if not carry_out(
        form, lambda: capacity.confirm(household_id, seen=form.seen_number, by=viewer)
    ):
        return shown(household_id, form), 409
    is_of_list = form.back.data == "mine"
    where = url_for("households.mine", confirmed="today") if is_of_list else "#history"
    flash(_confirmed(household.name, clock.now(), "Correct it", where), "success")
    if is_of_list:
        return redirect(url_for("households.mine"))  # where the next stale one is first
    return _to(household_id)


@bp.post("/my-carers/confirm")
@requires(Permission.CASELOAD_READ)
def confirm_all() -> ResponseReturnValue:
    form, done = ConfirmForm(), []
    looked_at = _seen_homes(ALONE)
    seen = _seen_homes(SEEN) | looked_at
    if not carry_out(
        form,
        lambda: done.append(capacity.confirm_all(seen, looked_at=looked_at, by=signed_in_viewer())),
    ):
        flash(str(form.form_errors[0]), "warning")
        return redirect(url_for("households.mine"))
    if not done:
        flash("You have confirmed them already", "success")
    for together in done:
        _tell(together)
    return redirect(url_for("households.mine"))


def _confirmed(what: str, at: datetime, way_on: str, where: str) -> Markup:
    """“12 homes confirmed, 9:10am, by you”, and a link to put it right."""
    return Markup('{}. Not right? <a class="govuk-link c-tap" href="{}">{}</a>').format(
        f"{what} confirmed, {filters.hour(at)}, by you", where, way_on
    )


def _tell(together: capacity.ConfirmedTogether) -> None:
    if together.homes:
        homes = filters.count(together.homes, "home")
        where = url_for("households.mine", confirmed="today")
        flash(_confirmed(homes, together.at, "Correct one", where), "success")
    elif not together.left_out:
        flash("Nothing is confirmed: tick the homes that are right", "warning")
    for left in together.left_out:
        flash(f"Not confirmed: {left.name}, because {left.why}. Look at it", "warning")


@bp.route("/households/<uuid:household_id>/record-unavailability", methods=["GET", "POST"])
@requires(Permission.CAPACITY_EDIT)
def record_unavailability(household_id: UUID) -> ResponseReturnValue:
    household = mine_to_edit(household_id)
    viewer = signed_in_viewer()
    form = HoldForm(seen=last_change(household_id))
    owners = household_rows.answerable(household.service_id, viewer=viewer)
    form.offer(((one.id, one.name) for one in owners), default=viewer.membership_id)
    form.offer_searches(reserved.offered(viewer))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: capacity.record_unavailability(
            household_id, **form.answers, seen=form.seen_number, by=viewer
        ),
    ):
        places = filters.count(form.places.data or 0, "place")
        return has_changed(household_id, f"{places} put on hold")
    now = positions.of_home(household_id, viewer=viewer, day=clock.today()).capacity
    form.places.offered = range(1, now.approved + 1) if now.approved <= FEW else ()
    return form_page(
        *("record_unavailability", household, form, "Put a place on hold"),
        caption=f"{household.name}, {household.ref}: {in_words(now)}",
        sums=[sum_in_words(now.withholding(places)) for places in range(1, now.vacant + 1)],
    )


@bp.route(
    "/households/<uuid:household_id>/holds/<uuid:hold_id>/bring-back", methods=["GET", "POST"]
)
@requires(Permission.CAPACITY_EDIT)
def bring_back(household_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    household = mine_to_edit(household_id)
    viewer = signed_in_viewer()
    hold = household_rows.hold(household_id, hold_id, viewer=viewer)
    form = BringBackForm(seen=last_change(household_id))
    if form.validate_on_submit() and carry_out(
        form,
        lambda: capacity.bring_back(
            household_id, hold_id, **form.answers, seen=form.seen_number, by=viewer
        ),
    ):
        return has_changed(household_id, f"{filters.count(hold.places, 'place')} brought back")
    heading = f"Bring back {filters.count(hold.places, 'place')}"
    child_ids = hold.search.child_ids if hold.search else ()
    why = reserved.why(hold, stays.refs_of(child_ids, viewer=viewer))
    return form_page("bring_back", household, form, heading, hold=hold, why=why)


def _seen_homes(prefix: str) -> dict[UUID, int | None]:
    """The homes that were on the page, each with the change at which it was read."""
    seen: dict[UUID, int | None] = {}
    for name, typed in request.form.items():
        home = an_id(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if home:
            seen[home] = a_number(typed)
    return seen


def has_changed(household_id: UUID, words: str) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    position = positions.of_home(household_id, viewer=viewer, day=clock.today())
    flash(f"{words}. Now {sum_in_words(position.capacity)}", "success")
    return _to(household_id)


def _to(household_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("households.show", household_id=household_id))
