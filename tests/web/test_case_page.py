"""One enquiry's page: where the case stands, its clocks, its people, and what is put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from carers.db import db
from carers.domain import clock
from carers.domain.recruitment import Event
from carers.domain.register import PersonRole
from carers.domain.roles import Role
from carers.models import FosteringService, Person
from tests.browser import words

SVG = "{http://www.w3.org/2000/svg}"


def today() -> dict[str, str]:
    day = clock.today()
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


@pytest.fixture
def officer(make):
    return make.viewer(Role.RECRUITMENT_OFFICER)


@pytest.fixture
def service(officer):
    return db.session.get(FosteringService, officer.service_id)


def test_an_enquiry_is_put_right(make, sign_in, officer, service):
    radio = make.source(service, name="Radio")
    enquiry = make.enquiry(service, phone="01632 960114")
    browser = sign_in(officer)
    address = browser.get(f"/enquiries/{enquiry.id}").link(
        "Correct this: who they are and how to reach them"
    )

    page = browser.submit(
        address,
        {"applicant_1": "Marcus Bell", "email": "m@example.org", "source": str(radio.id)}
        | today()
        | {"time": "", "route": "mainstream"},
    )

    assert "Saved" in page.text
    assert "m@example.org" in page.text
    assert "Radio" in page.text
    refused = browser.submit(
        address, today() | {"email": "nobody", "channel": "pigeon", "route": "transfer"}
    )
    assert refused.errors == {
        "email": "Enter an email address like name@example.org",
        "channel": "Select how they got in touch",
    }


def test_what_a_file_left_unknown_may_stay_unknown(make, sign_in, officer, service):
    enquiry = make.enquiry(service, applicant_1=None)

    page = sign_in(officer).submit(
        f"/enquiries/{enquiry.id}/correct", today() | {"time": "", "route": "mainstream"}
    )

    assert "Saved" in page.text
    assert f"Enquiry {enquiry.ref}" in page.heading


def test_an_entry_that_others_rest_on_is_not_removed(make, sign_in, service):
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)
    now = clock.now()
    enquiry = make.enquiry(
        service,
        (Event.APPLICATION_RECEIVED, now - timedelta(minutes=20)),
        (Event.STAGE1_STARTED, now - timedelta(minutes=10)),
    )
    address = f"/enquiries/{enquiry.id}/events/{enquiry.events[0].id}"
    browser = sign_in(manager)
    sent = browser.get(f"{address}/correct").hidden(f"{address}/remove")

    page = browser.post(f"{address}/remove", sent)

    assert page.heading == "Correct this entry"
    assert "Record the application first: both clocks start with it" in page.text


def test_the_four_facts_say_where_a_case_stands(make, sign_in, officer, service):
    now = clock.now()
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    enquiry = make.enquiry(
        service,
        (Event.CONTACTED, now - timedelta(days=60)),
        (Event.APPLICATION_RECEIVED, now - timedelta(days=50)),
        (Event.STAGE1_STARTED, now - timedelta(days=50)),
        (Event.STAGE2_STARTED, now - timedelta(days=40)),
        received_at=now - timedelta(days=61),
    )
    make.allocation(assessor, enquiry=enquiry)

    def facts(viewer: Any) -> list[str]:
        page = sign_in(viewer).get(f"/enquiries/{enquiry.id}")
        return [words(div) for div in page.all("dl", class_="c-facts")[0].iter("div")]

    stage, waits, on, following = facts(officer)
    assert stage.startswith("Stage Stage 1 and stage 2 since ")
    assert waits == "Waits for The assessment report"
    assert on == f"On {assessor.name} Assessing social worker"
    assert "left to the target" in following

    sign_in(assessor).submit(
        f"/enquiries/{enquiry.id}/record/paused", today() | {"time": "", "detail": "applicant"}
    )
    stage, waits, on, following = facts(assessor)
    assert stage == "Stage Stage 1 and stage 2 Paused 0 days"
    assert (waits, on) == ("Waits for Resuming", "On The applicant")


def test_before_the_application_no_clock_is_drawn(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    undated = make.enquiry(service, (Event.STAGE1_STARTED, clock.now()))

    browser = sign_in(officer)

    page = browser.get(f"/enquiries/{enquiry.id}")
    assert "The clocks start when the application is received." in page.text
    assert page.all(f"{SVG}svg") == []
    assert "No application date: no clock can run. Add it" in (
        browser.get(f"/enquiries/{undated.id}").text
    )


def test_both_clocks_are_drawn_wide_and_narrow_with_a_table(make, sign_in, officer, service):
    applied = (Event.APPLICATION_RECEIVED, clock.now() - timedelta(days=50))
    enquiry = make.enquiry(service, applied, received_at=clock.now() - timedelta(days=60))

    page = sign_in(officer).get(f"/enquiries/{enquiry.id}")

    assert len(page.all(f"{SVG}svg", role="img")) == 2
    assert page.all(f"{SVG}circle") == []
    shown = [row[0].split(",")[0] for row in page.rows]
    assert {"Application received", "Six-month target", "Eight-month standard"} <= set(shown)
    assert "50 days since the application" in page.text


def test_who_lives_with_them_is_told_without_a_childs_name(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    for ref, role, name, born in (
        ("P-1", PersonRole.ADULT, "Daniel", None),
        ("P-2", PersonRole.CHILD, "Secret", clock.today() - timedelta(days=3400)),
    ):
        make.keep(
            Person(
                service_id=service.id,
                enquiry_id=enquiry.id,
                ref=ref,
                role=role,
                given_name=name,
                born_on=born,
            )
        )

    text = sign_in(officer).get(f"/enquiries/{enquiry.id}").text

    assert "Daniel Adult at home" in text
    assert "9 Child at home" in text
    assert "Secret" not in text


def test_a_case_that_is_over_says_how_and_when_and_why(make, sign_in, officer, service):
    now = clock.now()
    closed = (Event.CLOSED_BY_SERVICE, now - timedelta(days=1), "no_spare_room")
    answered = (Event.CONTACTED, now - timedelta(days=2))
    enquiry = make.enquiry(service, answered, closed, received_at=now - timedelta(days=3))
    browser = sign_in(officer)

    page = browser.get(f"/enquiries/{enquiry.id}")

    assert "Stage Closed on " in page.text
    assert "Closed by the service: no spare room" in page.text
    assert "No spare room" in browser.get("/enquiries?show=closed").rows[0][1]


def test_what_a_case_waits_for_names_its_day(make, sign_in, officer, service):
    now = clock.now()
    visit = clock.today() + timedelta(days=4)
    booked = (Event.INITIAL_VISIT_BOOKED, now - timedelta(hours=1), visit.isoformat())
    answered = (Event.CONTACTED, now - timedelta(hours=2))
    enquiry = make.enquiry(service, answered, booked, received_at=now - timedelta(days=3))

    page = sign_in(officer).get(f"/enquiries/{enquiry.id}")

    assert f"Waits for An initial visit booked for {visit.day} {visit:%B %Y}" in page.text
    assert f"Initial visit booked: {visit.day} {visit:%B %Y}" in page.text


def test_an_event_that_there_is_not_has_no_page(make, sign_in, officer, service):
    enquiry = make.enquiry(service)

    for event in ("nonsense", "panel_booked", "approved"):
        assert sign_in(officer).get(f"/enquiries/{enquiry.id}/record/{event}").status == 404


def test_what_is_not_offered_is_refused_in_words(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    browser, address = sign_in(officer), f"/enquiries/{enquiry.id}"

    assert browser.submit(f"{address}/record", {"event": "decided"}).errors == {
        "event": "Select what happened"
    }
    assert browser.submit(f"{address}/allocate", {"worker": "nobody"}).errors == {
        "worker": "Select who is to have it"
    }
