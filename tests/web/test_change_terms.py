"""Terms of approval changed from the page of a home, by both routes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers import filters
from carers.db import db
from carers.domain import clock
from carers.domain.register import Approval, CarerType, PrimaryOffer
from carers.domain.roles import Role
from carers.domain.terms_change import TermsRoute
from carers.models import AuditEntry, Household, Terms
from tests.typed import blank, day, path

TODAY = clock.today()


def typed(**given: Any) -> dict[str, Any]:
    """A proposal of today for two places, as it is typed."""
    return {
        "route": "ordinary",
        **day("proposed_on", TODAY),
        **blank("agreed_on"),
        "represented": "no",
        **blank("decided_on"),
        "carer_type": "general",
        "primary_offer": "",
        "places": "2",
        "age_min": "5",
        "age_max": "12",
        "conditions": "",
        **given,
    }


def agreed(**given: Any) -> dict[str, Any]:
    return typed(route="agreed", statement_given="yes", **day("agreed_on", TODAY), **given)


def rows(home: Household) -> list[Terms]:
    query = select(Terms).where(Terms.household_id == home.id, Terms.superseded_by_id.is_(None))
    db.session.expire_all()
    return list(db.session.scalars(query.order_by(Terms.from_on)))


def test_a_proposal_is_in_force_after_28_full_days_and_the_present_terms_end_then(home, supervisor):
    page = supervisor.submit(path(home, "/change-terms"), typed())

    former, new = rows(home)
    assert f"The new terms are entered: in force from {filters.day(new.from_on)}" in page.text
    assert new.from_on == TODAY + timedelta(days=29)
    assert (former.until_on, new.until_on) == (new.from_on, None)
    assert (new.places, new.age_min, new.age_max, new.carer_type) == (2, 5, 12, CarerType.GENERAL)
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == new.id)).one()
    assert "28 days without representations" in told.action


def test_agreed_in_writing_it_is_in_force_at_once(home, supervisor):
    more = agreed(places="4", genders=["F"], placement_types=["respite"], siblings_only="yes")

    page = supervisor.submit(path(home, "/change-terms"), more)

    assert "4 of 4 places are vacant" in page.text
    assert "respite and brothers and sisters only" in page.text
    assert [one.places for one in rows(home)] == [3, 4]
    assert rows(home)[0].until_on == TODAY


def test_terms_keep_by_which_route_they_were_changed(home, supervisor):
    page = supervisor.submit(path(home, "/change-terms"), agreed())

    new = rows(home)[1]
    assert (new.change_route, new.proposed_on, new.agreed_on) == (TermsRoute.AGREED, TODAY, TODAY)
    assert new.recorded_by_id == supervisor.viewer.membership_id
    assert f"Agreed in writing on {filters.day(TODAY)} under regulation 28(9A)" in page.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "28 days for representations"),
        (day("proposed_on", TODAY - timedelta(days=40)), "28 days without representations"),
        (
            {"represented": "yes", **day("decided_on", TODAY)},
            f"decided on {filters.day(TODAY)} after representations",
        ),
    ],
)
def test_a_proposal_says_what_came_of_it(home, supervisor, given, words):
    page = supervisor.submit(path(home, "/change-terms"), typed(**given))

    assert words in page.text
    assert rows(home)[1].agreed_on is None


def test_a_correction_of_terms_keeps_how_they_were_changed(home, supervisor):
    supervisor.submit(path(home, "/change-terms"), agreed())
    there = path(home, f"/terms/{rows(home)[1].id}/correct")
    right = {"what": "right", **day("from_on", TODAY), **blank("until_on"), "places": "4"}

    page = supervisor.submit(there, agreed() | right)

    assert rows(home)[1].places == 4
    assert rows(home)[1].change_route is TermsRoute.AGREED
    assert "under regulation 28(9A)" in page.text


def test_terms_that_ended_before_stay_as_they_are(make, home, supervisor):
    make.terms(home, from_on=date(2019, 1, 1), until_on=date(2020, 4, 1))

    supervisor.submit(path(home, "/change-terms"), agreed())

    assert [one.until_on for one in rows(home)] == [date(2020, 4, 1), TODAY, None]


def test_the_form_begins_with_the_present_terms(home, supervisor):
    page = supervisor.get(path(home, "/change-terms"))

    assert page.all("input", id="places")[0].get("value") == "3"
    assert page.all("input", id="age_max")[0].get("value") == "17"
    chosen = [
        one.get("value") for one in page.all("input", name="carer_type") if "checked" in one.attrib
    ]
    assert chosen == ["general"]


def test_representations_leave_the_terms_until_the_decision(home, supervisor):
    waiting = supervisor.submit(path(home, "/change-terms"), typed(represented="yes"))
    assert "Their terms stay as they are" in waiting.errors["decided_on"]
    decided = typed(
        represented="yes",
        **day("proposed_on", TODAY - timedelta(days=40)),
        **day("decided_on", TODAY),
    )

    supervisor.submit(path(home, "/change-terms"), decided)

    assert rows(home)[1].from_on == TODAY


def test_children_who_would_be_over_are_told_and_it_is_refused(make, home, supervisor):
    make.placement(home)
    make.placement(home, from_on=TODAY + timedelta(days=9))

    page = supervisor.submit(path(home, "/change-terms"), agreed(places="1"))
    assert "Children use 2 places on" in page.errors["places"]
    assert len(rows(home)) == 1

    assert (
        "The new terms are entered"
        in supervisor.submit(path(home, "/change-terms"), agreed(places="2")).text
    )


def test_places_on_hold_that_would_not_be_left_are_told(make, home, supervisor):
    make.placement(home)
    make.hold(home)

    page = supervisor.submit(path(home, "/change-terms"), agreed(places="1"))

    assert "1 place would be on hold on" in page.errors["places"]
    assert "0 places left to hold" in page.errors["places"]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"route": "slow"}, "route", "Select how the terms change"),
        (blank("proposed_on"), "proposed_on", "Enter the day the proposal was sent"),
        (day("proposed_on", date(2019, 1, 1)), "proposed_on", "not approved on that day"),
        ({"places": ""}, "places", "Enter how many places"),
        ({"places": "21"}, "places", "Places must be 0 to 20"),
        ({"age_min": "13"}, "age_max", "must not be under the youngest"),
        ({"age_max": "30"}, "age_max", "The oldest age must be 0 to 20"),
        ({"carer_type": ""}, "carer_type", "Select the type of carer"),
        ({"primary_offer": "family_and_friends"}, "primary_offer", "Family and friends goes with"),
    ],
)
def test_bad_terms_are_refused_beside_the_field(home, supervisor, given, field, sentence):
    page = supervisor.submit(path(home, "/change-terms"), typed(**given))

    assert sentence in page.errors[field]
    assert len(rows(home)) == 1


def test_terms_that_are_recorded_for_later_come_first(make, home, supervisor):
    supervisor.submit(path(home, "/change-terms"), typed())

    page = supervisor.submit(path(home, "/change-terms"), typed())

    assert "Terms are recorded from" in page.errors["proposed_on"]


def test_terms_that_were_to_end_on_another_day_are_put_right(make, home, supervisor):
    home.terms[0].until_on = TODAY + timedelta(days=90)
    db.session.commit()

    supervisor.submit(path(home, "/change-terms"), agreed())

    former, new = rows(home)
    assert (former.until_on, new.from_on) == (TODAY, TODAY)


def test_a_home_that_ends_or_needs_no_terms_takes_none(make, home, supervisor, sign_in):
    home.ended_on = TODAY + timedelta(days=20)
    db.session.commit()
    page = supervisor.submit(path(home, "/change-terms"), typed())
    assert "the approval ends on" in page.errors["proposed_on"]

    host = make.household(home.service, approval=Approval.HOST, places=None)
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=home.service))
    page = manager.submit(path(host, "/change-terms"), typed())
    assert "Its approval is host only, which needs no terms" in page.errors[""]


def test_the_offer_goes_with_the_type(home, supervisor):
    offered = agreed(carer_type="connected_person", primary_offer="family_and_friends")

    supervisor.submit(path(home, "/change-terms"), offered)

    assert rows(home)[1].primary_offer is PrimaryOffer.FAMILY_AND_FRIENDS


def test_terms_that_change_nothing_are_not_entered_again(home, supervisor):
    same = typed(places="3", age_min="0", age_max="17")

    page = supervisor.post(path(home, "/change-terms"), same)

    assert "These are the terms in force already: change what is to differ" in page.text
    assert len(rows(home)) == 1
