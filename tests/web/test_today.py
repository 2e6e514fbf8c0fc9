"""Today, as each role reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine

from carers.db import db
from carers.domain import clock
from carers.domain.recruitment import Channel, Event
from carers.domain.register import Approval
from carers.domain.roles import Role
from tests.browser import Page, words
from tests.statements import count_of

NOW = datetime(2026, 11, 24, 9, 10, tzinfo=clock.LONDON)  # a Tuesday


@pytest.fixture(autouse=True)
def _ten_past_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LONDON)


def headings(page: Page) -> list[str]:
    return [words(h2) for h2 in page.all("h2")]


def titles(page: Page) -> list[str]:
    return [words(h3) for h3 in page.all("h3")]


@pytest.fixture
def officer(make):
    return make.viewer(Role.RECRUITMENT_OFFICER)


def service_of(viewer, make):
    from carers.models import FosteringService

    return db.session.get(FosteringService, viewer.service_id)


def test_what_is_overdue_stands_first_then_today_then_the_days_that_follow(make, sign_in, officer):
    service = service_of(officer, make)
    late = make.enquiry(
        service,
        received_at=at(date(2026, 11, 20), 9),
        applicant_1="Marcus Bell",
        applicant_2="Tanya Bell",
        phone="01632 960114",
        channel=Channel.WEB_FORM,
    )
    soon = make.enquiry(service, received_at=at(date(2026, 11, 23)), applicant_1="Sadia Rahman")
    again = make.enquiry(
        service,
        (Event.NOT_NOW, at(date(2026, 11, 2)), "2026-11-26"),
        received_at=at(date(2026, 11, 1)),
        applicant_1="Denise Clough",
    )
    for enquiry in (late, soon, again):
        make.allocation(officer, enquiry=enquiry)

    page = sign_in(officer).get("/today")

    assert headings(page) == ["Overdue", "Today", "Thursday 26 November"]
    assert titles(page) == [
        "Ring Marcus Bell and Tanya Bell",
        "Ring Sadia Rahman",
        "Get back in touch with Denise Clough",
    ]
    assert (
        "3 things are due. 1 is overdue: start with “Ring Marcus Bell and Tanya Bell”." in page.text
    )
    assert "24 hours over" in page.text
    assert "By 10am" in page.text
    assert "01632 960114" in page.text
    assert "Tuesday 24 November 2026, 9:10am" in page.text


def test_other_peoples_work_is_not_there(make, sign_in, officer):
    service = service_of(officer, make)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    theirs = make.enquiry(service, applicant_1="Somebody Else")
    make.allocation(other, enquiry=theirs)
    elsewhere = make.enquiry(make.service(), applicant_1="Of Another Service")

    page = sign_in(officer).get("/today")

    assert "Somebody Else" not in page.text
    assert elsewhere.applicant_1 not in page.text
    assert "Somebody Else" in sign_in(other).get("/today").text


def test_an_enquiry_that_nobody_has_is_there_for_every_officer(make, sign_in, officer):
    received = at(date(2026, 11, 23))
    make.enquiry(service_of(officer, make), received_at=received, applicant_1="Nobody Has")

    assert titles(sign_in(officer).get("/today")) == ["Take up Nobody Has"]


def test_nothing_due_today_names_the_next_date_and_two_ways_on(make, sign_in, officer):
    enquiry = make.enquiry(
        service_of(officer, make),
        (Event.NOT_NOW, at(date(2026, 11, 2)), "2026-12-10"),
        received_at=at(date(2026, 11, 1)),
        applicant_1="Denise Clough",
    )
    make.allocation(officer, enquiry=enquiry)

    page = sign_in(officer).get("/today")

    assert "Nothing is due today." in page.text
    assert "Your next date is Thursday 10 December: Get back in touch with Denise Clough." in (
        page.text
    )
    assert "/today?days=28" in page.links
    assert "look at open enquiries" in page.text


def test_several_things_due_later_are_listed_though_nothing_is_due_today(make, sign_in, officer):
    for name in ("Marcus Bell", "Sadia Rahman"):
        make.enquiry(service_of(officer, make), applicant_1=name)

    page = sign_in(officer).get("/today")

    assert "Nothing is due today." in page.text
    assert headings(page) == ["Tomorrow"]
    assert titles(page) == ["Take up Marcus Bell", "Take up Sadia Rahman"]


def test_an_empty_service_says_that_nothing_is_due(make, sign_in, officer):
    page = sign_in(officer).get("/today")

    assert "Nothing is due today." in page.text
    assert "Nothing is due in the next four weeks either." in page.text
    assert headings(page) == []


def test_the_next_four_weeks_reach_further(make, sign_in, officer):
    enquiry = make.enquiry(
        service_of(officer, make),
        (Event.NOT_NOW, at(date(2026, 11, 2)), "2026-12-10"),
        received_at=at(date(2026, 11, 1)),
        applicant_1="Denise Clough",
    )
    make.allocation(officer, enquiry=enquiry)

    assert headings(sign_in(officer).get("/today?days=28")) == ["Thursday 10 December"]


@pytest.mark.parametrize("asked", ["0", "-1", "999999999999", "x", "28.5", "%00", ""])
def test_a_number_of_days_that_is_not_offered_is_a_week(make, sign_in, officer, asked):
    assert sign_in(officer).get(f"/today?days={asked}").status == 200


def test_what_has_no_due_date_is_listed_last_with_its_reason(make, sign_in):
    worker = make.viewer(Role.ASSESSING_SOCIAL_WORKER)
    enquiry = make.enquiry(
        service_of(worker, make),
        (Event.STAGE1_STARTED, at(date(2026, 11, 2))),
        received_at=at(date(2026, 11, 1)),
        applicant_1="Owen Pritchard",
    )
    make.allocation(worker, enquiry=enquiry)

    page = sign_in(worker).get("/today")

    assert headings(page) == ["No due date"]
    assert "No due date: application date is missing." in page.text
    assert "Nothing is due today. 1 has no due date." in page.text


def test_a_supervising_social_worker_is_asked_to_confirm_their_stale_homes(make, sign_in):
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER)
    home = make.household(service_of(worker, make), places=2, name="Angela and Michael Foyle")
    make.allocation(worker, household=home)
    make.confirmation(home, at(date(2026, 11, 10)))
    make.hold(home, expected_until_on=date(2026, 11, 26))
    ended = make.household(service_of(worker, make), name="Gone", ended_on=date(2026, 11, 1))
    make.allocation(worker, household=ended)

    page = sign_in(worker).get("/today")

    assert titles(page) == [
        "Confirm Angela and Michael Foyle",
        "Bring back places at Angela and Michael Foyle",
    ]
    assert "Last confirmed 10 November, 14 days ago. 1 vacant place." in page.text
    assert "Stale" in page.text


def test_a_place_reserved_for_a_closed_search_is_to_be_brought_back(make, sign_in):
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER)
    home = make.household(service_of(worker, make), places=3, name="The Foyles")
    make.allocation(worker, household=home)
    make.confirmation(home, clock.now())
    child = make.child(home.service)
    now = clock.now()
    make.hold(home, search_id=make.search(child).id)
    make.hold(home, search_id=make.search(make.child(), closed_at=now).id)
    there = sign_in(worker)
    assert titles(there.get("/today")) == []
    search = make.search(child, ref="S-0007", closed_at=now)
    make.hold(home, search_id=search.id, expected_until_on=date(2027, 3, 1))

    page = there.get("/today")

    assert titles(page) == ["Bring back places at The Foyles"]
    assert "Search S-0007 is closed, and 1 place is reserved for it still." in page.text


def test_a_manager_sees_the_whole_service(make, sign_in):
    manager = make.viewer(Role.TEAM_MANAGER)
    make.enquiry(service_of(manager, make), applicant_1="Nobody Has")
    make.household(service_of(manager, make), name="The Foyles")

    page = sign_in(manager).get("/today")

    assert set(titles(page)) == {
        "Give Nobody Has to a worker",
        "Ask for The Foyles to be confirmed",
        "Give The Foyles to a supervising social worker",
    }


def test_what_is_told_further_ahead_is_not_hidden_by_how_far_the_page_looks(make, sign_in):
    manager = make.viewer(Role.TEAM_MANAGER)
    make.household(service_of(manager, make))
    there = sign_in(manager)
    assert "and further for what takes longer" not in there.get("/today").text
    home = make.household(
        service_of(manager, make),
        approval=Approval.TEMPORARY,
        approved_on=clock.today() - timedelta(days=103),
        places=None,
    )
    make.temporary_approval(home, make.child(home.service))

    page = there.get("/today")

    assert f"Extend the temporary approval of {home.name}, or end it" in titles(page)
    assert "and further for what takes longer" in page.text


def test_a_role_without_the_page_is_refused(make, sign_in):
    assert sign_in(make.viewer(Role.SENIOR_READER)).get("/today").status == 403


def test_a_duplicate_is_nobodys_work(make, sign_in, officer):
    service = service_of(officer, make)
    received = at(date(2026, 11, 23))
    first = make.enquiry(service, received_at=received, applicant_1="Marcus Bell")
    make.enquiry(service, applicant_1="Marcus Bell", duplicate_of_id=first.id)

    assert titles(sign_in(officer).get("/today")) == ["Take up Marcus Bell"]


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.RECRUITMENT_OFFICER])
def test_a8_today_asks_the_database_as_often_for_three_hundred_rows_as_for_three(
    make, sign_in, role
):
    viewer = make.viewer(role)
    service = service_of(viewer, make)

    def statements(rows: int) -> int:
        for number in range(rows):
            enquiry = make.enquiry(
                service, received_at=NOW - timedelta(days=2), applicant_1=f"Person {number}"
            )
            home = make.household(service)
            make.hold(home, expected_until_on=date(2026, 11, 26))
            if number % 2:
                make.allocation(viewer, enquiry=enquiry)
                make.allocation(viewer, household=home)
        return count_of(lambda: sign_in(viewer).get("/today"))

    assert statements(3) == statements(297)
