"""The vacancy board."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.capacity import bp, presenters
from carers.blueprints.capacity.forms import VacancyFilter
from carers.domain import clock
from carers.domain.ages import AgeBands
from carers.domain.permissions import Permission
from carers.domain.vacancies import Wanted, found
from carers.queries import standards
from carers.queries import vacancies as vacant


@bp.get("/vacancies")
@requires(Permission.CAPACITY_READ)
def vacancies() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    bands = _bands()
    form, wanted = _asked(bands)
    board = presenters.board(vacant.on(today, viewer=viewer), wanted, bands)
    pages = presenters.Pages(len(board.rows), request.args.get("page", ""))
    return render_template(
        "capacity/vacancies.html",
        heading="Vacancy board",
        form=form,
        board=board,
        pages=pages,
        rows=board.rows[pages.first : pages.until],
        page_url=lambda page: url_for(
            "capacity.vacancies", **presenters.query_of(wanted), page=page
        ),
    )


@bp.get("/vacancies.csv")
@requires(Permission.CAPACITY_READ)
def vacancies_csv() -> ResponseReturnValue:
    """The whole filter, whatever page was open. It is inside the service."""
    today = clock.today()
    _, wanted = _asked(_bands())
    fitting = found(vacant.on(today, viewer=signed_in_viewer()), wanted)
    name = f"vacancies-{today.isoformat()}-not-for-publication.csv"
    return Response(
        presenters.as_csv(fitting, today),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _bands() -> AgeBands:
    in_force = standards.in_force(signed_in_viewer().service_id, clock.today())
    return AgeBands.parse(in_force.age_bands)


def _asked(bands: AgeBands) -> tuple[VacancyFilter, Wanted]:
    form = VacancyFilter(request.args)
    form.validate()
    return form, form.wanted(clock.today(), bands, request.args.get("band", ""))
