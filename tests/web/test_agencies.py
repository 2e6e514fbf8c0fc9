"""A child placed with an agency, moved there and back, ended and put right, on pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from carers.db import db, settle
from carers.domain import clock
from carers.domain.children import PlaceType, Purpose
from carers.domain.roles import Role
from carers.models import Placement, Provider
from tests.typed import blank, day, path, placed

LIST = "/agency-placements"
PLACE = f"{LIST}/place"
TODAY = clock.today()


@pytest.fixture
def agency(make, home) -> Provider:
    made: Provider = make.provider(home.service, name="Larkfield", ref="A-0001")
    return made


def agreed(agency, **given: str) -> dict[str, str]:
    return {
        "provider_id": str(agency.id),
        "purpose": "short_term",
        "place_type": "U6",
        "provider_type": "PR4",
        "weekly_cost": "£1,912.50",
        "distance_miles": "14.5",
        "in_area": "no",
        **given,
    }


def new_child(agency, **given: str) -> dict[str, str]:
    born = day("born_on", TODAY - timedelta(days=7 * 366))
    days = day("from_on", TODAY) | blank("until_on")
    return agreed(agency) | {"child_ref": "", **born, **days, **given}


def moved(**given: str) -> dict[str, str]:
    return {**day("on", TODAY), "end_reason": "CARPL", **given}


def stay_of(agency) -> Placement:
    db.session.expire_all()
    current = Placement.superseded_by_id.is_(None)
    query = select(Placement).where(Placement.provider_id == agency.id, current)
    return db.session.scalars(query).one()


def test_an_officer_places_a_new_child_and_finds_them_in_the_list(home, agency, officer):
    assert "One appears here when a child is placed" in officer.get(LIST).text

    page = officer.submit(officer.get(LIST).link("Place a child with an agency"), new_child(agency))

    assert "The child is recorded with Larkfield" in page.text
    assert "1 child of ours lives with 1 agency or other provider today" in page.text
    ref = stay_of(agency).child.ref
    assert page.path == f"{LIST}?q={ref}"
    assert page.rows[0][:3] == [ref, "7", "LarkfieldIndependent fostering agency"]
    assert page.rows[0][4:7] == [
        "Short termU6: Other foster carer, not long term",
        "£1,912.50",
        "14.5",
    ]
    assert stay_of(agency).in_area is False


def test_what_is_not_known_is_left_out(agency, officer):
    unknown = {"purpose": "", "provider_type": "", "weekly_cost": "", "distance_miles": ""}

    page = officer.submit(PLACE, new_child(agency, **unknown, in_area=""))

    assert page.rows[0][4].startswith("Plan not known")
    assert page.rows[0][5:7] == ["not known", "not known"]
    stay = stay_of(agency)
    assert (stay.weekly_cost, stay.in_area, stay.provider_type) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"provider_id": ""}, "provider_id", "Select the agency"),
        ({"provider_id": str(uuid4())}, "provider_id", "Select an agency of the list"),
        ({"place_type": "H5X"}, "place_type", "Select a placement code"),
        ({"child_ref": "C-999"} | blank("born_on"), "child_ref", "Enter a reference of a child"),
        (blank("born_on"), "born_on", "Enter the date of birth"),
        (blank("from_on"), "from_on", "Enter the first day there"),
        (day("from_on", TODAY + timedelta(days=400)), "from_on", "must be between"),
        (day("until_on", date(2020, 1, 1)), "until_on", "must not be before the first day"),
        ({"weekly_cost": "lots"}, "weekly_cost", "The weekly cost must be a number"),
        ({"weekly_cost": "-4"}, "weekly_cost", "The weekly cost must be a number"),
        ({"weekly_cost": "100001"}, "weekly_cost", "must be 100,000 or less"),
        ({"distance_miles": "3.25"}, "distance_miles", "The miles from home must be a number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_stays(
    agency, officer, typed, field, sentence
):
    page = officer.submit(PLACE, new_child(agency) | typed)

    assert sentence in page.errors[field]
    for name in ("weekly_cost", "distance_miles"):
        shown = page.all("input", name=name)[0].get("value")
        assert shown == (new_child(agency) | typed)[name]
    assert db.session.scalars(select(Placement)).all() == []


def test_without_an_agency_the_way_on_is_to_add_one(make, home, officer):
    page = officer.get(PLACE)
    assert "No agency is recorded yet" in page.text

    add = page.link("Add an agency")
    page = officer.submit(add, {"name": " Wren  House ", "kind": "ifa", "route": "spot", "urn": ""})

    assert page.heading == "Place a child with an agency"
    assert "Wren House is added" in page.text
    made = db.session.scalars(select(Provider)).one()
    assert (made.name, made.ref, made.urn) == ("Wren House", "A-0001", None)
    assert page.all("option", selected="selected", value=str(made.id)) or page.all(
        "option", selected="", value=str(made.id)
    )
    again = officer.submit("/agencies/add", {"name": "wren house", "kind": "ifa"})
    assert "Wren House is there already, as A-0001" in again.errors["name"]
    assert "Enter the name" in officer.submit("/agencies/add", {"name": " "}).errors["name"]


def test_a_child_of_ours_who_lives_elsewhere_may_be_moved_from_there(make, home, agency, officer):
    other = make.household(home.service, name="Nan Birch", ref="H-0400")
    stay = make.placement(other)
    known = {"child_ref": stay.child.ref, **blank("born_on")}

    page = officer.submit(PLACE, new_child(agency, **known))

    assert f"{stay.child.ref} lives in Nan Birch, H-0400" in page.errors["child_ref"]
    there = page.link("Move them to the agency")
    assert officer.get(there).heading == f"Move {stay.child.ref} to an agency"
    page = officer.submit(there, agreed(agency) | moved())
    assert f"{stay.child.ref} is recorded with Larkfield" in page.text
    db.session.expire_all()
    assert stay.until_on == TODAY


def test_who_lives_with_an_agency_is_moved_to_the_home_that_they_were_to_come_to(
    make, home, agency, officer
):
    stay = make.placement(provider=agency)
    ref = stay.child.ref

    page = officer.submit(path(home, "/place"), placed(child_ref=ref, **blank("born_on")))

    assert f"{ref} lives with Larkfield on one of these nights" in page.errors["child_ref"]
    there = page.link("Move them here")
    assert there == f"{LIST}/{stay.id}/move?to={home.id}"
    page = officer.submit(
        there, moved(to_id=str(home.id), purpose="short_term", place_type="U6", places="1")
    )
    assert page.heading == home.name
    assert "3 approved + 0 over = 1 filled" in page.text
    db.session.expire_all()
    assert stay.until_on == TODAY


def test_who_lives_in_a_home_is_moved_to_the_home_that_they_were_to_come_to(make, home, officer):
    other = make.household(home.service, name="Nan Birch", ref="H-0400")
    stay = make.placement(other)

    page = officer.submit(
        path(home, "/place"), placed(child_ref=stay.child.ref, **blank("born_on"))
    )

    there = page.link("Move them here")
    assert there == path(other, f"/placements/{stay.id}/move?to={home.id}")
    chosen = [one for one in officer.get(there).all("option") if one.get("selected") is not None]
    assert str(home.id) in {one.get("value") for one in chosen}


def test_the_last_place_rule_holds_and_a_manager_is_asked_why(make, agency, home, sign_in):
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=home.service))
    full = make.household(home.service, places=1, name="Priya Marsh")
    make.placement(full)
    stay = make.placement(provider=agency)
    settle()
    there = f"{LIST}/{stay.id}/move"
    answers = moved(to_id=str(full.id), purpose="short_term", place_type="U6", places="1")

    refused = manager.submit(there, answers)

    assert "No place is vacant" in refused.errors["places"]
    page = manager.post(there, refused.hidden() | answers | {"override_reason": "A sister"})
    assert page.heading == "Priya Marsh"
    assert "1 approved + 1 over = 2 filled" in page.text


def test_a_child_moves_between_agencies_and_the_new_one_may_be_added_on_the_way(
    make, home, agency, officer
):
    stay = make.placement(provider=agency, purpose=Purpose.LONG_TERM)
    page = officer.get(officer.get(LIST).link(f"Move {stay.child.ref}"))
    page = officer.get(page.link("Move them to another agency instead"))
    assert f"With Larkfield since {stay.from_on.day} January 2026" in page.text

    page = officer.submit(page.link("Add an agency"), {"name": "Wren House", "kind": "ifa"})

    assert page.heading == f"Move {stay.child.ref} to an agency"
    other = db.session.scalars(select(Provider).where(Provider.name == "Wren House")).one()
    page = officer.submit(page.path, agreed(other) | moved())
    assert f"{stay.child.ref} is recorded with Wren House" in page.text
    assert [row[2] for row in page.rows] == ["Wren HouseIndependent fostering agency"]


def test_a_child_leaves_once(make, agency, officer):
    stay = make.placement(provider=agency)
    there = officer.get(LIST).link(f"Left: record that {stay.child.ref} left")

    refused = officer.submit(there, day("until_on", TODAY) | {"end_reason": ""})
    assert "Select why it ended" in refused.errors["end_reason"]
    page = officer.submit(there, day("until_on", TODAY) | {"end_reason": "E4A"})

    assert f"{stay.child.ref} no longer lives with Larkfield" in page.text
    assert page.rows == []
    left = officer.get(f"{LIST}?state=left")
    assert left.rows[0][0] == stay.child.ref
    assert there not in left.links
    again = officer.submit(there, day("until_on", TODAY) | {"end_reason": "E4A"})
    assert "An end is recorded already" in again.errors["until_on"]


def test_b6_an_entry_is_corrected_and_removed(make, home, agency, officer):
    other = make.provider(home.service, name="Wren House")
    stay = make.placement(provider=agency, place_type=PlaceType.H5, weekly_cost=Decimal(900))
    there = officer.get(LIST).link(f"Correct the entry of {stay.child.ref}")
    days = day("from_on", date(2026, 2, 1)) | blank("until_on") | {"end_reason": ""}
    page = officer.get(there)
    assert page.all("input", name="weekly_cost")[0].get("value") == "900.00"
    assert "H5: Semi-independent living (to 2023-24)" in page.text

    page = officer.submit(there, agreed(other, what="right") | days)

    assert "The entry is corrected" in page.text
    assert page.rows[0][2].startswith("Wren House")
    new = stay_of(other)
    assert (new.from_on, new.ref, new.weekly_cost) == (
        date(2026, 2, 1),
        stay.ref,
        Decimal("1912.50"),
    )
    page = officer.submit(f"{LIST}/{new.id}/correct", {"what": "mistake"})
    assert "The entry is removed" in page.text
    assert page.rows == []
    wrong = officer.get(f"{LIST}?state=wrong")
    assert ["".join(one.itertext()) for one in wrong.all("s")] == [stay.child.ref] * 2
    assert [row[4].split(":")[0] for row in wrong.rows] == [
        "Corrected since",
        "Removed, it was a mistake",
    ]
    assert f"{LIST}/{new.id}/correct" not in wrong.links
    page = officer.post(f"{LIST}/{stay.id}/correct", {"what": "mistake"})
    assert "That entry was removed, it was a mistake" in page.text
    assert page.path == f"{LIST}?state=wrong"


def test_who_opened_an_entry_that_was_corrected_since_is_led_to_what_took_its_place(
    make, agency, officer
):
    stay = make.placement(provider=agency)
    there = f"{LIST}/{stay.id}/end"
    opened, left = officer.get(there).hidden(), day("until_on", TODAY) | {"end_reason": "E4A"}
    days = day("from_on", date(2026, 2, 1)) | blank("until_on") | {"end_reason": ""}
    officer.submit(f"{LIST}/{stay.id}/correct", agreed(agency, what="right") | days)

    refused = officer.post(there, opened | left)

    assert "corrected where a child lived" in refused.text
    officer.post(there, refused.hidden() | left)
    assert stay_of(agency).until_on == TODAY


def test_a_stale_page_says_what_changed(make, agency, officer):
    stay = make.placement(provider=agency)
    there = f"{LIST}/{stay.id}/end"
    opened = officer.get(there).hidden()
    officer.submit(there, day("until_on", TODAY) | {"end_reason": "E4A"})

    page = officer.post(there, opened | day("until_on", TODAY) | {"end_reason": "E4A"})

    assert "Somebody changed this record" in page.errors[""]
    assert f"recorded that {stay.child.ref} left" in page.text


def test_a_form_sent_twice_places_one_child(agency, officer):
    answers = officer.get(PLACE).hidden() | new_child(agency)

    officer.post(PLACE, answers)
    officer.post(PLACE, answers)

    assert stay_of(agency).recorded_by_id == officer.viewer.membership_id


def test_a_supervisor_reads_the_list_and_changes_nothing(make, agency, supervisor, sign_in):
    stay = make.placement(provider=agency)

    page = supervisor.get(LIST)

    assert page.rows[0][0] == stay.child.ref
    assert PLACE not in page.links
    for there in (PLACE, "/agencies/add", f"{LIST}/{stay.id}/end", f"{LIST}/{stay.id}/correct"):
        assert supervisor.get(there).status == 403
    reader = sign_in(make.viewer(Role.SENIOR_READER, works_for=make.service()))
    assert reader.get(LIST).status == 403


def test_a_home_s_move_page_leads_to_the_agencies(make, home, agency, officer):
    stay = make.placement(home)
    page = officer.get(path(home, f"/placements/{stay.id}/move"))

    page = officer.get(page.link("Move them to an agency instead"))

    assert f"In {home.name}, {home.ref}, since 1 January 2026" in page.text
    assert page.link("Back") == path(home)
    page = officer.submit(page.path, agreed(agency) | moved(**day("on", date(2025, 1, 1))))
    assert "The day must be 1 January" in page.errors["on"]
