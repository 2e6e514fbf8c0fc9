"""Terms put right or removed, where children live or other terms are beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db, settle
from carers.domain.roles import Role
from carers.models import Household, Terms
from carers.queries import positions
from tests.typed import blank, day, path

SINCE = date(2020, 4, 1)
MISTAKE = {"what": "mistake"}


def typed(**given: str) -> dict[str, str]:
    return {
        "what": "right",
        **day("from_on", SINCE),
        **blank("until_on"),
        "carer_type": "general",
        "primary_offer": "",
        "places": "3",
        "age_min": "0",
        "age_max": "17",
        "conditions": "",
        **given,
    }


def terms_of(home: Household) -> list[Terms]:
    """Those that count."""
    db.session.expire_all()
    query = select(Terms).where(Terms.household_id == home.id, Terms.superseded_by_id.is_(None))
    return list(db.session.scalars(query.where(~Terms.is_void).order_by(Terms.from_on)))


def days(home: Household) -> list[tuple[date, date | None]]:
    return [(one.from_on, one.until_on) for one in terms_of(home)]


def correct(browser: Any, terms: Terms, answers: dict[str, str]) -> Any:
    there = f"/households/{terms.household_id}/terms/{terms.id}/correct"
    return browser.submit(there, answers)


def changed(make: Any, home: Household, on: date, places: int = 3) -> Terms:
    """Other terms from a day on."""
    home.terms[0].until_on = on
    db.session.commit()
    terms: Terms = make.terms(home, from_on=on, places=places)
    return terms


def test_children_are_not_left_over_by_a_correction_unasked(make, home, supervisor):
    make.placement(home, places_used=2)

    page = correct(supervisor, home.terms[0], typed(places="1"))

    assert "Children use 2 places on 1 January" in page.errors["places"]
    assert not page.all("textarea", name="override_reason")
    assert [one.places for one in terms_of(home)] == [3]


def test_nor_by_days_on_which_there_are_no_terms_at_all(make, home, supervisor):
    make.placement(home)

    page = correct(supervisor, home.terms[0], typed(**day("until_on", date(2026, 6, 1))))

    assert "Children use 1 place on 1 June" in page.errors["places"]


def test_nor_are_holds_left_without_places(make, home, supervisor):
    make.placement(home)
    make.hold(home)

    page = correct(supervisor, home.terms[0], typed(places="1"))

    assert "1 place would be on hold on 1 January" in page.errors["places"]


def test_a_manager_says_why_children_stay_all_the_same(make, home, manager):
    make.placement(home, places_used=2)
    settle()
    there = path(home, f"/terms/{home.terms[0].id}/correct")
    refused = manager.submit(there, typed(places="1"))

    page = manager.post(there, refused.hidden() | typed(places="1", override_reason="Until May"))

    assert "The entry is corrected" in page.text
    (terms,) = terms_of(home)
    assert (terms.places, terms.override_reason) == (1, "Until May")
    assert terms.override_by_id == manager.viewer.membership_id
    today = positions.of_home(home.id, viewer=manager.viewer, day=date(2026, 2, 1))
    assert today.capacity.over == 1
    assert "children stay all the same: Until May" in manager.get(path(home)).text


def test_a_child_whom_an_exemption_names_stays(make, home, supervisor):
    stay = make.placement(home)
    make.placement(home)
    make.exemption(home, stay.child)
    settle()

    page = correct(supervisor, home.terms[0], typed(places="1"))

    assert "The entry is corrected" in page.text


def test_who_is_over_already_does_not_stand_in_the_way(make, home, supervisor):
    manager = make.member(Role.TEAM_MANAGER, works_for=home.service)
    make.placement(home, places_used=4, override_reason="Twins", override_by_id=manager.id)
    settle()

    page = correct(supervisor, home.terms[0], typed(age_max="12"))

    assert "The entry is corrected" in page.text


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 9, 1)])
def test_terms_before_end_where_corrected_ones_begin(make, home, supervisor, on):
    make.placement(home)
    terms = changed(make, home, date(2026, 6, 1))

    page = correct(supervisor, terms, typed(**day("from_on", on)))

    assert "The entry is corrected" in page.text
    assert days(home) == [(SINCE, on), (on, None)]


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 9, 1)])
def test_terms_after_begin_where_corrected_ones_end(make, home, supervisor, on):
    make.placement(home)
    changed(make, home, date(2026, 6, 1))

    correct(supervisor, home.terms[0], typed(**day("until_on", on)))

    assert days(home) == [(SINCE, on), (on, None)]


def test_terms_that_overlap_others_are_refused_in_words(make, home, supervisor):
    changed(make, home, date(2026, 6, 1))

    page = correct(supervisor, home.terms[0], typed())

    assert "Other terms are in force" in page.errors["from_on"]


def test_a_change_that_was_a_mistake_gives_the_terms_before_it_back(make, home, supervisor):
    make.placement(home)
    terms = changed(make, home, date(2026, 6, 1), places=1)

    page = correct(supervisor, terms, MISTAKE)

    assert "The entry is removed" in page.text
    assert [(one.from_on, one.until_on, one.places) for one in terms_of(home)] == [(SINCE, None, 3)]


def test_terms_that_children_live_under_are_removed_by_a_manager_who_says_why(make, home, manager):
    make.placement(home)
    terms = changed(make, home, date(2026, 6, 1))
    make.hold(home, places=2)
    settle()
    there = path(home, f"/terms/{home.terms[0].id}/correct")

    refused = manager.submit(there, MISTAKE)
    assert "Children use 1 place" in refused.errors["places"]
    manager.post(there, refused.hidden() | MISTAKE | {"override_reason": "Never approved then"})

    assert [one.id for one in terms_of(home)] == [terms.id]
