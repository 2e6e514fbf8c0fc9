"""One entry of each kind put right, or removed: the ledger, the figures and the history follow."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from carers.db import db, settle
from carers.domain import clock
from carers.domain.period import Days
from carers.domain.roles import Role
from carers.models import AuditEntry, Confirmation, Placement, Terms, Unavailability
from carers.queries import ledger, positions
from tests.typed import blank, day, path

TODAY = clock.today()
SINCE = date(2026, 1, 1)
MISTAKE = {"what": "mistake"}


def stay_typed(**given: str) -> dict[str, str]:
    return {
        "what": "right",
        **day("from_on", SINCE),
        **blank("until_on"),
        "end_reason": "",
        "purpose": "short_term",
        "place_type": "U6",
        "places": "1",
        **given,
    }


def hold_typed(owner: str, **given: str) -> dict[str, str]:
    return {
        "what": "right",
        "places": "1",
        "reason": "carer_break",
        **day("from_on", SINCE),
        **day("expected_until_on", TODAY + timedelta(days=9)),
        **blank("until_on"),
        "owner_id": owner,
        **given,
    }


def terms_typed(**given: str) -> dict[str, str]:
    return {
        "what": "right",
        **day("from_on", date(2020, 4, 1)),
        **blank("until_on"),
        "carer_type": "general",
        "primary_offer": "",
        "places": "3",
        "age_min": "0",
        "age_max": "17",
        "conditions": "",
        **given,
    }


def capacity(home, browser) -> Any:
    return positions.of_home(home.id, viewer=browser.viewer, day=TODAY).capacity


def correct(browser, home, there: str, answers: dict[str, str]) -> Any:
    """From the link beside the entry."""
    assert path(home, there) in browser.get(path(home, "?history=all")).links
    return browser.submit(path(home, there), answers)


def rows_of(kind: Any) -> list[Any]:
    db.session.expire_all()
    return list(db.session.scalars(select(kind).order_by(kind.created_at)))


def struck(page: Any) -> list[str]:
    return ["".join(one.itertext()) for one in page.all("s")]


def test_b6_a_placement_is_put_right(make, home, manager):
    stay = make.placement(home)
    there = f"/placements/{stay.id}/correct"

    page = correct(
        manager, home, there, stay_typed(places="2", **day("from_on", SINCE + timedelta(days=9)))
    )

    assert "The entry is corrected" in page.text
    assert (capacity(home, manager).filled, capacity(home, manager).vacant) == (2, 1)
    old, new = rows_of(Placement)
    assert (old.superseded_by_id, old.places_used, new.places_used) == (new.id, 1, 2)
    assert (new.ref, new.child_id, new.from_on) == (old.ref, old.child_id, date(2026, 1, 10))
    assert struck(page) == [f"{stay.child.ref} came to live here"]
    assert "Corrected since" in page.text
    actions = select(AuditEntry.action).where(AuditEntry.record_type == "placement")
    assert set(db.session.scalars(actions)) == {"corrected where a child lived"}


def test_the_address_of_a_corrected_entry_leads_to_the_one_in_its_place(make, home, manager):
    there = path(home, f"/placements/{make.placement(home).id}/correct")
    for places in ("2", "3"):
        manager.submit(there, stay_typed(places=places))

    shown = manager.get(there).all("input", name="places")[0]

    assert shown.get("value") == "3"
    assert manager.get(there.replace("correct", "end")).status == 200


def test_a_correction_sent_twice_is_done_once(make, home, manager):
    there = path(home, f"/placements/{make.placement(home).id}/correct")
    sent = manager.get(there).hidden() | stay_typed(places="2")

    pages = [manager.post(there, sent) for _ in range(2)]

    assert all("The entry is corrected" in page.text for page in pages)
    assert len(rows_of(Placement)) == 2


def test_a_correction_by_back_after_another_says_what_changed(make, home, manager):
    there = path(home, f"/placements/{make.placement(home).id}/correct")
    opened = manager.get(there).hidden()
    manager.submit(there, stay_typed(places="2"))

    page = manager.post(there, opened | stay_typed(places="3"))

    assert "Somebody changed this record" in page.errors[""]
    assert "corrected where a child lived" in page.text
    assert page.all("input", name="places")[0].get("value") == "3"  # what was typed stays
    assert "The entry is corrected" in manager.post(there, page.hidden() | stay_typed()).text


def test_an_entry_that_was_removed_leads_to_its_home_in_words(make, home, manager):
    there = path(home, f"/holds/{make.hold(home).id}/correct")
    sent = manager.get(there).hidden() | MISTAKE
    manager.post(there, sent)

    again = manager.post(there, sent)

    assert again.heading == home.name
    assert "That entry was removed, it was a mistake" in again.text
    assert manager.get(there).response.headers["Location"] == path(home)
    assert manager.get(there.replace("correct", "bring-back")).status == 302


def test_an_entry_is_found_only_in_its_own_home(make, home, manager):
    stay = make.placement(make.household(home.service, places=2))
    manager.submit(path(stay.household, f"/placements/{stay.id}/correct"), stay_typed(places="2"))

    assert manager.get(path(home, f"/placements/{stay.id}/correct")).status == 404


def test_b6_a_wrong_ending_is_taken_back(make, home, manager):
    stay = make.placement(home, until_on=TODAY, end_reason="CARPL")
    assert capacity(home, manager).filled == 0

    page = correct(manager, home, f"/placements/{stay.id}/correct", stay_typed())

    assert capacity(home, manager).filled == 1
    assert len(struck(page)) == 2  # came, and left


def test_b6_a_hold_is_put_right(make, home, manager):
    hold = make.hold(home)
    owner = str(manager.viewer.membership_id)

    page = correct(manager, home, f"/holds/{hold.id}/correct", hold_typed(owner, places="3"))

    assert "The entry is corrected" in page.text
    assert capacity(home, manager).not_available == 3
    old, new = rows_of(Unavailability)
    assert (old.superseded_by_id, str(new.owner_id), new.ref) == (new.id, owner, old.ref)
    assert struck(page) == ["1 place put on hold: carers are taking a break"]


def test_b6_terms_are_put_right(make, home, manager):
    make.placement(home)
    answers = terms_typed(places="4", age_min="5", placement_types="emergency")

    page = correct(manager, home, f"/terms/{home.terms[0].id}/correct", answers)

    assert "The entry is corrected" in page.text
    assert (capacity(home, manager).approved, capacity(home, manager).vacant) == (4, 3)
    old, new = rows_of(Terms)
    assert (old.superseded_by_id, new.age_min, new.placement_types) == (new.id, 5, ["emergency"])
    assert struck(page) == ["Terms: 3 places, general"]


def test_b6_a_confirmation_is_put_right(make, home, manager):
    said = make.confirmation(home, clock.at(TODAY, datetime.min.time()), vacant=3)
    earlier = TODAY - timedelta(days=30)
    there = f"/confirmations/{said.id}/correct"
    answers = {"what": "right", **day("on", earlier), "time": "9:10am", "note": "By telephone"}

    page = correct(manager, home, there, answers)

    assert "The entry is corrected" in page.text
    assert "Stale: last confirmed 30 days ago" in page.text
    old, new = rows_of(Confirmation)
    assert (old.superseded_by_id, new.note, new.vacant) == (new.id, "By telephone", 3)
    assert f"{new.at:%d %H:%M}" == f"{earlier:%d} 09:10"
    assert struck(page) == ["Confirmed unchanged: 3 vacant"]


def test_b6_each_kind_is_removed_where_it_was_a_mistake(make, home, manager):
    stay, hold = make.placement(home), make.hold(home)
    said = make.confirmation(home, clock.at(TODAY, datetime.min.time()))
    extra = make.terms(home, places=1, from_on=date(2020, 4, 1), until_on=date(2020, 4, 1))
    assert capacity(home, manager).vacant == 1

    entries = (
        f"/placements/{stay.id}/correct",
        f"/holds/{hold.id}/correct",
        f"/confirmations/{said.id}/correct",
        f"/terms/{extra.id}/correct",
    )
    pages = [correct(manager, home, there, MISTAKE) for there in entries]

    assert all("The entry is removed" in page.text for page in pages)
    assert capacity(home, manager).vacant == 3
    assert "Never confirmed" in pages[-1].text
    history = manager.get(path(home, "?history=all"))
    assert len(struck(history)) == 4  # each once
    assert history.text.count("Removed, it was a mistake") == 4
    for kind in (Placement, Unavailability, Confirmation, Terms):
        assert [one.is_void for one in rows_of(kind)][-1] is True


def test_the_figures_follow_a_correction(make, home, manager):
    stay = make.placement(home)
    before = nights(home, manager)

    correct(manager, home, f"/placements/{stay.id}/correct", stay_typed(places="2"))

    assert nights(home, manager) == 2 * before > 0


def nights(home, browser) -> int:
    days = Days(SINCE, SINCE + timedelta(days=30))
    spells = ledger.spells(browser.viewer, [home.id], within=days)
    until = func.least(func.coalesce(spells.c.until_on, days.after), days.after)
    total = select(func.sum(spells.c.filled * (until - spells.c.from_on)))
    return int(db.session.scalars(total).one() or 0)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (blank("from_on"), "from_on", "Enter the first day"),
        (day("from_on", date(2020, 3, 1)), "from_on", "must be 1 April 2020 or later"),
        (day("until_on", date(2025, 1, 1)), "until_on", "The end must not be before"),
        ({"end_reason": "CARPL"}, "end_reason", "Leave this empty"),
        ({"places": "4"}, "places", "Places used must be"),
        ({"place_type": "K2"}, "place_type", "Select a placement code"),
        ({"purpose": ""}, "purpose", "Select what it is for"),
        ({"what": "nothing"}, "what", "Select what was wrong"),
    ],
)
def test_a_bad_correction_is_refused_beside_its_field(make, home, manager, typed, field, sentence):
    stay = make.placement(home)

    page = manager.submit(path(home, f"/placements/{stay.id}/correct"), stay_typed() | typed)

    assert sentence in page.errors[field]
    assert len(rows_of(Placement)) == 1


def test_a_correction_that_puts_a_child_in_two_homes_is_refused_in_words(make, home, manager):
    child = make.child(home.service)
    make.placement(
        make.household(home.service), child=child, from_on=SINCE, until_on=date(2026, 2, 1)
    )
    stay = make.placement(home, child=child, from_on=date(2026, 2, 1))

    page = manager.submit(path(home, f"/placements/{stay.id}/correct"), stay_typed())

    assert "already somewhere else" in page.errors[""]


def test_more_places_than_there_are_are_corrected_by_a_manager_who_says_why(make, home, manager):
    make.placement(home, places_used=2)
    stay = make.placement(home)
    settle()
    there = path(home, f"/placements/{stay.id}/correct")

    refused = manager.submit(there, stay_typed(places="2"))
    answers = refused.hidden() | stay_typed(places="2", override_reason="A baby was born")
    page = manager.post(there, answers)

    assert "No place is vacant" in refused.errors["places"]
    assert "The entry is corrected" in page.text
    assert capacity(home, manager).over == 1


def test_the_only_terms_of_a_home_are_not_removed(home, manager):
    page = manager.submit(path(home, f"/terms/{home.terms[0].id}/correct"), MISTAKE)

    assert "the home’s only terms" in page.errors[""]


@pytest.mark.parametrize(
    ("given", "typed", "field", "sentence"),
    [
        ({}, day("from_on", date(2020, 3, 1)), "from_on", "must be 1 April 2020 or later"),
        ({}, day("until_on", date(2020, 1, 1)), "until_on", "The end must not be before"),
        ({"ended_on": TODAY}, day("from_on", TODAY), "from_on", "approval ends then"),
        (
            {"ended_on": TODAY},
            day("until_on", TODAY + timedelta(days=1)),
            "until_on",
            "approval ends then",
        ),
    ],
)
def test_terms_stay_within_the_approval(make, sign_in, given, typed, field, sentence):
    household = make.household(places=3, **given)
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=household.service))

    page = manager.submit(
        path(household, f"/terms/{household.terms[0].id}/correct"), terms_typed() | typed
    )

    assert sentence in page.errors[field]


def test_a_confirmation_is_not_put_right_to_a_moment_to_come(make, home, manager):
    said = make.confirmation(home, clock.at(TODAY, datetime.min.time()))
    answers = {"what": "right", **day("on", TODAY + timedelta(days=1)), "time": "10:00"}

    page = manager.submit(path(home, f"/confirmations/{said.id}/correct"), answers)

    assert "now or in the past" in page.errors["on"]


def test_a_child_whose_respite_stay_goes_on_cannot_never_have_lived_here(make, home, manager):
    stay = make.placement(home)
    make.placement(
        make.household(home.service), child=stay.child, from_on=SINCE, respite_of_id=stay.id
    )

    page = manager.submit(path(home, f"/placements/{stay.id}/correct"), MISTAKE)

    assert "A respite stay of this child" in page.errors[""]


def test_an_officer_corrects_placements_and_confirmations_alone(make, home, officer):
    stay, hold = make.placement(home), make.hold(home)
    terms = home.terms[0]
    links = officer.get(path(home)).links

    assert path(home, f"/placements/{stay.id}/correct") in links
    for there in (f"/holds/{hold.id}/correct", f"/terms/{terms.id}/correct"):
        assert path(home, there) not in links
        assert officer.get(path(home, there)).status == 403


def test_what_was_written_is_in_the_form(make, home, manager):
    hold = make.hold(home, owner_id=manager.viewer.membership_id, expected_until_on=TODAY)

    page = manager.get(path(home, f"/holds/{hold.id}/correct"))

    assert page.all("input", id="places")[0].get("value") == "1"
    assert page.all("input", id="from_on-year")[0].get("value") == "2026"
    chosen = [one.get("value") for one in page.tree.iter("option") if "selected" in one.attrib]
    assert chosen == [str(manager.viewer.membership_id)]
