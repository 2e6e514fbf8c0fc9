"""Who works with a home: given to a worker, covered by another, and put right."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.correcting import known
from carers.blueprints.households import bp
from carers.blueprints.households import worker_forms as forms
from carers.blueprints.households.editing import (
    IN_PLACE,
    changing,
    correct_or_remove,
    last_change,
    mine_to_edit,
)
from carers.blueprints.households.register_forms import UntilForm
from carers.domain.permissions import Permission
from carers.models import Household
from carers.queries import households, register_rows
from carers.services import allocations


@bp.route("/households/<uuid:household_id>/allocate", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_ALLOCATE)
def allocate(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.AllocateForm(seen=last_change(household_id))
    _offer(form, home)
    act, heading = allocations.allocate, "Give the home to a worker"
    return changing(home, form, act, heading, "It is given to them")


@bp.route("/households/<uuid:household_id>/cover", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_ALLOCATE)
def cover(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.CoverForm(seen=last_change(household_id))
    _offer(form, home)
    act, heading = allocations.cover, "Have the home covered"
    return changing(home, form, act, heading, "The cover is recorded")


@bp.route(
    "/households/<uuid:household_id>/allocations/<uuid:allocation_id>/end", methods=["GET", "POST"]
)
@requires(Permission.HOUSEHOLD_ALLOCATE)
def end_cover(household_id: UUID, allocation_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    one = register_rows.cover(household_id, allocation_id, viewer=viewer)
    form = UntilForm(seen=last_change(household_id))
    act, heading = allocations.end_cover, f"End the cover of {one.worker.name}"
    return changing(home, form, act, heading, "The cover is ended", allocation_id=allocation_id)


@bp.route(
    "/households/<uuid:household_id>/allocations/<uuid:allocation_id>/correct",
    methods=["GET", "POST"],
)
@requires(Permission.HOUSEHOLD_ALLOCATE)
def correct_allocation(household_id: UUID, allocation_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    one = register_rows.allocation(household_id, allocation_id, viewer=viewer)
    how = {"how": forms.COVERS if one.is_cover else forms.HAS}
    data = known(one, forms.CorrectAllocationForm) | how
    form = forms.CorrectAllocationForm(seen=last_change(household_id), data=data)
    acts = allocations.correct, allocations.remove
    heading = f"Correct an entry: {one.worker.name}"
    return correct_or_remove(home, form, acts, heading, note=IN_PLACE, allocation_id=allocation_id)


def _offer(form: forms.AllocateForm, home: Household) -> None:
    workers = households.supervisors(signed_in_viewer(), of=home.service_id)
    form.offer((one.id, one.name) for one in workers)
