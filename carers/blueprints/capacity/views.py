"""The vacancy board, and the list for tonight."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.capacity import board, bp
from carers.blueprints.capacity.asking import query_of
from carers.blueprints.capacity.forms import VacancyFilter
from carers.blueprints.capacity.tonight import Tonight
from carers.blueprints.downloads import csv_file
from carers.blueprints.pages import Pages
from carers.domain import clock
from carers.domain.ages import AgeBands
from carers.domain.permissions import Permission
from carers.domain.populations import CARER_TYPES
from carers.domain.tonight import night_at
from carers.domain.vacancies import VacantHome, Wanted
from carers.queries import standards
from carers.queries import vacancies as vacant


@bp.get("/vacancies")
@requires(Permission.CAPACITY_READ)
def vacancies() -> ResponseReturnValue:
    form, wanted, shown = _board()
    pages = Pages.of(shown.total, request.args.get("page", ""), board.PER_PAGE)
    page = shown.page(pages.first, pages.until)
    return render_template(
        "capacity/vacancies.html",
        heading="Vacancy board",
        form=form,
        board=shown,
        pages=pages,
        groups=shown.groups(page, _since(page)),
        page_url=lambda page: url_for("capacity.vacancies", **query_of(wanted), page=page),
    )


@bp.get("/vacancies.csv")
@requires(Permission.CAPACITY_READ)
def vacancies_csv() -> ResponseReturnValue:
    """The whole filter, whatever page was open. It is inside the service."""
    _, _, shown = _board()
    since = _since(shown.page(0, shown.total))
    return csv_file("vacancies", board.CSV_HEADER, board.csv_rows(shown, since))


@bp.get("/vacancies/tonight")
@requires(Permission.CAPACITY_READ)
def tonight() -> ResponseReturnValue:
    """The homes of the filter that can take a child, to be printed."""
    viewer, today = signed_in_viewer(), clock.today()
    _, wanted = _asked(_bands())
    carer_types = CARER_TYPES[wanted.population]
    return render_template(
        "capacity/tonight.html",
        heading="Homes for tonight",
        tonight=Tonight.of(_homes(), wanted),
        night=night_at(clock.now()),
        not_available=vacant.not_available(today, carer_types, viewer=viewer),
        back_link=url_for("capacity.vacancies", **query_of(wanted)),
    )


def _board() -> tuple[VacancyFilter, Wanted, board.Board]:
    bands = _bands()
    form, wanted = _asked(bands)
    return form, wanted, board.board(_homes(), wanted, bands)


def _since(homes: list[VacantHome]) -> dict[UUID, date]:
    ids = [home.id for home in homes]
    return vacant.vacant_since(ids, clock.today(), viewer=signed_in_viewer())


def _homes() -> list[VacantHome]:
    until = night_at(clock.now()).last
    return vacant.on(clock.today(), until, viewer=signed_in_viewer())


def _bands() -> AgeBands:
    in_force = standards.in_force(signed_in_viewer(), clock.today())
    return AgeBands.parse(in_force.age_bands)


def _asked(bands: AgeBands) -> tuple[VacancyFilter, Wanted]:
    form, asked = VacancyFilter(request.args), request.args
    form.validate()
    wanted = form.wanted(clock.today(), bands, asked.get("band", ""), asked.getlist("area"))
    return form, wanted
