"""The page of a home: what it says, to whom, and confirming it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.capacity import ConfirmerRole
from carers.domain.children import PlacementEnd
from carers.domain.register import Approval, PersonRole, Skill, SkillLevel
from carers.domain.roles import Role
from carers.models import Confirmation
from tests.browser import Page, words
from tests.typed import held, path

MANAGER = Role.TEAM_MANAGER
SUPERVISOR = Role.SUPERVISING_SOCIAL_WORKER


def test_the_four_numbers_add_up_in_words_and_each_place_is_a_block(make, home, supervisor):
    make.placement(home, child=make.child(home.service, ref="C-0412"))
    make.hold(home, expected_until_on=date(2027, 1, 30))

    page = supervisor.get(path(home))

    assert page.heading == "Angela Foyle"
    assert "H-0231 · approved 1 April 2020 · LF4" in page.text
    assert "1 of 3 places is vacant" in page.text
    assert "3 approved + 0 over = 1 filled + 1 not available + 1 vacant" in page.text
    places = [words(li) for li in page.tree.iter("li") if "c-place " in (li.get("class") or "")]
    assert [one.split()[0] for one in places] == ["Filled", "Not", "Vacant"]
    assert places[0].startswith("Filled C-0412, 8 since 1 January 2026")
    assert "until 30 January 2027" in places[1]


def test_a_new_home_says_that_nobody_has_lived_there(home, supervisor):
    assert "Approved, no child has lived here yet" in supervisor.get(path(home)).text


def test_the_address_and_the_names_of_children_are_not_shown(make, home, supervisor):
    home.address = "7 Larch Road"
    db.session.commit()
    make.person(home, role=PersonRole.CHILD, given_name="Tom", born_on=date(2015, 1, 1))
    make.person(home, given_name="Angela", family_name="Foyle", born_on=date(1974, 1, 1))

    page = supervisor.get(path(home))

    assert "Larch" not in page.html
    assert "Tom" not in page.text
    assert "Child at home, 11" in page.text
    assert "Angela Foyle, 52" in page.text


def test_terms_skills_and_history_are_shown_with_what_was_corrected_since(make, home, supervisor):
    make.skill(home, Skill.RESPITE)
    make.skill(home, Skill.BABIES, level=SkillLevel.WILLING)
    stay = make.placement(home, until_on=date(2026, 2, 1), end_reason=PlacementEnd.CARPL)
    make.placement(home, is_void=True, ref="PL-VOID")
    make.confirmation(home, clock.now() - timedelta(days=1), vacant=3)

    page = supervisor.get(path(home))

    links = "End: Respite Correct this entry: Respite, since 1 April 2020"
    assert ["Respite", "Approved", "1 April 2020", f"not known {links}"] in page.rows
    assert any(row[:2] == ["Babies", "Willingnot counted as held"] for row in page.rows)
    assert f"{stay.child.ref} left: moved under the care plan" in page.text
    assert "Removed, it was a mistake: it counts in nothing" in page.text
    assert "Confirmed yesterday" in page.text


def entries(page: Page) -> list[str]:
    """What the history says happened, the last first."""
    (history,) = page.all("ol", **{"class": "c-timeline"})
    return [words(next(entry.iter("strong"))) for entry in history.iter("li")]


def test_confirmations_with_nothing_between_them_are_one_entry_until_all_are_asked_for(
    make, home, supervisor
):
    for n in range(15):
        make.confirmation(home, clock.now() - timedelta(days=n + 1))

    page = supervisor.get(path(home))
    everything = supervisor.get(page.link("All 18 entries"))

    assert entries(page).count("Confirmed unchanged") == 1
    assert "and 14 times before, since" in page.text
    assert entries(everything).count("Confirmed unchanged") == 15
    assert "times before" not in everything.text
    assert "All 18 entries" not in everything.text


def test_every_confirmation_is_in_the_whole_history_however_many(make, home, supervisor):
    for n in range(25):
        make.confirmation(home, clock.now() - timedelta(days=n + 1))

    everything = supervisor.get(supervisor.get(path(home)).link("All entries"))

    assert entries(everything).count("Confirmed unchanged") == 25


def test_those_who_live_there_are_shown_and_the_rest_when_asked_for(make, home, supervisor):
    for month in range(1, 7):
        day = date(2025, month, 1)
        make.placement(home, from_on=day, until_on=day + timedelta(days=20))
    make.placement(home, child=make.child(home.service, ref="C-HERE"))

    page = supervisor.get(path(home))
    every = supervisor.get(page.link("All 7 children who lived here"))

    assert [
        len([row for row in one.rows if len(row) == 5 and row[0].startswith("C-")])
        for one in (page, every)
    ] == [4, 7]
    assert next(row for row in page.rows if row[0].startswith("C-"))[0] == "C-HERE"
    assert "All 7 children" not in every.text


def test_what_the_vacant_place_can_be_used_for_is_said_under_the_sum(make, sign_in):
    home = make.household(places=None, bedrooms=3)
    make.terms(home, age_min=8, age_max=16, places=1)

    page = sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home))

    assert "The vacant place can be used for one child aged 8 to 16, of any gender" in page.text
    assert "The home has 3 bedrooms." in page.text
    assert "can be used for one child" in page.text
    assert "Approved for children aged" not in page.text


def test_a_fourth_child_needs_to_be_a_brother_or_sister_or_an_exemption(make, sign_in):
    home = make.household(places=4)
    for _ in range(3):
        make.placement(home, child=make.child(home.service, sibling_group="SG-1"))

    page = sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home))

    assert "With 3 children here, only for a brother or sister of theirs, or under" in page.text
    assert "only for a brother or sister of theirs" in page.text.partition("approved+")[0]


def test_a_place_that_is_soon_taken_says_from_when(make, home, supervisor):
    tomorrow = clock.today() + timedelta(days=1)
    make.placement(home, from_on=tomorrow)

    assert (
        f"From {tomorrow.day} {tomorrow:%B} 2 places are vacant" in supervisor.get(path(home)).text
    )


def test_a_home_with_no_vacancy_says_what_it_is_approved_for(make, sign_in):
    home = make.household(places=1)
    make.placement(home)

    page = sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home))

    assert "can be used" not in page.text
    assert "Approved for children aged" in page.text


def test_a_stale_home_says_by_when_it_was_to_be_confirmed(make, home, supervisor):
    make.confirmation(home, clock.now() - timedelta(days=12), by_role=ConfirmerRole.CARER)

    page = supervisor.get(path(home))

    assert "Stale: last confirmed 12 days ago" in page.text
    assert "by a carer. It was to be confirmed again by" in page.text


def test_records_that_disagree_are_noted_above_the_places(make, home, supervisor):
    home.terms[0].until_on = clock.today()
    db.session.commit()
    make.placement(home)

    page = supervisor.get(path(home))

    assert "The records disagree: 1 filled, and 0 approved" in page.text
    assert "No places are approved today" in page.text


def test_a_home_without_full_approval_has_nothing_to_confirm(make, sign_in):
    home = make.household(approval=Approval.TEMPORARY, places=None)
    page = sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home))

    assert "Temporary (regulation 24): it fills no approved place" in page.text
    assert "Confirm unchanged" not in page.text


@pytest.mark.parametrize(
    ("places", "children", "finding"),
    [
        (1, 0, "The one place is vacant"),
        (1, 1, "The one place is not vacant"),
        (2, 2, "None of 2 places is vacant"),
        (3, 1, "2 of 3 places are vacant"),
    ],
)
def test_the_finding_is_told_first(make, sign_in, places, children, finding):
    home = make.household(places=places)
    for _ in range(children):
        make.placement(home)

    assert finding in sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home)).text


def test_an_ended_home_says_so(make, sign_in):
    home = make.household(ended_on=date(2026, 3, 1))
    page = sign_in(make.viewer(MANAGER, works_for=home.service)).get(path(home))

    assert "Approval ended on 1 March 2026" in page.text
    assert "Confirm unchanged" not in page.text


def test_another_services_child_fills_a_place_and_is_not_told(make, home, supervisor):
    neighbour = make.service()
    make.placement(home, service=neighbour, child=make.child(neighbour, ref="C-SECRET"))
    viewer_sees_only_ours = supervisor.get(path(home))

    assert "A child of another service" in viewer_sees_only_ours.text
    assert "C-SECRET" not in viewer_sees_only_ours.html


def test_confirming_says_when_and_by_whom(home, supervisor):
    page = supervisor.submit(path(home), {}, action=path(home, "/confirm"))

    assert "Angela Foyle confirmed," in page.text
    assert "by you" in page.text
    assert "Confirmed today" in page.text
    assert db.session.scalars(select(Confirmation)).one().vacant == 3


def test_a_confirmation_sent_twice_is_made_once(home, supervisor):
    hidden = supervisor.get(path(home)).hidden(path(home, "/confirm"))

    for _ in range(2):
        assert "confirmed" in supervisor.post(path(home, "/confirm"), hidden).text

    assert len(db.session.scalars(select(Confirmation)).all()) == 1


def test_a_stale_page_is_not_confirmed_and_shows_what_changed(make, home, supervisor, sign_in):
    hidden = supervisor.get(path(home)).hidden(path(home, "/confirm"))
    manager = sign_in(make.viewer(MANAGER, works_for=home.service))
    owner = str(supervisor.viewer.membership_id)
    manager.submit(path(home, "/record-unavailability"), held(owner_id=owner))

    page = supervisor.post(path(home, "/confirm"), hidden)

    assert page.status == 409
    assert "Somebody changed this record while you had the page open" in page.errors[""]
    assert "put 1 place on hold" in page.text
    assert db.session.scalars(select(Confirmation)).all() == []
    again = supervisor.post(path(home, "/confirm"), page.hidden(path(home, "/confirm")))
    assert "Confirmed today" in again.text


@pytest.mark.parametrize("more", ["/record-unavailability", "/confirm"])
def test_a_home_of_another_worker_is_refused_in_words(make, home, sign_in, more):
    other = sign_in(make.viewer(SUPERVISOR, works_for=home.service))

    page = other.post(path(home, more), held())

    assert page.status == 403
    assert "This home is not allocated to you" in page.text
    assert path(home, more) not in [*other.get(path(home)).links, other.get(path(home)).html]


@pytest.mark.parametrize("more", ["", "/place", "/record-unavailability"])
def test_another_services_home_is_not_found(make, sign_in, more):
    stranger = sign_in(make.viewer(MANAGER))

    assert stranger.get(path(make.household(), more)).status == 404
