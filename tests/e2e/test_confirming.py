"""A worker’s twelve homes confirmed on a phone, on a slow line and on one that is cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Route, expect
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import Confirmation, FosteringService, Household, Membership
from tests.e2e.conftest import Live, check_axe
from tests.e2e.journey import Person, make_people
from tests.factories import Make

pytestmark = pytest.mark.e2e

SUPERVISOR = Role.SUPERVISING_SOCIAL_WORKER
HOMES, ALONE = 12, 3
SLOW = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
TOGETHER = "**/my-carers/confirm"


@dataclass
class Phone:
    """Somebody at 390 pixels on a slow line, whose taps and page loads are counted."""

    person: Person
    taps: int = 0
    loads: int = 0
    line: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        page = self.person.page
        page.set_default_timeout(30_000)
        self.line = page.context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.is_cut(cut=False)
        page.on("load", lambda _: self._loaded())

    def _loaded(self) -> None:
        self.loads += 1

    def is_cut(self, *, cut: bool) -> None:
        self.line.send("Network.emulateNetworkConditions", {**SLOW, "offline": cut})

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def open_my_carers(self) -> None:
        self.person.page.goto(f"{self.person.address}/my-carers")

    @property
    def together(self) -> Locator:
        return self.person.page.locator("#together")


@pytest.fixture
def phone(browser: Browser, live: Live) -> Phone:
    make_people(live.worker)
    with live.worker.app_context():
        make_homes()
    return Phone(Person(browser, live.address, SUPERVISOR))


def make_homes() -> None:
    """All confirmed nine days ago; a child has come to three of them since."""
    service = db.session.scalars(select(FosteringService)).one()
    set_viewer([service.id])
    members = db.session.scalars(select(Membership))
    worker = Make.viewer_of(next(one for one in members if SUPERVISOR in one.roles))
    long_ago, today = clock.now() - timedelta(days=9), clock.today()
    for number in range(HOMES):
        home = Make.household(service, places=2, name=f"Home {number:02}")
        Make.allocation(worker, household=home)
        Make.confirmation(home, long_ago, created_at=long_ago)
        if number < ALONE:
            Make.placement(home, from_on=today - timedelta(days=1))


def confirmed_today(live: Live) -> Counter[str]:
    """How many times each home was confirmed today."""
    with live.worker.app_context():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        query = (
            select(Household.name)
            .join(Confirmation, Confirmation.household_id == Household.id)
            .where(Confirmation.at >= clock.at(clock.today()))
        )
        return Counter(db.session.scalars(query))


def test_b4_twelve_homes_confirmed_in_at_most_40_taps_and_3_page_loads(
    live: Live, phone: Phone
) -> None:
    page = phone.person.page
    phone.tap(page.locator("nav").get_by_role("link", name="My carers"))
    phone.tap(page.get_by_role("link", name="Go to the end of the list"))
    boxes = phone.together.get_by_role("checkbox")
    expect(boxes).to_have_count(ALONE)
    for number in range(ALONE):
        phone.tap(boxes.nth(number))
    phone.tap(phone.together.get_by_role("button", name="Confirm all 9 unchanged"))

    phone.person.reads("12 homes confirmed", "All your 12 homes were confirmed")
    assert confirmed_today(live) == {f"Home {number:02}": 1 for number in range(HOMES)}
    assert phone.taps <= 40
    assert phone.loads <= 3
    check_axe(page)


def test_b4_the_network_cut_half_way_leaves_what_was_confirmed_and_asks_the_rest_once(
    live: Live, phone: Phone
) -> None:
    page = phone.person.page
    phone.open_my_carers()
    for number in (3, 4, 5):
        with page.expect_navigation():
            phone.tap(page.get_by_role("button", name=f"Confirm Home {number:02}"))
    half = confirmed_today(live)
    assert sorted(half) == ["Home 03", "Home 04", "Home 05"]

    phone.is_cut(cut=True)
    phone.tap(phone.together.get_by_role("button"))
    page.wait_for_timeout(1_000)
    assert confirmed_today(live) == half

    phone.is_cut(cut=False)
    phone.open_my_carers()
    expect(phone.together.get_by_role("button")).to_have_text(
        "Confirm all 6 unchanged, and those ticked"
    )
    page.route(TOGETHER, lose_the_answer)
    phone.tap(phone.together.get_by_role("button"))
    page.wait_for_timeout(4_000)
    page.unroute(TOGETHER)

    phone.open_my_carers()
    expect(phone.together.get_by_role("button")).to_have_text("Confirm those ticked")
    for box in phone.together.get_by_role("checkbox").all():
        phone.tap(box)
    with page.expect_navigation():
        phone.tap(phone.together.get_by_role("button"))
    phone.person.reads("3 homes confirmed")
    assert confirmed_today(live) == {f"Home {number:02}": 1 for number in range(HOMES)}


def lose_the_answer(route: Route) -> None:
    """What was sent arrives, and what comes back does not."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")
