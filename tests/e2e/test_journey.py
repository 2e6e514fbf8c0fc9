"""The main job, end to end: from an enquiry to a child placed, each step by whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Browser

from carers.domain import clock
from carers.domain.ages import age_on
from carers.domain.roles import Role
from tests.e2e.conftest import Live
from tests.e2e.journey import NAMES, Person, make_people

pytestmark = pytest.mark.e2e

HOME = "Marcus and Tanya Bell"
CASE = "Marcus Bell and Tanya Bell"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a2_from_enquiry_to_a_child_placed(browser: Browser, live: Live, scripts: bool) -> None:  # noqa: FBT001
    make_people(live.worker)
    arrives = partial(Person, browser, live.address, scripts=scripts)

    log_an_enquiry_and_bring_it_to_an_application(arrives)
    assess(arrives)
    recommend_and_make_the_minutes_final(arrives)
    approve(arrives)
    confirm_the_new_home(arrives)
    place_a_child_of_seven(arrives)
    open_the_figure_to_the_new_home(arrives)


Arrives = Callable[[Role], Person]


def log_an_enquiry_and_bring_it_to_an_application(arrives: Arrives) -> None:
    officer = arrives(Role.RECRUITMENT_OFFICER)
    officer.part("Recruitment", "Enquiries")
    officer.open("Add an enquiry", "Add an enquiry")
    officer.type("Who got in touch?", "Marcus Bell")
    officer.type("Second applicant (optional)", "Tanya Bell")
    officer.type("Telephone number", "01632 960114")
    officer.type("Postcode (optional)", "LF2 3CD")
    officer.choose("How did they get in touch?", "Phone")
    officer.press("Add the enquiry", CASE)
    officer.reads("E-0001 is added")
    record(officer, "Conversation", "Record a conversation")
    record(officer, "Initial visit made", "Record an initial visit")
    record(officer, "Application received", "Record the application")
    officer.open("Give it to a worker", "Give it to a worker")
    assessor = f"{NAMES[Role.ASSESSING_SOCIAL_WORKER]}, assessing social worker"
    officer.choose("Who is to have it?", assessor)
    officer.press("Give it to them", CASE)
    officer.leave()


def assess(arrives: Arrives) -> None:
    assessor = arrives(Role.ASSESSING_SOCIAL_WORKER)
    assessor.part("Recruitment", "Enquiries")
    assessor.open(CASE, CASE)
    record(assessor, "Stage 1 started", "Start stage 1")
    record(
        assessor,
        "Stage 1 information complete",
        "Record that stage 1 information is complete",
    )
    record(assessor, "Stage 2 started", "Start stage 2")
    assessor.reads("The assessment report")
    assessor.leave()


def recommend_and_make_the_minutes_final(arrives: Arrives) -> None:
    administrator = arrives(Role.PANEL_ADMINISTRATOR)
    administrator.part("Panel", "Panel")
    administrator.open(CASE, CASE)
    administrator.open("Book the panel", "Book the panel")
    today = clock.today()
    administrator.date("Which day is the panel?", today.day, today.month, today.year)
    administrator.press("Book the panel", CASE)
    administrator.open("Record the recommendation", "Record the recommendation")
    administrator.choose("What did the panel recommend?", "Approve")
    administrator.press("Record the recommendation", CASE)
    administrator.open("Record the final minutes", "Record the final minutes")
    administrator.press("Record the final minutes", CASE)
    administrator.reads("Waits for the decision, on the decision maker.")
    administrator.leave()


def approve(arrives: Arrives) -> None:
    decider = arrives(Role.DECISION_MAKER)
    decider.part("Today", "Today")
    decider.open(f"Decide on {CASE}", CASE)
    decider.open("Decide", "Decide")
    decider.reads("approve.")
    decider.choose("What is your decision?", "Approve")
    decider.press("Continue", "Approve")
    decider.choose("Type of carer", "General")
    decider.type("How many children may live there at once?", "2")
    decider.type("Youngest age (optional)", "5")
    decider.type("Oldest age (optional)", "12")
    decider.choose("What are they approved for? (optional)", "Short term", "Respite")
    decider.choose("Skills they are approved for (optional)", "Parent and child", "Respite")
    decider.select("Supervising social worker", NAMES[Role.SUPERVISING_SOCIAL_WORKER])
    decider.press("Approve and enter in the register", CASE)
    decider.reads("H-0001 is in the register with 2 places")
    decider.leave()


def confirm_the_new_home(arrives: Arrives) -> None:
    supervisor = arrives(Role.SUPERVISING_SOCIAL_WORKER)
    supervisor.part("Carers", "My carers")
    supervisor.reads(HOME)
    supervisor.press(f"Confirm {HOME}", "My carers")
    supervisor.open(HOME, HOME)
    supervisor.reads("Confirmed today")
    supervisor.leave()


def place_a_child_of_seven(arrives: Arrives) -> None:
    placements = arrives(Role.PLACEMENTS_OFFICER)
    placements.part("Capacity", "Vacancy board")
    placements.reads("Can take a child: 1 home, 2 places")
    placements.open(HOME, HOME)
    placements.open("Place a child", "Place a child")
    today = clock.today()
    born_on = today.replace(year=today.year - 7, day=1)
    assert age_on(born_on, today) == 7
    placements.date("Date of birth of a new child", born_on.day, born_on.month, born_on.year)
    placements.choose("What is it for?", "Short term")
    placements.page.get_by_role("group", name="Placement code").get_by_role("radio").first.check()
    placements.press("Place the child", HOME)
    placements.reads("C-0001")
    placements.part("Capacity", "Vacancy board")
    placements.reads("Can take a child: 1 home, 1 place", "1 vacant")
    placements.leave()


def open_the_figure_to_the_new_home(arrives: Arrives) -> None:
    head = arrives(Role.HEAD_OF_SERVICE)
    head.part("Insight", "Targets and net gain")
    beside = head.page.get_by_role("table", name="Beside last year")
    for label, figure in (
        ("Approved", "1"),
        ("Net gain, households", "+1"),
        ("Net gain, places", "+2"),
    ):
        row = beside.get_by_role("row", name=label)
        assert row.get_by_role("cell").first.inner_text().startswith(figure)
    with head.page.expect_navigation():
        beside.get_by_role("row", name="Approved").get_by_role("link").first.click()
    head.reads("H-0001", HOME)
    head.open("H-0001", HOME)
    head.leave()


def record(person: Person, event: str, heading: str) -> None:
    """Record a step of the open case, now."""
    person.open("Record a step", "Record a step")
    person.choose("What happened?", event)
    person.press("Continue", heading)
    person.press(heading, CASE)
    person.reads(f"Recorded: {event}")
