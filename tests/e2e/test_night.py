"""A duty worker’s night, as a new user would, and the first day of a service with no records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.register import Skill
from carers.domain.roles import Role
from carers.models import FosteringService, Household
from tests.e2e.conftest import Live
from tests.e2e.journey import NAMES, Person, make_people
from tests.e2e.test_confirming import lose_the_answer
from tests.e2e.test_moving import looked_at
from tests.e2e.test_week import refused, typed_on
from tests.factories import LONG_AGO, Make

pytestmark = pytest.mark.e2e

OFFICER = Role.PLACEMENTS_OFFICER
LAST, LARGE, THREE = "Nan Birch", "Grace and Tom Okafor", "Olive Reed"
TODAY = clock.today()
BORN = date(2018, 5, 2)


def make_homes(live: Live) -> None:
    """One home with one place; one with three; and one of four places where three children live."""
    make_people(live.worker)
    with live.worker.app_context():
        service = db.session.scalars(select(FosteringService)).one()
        set_viewer([service.id])
        now = clock.now()
        for name, places in ((LAST, 1), (LARGE, 3), (THREE, 4)):
            home = Make.household(service, places=places, name=name, age_max=10)
            if name != LAST:
                Make.confirmation(home, now, created_at=now)
            if name == LARGE:
                Make.skill(home, Skill.PARENT_AND_CHILD)
            for number in range(3 if name == THREE else 0):
                child = Make.child(service, ref=f"C-070{number}", born_on=BORN)
                Make.placement(home, child=child, from_on=LONG_AGO)


@dataclass
class Night:
    """Who is on duty, and what else happens meanwhile."""

    officer: Person
    live: Live
    width: int

    @property
    def page(self) -> Page:
        return self.officer.page

    def board(self) -> None:
        self.officer.part("Capacity", "Vacancy board")

    def place(self, name: str, ref: str | None = None) -> None:
        """Open the form of a home and fill it in for a child: a new one, or one who is known."""
        self.page.goto(f"{self.live.address}/vacancies")
        for link in (name, "Place a child"):
            self.page.locator("main").get_by_role("link", name=link).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Place a child")
        if ref:
            self.officer.type("Child’s reference", ref)
        else:
            typed_on(self.officer, "Date of birth of a new child", BORN)
        self.officer.choose("What is it for?", "Short term")
        self.officer.choose("Placement code (SSDA903)", "U6: Other foster carer, not long term")

    def looked_at(self) -> None:
        looked_at(self.officer, self.width)


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "phone without scripts"]
)
def test_b7_a_duty_workers_night(browser: Browser, live: Live, width, scripts):
    make_homes(live)
    officer = Person(browser, live.address, OFFICER, scripts=scripts)
    officer.page.set_viewport_size({"width": width, "height": 900})
    night = Night(officer, live, width)

    looks(night)
    finds_that_a_place_is_taken(night)
    places_children(night)
    finds_a_page_stale(night)
    loses_the_line(night)
    ends_a_stay(night)
    looks_further(night)
    officer.leave()


def looks(night: Night) -> None:
    """The board, by what is needed; a search that nothing fits; and the list on paper."""
    officer, page = night.officer, night.page
    night.board()
    officer.reads("5 places are vacant in 3 homes", "Ring first")
    night.looked_at()
    asks(night)
    page.get_by_label("Parent and child (1)").check()
    officer.press("Apply filters", "Vacancy board")
    officer.reads("3 places are vacant in 1 home")
    asks(night)
    officer.type("Age of child", "16")
    officer.press("Apply filters", "Vacancy board")
    officer.reads("No home matches.")
    night.looked_at()
    page.goto(f"{night.live.address}/vacancies")
    officer.open("Print the list for tonight", "Homes for tonight")
    officer.reads("2 homes, 4 places", "No addresses are printed")
    night.looked_at()


def asks(night: Night) -> None:
    """Open the filter, which is folded on a phone."""
    if night.width < 700:
        night.page.locator("summary", has_text="Filter").click()


def finds_that_a_place_is_taken(night: Night) -> None:
    """Somebody else takes the last place while the form is being filled in."""
    night.place(LAST)
    with night.live.worker.app_context():
        set_viewer([db.session.scalars(select(FosteringService.id)).one()])
        home = db.session.scalars(select(Household).where(Household.name == LAST)).one()
        Make.placement(home, from_on=TODAY)
    refused(night.officer, "Place the child", "No place is vacant on every one of these days")
    night.officer.reads("No place is vacant here today")
    expect(night.page.get_by_label("Why is it right to go over?")).to_have_count(0)
    night.looked_at()
    night.officer.open("the vacancy board", "Vacancy board")


def places_children(night: Night) -> None:
    """A fourth child is refused nothing but told; who lives elsewhere is moved, or has respite."""
    officer, page = night.officer, night.page
    night.place(THREE)
    officer.reads(
        "3 children live here. Another needs an exemption", "Whoever has the home records it"
    )
    officer.press("Place the child", THREE)
    officer.reads("Now 4 approved + 0 over = 4 filled + 0 not available + 0 vacant")
    night.looked_at()

    night.place(LARGE, "C-0700")
    page.get_by_role("group", name="Is it a respite stay?").get_by_label("Yes").check()
    officer.press("Place the child", LARGE)
    officer.reads("C-0700 is recorded here", "Respite, beside the home they live in")

    night.place(LARGE, "C-0701")
    refused(officer, "Place the child", f"C-0701 lives in {THREE}")
    night.looked_at()
    officer.open("Move them here", "Move C-0701 to another home")
    officer.select("Why do they move?", "Moved under the care plan")
    officer.choose("What is it for?", "Long term")
    officer.choose("Placement code (SSDA903)", "U4: Other foster carer, long term")
    officer.press("Move the child", LARGE)
    officer.reads("C-0701 is recorded here. Now 3 approved + 0 over = 2 filled")


def finds_a_page_stale(night: Night) -> None:
    """A page that was open while the home changed says what changed, and keeps what was typed."""
    officer = night.officer
    night.place(THREE)
    other = Person(officer.browser, officer.address, OFFICER, scripts=officer.scripts)
    other.page.goto(night.page.url.removesuffix("/place"))
    other.page.get_by_role("link", name="record that C-0702 left").click()
    other.select("Why did it end?", "Returned home, planned")
    other.press("Record that the child left", THREE)
    other.reads("C-0702 no longer lives here")
    other.page.context.close()
    refused_as_stale(night)
    officer.press("Place the child", THREE)
    officer.reads("Now 4 approved + 0 over = 3 filled + 0 not available + 1 vacant")


def refused_as_stale(night: Night) -> None:
    with night.page.expect_navigation():
        night.page.get_by_role("button", name="Place the child").click()
    expect(night.page.locator(".govuk-error-summary")).to_be_visible()
    night.looked_at()


def loses_the_line(night: Night) -> None:
    """With no network the form cannot go; sent again once there is, it is done, and once."""
    officer, page = night.officer, night.page
    night.place(THREE)
    page.context.set_offline(True)
    page.get_by_role("button", name="Place the child").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.reload()
    officer.reads("recorded here. Now 4 approved + 0 over = 4 filled + 0 not available + 0 vacant")

    night.place(LARGE)
    page.route("**/place", lose_the_answer)
    page.get_by_role("button", name="Place the child").click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/place")
    page.reload()
    officer.reads("recorded here. Now 3 approved + 0 over = 3 filled + 0 not available + 0 vacant")


def ends_a_stay(night: Night) -> None:
    officer, page = night.officer, night.page
    page.get_by_role("link", name="record that C-0700 left").click()
    page.wait_for_url("**/end")
    refused(officer, "Record that the child left", "Select why it ended")
    officer.select("Why did it end?", "Returned home, planned")
    night.looked_at()
    officer.press("Record that the child left", LARGE)
    officer.reads("C-0700 no longer lives here. Now 3 approved + 0 over = 2 filled")


def looks_further(night: Night) -> None:
    """When no home of the service will do, an agency is a step away."""
    officer = night.officer
    night.board()
    officer.part("With agencies", "With agencies")
    officer.reads("No child of ours lives with an agency today")
    officer.open("Place a child with an agency", "Place a child with an agency")
    officer.reads("No agency is recorded yet")
    night.looked_at()


SAYS = {
    "/today": "Nothing is due today",
    "/enquiries": "No enquiry is open",
    "/pipeline": "No household is on the way",
    "/panel": "A case comes here when",
    "/my-carers": "No home",
    "/households": "One appears here when",
    "/vacancies": "One appears here when",
    "/vacancies/tonight": "Go back to the vacancy board",
    "/on-hold": "puts one on hold from My carers",
    "/agency-placements": "One appears here when",
    "/insight/targets": "No target",
    "/insight/places-over-time": "Choose other dates or other homes",
}


def test_b7_every_page_of_an_empty_service_says_what_to_do(browser: Browser, live: Live):
    make_people(live.worker)
    opened: set[str] = set()
    for role in NAMES:
        person = Person(browser, live.address, role)
        for path in pages_of(person):
            person.page.goto(live.address + path)
            person.reads(SAYS[path])
            if path not in opened:
                for width in (390, 1280):
                    looked_at(person, width)
            opened.add(path)
        person.page.context.close()
    assert opened == set(SAYS)


def pages_of(person: Person) -> Iterator[str]:
    """Every page that the navigation of its own pages leads to."""
    seen: list[str] = []
    waiting = [person.page.url.removeprefix(person.address)]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.append(path)
            yield path
            links = person.page.locator("nav a").all()
            waiting += [str(link.get_attribute("href")) for link in links]
