"""A home added by a team manager, and the child placed with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import Allocation, Household, TemporaryApproval
from tests.typed import blank, day, placed

TODAY = clock.today()


@pytest.fixture
def typed(make, home) -> dict[str, str]:
    """A grandmother approved today, as it is typed."""
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
    return {
        "approval": "temporary",
        "carer_1": " Nan  Birch ",
        "carer_2": "",
        "phone": "01632 960111",
        "email": "",
        "address": "7 Larch Road",
        "postcode": "LF4 1AA",
        "bedrooms": "3",
        **day("approved_on", TODAY),
        "children": "",
        **day("born_on", TODAY - timedelta(days=7 * 366)),
        "approved_by": "Sunita Rao",
        "worker": str(worker.membership_id),
    }


def homes() -> list[str]:
    return list(db.session.scalars(select(Household.name).order_by(Household.ref)))


def test_a_home_is_added_and_the_child_is_placed_with_it(home, manager, typed):
    page = manager.submit(manager.get("/households").link("Add a home"), typed)

    assert page.heading == "Nan Birch"
    assert "Nan Birch is added as H-0232. Next: place the child" in page.text
    assert "for C-0001." in page.text
    assert "Larch" not in page.text
    made = db.session.scalars(select(Household).where(Household.ref == "H-0232")).one()
    assert (made.approval, made.address) == (Approval.TEMPORARY, "7 Larch Road")
    assert db.session.scalars(select(TemporaryApproval)).one().approved_by == "Sunita Rao"
    assert db.session.scalars(select(Allocation)).one().household_id == made.id

    answers = placed(child_ref="C-0001", place_type="U3", **blank("born_on"))
    page = manager.submit(page.link("Place the child"), answers)

    assert "C-0001 came to live here" in page.text
    assert "it fills no approved place" in page.text


def test_a_host_is_added_without_a_child(manager, typed):
    answers = typed | {"approval": "host", "approved_by": ""} | blank("born_on")

    page = manager.submit("/households/add", answers)

    assert "is added as H-0232." in page.text
    assert "Next: place" not in page.text
    assert "Place the child" not in page.text


def test_two_carers_and_known_children_of_one_adopter(make, home, manager, typed):
    child = make.child(home.service)
    answers = typed | {"approval": "adopter", "carer_2": "Al Birch", "children": child.ref}

    page = manager.submit("/households/add", answers | blank("born_on"))

    assert page.heading == "Nan and Al Birch"
    assert f"for {child.ref}." in page.text


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"approval": ""}, "approval", "Select how they are approved"),
        ({"approval": "full"}, "approval", "A full approval is the decision maker’s"),
        ({"carer_1": " "}, "carer_1", "Enter the name of the first carer"),
        ({"email": "nobody"}, "email", "Enter an email address like"),
        ({"bedrooms": "many"}, "bedrooms", "Bedrooms must be a whole number"),
        (blank("approved_on"), "approved_on", "Enter the first day of the approval"),
        (day("approved_on", TODAY + timedelta(days=29)), "approved_on", "must be between"),
        (blank("born_on"), "children", "Enter the reference of each child it names"),
        ({"children": "C-0999"}, "children", "No child C-0999 is recorded"),
        (day("born_on", TODAY - timedelta(days=19 * 366)), "born_on", "must be under 18"),
        ({"approved_by": ""}, "approved_by", "Enter who approved them"),
        ({"worker": ""}, "worker", "Select who is to have the home"),
        ({"worker": "somebody"}, "worker", "Select who is to have the home"),
        ({"approval": "host"}, "born_on", "Leave this empty for a host"),
    ],
)
def test_a_bad_home_is_refused_beside_the_field(home, manager, typed, given, field, sentence):
    page = manager.submit("/households/add", typed | given)

    assert sentence in page.errors[field]
    assert page.heading == "Add a home"
    assert homes() == ["Angela Foyle"]


def test_a_form_sent_twice_adds_one_home(manager, typed):
    sent = manager.get("/households/add").hidden() | typed

    assert manager.post("/households/add", sent).heading == "Nan Birch"
    assert manager.post("/households/add", sent).heading == "All homes"
    assert homes() == ["Angela Foyle", "Nan Birch"]


@pytest.mark.parametrize(
    "role", [Role.SUPERVISING_SOCIAL_WORKER, Role.PLACEMENTS_OFFICER, Role.HEAD_OF_SERVICE]
)
def test_nobody_but_a_team_manager_adds_a_home(make, home, sign_in, typed, role):
    reader = sign_in(make.viewer(role, works_for=home.service))

    assert reader.get("/households/add").status == 403
    assert reader.post("/households/add", typed).status == 403
    assert "/households/add" not in reader.get("/households").html
    assert homes() == ["Angela Foyle"]
