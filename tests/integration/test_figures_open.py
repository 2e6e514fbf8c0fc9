"""Every figure of places opens to a page of its rows, under a name and in a unit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from carers.blueprints.insight import opened
from carers.domain.period import Days
from carers.domain.register import Approval, Skill
from carers.domain.roles import Role
from carers.reports import capacity, occupancy

YEAR = Days(date(2026, 1, 1), date(2026, 6, 30))


@pytest.fixture
def viewer(make):
    service = make.service()
    home = make.household(service, places=3)
    make.placement(home, from_on=date(2026, 2, 1))
    make.hold(home, from_on=date(2026, 3, 1))
    make.skill(home, Skill.UASC)
    make.confirmation(home, datetime(2026, 6, 29, 9, tzinfo=UTC))
    make.household(service, places=1)
    make.placement(make.household(service, approval=Approval.TEMPORARY))
    return make.viewer(Role.HEAD_OF_SERVICE, works_for=service)


@pytest.mark.parametrize("report", [capacity, occupancy], ids=lambda report: report.NAME)
def test_every_figure_has_a_name_and_a_unit(app: Flask, viewer, report):
    answer = report.answer(viewer, YEAR)

    with app.test_request_context():
        pages = {path: opened.opened(answer, path, viewer) for path in answer.opens}

    assert {path for path, page in pages.items() if not page.name or not page.total} == set()
    vague = {"Numerator", "Denominator", "Median", "Longest"}
    assert {path: page.name for path, page in pages.items() if page.name in vague} == {}


@pytest.mark.parametrize(
    ("report", "path", "heading"),
    [
        (occupancy, "nights_filled", "Nights, filled: 150 nights"),
        (occupancy, "weeks_not_available", "Weeks not available: 17.4 weeks"),
        (occupancy, "by_reason.local.carer_break", "Not available, carers are taking a break: 122"),
        (occupancy, "by_reason.ofsted.unknown_or_other", "Not available, unknown or other: 0"),
        (capacity, "approved", "Approved places: 4 places"),
        (capacity, "children", "Children: 1 child"),
        (capacity, "households", "Households: 2 households"),
        (capacity, "by_skill.uasc.approved", "Uasc, approved places: 3 places"),
        (capacity, "children_per_household.including_empty.numerator", "Children: 1 child"),
        (capacity, "children_per_household.including_empty.denominator", "Approved homes: 2"),
        (capacity, "other_approvals.temporary.households", "Temporary, households: 1 household"),
        (capacity, "days_vacant.longest", "Days vacant, longest: "),
    ],
)
def test_a_figure_is_called_what_it_counts(app: Flask, viewer, report, path, heading):
    with app.test_request_context():
        page = opened.opened(report.answer(viewer, YEAR), path, viewer)

    assert page.heading.startswith(heading)


def test_a_figure_means_what_its_own_report_says(app: Flask, viewer):
    with app.test_request_context():
        page = opened.opened(capacity.answer(viewer, YEAR), "approved", viewer)

    assert page.definition
    assert page.definition.startswith("Places in the terms in force")
