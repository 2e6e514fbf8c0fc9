"""A team manager overrides, moves a child and puts an entry right, at both widths."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import FosteringService
from tests.e2e.conftest import Live, check_axe
from tests.e2e.journey import Person, make_people
from tests.factories import Make

pytestmark = pytest.mark.e2e

FULL, OTHER = "Priya and Neil Marsh", "Nan Birch"


def make_homes(live: Live) -> str:
    """A home with a child in its one place, and another with room; the address of the first."""
    with live.worker.app_context():
        set_viewer([db.session.scalars(select(FosteringService.id)).one()])
        service = db.session.scalars(select(FosteringService)).one()
        full = Make.household(service, places=1, name=FULL)
        Make.placement(full)
        child = Make.child(service, ref="C-0777")
        Make.exemption(full, child)
        Make.household(service, places=2, name=OTHER, ref="H-0400")
        return f"{live.address}/households/{full.id}"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_manager_overrides_moves_and_corrects(browser: Browser, live: Live, scripts, width):
    make_people(live.worker)
    address = make_homes(live)
    manager = Person(browser, live.address, Role.TEAM_MANAGER, scripts=scripts)
    page = manager.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    override(manager, width)
    move(manager, width)
    take_back(manager, width)
    page.goto(address)
    looked_at(manager, width)


def override(manager: Person, width: int) -> None:
    manager.open("Place a child", "Place a child")
    born = clock.today() - timedelta(days=3000)
    manager.date("Date of birth of a new child", born.day, born.month, born.year)
    manager.choose("What is it for?", "Short term")
    manager.choose("Placement code (SSDA903)", "U6: Other foster carer, not long term")
    place = manager.page.get_by_role("button", name="Place the child")
    with manager.page.expect_navigation():
        place.click()
    manager.reads("No place is vacant on every one of these days")
    looked_at(manager, width)
    manager.type("Why is it right to go over?", "A sister lives here")
    with manager.page.expect_navigation():
        place.click()
    manager.reads("Now 1 approved + 1 over = 2 filled", "beyond the places there were: A sister")


def move(manager: Person, width: int) -> None:
    manager.page.get_by_role("link", name="to another home").first.click()
    looked_at(manager, width)
    manager.select("Which home?", f"{OTHER}, H-0400: 2 vacant today")
    manager.select("Why do they move?", "Moved under the care plan")
    manager.choose("What is it for?", "Long term")
    manager.choose("Placement code (SSDA903)", "U4: Other foster carer, long term")
    manager.press("Move the child", OTHER)
    manager.reads("is recorded here. Now 2 approved + 0 over = 1 filled")


def take_back(manager: Person, width: int) -> None:
    entry(manager, "came to live here")
    looked_at(manager, width)
    manager.choose("What was wrong?", "All of it: remove it, it was a mistake")
    manager.press("Correct this entry", OTHER)
    manager.reads("The entry is removed", "Removed, it was a mistake: it counts in nothing")
    entry(manager, "Terms: 2 places")
    looked_at(manager, width)


def entry(manager: Person, words: str) -> None:
    named = re.compile(f"Correct this entry.*{words}")
    manager.page.get_by_role("link", name=named).first.click()
    manager.page.wait_for_url("**/correct")


def looked_at(somebody: Person, width: int) -> None:
    if somebody.scripts:
        check_axe(somebody.page)
    for narrower in (width, 320):
        somebody.page.set_viewport_size({"width": narrower, "height": 900})
        assert somebody.page.locator("html").evaluate("page => page.scrollWidth") <= narrower
    somebody.page.set_viewport_size({"width": width, "height": 900})
