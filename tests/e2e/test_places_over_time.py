"""A head of service looks at places over time, and the worker draws what they look at."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.jobs import charts, run
from carers.models import FosteringService
from tests.e2e.conftest import Live, check_axe
from tests.e2e.journey import Person, make_people
from tests.factories import Make

pytestmark = pytest.mark.e2e


def make_homes(live: Live) -> None:
    """One with a child and a place on hold, and one that had no terms for a while."""
    today = clock.today()
    with live.worker.app_context():
        service = db.session.scalars(select(FosteringService)).one()
        set_viewer([service.id])
        home = Make.household(service, places=3)
        Make.placement(home, from_on=today - timedelta(days=200))
        Make.hold(home, from_on=today - timedelta(days=20))
        gap = Make.household(service, places=None)
        Make.terms(gap, places=1, until_on=today - timedelta(days=9))
        Make.terms(gap, places=1, from_on=today - timedelta(days=5))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_picture_is_waited_for_looked_at_and_read(browser: Browser, live: Live, scripts, width):
    make_people(live.worker)
    make_homes(live)
    head = Person(browser, live.address, Role.HEAD_OF_SERVICE, scripts=scripts)
    head.page.set_viewport_size({"width": width, "height": 900})
    head.part("Capacity", "Vacancy board")
    head.part("Places over time", "Places over time")
    head.reads("The picture is being drawn")

    run(live.worker, charts.DRAW)
    head.open("Look again", "Places over time")

    picture = head.page.get_by_role("img")
    expect(picture).to_be_visible()
    drawn = picture.evaluate("image => [image.complete, image.naturalWidth, image.currentSrc]")
    assert drawn[:2] == [True, 1200 if width > 700 else 358]
    assert urlsplit(drawn[2]).path.endswith("/wide.svg" if width > 700 else "/narrow.svg")
    for narrower in (width, 320):
        head.page.set_viewport_size({"width": narrower, "height": 900})
        assert head.page.locator("html").evaluate("page => page.scrollWidth") <= narrower
    head.page.set_viewport_size({"width": 1000, "height": 900})
    expect(picture).to_have_js_property("naturalWidth", 358)

    together = head.page.get_by_role("table", name="Nights, month by month").get_by_role("row").last
    filled = together.get_by_role("link").nth(2)
    nights = filled.inner_text().split()[0]
    head.open(filled.inner_text(), f"Nights, filled: {nights} nights")


def test_dates_that_cannot_be_are_said_so_and_can_be_mended(browser: Browser, live: Live):
    make_people(live.worker)
    make_homes(live)
    head = Person(browser, live.address, Role.HEAD_OF_SERVICE)
    head.part("Capacity", "Vacancy board")
    head.part("Places over time", "Places over time")
    head.page.get_by_text("Change", exact=True).click()
    head.date("From", 31, 2, 2026)
    head.date("To", 1, 3, 2026)
    head.page.get_by_role("button", name="Show these figures").click()
    head.reads("The first day must be a real date")
    check_axe(head.page)

    head.date("From", 1, 2, 2026)
    head.press("Show these figures", "Places over time")
    head.reads("1 February to 1 March 2026, 29 nights")
