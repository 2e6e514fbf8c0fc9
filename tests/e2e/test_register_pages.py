"""The pages of homes at the widths of phones, checked by axe; and the list for tonight on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from carers.db import db, set_viewer
from carers.domain.capacity import UnavailableReason
from carers.domain.register import PersonRole, Skill
from carers.domain.roles import Role
from carers.models import FosteringService, Membership, Scheme, SchemeMember
from tests.e2e.conftest import Live, check_axe
from tests.e2e.journey import Person, make_people
from tests.factories import LONG_AGO, Make

pytestmark = pytest.mark.e2e

SUPERVISOR, OFFICER = Role.SUPERVISING_SOCIAL_WORKER, Role.PLACEMENTS_OFFICER
LONG = "Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley"


def make_home(live: Live) -> str:
    """A home with a row of each kind, and where it is."""
    make_people(live.worker)
    with live.worker.app_context():
        service = db.session.scalars(select(FosteringService)).one()
        set_viewer([service.id])
        member = db.session.scalars(select(Membership).where(Membership.name == "Helen Marsh"))
        home = Make.household(service, places=3, name=f"{LONG} and Jo Foyle", bedrooms=4)
        Make.allocation(Make.viewer_of(member.one()), household=home)
        Make.person(home, given_name=LONG)
        Make.person(home, role=PersonRole.CHILD)
        Make.skill(home, Skill.EXPLOITATION, evidence="Course, March 2024")
        Make.placement(home)
        Make.hold(home, reason=UnavailableReason.CARER_UNKNOWN)
        scheme = Make.keep(Scheme(service_id=service.id, code="hub", name="Larkfield hub"))
        owned = {"service_id": service.id, "household_id": home.id, "from_on": LONG_AGO}
        Make.keep(SchemeMember(scheme_id=scheme.id, **owned))
        return f"/households/{home.id}"


@pytest.mark.parametrize("width", [390, 320])
def test_every_page_of_a_home_fits_a_phone_and_satisfies_axe(
    browser: Browser, live: Live, width: int
) -> None:
    home = make_home(live)
    person = Person(browser, live.address, SUPERVISOR)
    person.page.set_viewport_size({"width": width, "height": 900})
    changes = (
        "address",
        "edit",
        "people/add",
        "skills/add",
        "schemes/join",
        "change-terms",
        "end-approval",
    )
    pages = (
        "/my-carers",
        "/change-password",
        "/households",
        "/vacancies",
        "/vacancies/tonight",
        "/on-hold",
        home,
    )

    for path in (*pages, *(f"{home}/{change}" for change in changes)):
        response = person.page.goto(live.address + path)
        assert response is not None
        assert response.ok, path
        _fits(person.page, width)
        check_axe(person.page)


@pytest.mark.parametrize("role", [SUPERVISOR, Role.TEAM_MANAGER])
def test_every_correction_of_a_home_fits_a_phone_and_satisfies_axe(
    browser: Browser, live: Live, role: Role
) -> None:
    home = make_home(live)
    person = Person(browser, live.address, role)
    person.page.set_viewport_size({"width": 320, "height": 900})
    person.page.goto(f"{live.address}{home}?history=all")
    links = person.page.locator("main a[href*='/correct']").all()
    paths = {str(link.get_attribute("href")) for link in links}
    assert len(paths) == (9 if role is Role.TEAM_MANAGER else 6)
    if role is Role.TEAM_MANAGER:
        paths |= {f"{home}/allocate", f"{home}/cover"}

    _fits(person.page, 320)
    check_axe(person.page)
    for path in sorted(paths):
        person.page.goto(live.address + path)
        _fits(person.page, 320)
        check_axe(person.page)


def test_an_ending_is_checked_before_it_is_done_without_scripts(
    browser: Browser, live: Live
) -> None:
    home = make_home(live)
    person = Person(browser, live.address, SUPERVISOR, scripts=False)
    person.page.goto(f"{live.address}{home}/end-approval")
    person.choose("Who began it?", "Carer")
    person.choose("Why?", "Retired")
    person.date("If the carers gave written notice", 1, 3, 2026)
    person.page.get_by_role("button", name="Continue").click()

    summary = person.page.locator(".govuk-error-summary")
    assert "lives there on that day or later" in summary.inner_text()
    assert person.page.get_by_label("Retired").is_checked()


def test_the_list_for_tonight_is_printed_on_its_side(browser: Browser, live: Live) -> None:
    make_home(live)
    person = Person(browser, live.address, OFFICER)
    person.open("Print the list for tonight", "Homes for tonight")
    printed = person.page.pdf(prefer_css_page_size=True)
    person.page.emulate_media(media="print")

    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert boxes
    assert all(float(wide) > float(high) for wide, high in boxes)
    assert not person.page.locator(".c-header").is_visible()
    assert not person.page.get_by_role("link", name="Back").is_visible()
    assert person.page.get_by_text("Shred after 9am").is_visible()
    bold = person.page.locator("strong", has_text="01632 960645")
    assert int(bold.evaluate("one => getComputedStyle(one).fontWeight")) >= 700


def _fits(page: Page, width: int) -> None:
    widest = page.locator("html").evaluate("page => page.scrollWidth")
    assert widest <= width, f"{page.url} is {widest} wide at {width}"
