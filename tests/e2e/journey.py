"""People at work in a browser: what they click and type, with axe after every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from carers.db import db, set_viewer, transaction
from carers.domain.recruitment import ServiceKind
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import FosteringService
from carers.services import users
from tests.e2e.conftest import check_axe

PASSWORD = "a-long-enough-password"
WIDTHS: Mapping[Role, int] = {
    Role.RECRUITMENT_OFFICER: 1280,
    Role.ASSESSING_SOCIAL_WORKER: 1024,
    Role.PANEL_ADMINISTRATOR: 1366,
    Role.DECISION_MAKER: 1440,
    Role.SUPERVISING_SOCIAL_WORKER: 390,
    Role.PLACEMENTS_OFFICER: 1280,
    Role.HEAD_OF_SERVICE: 1920,
    Role.TEAM_MANAGER: 1280,
}
NAMES: Mapping[Role, str] = {
    Role.RECRUITMENT_OFFICER: "Dawn Ashworth",
    Role.ASSESSING_SOCIAL_WORKER: "Amara Osei",
    Role.PANEL_ADMINISTRATOR: "Carol Denby",
    Role.DECISION_MAKER: "Margaret Thornley",
    Role.SUPERVISING_SOCIAL_WORKER: "Helen Marsh",
    Role.PLACEMENTS_OFFICER: "Imran Yusuf",
    Role.HEAD_OF_SERVICE: "Sunita Rao",
    Role.TEAM_MANAGER: "Femi Adeyemi",
}


def make_people(worker: Flask) -> None:
    """One person for each role of the journey, in a service with an empty register."""
    with worker.app_context(), transaction():
        service = FosteringService(
            code="elmshire", name="Elmshire", kind=ServiceKind.LOCAL_AUTHORITY
        )
        db.session.add(service)
        db.session.flush()
        set_viewer([service.id])
        by = Viewer("a test", "A test", service.id, (service.id,))
        for number, (role, name) in enumerate(NAMES.items()):
            member = users.add(
                service_id=service.id,
                ref=f"U-{number}",
                name=name,
                email=email_of(role),
                roles=[role],
                by=by,
            )
            db.session.flush()
            users.set_password(member.user, PASSWORD, by=by)


def email_of(role: Role) -> str:
    return f"{role.value}@example.org"


@dataclass
class Person:
    """Somebody signed in, at the width of their screen. ``scripts`` is whether JavaScript runs."""

    browser: Browser
    address: str
    role: Role
    scripts: bool = True
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport={"width": WIDTHS[self.role], "height": 900},
            java_script_enabled=self.scripts,
        )
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.page.goto(self.address)
        self._is_at("Sign in")
        self.type("Email address", email_of(self.role))
        self.type("Password", PASSWORD)
        self.press("Sign in")

    def open(self, link: str, heading: str, *, within: str = "main") -> None:
        """Follow a link, or one that is drawn as a button."""
        place = self.page.locator(within)
        found = place.get_by_role("link", name=link).or_(place.get_by_role("button", name=link))
        found.first.click()
        self._is_at(heading)

    def part(self, name: str, heading: str) -> None:
        """Go to a part of the service, or to one of its pages."""
        self.open(name, heading, within="nav")

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def date(self, legend: str, day: int, month: int, year: int) -> None:
        boxes = self.page.get_by_role("group", name=legend)
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            boxes.get_by_label(label).fill(str(number))

    def choose(self, legend: str, *answers: str) -> None:
        """Click answers of a group of radios or checkboxes."""
        for answer in answers:
            self.page.get_by_role("group", name=legend).get_by_label(answer, exact=True).check()

    def select(self, label: str, answer: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=answer)

    def press(self, button: str, heading: str | None = None) -> None:
        """Click a button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).first.click()
        self._is_at(heading)

    def reads(self, *sentences: str) -> None:
        """What the page says must be there to read."""
        for sentence in sentences:
            expect(self.page.locator("main").get_by_text(sentence).first).to_be_visible()

    def leave(self) -> None:
        self.press("Sign out", "Sign in")
        self.page.context.close()

    def _is_at(self, heading: str | None) -> None:
        if heading is not None:
            expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
            expect(self.page).to_have_title(f"{heading} – Fostering recruitment and capacity")
        summary = self.page.locator(".govuk-error-summary")
        assert not summary.count(), summary.inner_text()
        if self.scripts:
            check_axe(self.page)
