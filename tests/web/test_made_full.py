"""A full approval of people who are approved for the time being already, from the panel's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain.children import PlaceType
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import FosteringService, Household
from tests.browser import words
from tests.panel_cases import ENTRY, NOW, TO_DECISION, case, on
from tests.typed import path

CAME = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(make) -> FosteringService:
    made: FosteringService = make.service()
    return made


@pytest.fixture
def decider(make, service, sign_in) -> Any:
    return sign_in(make.viewer(Role.DECISION_MAKER, works_for=service))


@pytest.fixture
def before(make, service) -> Household:
    """A home for the time being, in which a child lives."""
    named = {"ref": "H-0099", "name": "Marcus Bell", "approved_on": CAME}
    home: Household = make.household(service, places=None, approval=Approval.TEMPORARY, **named)
    make.placement(home, from_on=CAME, place_type=PlaceType.U3)
    return home


def there(make, service, *events: Any) -> str:
    return f"/panel/{case(make, service, *TO_DECISION, *events).id}"


def test_the_homes_for_the_time_being_are_offered_by_name_and_ref(make, service, decider, before):
    make.household(service)
    host = make.household(service, approval=Approval.HOST, places=None, name="Zoe Ash")
    make.household(service, approval=Approval.ADOPTER, places=None, ended_on=date(2026, 10, 1))

    page = decider.get(f"{there(make, service)}/approve")

    (asked,) = page.all("select", name="follows")
    assert [words(one) for one in asked.iter("option")] == [
        "No",
        "Marcus Bell, H-0099: temporary (regulation 24)",
        f"Zoe Ash, {host.ref}: host only",
    ]
    assert "whoever has their home for the time being" in page.text


def test_it_is_not_asked_where_there_are_none(make, service, decider):
    page = decider.get(f"{there(make, service)}/approve")

    assert not page.all("select", name="follows")
    assert "for the time being" not in page.text


@pytest.mark.parametrize(
    ("page", "events"), [("approve", ()), ("enter", (("decided", on(24, 11), "approve"),))]
)
def test_the_home_chosen_is_followed_and_the_pages_of_both_say_so(
    make, service, decider, before, sign_in, page, events
):
    answers = ENTRY | {"follows": str(before.id)}

    decider.submit(f"{there(make, service, *events)}/{page}", answers)

    db.session.expire_all()
    home = db.session.scalars(select(Household).filter_by(follows_id=before.id)).one()
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=service))
    old, new = manager.get(path(before)), manager.get(path(home))
    assert "Approval ended on 24 November 2026. " in old.text
    assert f"Followed by {home.ref}, approved 24 November 2026" in old.text
    assert old.link(home.ref) == path(home)
    assert "Follows H-0099, approved 1 September 2026" in new.text
    assert new.link("H-0099") == path(before)
    assert "Status only, same carer" in old.text
    assert "Lives here" in new.text


def test_no_is_an_answer(make, service, decider, before):
    decider.submit(f"{there(make, service)}/approve", ENTRY | {"follows": ""})

    db.session.expire_all()
    assert len(db.session.scalars(select(Household)).all()) == 2
    assert before.ended_on is None


def test_too_few_places_are_said_beside_their_field_and_what_was_typed_stays(
    make, service, decider, before
):
    for _ in range(2):
        make.placement(before, from_on=CAME, place_type=PlaceType.U3)
    answers = ENTRY | {"follows": str(before.id)}

    page = decider.submit(f"{there(make, service)}/approve", answers)

    assert page.errors["places"].startswith("The number of children must be 3 or more")
    chosen = [one.get("value") for one in page.all("option", selected="")]
    assert str(before.id) in chosen
    assert before.ended_on is None


def test_a_home_that_is_not_offered_is_refused(make, service, decider, before):
    answers = ENTRY | {"follows": str(make.household(service).id)}

    page = decider.submit(f"{there(make, service)}/approve", answers)

    assert page.errors == {"follows": "Select the home that is approved for the time being"}
