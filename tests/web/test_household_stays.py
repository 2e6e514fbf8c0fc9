"""Moves, respite stays, overrides and exemptions, from the page of a home."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from carers.db import db, settle
from carers.domain import clock
from carers.domain.register import Approval, ExtensionReason
from carers.domain.roles import Role
from carers.models import Placement, Unavailability
from tests.typed import blank, day, held, path, placed

TODAY = clock.today()


def fill(make, home):
    for _ in range(3):
        make.placement(home)
    settle()


def moved(to, **given: str) -> dict[str, str]:
    return {
        "to_id": str(to.id),
        **day("on", TODAY),
        "end_reason": "CARPL",
        "purpose": "short_term",
        "place_type": "U6",
        "places": "1",
        **given,
    }


def test_an_officer_moves_a_child_and_is_told_where_they_are(make, home, officer):
    other = make.household(home.service, places=2, name="Nan Birch", ref="H-0400")
    stay = make.placement(home)
    there = path(home, f"/placements/{stay.id}/move")
    assert there in officer.get(path(home)).links
    assert "Nan Birch, H-0400: 2 vacant today" in officer.get(there).text

    page = officer.submit(there, moved(other))

    assert page.heading == "Nan Birch"
    ref = stay.child.ref
    assert f"{ref} is recorded here. Now 2 approved + 0 over = 1 filled" in page.text
    assert there not in officer.get(path(home)).links


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"to_id": ""}, "to_id", "Select the home the child moves to"),
        ({"to_id": str(uuid4())}, "to_id", "Select a home of the list"),
        (blank("on"), "on", "Enter the first day there"),
        (day("on", date(2025, 12, 31)), "on", "The day must be 1 January or later"),
        ({"end_reason": ""}, "end_reason", "Select why they move"),
        ({"places": "3"}, "places", "Places used must be 2 or fewer"),
    ],
)
def test_a_bad_move_is_refused_beside_the_field(make, home, officer, typed, field, sentence):
    other = make.household(home.service, places=2)
    stay = make.placement(home)

    page = officer.submit(path(home, f"/placements/{stay.id}/move"), moved(other) | typed)

    assert sentence in page.errors[field]
    db.session.expire_all()
    assert stay.until_on is None


def test_a_child_goes_for_respite_and_their_own_home_goes_on(make, home, officer):
    stay = make.placement(make.household(home.service))
    answers = placed(
        child_ref=stay.child.ref,
        is_respite="yes",
        **blank("born_on"),
        **day("until_on", TODAY + timedelta(days=3)),
    )

    page = officer.submit(path(home, "/place"), answers)

    assert "Now 3 approved + 0 over = 1 filled" in page.text
    away = db.session.scalars(select(Placement).where(Placement.respite_of_id == stay.id)).one()
    assert away.until_on == TODAY + timedelta(days=3)


def test_a_respite_stay_of_a_child_without_a_home_is_refused(make, home, officer):
    child = make.child(home.service)
    answers = placed(child_ref=child.ref, is_respite="yes", **blank("born_on"))

    page = officer.submit(path(home, "/place"), answers)

    assert "no home that goes on meanwhile" in page.errors["is_respite"]


def test_a_parent_and_child_fill_two_places(home, officer):
    page = officer.submit(path(home, "/place"), placed(places="2", purpose="parent_and_child"))

    assert "Now 3 approved + 0 over = 2 filled + 0 not available + 1 vacant" in page.text


def test_a_manager_is_offered_an_override_only_after_a_refusal(make, home, manager):
    fill(make, home)
    there = path(home, "/place")
    assert not manager.get(there).all("textarea", name="override_reason")

    refused = manager.submit(there, placed())

    assert "No place is vacant" in refused.errors["places"]
    assert refused.all("textarea", name="override_reason")
    answers = refused.hidden() | placed(override_reason="A sister lives here")
    page = manager.post(there, answers)
    assert "Now 3 approved + 1 over = 4 filled" in page.text
    assert "came to live here, beyond the places there were: A sister lives here" in page.text
    assert "4 children live here, over the usual fostering limit of 3" in page.text


def test_an_officer_is_offered_no_override_and_may_send_none(make, home, officer):
    fill(make, home)

    refused = officer.submit(path(home, "/place"), placed())

    assert not refused.all("textarea", name="override_reason")
    forced = officer.submit(path(home, "/place"), placed(override_reason="Please"))
    assert forced.status == 403


def test_a_manager_withholds_a_place_that_is_not_there(make, home, manager):
    fill(make, home)
    there = path(home, "/record-unavailability")
    asked = held(owner_id=str(manager.viewer.membership_id))
    refused = manager.submit(there, asked)

    page = manager.post(there, refused.hidden() | asked | {"override_reason": "A broken boiler"})

    assert "1 place put on hold" in page.text
    assert db.session.scalars(select(Unavailability.override_reason)).one() == "A broken boiler"


def test_a_fourth_child_who_is_exempt_is_placed_and_nothing_is_said_of_the_limit(
    make, home, officer
):
    stays = [make.placement(home) for _ in range(3)]
    settle()
    child = make.child(home.service)
    make.exemption(home, child, *(stay.child for stay in stays), from_on=TODAY)
    assert "3 children live here. Another needs" in officer.get(path(home, "/place")).text

    page = officer.submit(path(home, "/place"), placed(child_ref=child.ref, **blank("born_on")))

    assert "Now 3 approved + 1 over = 4 filled" in page.text
    assert "usual fostering limit of 3" not in page.text
    named = f"{child.ref}, {stays[0].child.ref}, {stays[1].child.ref} and {stays[2].child.ref}"
    assert named in page.text


@pytest.mark.parametrize(
    ("approval", "days", "given", "words"),
    [
        (Approval.TEMPORARY, 10, {}, "Its last day is"),
        (Approval.TEMPORARY, 120, {}, "Its last day was"),
        (
            Approval.TEMPORARY,
            120,
            {
                "extended_on": TODAY,
                "extension_reason": ExtensionReason.ASSESSMENT_NOT_COMPLETE,
            },
            "Assessment not complete",
        ),
        (Approval.ADOPTER, 500, {}, "It has no last day"),
    ],
)
def test_for_whom_a_home_is_approved_for_the_time_being_and_until_when(
    make, home, sign_in, approval, days, given, words
):
    temporary = make.household(
        home.service, places=None, approval=approval, approved_on=TODAY - timedelta(days=days)
    )
    child = make.child(home.service)
    make.temporary_approval(temporary, child, **given)
    reader = sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service))

    page = reader.get(path(temporary))

    assert f"for {child.ref}." in page.text
    assert words.lower() in page.text.lower()
