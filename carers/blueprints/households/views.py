"""One home, and a worker's own: reading them."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.households import (
    approval_lines,
    bp,
    exemption_lines,
    history,
    my_carers,
    presenters,
    reserved,
    vacant,
    worker_lines,
)
from carers.blueprints.households.forms import ConfirmForm
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.ending import PERMANENCE
from carers.domain.permissions import Permission
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import Household
from carers.queries import following, household_rows, households, positions, register_rows, since


@bp.get("/my-carers")
@requires(Permission.CASELOAD_READ)
def mine() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    homes = positions.allocated_to(viewer, today)
    said = positions.said_on(today, [home.id for home in homes], viewer=viewer)
    only_said = request.args.get("confirmed") == "today"
    asked = [home for home in homes if home.id in said or not only_said]
    groups = my_carers.Groups.of(asked, today)
    pages = Pages.of(len(groups.all), request.args.get("page", ""), my_carers.PER_PAGE)
    ids = [home.id for home in groups.all[pages.first : pages.until]]
    lines = positions.of_homes(ids, viewer=viewer, day=today)
    known = my_carers.Known(
        positions.children_in(ids, viewer=viewer, day=today),
        since.of_homes(ids, viewer=viewer, day=today),
        households.covered(viewer, today),
        said,
    )
    page = my_carers.MyHomes.of(groups, [lines[one] for one in ids], known, today)
    return render_template(
        "households/mine.html",
        heading="My carers",
        page=page,
        only_said=only_said,
        sentence=my_carers.said_today(len(groups.all)) if only_said else page.sentence,
        pages=pages,
        page_url=lambda number: url_for(
            "households.mine", page=number, confirmed="today" if only_said else None
        ),
        together=ConfirmForm(),
        is_manager=Role.TEAM_MANAGER in viewer.roles,
    )


@bp.get("/households/<uuid:household_id>")
@requires(Permission.HOUSEHOLD_READ)
def show(household_id: UUID) -> ResponseReturnValue:
    return shown(household_id)


def shown(household_id: UUID, refused: ConfirmForm | None = None) -> str:
    """The page of a home; of one whose confirmation was refused, with the reason."""
    viewer, today = signed_in_viewer(), clock.today()
    household = households.get(household_id, viewer=viewer)
    position = positions.of_home(household_id, viewer=viewer, day=today)
    everything = request.args.get("history") == "all"
    rows = household_rows.rows_of(household, viewer=viewer, every_confirmation=everything)
    spells = positions.spells_of(household_id, viewer=viewer)
    schemes = register_rows.schemes_of(household_id, viewer=viewer)
    entries = history.of(household, rows, schemes)
    use = vacant.use(household, position, rows, spells, today)
    return render_template(
        "households/show.html",
        **about(household, viewer),
        beside=following.beside(household, viewer=viewer),
        position=position,
        finding=presenters.finding(position.capacity),
        blocks=presenters.blocks(position, rows, spells, use.of_each if use else (), today),
        use=use,
        fresh=presenters.fresh(position, today),
        approved_for=approval_lines.approved_for(rows, today),
        children=presenters.children(
            rows, today, viewer, every=request.args.get("children") == "all"
        ),
        terms=approval_lines.terms(rows, today),
        skills=presenters.skills(rows, today),
        holds=presenters.holds(rows, today),
        why=partial(reserved.why, refs=rows.refs),
        exemptions=exemption_lines.exemptions(rows),
        temporary=exemption_lines.temporary(household, rows, today),
        limit_alert=exemption_lines.limit_alert(rows, today),
        people=presenters.people(household, rows, today),
        schemes=[one for one in schemes if not one.period.is_empty],
        workers=worker_lines.workers(rows, today),
        history=entries if everything else history.short_of(entries, today),
        more_history=None if everything else history.more_words(entries, rows),
        confirming=refused or ConfirmForm(seen=position.changed),
        **({"form": refused} if refused else {}),
    )


def about(household: Household, viewer: Viewer) -> dict[str, Any]:
    """What every page of a home says of it, and what its reader may do to it."""
    today = clock.today()
    allocated = households.is_allocated(household.id, viewer=viewer, day=today)
    is_open = household.approval_period.covers(today)
    return {
        "household": household,
        "is_permanence": household.end_reason in PERMANENCE,
        "notice": approval_lines.notice_words(household, today),
        "heading": household.name,
        "may": presenters.May.of(viewer, is_allocated=allocated, is_open=is_open),
        "back_link": url_for(
            "households.mine" if viewer.can(Permission.CASELOAD_READ) else "capacity.vacancies"
        ),
    }
