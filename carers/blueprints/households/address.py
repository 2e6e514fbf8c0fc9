"""Where a home is: shown when it is asked for, and the asking is recorded."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from carers import access
from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.domain.permissions import Permission
from carers.domain.roles import Role
from carers.queries import households, readings


@bp.get("/households/<uuid:household_id>/address")
@requires(Permission.HOUSEHOLD_ADDRESS)
def address(household_id: UUID) -> ResponseReturnValue:
    viewer = signed_in_viewer()
    home = households.get(household_id, viewer=viewer)
    where = access.reading(home, "address", "address", "postcode")
    is_manager = Role.TEAM_MANAGER in viewer.roles
    return render_template(
        "households/address.html",
        heading="Address",
        caption=f"{home.name}, {home.ref}",
        back_link=url_for(".show", household_id=home.id),
        lines=[line for line in where.values() if line],
        readings=readings.lately(home.id, viewer=viewer) if is_manager else None,
    )
