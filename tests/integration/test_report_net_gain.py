"""Net gain, as read from the register for a viewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carers.domain.errors import NotFound
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.recruitment import ServiceKind
from carers.domain.register import Approval, CarerType
from carers.queries import fostering_services
from carers.reports import net_gain
from tests.statements import count_of

YEAR = Days(date(2021, 4, 1), date(2022, 3, 31))
MAY = date(2021, 5, 1)


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


def test_only_full_approvals_and_terms_that_count_are_read(make, service, viewer):
    home = make.household(service, approved_on=MAY, places=2)
    make.terms(home, places=5, from_on=date(2021, 6, 1), is_void=True)
    make.household(service, approved_on=MAY, approval=Approval.TEMPORARY)

    answer = net_gain.answer(viewer, YEAR)

    assert answer.figure("households.approved") == 1
    assert answer.figure("places.closing") == 2


def test_another_services_homes_are_in_no_figure(make, viewer):
    make.household(approved_on=MAY)

    assert net_gain.answer(viewer, YEAR).figure("households.closing") == 0


def test_a_shared_services_figures_are_its_own_and_its_members(make, service, viewer):
    shared = make.service(kind=ServiceKind.SHARED_SERVICE)
    service.parent_id = shared.id
    make.keep(service)
    make.household(shared, approved_on=MAY)
    moves = make.household(service, approved_on=MAY, places=2)
    sees = fostering_services.seen_from(shared.id)
    together = replace(viewer, service_id=shared.id, service_ids=sees)

    answer = net_gain.answer(together, YEAR)

    assert answer.service == shared.code
    assert answer.figure("places.approved") == 3
    rows = answer.rows("places.approved")
    assert {(row.service, row.ref, row.amount) for row in rows} >= {(service.code, moves.ref, 2)}
    assert net_gain.answer(viewer, YEAR).figure("places.approved") == 2


def test_the_answer_has_every_key_that_reports_promise(make, viewer):
    plain = net_gain.answer(viewer, YEAR).plain()

    assert plain.keys() == {
        "report",
        "service",
        "population",
        "as_known_at",
        "first_day",
        "last_day",
        "households",
        "places",
    }
    assert list(plain["households"]) == [
        "opening",
        "approved",
        "of_which_transferred_in",
        "ended",
        "of_which_transferred_out",
        "of_which_permanence",
        "recategorised",
        "closing",
        "net_gain",
        "net_change",
        "turnover",
    ]
    assert plain["households"]["turnover"] == {"numerator": 0, "denominator": 0, "percent": None}
    assert list(plain["places"]) == [
        "opening",
        "approved",
        "ended",
        "terms_increased",
        "terms_decreased",
        "recategorised",
        "closing",
        "net_gain",
        "net_change",
    ]


def test_bromleys_arithmetic(make, service, viewer):
    for number in range(99):
        ended_on = date(2021, 9, 1) if number < 9 else None
        make.household(service, ended_on=ended_on)
    for _ in range(11):
        make.household(service, approved_on=MAY)

    answer = net_gain.answer(viewer, YEAR)

    keys = ("opening", "approved", "ended", "net_gain", "closing")
    assert [answer.figure(f"households.{key}") for key in keys] == [99, 11, 9, 2, 101]
    assert answer.figure("households.turnover.percent") == 9.1
    assert len(answer.rows("households.ended")) == 9


def test_a_population_of_its_own_is_asked_for(make, service, viewer):
    make.household(service, approved_on=MAY, carer_type=CarerType.CONNECTED_PERSON)

    connected = net_gain.answer(viewer, YEAR, Population.CONNECTED_PERSON)

    assert connected.figure("households.approved") == 1
    assert net_gain.answer(viewer, YEAR).figure("households.approved") == 0


def test_a_year_beside_the_one_before_reads_the_register_once(make, service, viewer):
    def ask() -> None:
        net_gain.answers(viewer, [YEAR, Days.financial_year(2020)], Population.MAINSTREAM)

    make.household(service)
    few = count_of(ask)
    for _ in range(12):
        make.household(service)

    assert count_of(ask) == few == 2


def test_there_are_no_rows_of_what_is_no_figure(make, viewer):
    with pytest.raises(NotFound):
        net_gain.answer(viewer, YEAR).rows("households.turnover.percent")
