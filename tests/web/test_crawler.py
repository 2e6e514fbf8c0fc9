"""Every endpoint, as each role of one service, asked with identifiers of another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from carers.access import PUBLIC, declared_for
from carers.domain import clock
from carers.domain.recruitment import Event
from carers.domain.register import Skill
from carers.domain.roles import Role
from carers.models import Chart, FosteringService, Scheme, SchemeMember
from tests.factories import Make

# Every endpoint there is. A new one is listed here, with what it may be asked for, or this fails.
OPEN = {"accounts.start", "accounts.sign_in", "accounts.sign_in_as", "accounts.sign_out"} | {
    f"public.{page}" for page in ("privacy", "accessibility", "cookies", "figures")
}
LISTED: set[str] = OPEN | {
    "accounts.change_password",
    "accounts.choose_service",
    "accounts.nowhere",
    "accounts.work_in",
    "capacity.add_agency",
    "capacity.agencies",
    "capacity.agencies_csv",
    "capacity.correct_agency_placement",
    "capacity.end_agency_placement",
    "capacity.move_from_agency",
    "capacity.move_to_agency",
    "capacity.on_hold",
    "capacity.on_hold_csv",
    "capacity.place_with_agency",
    "capacity.tonight",
    "capacity.vacancies",
    "capacity.vacancies_csv",
    "enquiries.add",
    "enquiries.allocate",
    "enquiries.correct",
    "enquiries.correct_step",
    "enquiries.index",
    "enquiries.index_csv",
    "enquiries.pipeline",
    "enquiries.pipeline_csv",
    "enquiries.record",
    "enquiries.record_step",
    "enquiries.remove_step",
    "enquiries.show",
    "enquiries.take",
    "households.add",
    "households.add_person",
    "households.add_skill",
    "households.address",
    "households.allocate",
    "households.bring_back",
    "households.change_person",
    "households.change_terms",
    "households.confirm",
    "households.confirm_all",
    "households.edit",
    "households.end_approval",
    "households.end_exemption",
    "households.extend_temporary_approval",
    "households.correct_allocation",
    "households.correct_approval",
    "households.correct_confirmation",
    "households.correct_ending",
    "households.correct_exemption",
    "households.correct_hold",
    "households.correct_member",
    "households.correct_person",
    "households.correct_placement",
    "households.correct_skill",
    "households.correct_temporary_approval",
    "households.correct_terms",
    "households.cover",
    "households.end_cover",
    "households.end_placement",
    "households.end_skill",
    "households.index",
    "households.index_csv",
    "households.join_scheme",
    "households.leave_scheme",
    "households.mine",
    "households.move",
    "households.person_left",
    "households.place",
    "households.record_exemption",
    "households.record_unavailability",
    "households.show",
    "insight.chart",
    "insight.places_over_time",
    "insight.places_over_time_csv",
    "insight.rows",
    "insight.rows_csv",
    "insight.targets",
    "insight.targets_csv",
    "panel.approve",
    "panel.correct",
    "panel.decide",
    "panel.decide_against",
    "panel.enter",
    "panel.index",
    "panel.record",
    "panel.remove",
    "panel.show",
    "today.show",
}
SECRET = "Zanzibar"  # stands in every name of the other service


@pytest.fixture
def theirs(make) -> dict[str, Any]:
    """Another service with a record of each kind, an identifier of each by its parameter's name."""
    service = make.service(name=f"{SECRET} Council", code="zanzibar")
    household = make.household(service, places=3, name=f"{SECRET} Foyle", ref="H-987654321")
    worker = make.viewer(*Role, works_for=service)
    now = clock.now()
    enquiry = make.enquiry(
        service,
        (Event.CONTACTED, now - timedelta(hours=2)),
        received_at=now - timedelta(days=1),
        applicant_1=f"{SECRET} Bell",
        ref="E-987654321",
    )
    placement = make.placement(household, from_on=date(2026, 1, 1), ref="PL-987654321")
    hold = make.hold(household, ref="N-987654321")
    provider = make.provider(service, name=f"{SECRET} Fostering", ref="A-987654321")
    with_agency = make.placement(
        provider=provider, child=make.child(service, ref="C-987654321"), ref="PL-987654320"
    )
    confirmation = make.confirmation(household, datetime(2026, 3, 1, tzinfo=clock.LONDON))
    allocation = make.allocation(worker, household=household, is_cover=True)
    make.target(service, label=f"{SECRET} target")
    scheme = make.keep(Scheme(service_id=service.id, code="z", name=f"{SECRET} scheme"))
    owned = {"service_id": service.id, "household_id": household.id, "from_on": date(2026, 1, 1)}
    member = make.keep(SchemeMember(scheme_id=scheme.id, **owned))
    return {
        "household_id": household.id,
        "enquiry_id": enquiry.id,
        "event_id": enquiry.events[0].id,
        "placement_id": placement.id,
        "hold_id": hold.id,
        "provider": provider.id,
        "provider_id": provider.id,
        "stay_id": with_agency.id,
        "terms_id": household.terms[0].id,
        "confirmation_id": confirmation.id,
        "allocation_id": allocation.id,
        "member_id": member.id,
        "exemption_id": make.exemption(household, placement.child, granted_by=SECRET).id,
        "person_id": make.person(household, family_name=SECRET).id,
        "scheme_id": scheme.id,
        "skill_id": make.skill(household, Skill.BABIES, evidence=SECRET).id,
        "membership_id": worker.membership_id,
        "filename": "vendor/govuk-frontend.min.css",
        "event": Event.CONTACTED.value,
        "chart_id": their_chart(service).id,
        "size": "wide",
        "report": "net-gain",
        "figure": "households/opening",
        "outcome": "defer",
    }


def their_chart(service: FosteringService) -> Chart:
    drawn: Chart = Make.keep(
        Chart(
            service_id=service.id,
            report="occupancy",
            parameters={},
            audit_number=1,
            audit_entries=1,
            wide=f"<svg>{SECRET}</svg>",
            drawn_at=clock.now(),
        )
    )
    return drawn


def test_a6_every_endpoint_is_listed(app: Flask) -> None:
    assert set(app.view_functions) - {"static"} == LISTED


@pytest.mark.parametrize("role", Role)
def test_a6_nothing_of_another_service_comes_back(app, make, sign_in, theirs, role):
    ours = make.viewer(role, works_for=make.household().service)
    browser = sign_in(ours)

    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            for page in ask(app, browser, rule, theirs):
                assert SECRET not in page.response.get_data(as_text=True), rule
                assert "987654321" not in page.response.get_data(as_text=True), rule
                assert page.status < 500, rule
                if names_a_record(rule):
                    assert page.status in (403, 404, 405), rule


def ask(app: Flask, browser: Any, rule: Rule, theirs: dict[str, Any]) -> list[Any]:
    """One answer for each method, of the address with the other service's identifiers."""
    with app.test_request_context():
        given = {name: theirs[name] for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, given)
    answers = {name: str(value) for name, value in theirs.items()}
    query = "&".join(f"{name}={value}" for name, value in answers.items() if name != "filename")
    pages = []
    if "GET" in (rule.methods or ()):
        pages += [browser.get(path), browser.get(f"{path}?{query}")]
    if "POST" in (rule.methods or ()) and rule.endpoint != "accounts.sign_out":
        pages.append(browser.post(path, answers))
    return pages


def names_a_record(rule: Rule) -> bool:
    return any(name.endswith("_id") for name in rule.arguments)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a6_nobody_signed_in_reaches_only_the_open_pages(app, sign_in, theirs, method):
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or method.upper() not in (rule.methods or ()):
            continue
        given = {name: theirs[name] for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, given)
        page = getattr(sign_in(None), method)(path)
        if PUBLIC in (declared_for(app, rule.endpoint) or ()):
            assert page.status in (200, 302, 404), rule
        else:
            assert page.heading == "Sign in" or page.response.headers.get(
                "Location", ""
            ).startswith("/sign-in"), rule


def test_an_unknown_address_is_not_found(make, sign_in):
    viewer = make.viewer(*Role)

    assert sign_in(viewer).get(f"/households/{UUID(int=7)}").status == 404
    assert sign_in(viewer).get("/nothing-here").status == 404
