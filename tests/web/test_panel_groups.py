"""Where the less usual cases stand on the panel's pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from carers.domain.recruitment import Event
from carers.domain.roles import Role
from tests.browser import words
from tests.panel_cases import NOW, TO_DECISION, TO_PANEL, TO_STAGE2, case, on

DEFERRED = (Event.PANEL_RECOMMENDED, on(16, 11), "defer")
REFUSED = (Event.DECIDED, on(20, 11), "not_approve")
TOLD = (Event.TOLD_ORALLY, on(21, 11))
LETTER = (Event.DETERMINATION_SENT, on(23, 11))


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def browser(make, sign_in, service):
    return sign_in(make.viewer(Role.PANEL_ADMINISTRATOR, works_for=service))


@pytest.mark.parametrize(
    ("events", "group", "due"),
    [
        (
            (*TO_DECISION, (Event.DECIDED, on(20, 11), "approve"), TOLD, (Event.NOTICE_SENT, NOW)),
            "Approved, to be entered in the register",
            "No due date",
        ),
        (
            (*TO_DECISION, REFUSED, TOLD, LETTER),
            "Not approved, within 28 days or under review",
            "Until Mon 21 Dec",
        ),
        ((*TO_DECISION, REFUSED, TOLD), "Applicants to be told", "Write by Fri 27 Nov"),
        ((*TO_PANEL, DEFERRED), "Ready to book", "Deferred: a further panel"),
        (
            (*TO_STAGE2, (Event.PAUSED, on(10, 11), "applicant")),
            "In stage 2, report not complete yet",
            "Paused 14 days",
        ),
        (
            (*TO_STAGE2, (Event.PANEL_BOOKED, on(2, 11), "2026-11-30")),
            "Panels to come",
            "Panel Mon 30 Nov",
        ),
        (
            (*TO_STAGE2, (Event.PANEL_BOOKED, on(2, 11), "2026-11-24")),
            "Panels that have met, with no recommendation yet",
            "Last day Panel Tue 24 Nov",
        ),
    ],
)
def test_each_case_stands_under_what_is_to_be_done(make, browser, service, events, group, due):
    case(make, service, *events)

    page = browser.get("/panel")

    assert [words(h2) for h2 in page.all("h2")] == [group]
    assert due in page.rows[0][1]
    if group.startswith("Panels that"):
        assert "1 panel has met with no recommendation recorded." in page.text
    else:
        assert "No decision waits, and every panel that has met has recommended." in page.text


def test_a_case_that_was_withdrawn_says_that_it_is_over(make, browser, service):
    enquiry = case(make, service, *TO_PANEL, (Event.WITHDRAWN, on(20, 11), "AW3"))

    assert "Withdrawn. The case is over." in browser.get(f"/panel/{enquiry.id}").text


def test_without_an_application_date_no_clock_can_run(make, browser, service):
    enquiry = case(make, service, *TO_STAGE2[1:])

    assert "No application date No clock can run" in browser.get(f"/panel/{enquiry.id}").text


def test_a_decision_maker_reads_on_the_list_whom_they_wait_for(make, sign_in, service):
    case(make, service, *TO_DECISION)
    decider = make.viewer(Role.DECISION_MAKER, works_for=service)

    assert "1 decision waits, due by Fri 27 Nov." in sign_in(decider).get("/panel").text
