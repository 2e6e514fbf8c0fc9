"""A home added by a team manager, where no case of the panel's leads to it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.blueprints.households.new_home_form import NewHomeForm
from carers.blueprints.sending import carry_out
from carers.domain.permissions import Permission
from carers.domain.register import Approval
from carers.models import Household
from carers.queries import households
from carers.services import new_homes

NOTE = (
    "For a connected person under regulation 24, a prospective adopter under regulation 25A, or"
    " somebody who only hosts. They fill no approved place. A home with full approval is added by"
    " the decision to approve its case, or by files."
)


@bp.route("/households/add", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_ADD)
def add() -> ResponseReturnValue:
    viewer = signed_in_viewer()
    form = NewHomeForm()
    workers = households.supervisors(viewer, of=viewer.service_id)
    form.offer((one.id, one.name) for one in workers)
    made: list[Household] = []
    if form.validate_on_submit() and carry_out(
        form,
        lambda: made.append(
            new_homes.add(form.new_home, form.reached, worker=form.worker.data, by=viewer)
        ),
    ):
        return _added(made)
    return render_template(
        "households/change.html",
        heading="Add a home",
        back_link=url_for("households.index"),
        note=NOTE,
        form=form,
    )


def _added(made: list[Household]) -> ResponseReturnValue:
    """To its page, with what comes next; to the list, where the form was sent a second time."""
    if not made:
        return redirect(url_for("households.index"))
    home = made[0]
    following = "" if home.approval is Approval.HOST else " Next: place the child"
    flash(f"{home.name} is added as {home.ref}.{following}", "success")
    return redirect(url_for("households.show", household_id=home.id))
