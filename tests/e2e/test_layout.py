"""Pages stand as their pictures do: rows of buttons, a filter on a phone, the list on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain.roles import Role
from carers.models import FosteringService
from tests.e2e.conftest import Live
from tests.e2e.journey import Person, make_people
from tests.factories import Make

pytestmark = pytest.mark.e2e

HOMES = 12


def make_homes(live: Live) -> str:
    """Homes with a place each, most in an area of their own; the address of the last."""
    with live.worker.app_context():
        service = db.session.scalars(select(FosteringService)).one()
        set_viewer([service.id])
        homes = [
            Make.household(service, places=1, postcode=f"EL{number // 2 + 1} 1ZZ")
            for number in range(HOMES)
        ]
        return f"{live.address}/households/{homes[-1].id}"


def heights(buttons: Locator) -> set[int]:
    return {round(box["height"]) for one in buttons.all() if (box := one.bounding_box())}


def test_buttons_of_a_row_are_as_high_as_each_other_and_for_a_thumb_on_a_phone(
    browser: Browser, live: Live
) -> None:
    make_people(live.worker)
    address = make_homes(live)
    page = Person(browser, live.address, Role.TEAM_MANAGER).page
    page.goto(address)
    buttons = page.locator(".c-actions button, .c-actions a")
    expect(buttons).to_have_count(3)
    for width, least in ((1280, 40), (390, 44)):
        page.set_viewport_size({"width": width, "height": 900})
        assert len(heights(buttons)) == 1
        assert min(heights(buttons)) >= least


def test_a_filter_says_on_a_phone_what_it_is_of_and_the_list_prints_on_two_sheets(
    browser: Browser, live: Live
) -> None:
    make_people(live.worker)
    make_homes(live)
    page = Person(browser, live.address, Role.PLACEMENTS_OFFICER).page
    page.goto(f"{live.address}/vacancies")
    summary = page.locator("summary")
    expect(summary).to_have_text("Filter: age, places, skills, area")
    for width, is_said in ((1280, False), (390, True)):
        page.set_viewport_size({"width": width, "height": 900})
        expect(summary.locator("span")).to_be_visible(visible=is_said)

    page.goto(f"{live.address}/vacancies/tonight")
    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type /Page\b", printed)) == 2
