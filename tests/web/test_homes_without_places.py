"""Homes approved for the time being, or as hosts: children come to live there, and are told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.register import Approval
from carers.models import Household, Placement
from tests.browser import Page
from tests.typed import blank, day, held, path, placed

TODAY = clock.today()
WEEKS = 7


def approved(make, home, kind: Approval, *, weeks: int = 1) -> Household:
    """A home of the same service approved so many weeks ago, today being the last day of them."""
    first = TODAY - timedelta(days=WEEKS * weeks - 1)
    made: Household = make.household(
        home.service, places=None, approval=kind, approved_on=first, name="Nan Birch"
    )
    return made


def codes(page: Page) -> set[str]:
    return {str(one.get("value")) for one in page.all("input", name="place_type")}


@pytest.mark.parametrize(
    ("kind", "offered", "code"),
    [
        (Approval.TEMPORARY, {"U1", "U2", "U3"}, "U3"),
        (Approval.ADOPTER, {"U2", "U5"}, "U5"),
        (Approval.HOST, {"U4", "U5", "U6"}, "U6"),
    ],
)
def test_a_child_is_placed_where_no_places_are_approved(make, home, officer, kind, offered, code):
    there = approved(make, home, kind)
    child = make.child(home.service)
    page = officer.get(path(there))
    assert codes(officer.get(page.link("Place a child"))) == offered

    typed = placed(child_ref=child.ref, place_type=code, **blank("born_on"))
    page = officer.submit(path(there, "/place"), typed)

    assert f"{child.ref} came to live here" in page.text
    assert "it fills no approved place" in page.text
    stay = db.session.scalars(select(Placement)).one()
    assert (stay.household_id, stay.override_by_id) == (there.id, None)


def test_a_placement_there_is_put_right(make, home, officer):
    there = approved(make, home, Approval.TEMPORARY, weeks=4)
    stay = make.placement(there, from_on=there.approved_on + timedelta(days=2), place_type="U3")
    typed = {
        "what": "right",
        **day("from_on", there.approved_on),
        **blank("until_on"),
        "end_reason": "",
        "purpose": "short_term",
        "place_type": "U3",
        "places": "1",
    }

    page = officer.submit(path(there, f"/placements/{stay.id}/correct"), typed)

    assert not page.errors
    db.session.refresh(stay)
    assert stay.superseded_by_id is not None


def test_a_child_moves_from_a_home_with_places_to_one_without(make, home, officer):
    there = approved(make, home, Approval.TEMPORARY)
    stay = make.placement(home)

    page = officer.get(path(home, f"/placements/{stay.id}/move"))

    assert f"Nan Birch, {there.ref}: temporary (regulation 24)" in page.text


def test_nothing_is_put_on_hold_where_there_are_no_places(make, home, manager):
    there = approved(make, home, Approval.TEMPORARY)
    assert "Put a place on hold" not in manager.get(path(there)).text
    asked = held(owner_id=str(manager.viewer.membership_id))

    page = manager.submit(path(there, "/record-unavailability"), asked)

    assert "which has no places to withhold" in page.errors["places"]


def test_its_last_day_is_told_today_to_its_worker_and_their_manager(
    make, home, supervisor, manager
):
    near = approved(make, home, Approval.TEMPORARY, weeks=14)
    make.allocation(supervisor.viewer, household=near)
    approved(make, home, Approval.HOST, weeks=20)
    approved(make, home, Approval.ADOPTER, weeks=20)

    for reader in (supervisor, manager):
        page = reader.get("/today")
        assert page.text.count("Extend the temporary approval of Nan Birch, or end it") == 1
        assert "after 16 weeks" in page.text
        assert "Confirm Nan Birch" not in page.text
