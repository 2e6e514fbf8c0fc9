"""A placements officer places a child with an agency and brings them home, at both widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import FosteringService
from tests.e2e.conftest import Live
from tests.e2e.journey import Person, make_people
from tests.e2e.test_moving import looked_at
from tests.factories import Make

pytestmark = pytest.mark.e2e

HOME = "Nan Birch"


def make_home(live: Live) -> None:
    make_people(live.worker)
    with live.worker.app_context():
        set_viewer([db.session.scalars(select(FosteringService.id)).one()])
        service = db.session.scalars(select(FosteringService)).one()
        Make.household(service, places=1, name=HOME, ref="H-0400")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_child_lives_with_an_agency_and_comes_home(browser: Browser, live: Live, scripts, width):
    make_home(live)
    officer = Person(browser, live.address, Role.PLACEMENTS_OFFICER, scripts=scripts)
    officer.page.set_viewport_size({"width": width, "height": 900})
    officer.page.goto(f"{live.address}/agency-placements")
    looked_at(officer, width)

    place(officer, width)
    bring_home(officer, width)


def place(officer: Person, width: int) -> None:
    officer.page.get_by_role("link", name="Place a child with an agency").first.click()
    officer.reads("No agency is recorded yet")
    officer.open("Add an agency", "Add an agency")
    looked_at(officer, width)
    officer.type("Name of the agency", "Larkfield")
    officer.choose("What kind is it?", "Independent fostering agency")
    officer.press("Add the agency", "Place a child with an agency")
    looked_at(officer, width)
    born = clock.today() - timedelta(days=3000)
    officer.date("Date of birth of a new child", born.day, born.month, born.year)
    officer.select("Placement code (SSDA903)", "U6: Other foster carer, not long term")
    officer.type("Weekly cost (optional)", "£912.50")
    officer.press("Place the child", "With agencies")
    officer.reads("The child is recorded with Larkfield", "C-0001", "£912.50")
    looked_at(officer, width)


def bring_home(officer: Person, width: int) -> None:
    officer.page.get_by_role("link", name="Correct the entry of C-0001").click()
    officer.page.wait_for_url("**/correct")
    looked_at(officer, width)
    officer.page.go_back()
    officer.page.get_by_role("link", name="Move C-0001").click()
    officer.page.wait_for_url("**/move")
    looked_at(officer, width)
    officer.select("Which home?", f"{HOME}, H-0400: 1 vacant today")
    officer.select("Why do they move?", "Moved under the care plan")
    officer.choose("What is it for?", "Long term")
    officer.choose("Placement code (SSDA903)", "U4: Other foster carer, long term")
    officer.press("Move the child", HOME)
    officer.reads("C-0001 is recorded here. Now 1 approved + 0 over = 1 filled")
