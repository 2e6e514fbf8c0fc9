"""Places put on hold and brought back, children placed and gone, from the page of a home."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.register import CarerType
from carers.domain.roles import Role
from carers.models import Child, Placement, Unavailability
from tests.typed import blank, day, held, path, placed

OFFICER = Role.PLACEMENTS_OFFICER


def test_a_place_is_put_on_hold_and_the_sum_is_told(home, supervisor):
    owner = str(supervisor.viewer.membership_id)

    page = supervisor.submit(path(home, "/record-unavailability"), held(owner_id=owner))

    assert "1 place put on hold. Now 3 approved + 0 over = 0 filled + 1 not available" in page.text
    hold = db.session.scalars(select(Unavailability)).one()
    assert (hold.reason, hold.from_on) == (UnavailableReason.CARER_BREAK, clock.today())
    assert str(hold.owner_id) == owner


def test_a_hold_begins_today_and_is_answered_for_by_its_writer_unless_changed(home, supervisor):
    page = supervisor.get(path(home, "/record-unavailability"))

    chosen = [one.get("value") for one in page.tree.iter("option") if "selected" in one.attrib]
    assert chosen == [str(supervisor.viewer.membership_id)]
    assert page.all("input", id="from_on-day")[0].get("value") == str(clock.today().day)


def test_the_sum_as_it_will_be_is_said_for_each_number_of_places(make, home, supervisor):
    make.placement(home)

    page = supervisor.get(path(home, "/record-unavailability"))

    assert "H-0231: 2 vacant, 1 filled" in page.text
    offered = page.all("input", name="places")
    assert [one.get("value") for one in offered] == ["1", "2", "3"]
    assert [one.get("value") for one in offered if "checked" in one.attrib] == ["1"]
    for words in (
        "1 place on hold: 3 approved + 0 over = 1 filled + 1 not available + 1 vacant",
        "2 places on hold: 3 approved + 0 over = 1 filled + 2 not available + 0 vacant",
    ):
        assert words in page.text
    assert "3 places on hold:" not in page.text


def test_a_full_home_says_that_nothing_is_vacant_to_put_on_hold(make, home, supervisor):
    make.placement(home, places_used=3)

    assert "No place is vacant today" in supervisor.get(path(home, "/record-unavailability")).text


def test_more_places_than_are_offered_one_by_one_are_typed(make, sign_in):
    home = make.household(places=7)
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=home.service))

    page = manager.get(path(home, "/record-unavailability"))

    assert [one.get("type") for one in page.all("input", name="places")] == ["text"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"places": ""}, "places", "Enter how many places to put on hold"),
        ({"places": "0"}, "places", "Places on hold must be 1 or more"),
        ({"places": "two"}, "places", "Places on hold must be a whole number"),
        ({"places": "9" * 20}, "places", "Places on hold is too large a number"),
        ({"places": "4"}, "places", "Places on hold must be 3 or fewer"),
        ({"reason": ""}, "reason", "Select why the places are on hold"),
        ({"reason": "holiday\x00"}, "reason", "Select why the places are on hold"),
        (blank("from_on"), "from_on", "Enter the first day the places cannot be used"),
        ({"from_on-month": ""}, "from_on", "cannot be used must include a month"),
        ({"from_on-day": "31", "from_on-month": "2"}, "from_on", "must be a real date"),
        (day("from_on", date(2020, 3, 31)), "from_on", "must be 1 April 2020 or later"),
        (blank("expected_until_on"), "expected_until_on", "Enter the day the hold is expected"),
        (day("expected_until_on", date(2020, 1, 1)), "expected_until_on", "must be after the"),
        ({"expected_until_on-year": "26"}, "expected_until_on", "Year must include 4 numbers"),
        ({"owner_id": ""}, "owner_id", "Select who answers for it"),
        ({"owner_id": "me\x00"}, "owner_id", "Select who answers for it"),
        ({"owner_id": str(uuid4())}, "owner_id", "Select somebody who works in this service"),
    ],
)
def test_a_bad_hold_is_refused_beside_the_field_with_what_was_typed(
    home, supervisor, typed, field, sentence
):
    answers = held(owner_id=str(supervisor.viewer.membership_id)) | typed

    page = supervisor.submit(path(home, "/record-unavailability"), answers)

    assert sentence in page.errors[field]
    assert db.session.scalars(select(Unavailability)).all() == []
    if answers["places"].isalnum():
        assert page.all("input", id="places")[0].get("value") == answers["places"]


def test_a_form_that_leaves_everything_out_is_refused_in_words(home, supervisor, officer):
    hold = supervisor.post(path(home, "/record-unavailability"))
    place = officer.post(path(home, "/place"))

    assert set(hold.errors) == {"places", "reason", "from_on", "expected_until_on", "owner_id"}
    assert set(place.errors) >= {"from_on", "purpose", "place_type", "places"}


def test_places_are_brought_back_from_the_home(make, home, supervisor):
    hold = make.hold(home, expected_until_on=date(2027, 1, 30))
    there = path(home, f"/holds/{hold.id}/bring-back")
    assert there in supervisor.get(path(home)).links

    page = supervisor.submit(there, day("until_on", clock.today()))

    assert "1 place brought back. Now 3 approved + 0 over = 0 filled + 0 not" in page.text
    assert "Places on hold" not in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (blank("until_on"), "Enter the first day the places could be used again"),
        (day("until_on", date(2025, 12, 31)), "The day must be 1 January or later"),
        (
            day("until_on", clock.today() + timedelta(days=1)),
            "The day must be today or in the past",
        ),
        (day("until_on", date(2126, 1, 1)), "or earlier"),
        ({"until_on-day": "x"}, "must be a real date"),
    ],
)
def test_a_bad_day_for_places_to_come_back_is_refused(make, home, supervisor, typed, sentence):
    hold = make.hold(home)

    page = supervisor.submit(
        path(home, f"/holds/{hold.id}/bring-back"), day("until_on", clock.today()) | typed
    )

    assert sentence in page.errors["until_on"]


def test_a_hold_of_another_home_is_not_found(make, home, supervisor):
    hold = make.hold(make.household(home.service))

    assert supervisor.get(path(home, f"/holds/{hold.id}/bring-back")).status == 404


def test_a_placements_officer_places_a_child_of_seven(home, officer):
    assert path(home, "/place") in officer.get(path(home)).links

    page = officer.submit(path(home, "/place"), placed())

    assert "Now 3 approved + 0 over = 1 filled + 0 not available + 2 vacant" in page.text
    child = db.session.scalars(select(Child)).one()
    assert [child.ref, "7"] in [row[:2] for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"child_ref": "C-9999"}, "born_on", "Leave the date of birth empty"),
        (blank("born_on"), "born_on", "Enter the date of birth of a new child"),
        (blank("born_on") | {"child_ref": "C-9999"}, "child_ref", "Enter a reference of a child"),
        (blank("born_on") | {"child_ref": "C\x00"}, "child_ref", "Enter a reference of a child"),
        (blank("born_on") | {"child_ref": "C" * 300}, "child_ref", "200 characters or fewer"),
        ({"born_on-day": ""}, "born_on", "The date of birth must include a day"),
        (day("born_on", date(1990, 1, 1)), "born_on", "must be under 18 on the first day"),
        ({"purpose": ""}, "purpose", "Select what it is for"),
        ({"purpose": "fun"}, "purpose", "Select what it is for"),
        ({"place_type": "K2"}, "place_type", "Select a placement code of the list"),
        ({"place_type": "\x00"}, "place_type", "Select a placement code"),
        ({"places": "4"}, "places", "Places used must be 3 or fewer"),
        ({"places": "-1"}, "places", "Places used must be 1 or more"),
        (day("from_on", date(2019, 12, 31)), "from_on", "must be 1 April 2020 or later"),
        (blank("from_on"), "from_on", "Enter the first day here"),
    ],
)
def test_a_bad_placement_is_refused_beside_the_field(home, officer, typed, field, sentence):
    page = officer.submit(path(home, "/place"), placed(**typed))

    assert sentence in page.errors[field]
    assert db.session.scalars(select(Placement)).all() == []
    assert db.session.scalars(select(Child)).all() == []


def test_a_child_who_lives_elsewhere_is_refused_beside_the_reference(make, home, officer):
    child = make.child(home.service, ref="C-0412")
    make.placement(make.household(home.service), child=child)

    page = officer.submit(path(home, "/place"), placed(child_ref=" C-0412 ", **blank("born_on")))

    assert "C-0412 lives in Angela and Michael Foyle" in page.errors["child_ref"]
    assert page.all("input", id="child_ref")[0].get("value") in ("C-0412", " C-0412 ")


def test_a_placement_sent_twice_is_made_once(home, officer):
    answers = officer.get(path(home, "/place")).hidden() | placed()

    for _ in range(2):
        assert officer.post(path(home, "/place"), answers).status == 200

    assert len(db.session.scalars(select(Placement)).all()) == 1


def test_a_stale_form_shows_what_changed_and_the_position_as_it_is_now(make, home, officer):
    answers = officer.get(path(home, "/place")).hidden() | placed()
    officer.submit(path(home, "/place"), placed())

    page = officer.post(path(home, "/place"), answers)

    assert "Somebody changed this record" in page.errors[""]
    assert "recorded that C-0001 lives here" in page.text
    assert "1 filled" in page.text
    assert officer.post(path(home, "/place"), page.hidden() | placed()).status == 200
    assert len(db.session.scalars(select(Placement)).all()) == 2


def test_an_age_outside_the_approval_is_a_warning(make, sign_in):
    home = make.household(age_min=10, age_max=12)
    officer = sign_in(make.viewer(OFFICER, works_for=home.service))

    page = officer.submit(path(home, "/place"), placed())

    assert "is 7: outside the ages 10 to 12 of the approval" in page.text


def test_a_home_of_connected_persons_takes_the_codes_of_relatives(make, sign_in):
    home = make.household(carer_type=CarerType.CONNECTED_PERSON)
    page = sign_in(make.viewer(OFFICER, works_for=home.service)).get(path(home, "/place"))

    offered = [one.get("value") for one in page.all("input", name="place_type")]
    assert offered == ["U1", "U2", "U3"]


def test_a_placement_is_ended_once_and_its_place_is_vacant(make, home, officer):
    stay = make.placement(home)
    there = path(home, f"/placements/{stay.id}/end")
    assert there in officer.get(path(home)).links

    page = officer.submit(there, day("until_on", clock.today()) | {"end_reason": "CARPL"})

    assert f"{stay.child.ref} no longer lives here. Now 3 approved" in page.text
    assert there not in page.links
    again = officer.submit(there, day("until_on", clock.today()) | {"end_reason": "CARPL"})
    assert "An end is recorded already" in again.errors["until_on"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"end_reason": ""}, "end_reason", "Select why it ended"),
        ({"end_reason": "\x00"}, "end_reason", "Select why it ended"),
        (day("until_on", date(2025, 12, 31)), "until_on", "must be 1 January or later"),
        (blank("until_on"), "until_on", "Enter the first day the child no longer lived here"),
    ],
)
def test_a_bad_ending_is_refused_beside_the_field(make, home, officer, typed, field, sentence):
    stay = make.placement(home)
    answers = day("until_on", clock.today()) | {"end_reason": "CARPL"} | typed

    page = officer.submit(path(home, f"/placements/{stay.id}/end"), answers)

    assert sentence in page.errors[field]
    db.session.expire_all()
    assert stay.until_on is None


def test_a_supervising_social_worker_places_nobody(home, supervisor):
    assert path(home, "/place") not in supervisor.get(path(home)).links
    assert supervisor.get(path(home, "/place")).status == 403


def test_b4_a_hold_sent_again_after_a_lost_answer_is_recorded_once(home, supervisor):
    there = path(home, "/record-unavailability")
    answers = held(owner_id=str(supervisor.viewer.membership_id))
    sent = supervisor.get(there).hidden() | answers
    supervisor.client.post(there, data=sent)  # the answer is lost on the way back

    page = supervisor.post(there, sent)

    assert "1 place put on hold" in page.text
    assert len(db.session.scalars(select(Unavailability)).all()) == 1
