"""The vacancy board, and the list for tonight."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.capacity import bp, presenters
from carers.blueprints.capacity.forms import VacancyFilter
from carers.blueprints.capacity.tonight import Tonight
from carers.blueprints.downloads import csv_file
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.ages import AgeBands
from carers.domain.permissions import Permission
from carers.domain.vacancies import Wanted, found
from carers.queries import positions, standards
from carers.queries import vacancies as vacant


@bp.get("/vacancies")
@requires(Permission.CAPACITY_READ)
def vacancies() -> ResponseReturnValue:
    viewer, today = signed_in_viewer(), clock.today()
    bands = _bands()
    form, wanted = _asked(bands)
    board = presenters.board(vacant.on(today, viewer=viewer), wanted, bands)
    pages = Pages.of(len(board.rows), request.args.get("page", ""), presenters.PER_PAGE)
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
    return csv_file("vacancies", presenters.CSV_HEADER, presenters.csv_rows(fitting, today))


@bp.get("/vacancies/tonight")
@requires(Permission.CAPACITY_READ)
def tonight() -> ResponseReturnValue:
    """The whole filter, to be printed."""
    viewer, today = signed_in_viewer(), clock.today()
    _, wanted = _asked(_bands())
    homes = vacant.on(today, viewer=viewer)
    children = positions.children_in([home.id for home in homes], viewer=viewer, day=today)
    return render_template(
        "capacity/tonight.html",
        heading="Homes for tonight",
        tonight=Tonight.of(homes, wanted, children),
        shred_on=today + timedelta(days=1),
        back_link=url_for("capacity.vacancies", **presenters.query_of(wanted)),
    )


def _bands() -> AgeBands:
    in_force = standards.in_force(signed_in_viewer().service_id, clock.today())
    return AgeBands.parse(in_force.age_bands)


def _asked(bands: AgeBands) -> tuple[VacancyFilter, Wanted]:
    form, asked = VacancyFilter(request.args), request.args
    form.validate()
    wanted = form.wanted(clock.today(), bands, asked.get("band", ""), asked.getlist("area"))
    return form, wanted
