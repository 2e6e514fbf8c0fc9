"""A supervising social worker’s week, as a new user would: on a phone, and without scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from carers import filters
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import FosteringService, Membership, Scheme
from tests.e2e.conftest import Live
from tests.e2e.journey import Person, make_people
from tests.e2e.test_moving import entry, looked_at
from tests.factories import Make

pytestmark = pytest.mark.e2e

SUPERVISOR, MANAGER = Role.SUPERVISING_SOCIAL_WORKER, Role.TEAM_MANAGER
HOLDS, LEAVES, ASKED, COVERED = "Hannah Bell", "Derek Cole", "Jo Frost", "Priya Nair"
TODAY = clock.today()
HOLD_ENDS = TODAY + timedelta(days=14)


def make_homes(live: Live) -> None:
    """Three homes of Helen’s confirmed nine days ago, and one of a colleague’s."""
    make_people(live.worker)
    with live.worker.app_context():
        service = db.session.scalars(select(FosteringService)).one()
        set_viewer([service.id])
        helen = db.session.scalars(select(Membership).where(Membership.name == "Helen Marsh")).one()
        away = Make.member(SUPERVISOR, works_for=service, name="Joanna Pike")
        long_ago = clock.now() - timedelta(days=9)
        for name, places, worker in (
            (HOLDS, 3, helen),
            (LEAVES, 1, helen),
            (ASKED, 2, helen),
            (COVERED, 1, away),
        ):
            home = Make.household(service, places=places, name=name, address="7 Larch Road")
            Make.allocation(Make.viewer_of(worker), household=home)
            Make.confirmation(home, long_ago, created_at=long_ago)
            if name == ASKED:
                child = Make.child(service, ref="C-0412")
                Make.placement(home, child=child, from_on=TODAY - timedelta(days=1))
        Make.keep(Scheme(service_id=service.id, code="hub", name="Larkfield hub"))


@pytest.mark.parametrize(
    ("width", "scripts"), [(390, True), (1280, False)], ids=["phone", "without scripts"]
)
def test_b7_a_supervising_social_workers_week(browser: Browser, live: Live, width, scripts):
    make_homes(live)
    helen = Person(browser, live.address, SUPERVISOR, scripts=scripts)
    helen.page.set_viewport_size({"width": width, "height": 900})

    monday(helen, width)
    tuesday(helen, width)
    wednesday(helen, width)
    thursday(helen, width)
    exempt(helen, width)
    let_cover(Person(browser, live.address, MANAGER, scripts=scripts), width)
    friday(helen, width)


def monday(helen: Person, width: int) -> None:
    helen.part("Today", "Today")
    helen.reads("3 things are due", f"Confirm {LEAVES}")
    looked_at(helen, width)
    helen.open(f"Confirm {LEAVES}", LEAVES)
    helen.press("Confirm unchanged", LEAVES)
    helen.reads(f"{LEAVES} confirmed", "Not right?")
    helen.part("Carers", "My carers")
    helen.reads("2 of your 3 homes are stale")
    helen.press("Confirm 1 unchanged, and those ticked", "My carers")
    helen.reads("1 home confirmed", f"{ASKED}: 1 vacant, 1 filled")
    helen.page.locator("#together").get_by_role("checkbox").check()
    helen.press("Confirm those ticked", "My carers")
    helen.reads("All your 3 homes were confirmed in the last 7 days")
    looked_at(helen, width)


def tuesday(helen: Person, width: int) -> None:
    helen.page.get_by_role("link", name=re.compile(f"a place with {HOLDS}")).click()
    helen.page.wait_for_url("**/record-unavailability")
    helen.choose("How many places?", "2")
    typed_on(helen, "Expected to end", TODAY - timedelta(days=4))
    refused(helen, "Put on hold", "Select why the places are on hold", "must be after the first")
    expect(helen.page.get_by_label("2", exact=True)).to_be_checked()
    looked_at(helen, width)
    helen.choose("Why?", "Carers are taking a break")
    typed_on(helen, "Expected to end", HOLD_ENDS)
    helen.press("Put on hold", HOLDS)
    helen.reads(
        "2 places put on hold. Now 3 approved + 0 over = 0 filled + 2 not available + 1 vacant",
        f"Carers are taking a break, until {filters.day(HOLD_ENDS)}",
    )
    looked_at(helen, width)
    helen.open("Put a place on hold", "Put a place on hold")
    helen.choose("How many places?", "3")
    helen.choose("Why?", "Other")
    typed_on(helen, "Expected to end", HOLD_ENDS)
    refused(helen, "Put on hold", "must be 1 or fewer")
    helen.part("Capacity", "Vacancy board")
    helen.reads("4 places are vacant in 4 homes", HOLDS)
    helen.part("On hold", "On hold")
    helen.reads("2 places are not available in 1 home")
    expect(helen.page.locator("tbody")).to_contain_text("Carers are taking a break")


def wednesday(helen: Person, width: int) -> None:
    """A carer gives notice, and the terms of two homes change by either route."""
    helen.part("Carers", "My carers")
    helen.open(LEAVES, LEAVES)
    helen.open("End the approval", "End the approval")
    refused(helen, "Continue", "Select who began it", "Select why the approval ends")
    helen.choose("Who began it?", "Carer")
    helen.choose("Why?", "Retired")
    typed_on(helen, "If the carers gave written notice", TODAY)
    helen.press("Continue", "End the approval")
    ends = filters.day(TODAY + timedelta(days=28))
    helen.reads(f"The approval ends on {ends}: 28 days after the notice received")
    looked_at(helen, width)
    helen.press("End the approval", LEAVES)
    helen.reads(f"The approval ends on {ends}. Until then a vacant place counts", "ends 28 days")

    change_terms(helen, "A proposal in writing, with 28 days to make representations", width)
    begin = filters.day(TODAY + timedelta(days=29))
    helen.reads(f"The new terms are entered: in force from {begin}", "28 days for representations")
    change_terms(
        helen, "The carers agree in writing: without the 28 days (regulation 28(9A))", width
    )
    helen.reads(f"in force from {filters.day(TODAY)}", "2 of 3 places are vacant")


def change_terms(helen: Person, route: str, width: int) -> None:
    is_agreed = "agree" in route
    helen.part("Carers", "My carers")
    helen.open(ASKED if is_agreed else HOLDS, ASKED if is_agreed else HOLDS)
    helen.open("Change the terms", "Change the terms")
    helen.choose("How do the terms change?", route)
    typed_on(helen, "Day the proposal was sent", TODAY)
    helen.type("How many children may live there at once?", "3" if is_agreed else "4")
    if is_agreed:
        typed_on(helen, "day they agreed", TODAY)
        refused(helen, "Change the terms", "must have a written statement")
        looked_at(helen, width)
        helen.page.get_by_label("They were given a written statement").check()
    helen.press("Change the terms", ASKED if is_agreed else HOLDS)


def thursday(helen: Person, width: int) -> None:
    """The register of a home, and an entry that was typed wrong."""
    helen.open("Add a skill", "Add a skill")
    refused(helen, "Add the skill", "Select a skill", "Select a level")
    helen.choose("Which skill?", "Therapeutic")
    helen.choose("At which level?", "Trained")
    helen.press("Add the skill", ASKED)
    helen.reads("The skill is added")
    helen.open("Add a person", "Add a person")
    helen.choose("What are they here?", "Carer")
    helen.type("First name (optional)", "Sam")
    helen.type("Family name (optional)", "Frost")
    looked_at(helen, width)
    helen.press("Save", ASKED)
    helen.reads("The person is added", "Sam Frost")
    helen.open("Join a scheme", "Join a scheme")
    helen.select("Which scheme?", "Larkfield hub")
    helen.press("Join the scheme", ASKED)
    helen.reads("The home joined it", "Larkfield hub")
    entry(helen, "Therapeutic, trained")
    helen.choose("What was wrong?", "All of it: remove it, it was a mistake")
    looked_at(helen, width)
    helen.press("Correct this entry", ASKED)
    helen.reads("The entry is removed", "No skills are recorded.")


def exempt(helen: Person, width: int) -> None:
    helen.open("Record an exemption", "Record an exemption")
    helen.type("Which children does it name?", "C-0412")
    refused(helen, "Record the exemption", "Enter which authority gave it")
    looked_at(helen, width)
    helen.type("Which authority gave it?", "Elmshire")
    helen.press("Record the exemption", ASKED)
    helen.reads("The exemption is recorded")


def let_cover(manager: Person, width: int) -> None:
    """A colleague is on leave: a manager lets Helen cover her home."""
    manager.page.set_viewport_size({"width": width, "height": 900})
    manager.part("Carers", "My carers")
    manager.open(COVERED, COVERED)
    manager.page.locator("main a[href$='/cover']").click()
    manager.page.wait_for_url("**/cover")
    manager.select("Which supervising social worker?", "Helen Marsh")
    looked_at(manager, width)
    manager.press("Let them cover it", COVERED)
    manager.reads("Helen Marsh")
    manager.page.context.close()


def friday(helen: Person, width: int) -> None:
    helen.part("Carers", "My carers")
    helen.reads(COVERED, "You cover it")
    helen.open(HOLDS, HOLDS)
    expect(helen.page.get_by_role("link", name="Ring 01632 960645")).to_have_attribute(
        "href", "tel:01632960645"
    )
    helen.open("Show the address", "Address")
    helen.reads("7 Larch Road", "That you opened this page is recorded")
    looked_at(helen, width)
    helen.page.get_by_role("link", name="Back", exact=True).click()
    helen.open("Bring back", "Bring back 2 places")
    looked_at(helen, width)
    helen.press("Bring back", HOLDS)
    helen.reads("2 places brought back. Now 3 approved + 0 over = 0 filled + 0 not available")
    helen.leave()


def typed_on(somebody: Person, legend: str, day: date) -> None:
    somebody.date(legend, day.day, day.month, day.year)


def refused(somebody: Person, button: str, *sentences: str) -> None:
    """Send a form that is not right: the page says what is wrong with it, above and beside."""
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("button", name=button).first.click()
    for sentence in sentences:
        expect(somebody.page.locator(".govuk-error-summary")).to_contain_text(sentence)
        expect(somebody.page.locator(".govuk-error-message", has_text=sentence)).to_be_visible()
