"""After each act the page says what happened, and the next one is a link away."""

from __future__ import annotations

from datetime import timedelta

from carers import filters
from carers.db import settle
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.clock import at
from carers.domain.register import Approval
from tests.typed import path, placed

TODAY = clock.today()
LATE = TODAY - timedelta(days=6)


def test_a_hold_past_its_expected_end_says_so_where_it_is_brought_back(make, home, supervisor):
    make.hold(home, reason=UnavailableReason.UNDER_INVESTIGATION, expected_until_on=LATE)
    make.hold(home, expected_until_on=TODAY)

    today = supervisor.get("/today")
    page = supervisor.get(path(home))

    assert path(home, "#holds") in today.links
    assert f"Under investigation, expected to end {filters.day(LATE)}, 6 days ago" in page.text
    assert f"Carers are taking a break, until {filters.day(TODAY)}" in page.text
    assert page.text.count("Over by 6 days") == 1


def test_whom_today_says_to_ring_is_rung_from_there(make, home, supervisor):
    make.confirmation(home, at(TODAY - timedelta(days=9)))

    assert "tel:01632960645" in supervisor.get("/today").links


def test_who_is_to_be_rung_first_is_rung_from_the_board(make, home, officer):
    make.household(home.service, name="No telephone", phone=None)

    page = officer.get("/vacancies")

    assert page.text.count("Ring first") == 2
    assert page.links.count("tel:01632960645") == 1


def test_once_the_rest_is_confirmed_what_is_asked_by_itself_is_counted(make, home, supervisor):
    make.hold(home, expected_until_on=LATE)
    make.confirmation(home, at(TODAY - timedelta(days=5)))

    page = supervisor.get("/my-carers")

    assert (
        "Your home was confirmed in the last 7 days. 1 home is still to be looked at" in page.text
    )
    assert "Read the positions below" not in page.text


def test_a_new_child_is_told_of_by_reference(home, officer):
    page = officer.submit(path(home, "/place"), placed())

    assert "C-0001 is recorded here. Now 3 approved + 0 over = 1 filled" in page.text


def test_a_full_home_leads_to_where_there_is_room(make, home, officer):
    assert "No place is vacant here today" not in officer.get(path(home, "/place")).text
    for _ in range(3):
        make.placement(home)
    settle()

    page = officer.get(path(home, "/place"))

    assert "No place is vacant here today" in page.text
    assert {"/vacancies", "/agency-placements/place"} <= set(page.links)


def test_a_move_is_offered_homes_with_room_first(make, home, officer):
    stay = make.placement(home)
    make.placement(make.household(home.service, name="Aaron Full", ref="H-0400"))
    make.household(home.service, name="Zoe Room", ref="H-0401")
    make.household(home.service, name="Adopter", ref="H-0402", approval=Approval.ADOPTER)
    settle()

    page = officer.get(path(home, f"/placements/{stay.id}/move"))

    (homes,) = page.all("select", name="to_id")
    assert [option.text for option in homes.iter("option")] == [
        "Choose one",
        "Zoe Room, H-0401: 1 vacant today",
        "Aaron Full, H-0400: none vacant today",
        "Adopter, H-0402: prospective adopter (regulation 25A)",
    ]


def test_a_respite_stay_is_told_apart_from_where_a_child_lives(make, home, officer):
    main = make.placement(make.household(home.service))
    make.placement(home, child=main.child, respite_of_id=main.id)

    assert "Respite, beside the home they live in" in officer.get(path(home)).text


def test_where_no_scheme_is_open_the_form_says_where_they_come_from(home, supervisor):
    page = supervisor.get(path(home, "/schemes/join"))

    assert "Schemes come with the files that are loaded" in page.text


def test_who_may_not_record_an_exemption_is_told_who_does(make, home, officer):
    for _ in range(3):
        make.placement(home)

    page = officer.get(path(home, "/place"))

    assert "Whoever has the home records it, or a team manager." in page.text
    assert path(home, "/exemptions/record") not in page.links
