"""Deciding, and the register, on the panel's pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain.recruitment import Event, Route
from carers.domain.register import CarerType, Skill, SkillLevel
from carers.domain.roles import Role
from carers.models import Household
from tests.panel_cases import ENTRY, NOW, TO_DECISION, TO_PANEL, TODAY, case, last_event, on


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def administrator(make, service):
    return make.viewer(Role.PANEL_ADMINISTRATOR, works_for=service)


@pytest.fixture
def decider(make, service):
    return make.viewer(Role.DECISION_MAKER, works_for=service)


def test_the_decision_maker_chooses_and_approves(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    browser = sign_in(decider)
    path = f"/panel/{enquiry.id}"
    assert browser.get(path).link("Decide") == f"{path}/decide"

    form = browser.submit(f"{path}/decide", {"outcome": "approve"})
    assert form.path == f"{path}/approve"
    assert form.all("input", name="name")[0].get("value") == "Marcus and Tanya Bell"

    page = browser.submit(f"{path}/approve", ENTRY)

    home = db.session.scalars(select(Household)).one()
    assert f"{home.ref} is in the register with 2 places" in page.text
    assert f"Approved: {home.ref} is in the register from 24 November 2026." in page.text
    assert f"/households/{home.id}" not in page.links  # a decision maker reads no homes
    assert last_event(enquiry)[0] is Event.APPROVED
    assert {(one.skill, one.level) for one in home.skills} == {
        (Skill.PARENT_AND_CHILD, SkillLevel.APPROVED),
        (Skill.RESPITE, SkillLevel.APPROVED),
    }


def test_a_skill_may_be_trained_only_and_approved_wins(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    skills = {"skills": ["respite"], "trained": ["respite", "babies"]}

    sign_in(decider).submit(f"/panel/{enquiry.id}/approve", ENTRY | skills)

    home = db.session.scalars(select(Household)).one()
    assert {(one.skill, one.level) for one in home.skills} == {
        (Skill.RESPITE, SkillLevel.APPROVED),
        (Skill.BABIES, SkillLevel.TRAINED),
    }


def test_a_manager_who_decides_may_open_the_new_home(make, sign_in, service):
    both = make.viewer(Role.TEAM_MANAGER, Role.DECISION_MAKER, works_for=service)
    enquiry = case(make, service, *TO_DECISION)

    page = sign_in(both).submit(f"/panel/{enquiry.id}/approve", ENTRY)

    home = db.session.scalars(select(Household)).one()
    assert page.link(f"Open {home.ref}") == f"/households/{home.id}"


def test_a_later_first_day_is_said(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    later = {"approved_on-day": "1", "approved_on-month": "12", "approved_on-year": "2026"}

    page = sign_in(decider).submit(f"/panel/{enquiry.id}/approve", ENTRY | later)

    assert "will be in the register from 1 December 2026, 2 places" in page.text


def test_a_connected_persons_form_starts_with_their_type(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION, route=Route.CONNECTED_PERSON)

    page = sign_in(decider).get(f"/panel/{enquiry.id}/approve")

    chosen = [one.get("value") for one in page.all("input", name="carer_type", checked="")]
    assert chosen == [CarerType.CONNECTED_PERSON]


def test_a_transfer_must_be_said_to_be_from_whom(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION, route=Route.TRANSFER)
    answers = {name: value for name, value in ENTRY.items() if name != "arrived_by"}

    page = sign_in(decider).submit(f"/panel/{enquiry.id}/approve", answers)

    assert page.errors == {"arrived_by": "Select how they came to the service"}


WRONG: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "no places": ({"places": ""}, "places", "Enter how many children may live there"),
    "nought": ({"places": "0"}, "places", "The number of children must be between 1 and 20"),
    "words": ({"places": "two"}, "places", "The number of children must be a whole number"),
    "huge": ({"places": "9" * 30}, "places", "The number of children is too large a number"),
    "ages": ({"age_min": "13"}, "age_max", "The oldest age must not be below the youngest"),
    "no such skill": (
        {"skills": ["juggling"]},
        "skills",
        "Select the skills they are approved for",
    ),
    "no such type": ({"carer_type": "x"}, "carer_type", "Select the type of carer"),
    "no such offer": (
        {"primary_offer": "x"},
        "primary_offer",
        "Select the main kind of fostering offered",
    ),
    "no supervisor": ({"supervisor": ""}, "supervisor", "Select the supervising social worker"),
    "a stranger": (
        {"supervisor": "0f8fad5b-d9cb-469f-a165-70867728950e"},
        "supervisor",
        "Select the supervising social worker",
    ),
    "no name": ({"name": " "}, "name", "Enter the name of the home"),
    "a long name": (
        {"name": "x" * 201},
        "name",
        "Name of the home must be 200 characters or fewer",
    ),
    "half a date": (
        {"approved_on-day": "1", "approved_on-year": "2026"},
        "approved_on",
        "The first day in the register must include a month",
    ),
    "too early": (
        {"approved_on-day": "1", "approved_on-month": "11", "approved_on-year": "2026"},
        "approved_on",
        (
            "The first day in the register must be the day of the decision, 24 November 2026,"
            " or within a year after it"
        ),
    ),
    "connected only": (
        {"primary_offer": "family_and_friends"},
        "primary_offer",
        "Family and friends goes with connected persons, and only with them",
    ),
    "before the minutes": (
        {"on-day": "17"},
        "",
        "The minutes of the panel are not final yet: the decision waits for them",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_an_entry_is_said_and_nothing_is_written(
    make, sign_in, service, decider, wrong
):
    enquiry = case(make, service, *TO_DECISION)
    given, field, sentence = WRONG[wrong]

    page = sign_in(decider).submit(f"/panel/{enquiry.id}/approve", ENTRY | given)

    assert page.errors == {field: sentence}
    assert page.all("input", name="age_max")[0].get("value") == "12"
    assert page.all("input", name="time")[0].get("value") == "2:30pm"
    assert db.session.scalars(select(Household)).all() == []
    assert last_event(enquiry)[0] is Event.MINUTES_FINAL


def test_an_approval_sent_twice_makes_one_home(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    browser = sign_in(decider)
    path = f"/panel/{enquiry.id}/approve"
    form = browser.get(path).hidden() | ENTRY

    first, second = browser.post(path, form), browser.post(path, form)

    home = db.session.scalars(select(Household)).one()
    for page in (first, second):
        assert f"{home.ref} is in the register with 2 places" in page.text


def test_two_decision_makers_cannot_both_decide(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    other = make.viewer(Role.DECISION_MAKER, works_for=service)
    form = sign_in(decider).get(f"/panel/{enquiry.id}/approve").hidden() | ENTRY
    sign_in(other).submit(
        f"/panel/{enquiry.id}/decide/defer", TODAY | {"note": "A reference is missing"}
    )

    page = sign_in(decider).post(f"/panel/{enquiry.id}/approve", form)

    assert "Somebody changed this record" in page.errors[""]
    assert f"{other.name} recorded “Decision”" in page.text
    assert db.session.scalars(select(Household)).all() == []


@pytest.mark.parametrize(("page", "outcome"), [("defer", "defer"), ("not-approve", "not_approve")])
def test_a_decision_against_asks_for_its_reasons(make, sign_in, service, decider, page, outcome):
    enquiry = case(make, service, *TO_DECISION)
    browser = sign_in(decider)
    path = f"/panel/{enquiry.id}/decide/{page}"

    chosen = browser.submit(f"/panel/{enquiry.id}/decide", {"outcome": outcome})
    assert chosen.path == path
    assert browser.submit(path, TODAY | {"note": ""}).errors == {"note": "Enter your reasons"}

    browser.submit(path, TODAY | {"note": "A reference is missing"})

    assert last_event(enquiry) == (Event.DECIDED, NOW - timedelta(minutes=30), outcome)


def test_no_decision_chosen_is_said(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION)
    browser = sign_in(decider)

    assert browser.post(f"/panel/{enquiry.id}/decide", {}).errors == {
        "outcome": "Select your decision"
    }
    assert browser.get(f"/panel/{enquiry.id}/decide/approve").status == 404


def test_whoever_assessed_is_told_that_somebody_else_must_decide(make, sign_in, service):
    both = make.viewer(Role.ASSESSING_SOCIAL_WORKER, Role.DECISION_MAKER, works_for=service)
    enquiry = case(make, service, *TO_DECISION)
    make.allocation(both, enquiry=enquiry)
    browser = sign_in(both)
    words_said = "You assessed this case: somebody else must decide"

    page = browser.get(f"/panel/{enquiry.id}")
    assert words_said in page.text
    assert f"/panel/{enquiry.id}/decide" not in page.links
    assert words_said in browser.get(f"/panel/{enquiry.id}/decide").text
    assert browser.post(f"/panel/{enquiry.id}/approve", ENTRY).errors == {"": words_said}


def test_whoever_recommended_is_told_that_somebody_else_must_decide(make, sign_in, service):
    both = make.viewer(Role.PANEL_ADMINISTRATOR, Role.DECISION_MAKER, works_for=service)
    enquiry = case(make, service, *TO_PANEL)
    browser = sign_in(both)
    path = f"/panel/{enquiry.id}"
    browser.submit(f"{path}/record/panel_recommended", TODAY | {"detail": "approve", "time": "1pm"})
    browser.submit(f"{path}/record/minutes_final", TODAY | {"time": "2pm"})

    page = browser.post(f"{path}/approve", ENTRY)

    assert page.errors == {"": "You recorded the panel’s recommendation: somebody else must decide"}
    assert db.session.scalars(select(Household)).all() == []


def test_a_case_decided_before_is_entered_in_the_register(make, sign_in, service, decider):
    enquiry = case(make, service, *TO_DECISION, (Event.DECIDED, on(20, 11), "approve"))
    browser = sign_in(decider)
    path = f"/panel/{enquiry.id}"

    assert browser.get(path).link("Enter the home in the register") == f"{path}/enter"
    page = browser.submit(f"{path}/enter", ENTRY)

    assert "is in the register with 2 places" in page.text
    assert db.session.scalars(select(Household.approved_on)).one() == date(2026, 11, 20)
