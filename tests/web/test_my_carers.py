"""A worker's own homes: which, how old what is said of them is, and confirming them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.blueprints.households import my_carers
from carers.db import db
from carers.domain import clock
from carers.domain.errors import Busy
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import Confirmation, Household
from carers.services import capacity
from tests.browser import Page, words
from tests.statements import count_of

MINE, TOGETHER = "/my-carers", "/my-carers/confirm"
SUPERVISOR, MANAGER = Role.SUPERVISING_SOCIAL_WORKER, Role.TEAM_MANAGER


@pytest.fixture
def service(make) -> Any:
    return make.service()


@pytest.fixture
def viewer(make, service) -> Any:
    return make.viewer(SUPERVISOR, works_for=service)


def own(make: Any, viewer: Any, name: str, **given: Any) -> Household:
    service = given.pop("service")
    household: Household = make.household(service, name=name, **given)
    make.allocation(viewer, household=household)
    return household


def days_ago(days: int) -> datetime:
    return clock.at(clock.today() - timedelta(days=days), time(9))


def names(page: Page) -> list[str]:
    """The homes, in order."""
    return [
        words(next(row.iter("a")))
        for row in page.tree.iter("tr")
        if (row.get("id") or "").startswith("home-")
    ]


def test_only_homes_of_ones_own_are_listed_those_to_cover_too(make, service, viewer, sign_in):
    today = clock.today()
    own(make, viewer, "Mine", service=service)
    make.allocation(viewer, household=make.household(service, name="Cover"), is_cover=True)
    make.allocation(viewer, household=make.household(service, name="Was mine"), until_on=today)
    own(make, viewer, "Ended", service=service, ended_on=today)
    make.household(service, name="Another’s")

    assert names(sign_in(viewer).get(MINE)) == ["Cover", "Mine"]


def test_a_team_manager_has_every_home_of_the_service(make, service, sign_in):
    make.household(service, name="Anybody’s")
    make.household(name="Elsewhere")

    page = sign_in(make.viewer(MANAGER, works_for=service)).get(MINE)

    assert names(page) == ["Anybody’s"]


def test_many_homes_are_read_and_confirmed_a_page_at_a_time(make, service, sign_in, monkeypatch):
    monkeypatch.setattr(my_carers, "PER_PAGE", 2)
    browser = sign_in(make.viewer(MANAGER, works_for=service))
    for name in ("Amber", "Beryl", "Coral"):
        make.household(service, name=name)
    make.confirmation(make.household(service, name="Agate"), days_ago(0))

    first, second = browser.get(MINE), browser.get(f"{MINE}?page=2")

    assert (names(first), names(second)) == (["Amber", "Beryl"], ["Coral", "Agate"])
    assert "Stale: confirm or change (3)" in second.text
    assert "after the last home of the page" in first.text
    assert "Confirm all 2 unchanged" in first.text
    after = browser.submit(MINE, {}, action=TOGETHER)
    assert "2 homes confirmed" in after.text
    assert names(after) == ["Coral", "Agate"]


def test_nobody_of_ones_own_says_whom_to_ask(make, viewer, service, sign_in):
    assert "Ask your manager" in sign_in(viewer).get(MINE).text
    manager = make.viewer(MANAGER, works_for=service)
    assert "No home is approved yet" in sign_in(manager).get(MINE).text


def test_confirmed_a_week_ago_is_confirmed_and_a_day_more_is_stale(make, service, viewer, sign_in):
    for days in (7, 8):
        home = own(make, viewer, f"{days} days", service=service)
        make.confirmation(home, days_ago(days))
    own(make, viewer, "Never", service=service)

    page = sign_in(viewer).get(MINE)

    assert names(page) == ["8 days", "Never", "7 days"]
    assert "2 of your 3 homes are stale: not confirmed in the last 7 days" in page.text
    assert "Stale: confirm or change (2)" in page.text
    assert "8 days ago" in page.text
    assert "Never confirmed" in page.text


def test_the_service_says_in_how_many_days(make, service, viewer, sign_in):
    make.setting(service, "confirmation_days", "14")
    make.confirmation(own(make, viewer, "Foyle", service=service), days_ago(14))

    page = sign_in(viewer).get(MINE)

    assert "Your home was confirmed in the last 14 days" in page.text


def test_each_home_has_its_places_children_and_the_end_of_its_hold(make, service, viewer, sign_in):
    home = own(make, viewer, "Foyle", service=service, places=3)
    make.placement(home, child=make.child(service, ref="C-0412", born_on=date(2012, 1, 1)))
    make.hold(home, expected_until_on=clock.today() + timedelta(days=1))

    text = sign_in(viewer).get(MINE).text

    assert "1 vacant, 1 not available, 1 filled" in text
    assert "C-0412, 14" in text
    assert "Hold ends tomorrow" in text
    assert "01632 960645" in text


@pytest.mark.parametrize(
    ("days", "words_of_tag", "colour"),
    [
        (-2, "Hold over by 2 days", "red"),
        (0, "Hold ends today", "orange"),
        (5, "Hold ends ", "orange"),
    ],
)
def test_a_hold_is_told_of_from_a_week_before_its_expected_end(
    make, service, viewer, sign_in, days, words_of_tag, colour
):
    home = own(make, viewer, "Foyle", service=service)
    make.hold(home, expected_until_on=clock.today() + timedelta(days=days))

    page = sign_in(viewer).get(MINE)

    (tag,) = page.all("strong", **{"class": f"c-tag c-tag--{colour}"})
    assert words(tag).startswith(words_of_tag)


def test_a_hold_that_ends_later_is_no_work_yet(make, service, viewer, sign_in):
    home = own(make, viewer, "Foyle", service=service)
    make.hold(home, expected_until_on=clock.today() + timedelta(days=8))

    assert "Hold ends" not in sign_in(viewer).get(MINE).text


def test_one_home_is_confirmed_and_the_list_comes_back(make, service, viewer, sign_in):
    home = own(make, viewer, "Foyle", service=service)
    browser = sign_in(viewer)

    page = browser.submit(MINE, {}, action=f"/households/{home.id}/confirm")

    assert page.heading == "My carers"
    assert "Foyle confirmed," in page.text
    assert page.link("Correct it") == f"{MINE}?confirmed=today"


def test_all_are_confirmed_together_by_you(make, service, viewer, sign_in):
    for n in range(3):
        own(make, viewer, f"Home {n}", service=service)

    page = sign_in(viewer).submit(MINE, {}, action=TOGETHER)

    assert "3 homes confirmed, " in page.text
    assert "by you" in page.text
    assert "All your 3 homes were confirmed" in page.text


def test_what_was_confirmed_together_is_put_right_one_by_one(make, service, viewer, sign_in):
    homes = [own(make, viewer, name, service=service) for name in ("Amber", "Beryl")]
    make.confirmation(own(make, viewer, "Coral", service=service), days_ago(0))
    browser = sign_in(viewer)

    page = browser.submit(MINE, {}, action=TOGETHER)
    assert "2 homes confirmed, " in page.text
    assert "by you. Not right? Correct one" in page.text
    page = browser.get(page.link("Correct one"))

    assert "You confirmed 2 homes today. Correct what is not right." in page.text
    assert names(page) == ["Amber", "Beryl"]
    said = db.session.scalars(select(Confirmation).filter_by(household_id=homes[1].id)).one()
    there = page.link("Correct the confirmation of Beryl")
    assert there == f"/households/{homes[1].id}/confirmations/{said.id}/correct"
    assert "Correct an entry: a confirmation" in browser.get(there).text


def test_nothing_is_to_be_put_right_where_nothing_was_confirmed_today(
    make, service, viewer, sign_in
):
    own(make, viewer, "Amber", service=service)

    page = sign_in(viewer).get(f"{MINE}?confirmed=today")

    assert "You have confirmed no home today" in page.text
    assert page.link("All my homes") == MINE
    assert names(page) == []


def test_confirming_all_leaves_out_a_home_changed_since_and_says_so(make, service, viewer, sign_in):
    homes = [own(make, viewer, name, service=service) for name in ("Amber", "Beryl")]
    browser = sign_in(viewer)
    hidden = browser.get(MINE).hidden(TOGETHER)
    one = browser.get(MINE).hidden(f"/households/{homes[1].id}/confirm")
    browser.post(f"/households/{homes[1].id}/confirm", one)

    page = browser.post(TOGETHER, hidden)

    assert "1 home confirmed" in page.text
    assert "Not confirmed: Beryl, because it was changed after you opened the page" in page.text


def test_a_home_whose_records_disagree_is_not_among_them(make, service, viewer, sign_in):
    own(make, viewer, "Amber", service=service)
    over = own(make, viewer, "Coral", service=service)
    make.placement(over)
    over.terms[0].until_on = clock.today()
    db.session.commit()

    page = sign_in(viewer).get(MINE)

    assert "1 home is left out of confirming together" in page.text
    assert f"seen-{over.id}" not in page.hidden(TOGETHER)
    assert "Confirm 1 unchanged" in page.text


def test_confirming_all_twice_does_it_once(make, service, viewer, sign_in):
    own(make, viewer, "Amber", service=service)
    browser = sign_in(viewer)
    hidden = browser.get(MINE).hidden(TOGETHER)
    browser.post(TOGETHER, hidden)

    assert "You have confirmed them already" in browser.post(TOGETHER, hidden).text
    assert len(db.session.scalars(select(Confirmation)).all()) == 1


@pytest.mark.parametrize("seen", ["", "x\x00", "9" * 30])
def test_a_form_that_does_not_say_what_it_saw_confirms_nothing(
    make, service, viewer, sign_in, seen
):
    home = own(make, viewer, "Amber", service=service)

    page = sign_in(viewer).post(TOGETHER, {f"seen-{home.id}": seen, "seen-nothing": "1"})

    assert "Not confirmed: Amber" in page.text
    assert db.session.scalars(select(Confirmation)).all() == []


def test_another_services_home_cannot_be_confirmed_with_ones_own(make, service, viewer, sign_in):
    home, theirs = own(make, viewer, "Amber", service=service), make.household()

    page = sign_in(viewer).post(TOGETHER, {f"seen-{home.id}": "0", f"seen-{theirs.id}": "0"})

    assert page.status == 404
    assert db.session.scalars(select(Confirmation)).all() == []


def test_a_home_without_approved_places_stands_apart(make, service, viewer, sign_in):
    own(make, viewer, "Reg 24", service=service, approval=Approval.TEMPORARY, places=None)

    page = sign_in(viewer).get(MINE)

    assert "Without approved places (1)" in page.text
    assert "Temporary (regulation 24)" in page.text


def test_a_home_without_a_telephone_says_so(make, service, viewer, sign_in):
    own(make, viewer, "Foyle", service=service, phone=None)

    assert "No telephone number" in sign_in(viewer).get(MINE).text


def test_a8_a_list_of_300_homes_takes_as_many_statements_as_one_of_3(
    make, service, viewer, sign_in
):
    browser = sign_in(viewer)

    def more(number: int) -> None:
        for n in range(number):
            home = own(make, viewer, f"Home {n}", service=service)
            make.placement(home)

    more(3)
    browser.get(MINE)
    of_three = count_of(lambda: browser.get(MINE))
    more(297)

    assert count_of(lambda: browser.get(MINE)) == of_three


def test_a_home_that_somebody_is_changing_is_not_confirmed_and_that_is_said(
    make, service, viewer, sign_in, monkeypatch
):
    own(make, viewer, "Amber", service=service)

    def busy(*_: Any, **__: Any) -> None:
        raise Busy("Somebody else is changing this at the same moment")

    monkeypatch.setattr(capacity, "confirm_all", busy)

    page = sign_in(viewer).submit(MINE, {}, action=TOGETHER)

    assert "Somebody else is changing this at the same moment" in page.text


def test_b4_a_home_where_something_happened_is_asked_by_itself(make, service, viewer, sign_in):
    calm = own(make, viewer, "Amber", service=service)
    moved = own(make, viewer, "Beryl", service=service, places=2)
    for home in (calm, moved):
        make.confirmation(home, days_ago(3))
    make.placement(moved, from_on=clock.today())
    browser = sign_in(viewer)

    page = browser.get(MINE)

    assert "Beryl: 1 vacant, 1 filled: something has happened since it was last" in page.text
    assert "Confirm 1 unchanged, and those ticked" in page.text
    hidden = page.hidden(TOGETHER)
    assert f"seen-{moved.id}" not in hidden
    box = page.all("input", id=f"alone-{moved.id}")[0]
    assert "checked" not in box.attrib

    page = browser.post(TOGETHER, hidden | {f"alone-{moved.id}": str(box.get("value"))})

    assert "2 homes confirmed" in page.text
    assert "Confirm 1 unchanged" not in page.text


def test_b4_a_home_whose_hold_has_passed_its_end_is_asked_by_itself(make, service, viewer, sign_in):
    held = own(make, viewer, "Coral", service=service)
    make.confirmation(held, days_ago(3))
    make.hold(held, expected_until_on=clock.today())
    browser = sign_in(viewer)

    page = browser.get(MINE)

    assert "1 not available: a hold was expected to end on" in page.text
    assert "Confirm those ticked" in page.text
    page = browser.post(TOGETHER, page.hidden(TOGETHER))
    assert "0 homes confirmed" not in page.text
    assert "Nothing is confirmed: tick" in page.text


def test_b4_a_form_that_has_one_of_them_with_the_others_leaves_it_out(
    make, service, viewer, sign_in
):
    home = own(make, viewer, "Beryl", service=service)
    make.confirmation(home, days_ago(3))
    make.placement(home, from_on=clock.today())
    browser = sign_in(viewer)
    box = browser.get(MINE).all("input", id=f"alone-{home.id}")[0]

    page = browser.post(TOGETHER, {f"seen-{home.id}": str(box.get("value"))})

    assert "Not confirmed: Beryl, because something has happened since" in page.text


def test_b4_what_is_confirmed_today_is_not_asked_again_with_the_rest(
    make, service, viewer, sign_in
):
    first, second = (own(make, viewer, name, service=service) for name in ("Amber", "Beryl"))
    browser = sign_in(viewer)
    browser.submit(MINE, {}, action=f"/households/{first.id}/confirm")

    hidden = browser.get(MINE).hidden(TOGETHER)

    assert f"seen-{second.id}" in hidden
    assert f"seen-{first.id}" not in hidden
    assert "1 home confirmed" in browser.post(TOGETHER, hidden).text
    assert len(db.session.scalars(select(Confirmation)).all()) == 2
