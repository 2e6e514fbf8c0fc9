"""Today: what is due, by role."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.today import bp, presenters
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.queries import today


@bp.get("/today")
@requires(Permission.TODAY_READ)
def show() -> ResponseReturnValue:
    viewer = signed_in_viewer()
    work = today.work_for(viewer, clock.now())
    ahead = presenters.FAR if request.args.get("days") == str(presenters.FAR) else presenters.NEAR
    page = presenters.Page.of(work, days_ahead=ahead)
    return render_template(
        "today/show.html", heading="Today", page=page, weekday=presenters.weekday
    )
