"""The panel's pages, as those who work there read and fill them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from carers.models import PipelineEvent
from tests.browser import Page, words
from tests.panel_cases import (
    NOW,
    TO_DECISION,
    TO_MINUTES,
    TO_PANEL,
    TO_STAGE2,
    TODAY,
    case,
    last_event,
    on,
)
from tests.statements import count_of


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def administrator(make, service):
    return make.viewer(Role.PANEL_ADMINISTRATOR, works_for=service)


@pytest.fixture
def decider(make, service):
    return make.viewer(Role.DECISION_MAKER, works_for=service)


def tables(page: Page) -> list[str]:
    return [words(h2) for h2 in page.all("h2")]


def test_cases_stand_in_order_of_what_is_due(make, sign_in, service, administrator):
    case(make, service, *TO_STAGE2, applicant_1="No Report")
    case(make, service, *TO_STAGE2, (Event.REPORT_COMPLETED, on(1, 11)), applicant_1="Reported")
    case(
        make,
        service,
        *TO_STAGE2,
        (Event.PANEL_BOOKED, on(2, 11), "2026-12-08"),
        applicant_1="Panel To Come",
    )
    case(make, service, *TO_PANEL, applicant_1="Panel Has Met")
    case(make, service, *TO_MINUTES, applicant_1="No Minutes")
    case(make, service, *TO_DECISION, applicant_1="To Decide")
    case(make, service, applicant_1="Only Enquired")

    page = sign_in(administrator).get("/panel")

    assert tables(page) == [
        "Panels that have met, with no recommendation yet",
        "Minutes to make final",
        "Decisions to make",
        "Panels to come",
        "Ready to book",
        "In stage 2, report not complete yet",
    ]
    assert [row[0].split(" and ")[0] for row in page.rows] == [
        "Panel Has Met",
        "No Minutes",
        "To Decide",
        "Panel To Come",
        "Reported",
        "No Report",
    ]
    assert "Only Enquired" not in page.text
    assert (
        "1 decision waits, due by Fri 27 Nov. 1 panel has met with no recommendation" in page.text
    )


def test_a_panel_whose_day_has_passed_is_marked_and_says_by_how_much(
    make, sign_in, service, administrator
):
    case(make, service, *TO_PANEL)

    row = sign_in(administrator).get("/panel").rows[0]

    assert row[1] == "8 days over Panel Mon 16 Nov"


def test_a_case_that_is_decided_stays_until_the_applicants_are_told(
    make, sign_in, service, administrator
):
    decided = (Event.DECIDED, on(20, 11), "approve"), (Event.APPROVED, on(20, 11))
    case(make, service, *TO_DECISION, *decided, applicant_1="To Tell")
    told = (Event.TOLD_ORALLY, on(21, 11)), (Event.NOTICE_SENT, on(23, 11))
    case(make, service, *TO_DECISION, *decided, *told, applicant_1="Told Already")

    page = sign_in(administrator).get("/panel")

    assert tables(page) == ["Applicants to be told"]
    assert "Told Already" not in page.text


def test_an_empty_list_says_when_a_case_comes_here(make, sign_in, administrator):
    page = sign_in(administrator).get("/panel")

    assert "No case is with the panel." in page.text
    assert "A case comes here when its stage 2 has started" in page.text


def test_an_assessing_social_worker_sees_their_own_cases_only(make, sign_in, service):
    worker = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    mine = case(make, service, *TO_PANEL, applicant_1="My Own")
    theirs = case(make, service, *TO_PANEL, applicant_1="Somebody Else")
    make.allocation(worker, enquiry=mine)

    browser = sign_in(worker)

    assert "Somebody Else" not in browser.get("/panel").text
    assert "My Own" in browser.get("/panel").text
    assert browser.get(f"/panel/{theirs.id}").status == 404
    assert browser.get(f"/panel/{mine.id}").status == 200


def test_a8_the_panels_list_asks_as_often_for_three_hundred_rows_as_for_three(
    make, sign_in, service, administrator
):
    def statements(rows: int) -> int:
        for number in range(rows):
            enquiry = case(make, service, *TO_PANEL, applicant_1=f"Person {number}")
            worker = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
            make.allocation(worker, enquiry=enquiry)
        return count_of(lambda: sign_in(administrator).get("/panel"))

    assert statements(3) == statements(57)


def test_a_case_says_what_it_waits_for_its_clocks_and_who_assessed(
    make, sign_in, service, administrator
):
    enquiry = case(make, service, *TO_MINUTES)
    worker = make.member(Role.ASSESSING_SOCIAL_WORKER, works_for=service, name="Femi Adeyemi")
    make.allocation(make.viewer_of(worker), enquiry=enquiry)

    page = sign_in(administrator).get(f"/panel/{enquiry.id}")

    assert page.heading == "Marcus Bell and Tanya Bell"
    assert "Waits for final minutes, on the panel administrator." in page.text
    assert "Femi Adeyemi" in page.text
    assert "Approve, 16 November 2026" in page.text
    assert "1 December 2026 7 days left" in page.text  # six months from 1 June
    assert page.link("Record the final minutes") == f"/panel/{enquiry.id}/record/minutes_final"


def test_no_address_is_shown_to_the_panel(make, sign_in, service, administrator, decider):
    enquiry = case(make, service, *TO_DECISION, postcode="LF2 3CD", email="bells@example.org")

    for viewer in (administrator, decider):
        page = sign_in(viewer).get(f"/panel/{enquiry.id}")
        assert "LF2 3CD" not in page.text
        assert "bells@example.org" not in page.text


def test_a_case_before_stage_2_is_not_the_panels(make, sign_in, service, administrator):
    enquiry = case(make, service, (Event.APPLICATION_RECEIVED, on(1, 6)))

    assert sign_in(administrator).get(f"/panel/{enquiry.id}").status == 404


def test_another_services_case_is_not_found(make, sign_in, administrator):
    enquiry = case(make, make.service(), *TO_DECISION)

    for path in ("", "/record/minutes_final", "/decide", "/decide/defer", "/approve", "/enter"):
        assert sign_in(administrator).get(f"/panel/{enquiry.id}{path}").status in (403, 404)


@pytest.mark.parametrize("event", ["decided", "approved", "contacted", "irm_applied", "nonsense"])
def test_only_the_panels_own_steps_have_a_page(make, sign_in, service, administrator, event):
    enquiry = case(make, service, *TO_DECISION)

    assert sign_in(administrator).get(f"/panel/{enquiry.id}/record/{event}").status == 404


def test_a_panel_is_booked_a_recommendation_made_and_its_minutes_are_final(
    make, sign_in, service, administrator
):
    enquiry = case(make, service, *TO_STAGE2)
    browser = sign_in(administrator)
    path = f"/panel/{enquiry.id}"

    assert browser.get(path).link("Book the panel") == f"{path}/record/panel_booked"
    day = {"detail-day": "24", "detail-month": "11", "detail-year": "2026"}
    booked = browser.submit(f"{path}/record/panel_booked", TODAY | day | {"time": "9am"})
    assert last_event(enquiry) == (Event.PANEL_BOOKED, on(24, 11).replace(hour=9), "2026-11-24")
    assert "Recorded: Panel booked" in booked.text

    answers = TODAY | {"detail": "not_approve", "note": "Not enough room", "time": "12pm"}
    browser.submit(f"{path}/record/panel_recommended", answers)
    assert last_event(enquiry)[2] == "not_approve"

    page = browser.submit(f"{path}/record/minutes_final", TODAY | {"time": "2pm"})
    assert last_event(enquiry)[0] is Event.MINUTES_FINAL
    assert "Waits for the decision, on the decision maker." in page.text
    assert "Panel’s recommendation: not approve" in page.text
    assert "Not enough room" in page.text


def test_after_a_decision_the_applicants_are_told_and_written_to(
    make, sign_in, service, administrator
):
    decided = (Event.DECIDED, on(24, 11), "approve"), (Event.APPROVED, on(24, 11))
    enquiry = case(make, service, *TO_DECISION, *decided)
    browser = sign_in(administrator)

    for event in ("told_orally", "notice_sent"):
        browser.submit(f"/panel/{enquiry.id}/record/{event}", TODAY)
        assert last_event(enquiry)[0] == event

    assert tables(browser.get("/panel")) == []


def test_the_letter_of_a_decision_against_starts_its_28_days(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_DECISION, (Event.DECIDED, on(20, 11), "not_approve"))
    browser = sign_in(administrator)

    page = browser.submit(f"/panel/{enquiry.id}/record/determination_sent", TODAY)

    assert "Representations 22 December 2026 28 days left" in page.text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    make, sign_in, service, administrator
):
    enquiry = case(make, service, *TO_STAGE2)
    wrong = {
        "on-day": "31",
        "on-month": "11",
        "on-year": "2026",
        "time": "half past two",
        "detail-day": "8",
        "detail-month": "",
        "detail-year": "2026",
        "note": "Kept",
    }

    page = sign_in(administrator).submit(f"/panel/{enquiry.id}/record/panel_booked", wrong)

    assert page.errors == {
        "on": "The day it happened must be a real date",
        "time": "Enter a time as 9:10am or 16:30",
        "detail": "The day arranged must include a month",
    }
    assert page.all("input", name="on-day")[0].get("value") == "31"
    assert page.all("input", name="time")[0].get("value") == "half past two"
    assert page.all("input", name="detail-day")[0].get("value") == "8"
    assert "Kept" in page.text
    assert last_event(enquiry)[0] is Event.STAGE2_STARTED


def test_nothing_filled_in_says_what_to_enter(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_PANEL)

    page = sign_in(administrator).post(f"/panel/{enquiry.id}/record/panel_recommended", {})

    assert page.errors == {
        "on": "Enter the day it happened",
        "detail": "Select an answer to “What did the panel recommend?”",
    }


@pytest.mark.parametrize("code", ["Approve", "yes", "../etc", "approve;defer"])
def test_a_code_that_is_not_offered_is_refused(make, sign_in, service, administrator, code):
    enquiry = case(make, service, *TO_PANEL)

    page = sign_in(administrator).submit(
        f"/panel/{enquiry.id}/record/panel_recommended", TODAY | {"detail": code}
    )

    assert page.errors == {"detail": "Select an answer to “What did the panel recommend?”"}


def test_on_a_brief_report_approve_is_not_among_the_answers(make, sign_in, service, administrator):
    brief = (Event.BRIEF_REPORT, on(1, 9))
    enquiry = case(make, service, *TO_STAGE2, brief, TO_PANEL[-1])

    page = sign_in(administrator).get(f"/panel/{enquiry.id}/record/panel_recommended")

    assert [one.get("value") for one in page.all("input", name="detail")] == [
        "not_approve",
        "defer",
    ]


def test_what_the_graph_forbids_is_refused_in_words(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_STAGE2)
    browser = sign_in(administrator)

    opened = browser.get(f"/panel/{enquiry.id}/record/panel_recommended")
    assert "Book the panel first" in opened.text

    sent = browser.post(
        f"/panel/{enquiry.id}/record/panel_recommended", TODAY | {"detail": "approve"}
    )
    assert sent.errors == {"": "Book the panel first"}


def test_tomorrow_has_not_happened(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)

    page = sign_in(administrator).submit(
        f"/panel/{enquiry.id}/record/minutes_final", TODAY | {"on-day": "25"}
    )

    assert page.errors == {"on": "When it happened must be now or in the past"}


def test_a_step_sent_twice_is_recorded_once(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    browser = sign_in(administrator)
    path = f"/panel/{enquiry.id}/record/minutes_final"
    form = browser.get(path).hidden() | TODAY

    first, second = browser.post(path, form), browser.post(path, form)

    assert "Recorded: Panel minutes final" in first.text
    assert "Recorded: Panel minutes final" in second.text
    query = select(PipelineEvent).filter_by(enquiry_id=enquiry.id, event=Event.MINUTES_FINAL)
    assert len(db.session.scalars(query).all()) == 1


def test_a_page_grown_stale_says_what_changed(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    other = make.viewer(Role.PANEL_ADMINISTRATOR, works_for=service)
    path = f"/panel/{enquiry.id}/record/minutes_final"
    form = sign_in(administrator).get(path).hidden() | TODAY
    sign_in(other).submit(path, TODAY | {"time": "1pm"})

    page = sign_in(administrator).post(path, form)

    assert "Somebody changed this record while you had the page open" in page.errors[""]
    assert f"{other.name} recorded “Panel minutes final”, Today, 3pm" in page.text


@pytest.mark.parametrize("role", [Role.DECISION_MAKER, Role.TEAM_MANAGER, Role.RECRUITMENT_OFFICER])
def test_nobody_but_a_panel_administrator_records_steps(make, sign_in, service, role):
    enquiry = case(make, service, *TO_MINUTES)
    browser = sign_in(make.viewer(role, works_for=service))

    assert browser.get(f"/panel/{enquiry.id}/record/minutes_final").status == 403
    assert "What you can record" not in tables(browser.get(f"/panel/{enquiry.id}"))
