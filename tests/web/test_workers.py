"""Who works with a home: given from a day, covered for a while, and put right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers import filters
from carers.db import db
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import Allocation, Household
from tests.typed import blank, day, given, path

SUPERVISOR = Role.SUPERVISING_SOCIAL_WORKER
TODAY = clock.today()
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=9)


@pytest.fixture
def joanna(make, home) -> Any:
    return make.viewer_of(make.member(SUPERVISOR, works_for=home.service, name="Joanna Pike"))


def rows(home: Household) -> list[tuple[str, date, date | None, bool]]:
    query = select(Allocation).where(Allocation.household_id == home.id)
    db.session.expire_all()
    found = db.session.scalars(query.order_by(Allocation.from_on, Allocation.is_cover))
    return [(one.worker.name, one.from_on, one.until_on, one.is_cover) for one in found]


def covered(browser: Any, home: Household, worker: Any, until_on: date | None = LATER) -> Any:
    until = day("until_on", until_on) if until_on else blank("until_on")
    return browser.submit(path(home, "/cover"), given(worker.membership_id, **until))


def correct(browser: Any, home: Household, answers: dict[str, str]) -> Any:
    one = db.session.scalars(
        select(Allocation.id).where(Allocation.household_id == home.id).limit(1)
    ).one()
    return browser.submit(path(home, f"/allocations/{one}/correct"), answers)


def test_a_home_is_given_from_a_day_to_come(home, manager, supervisor, joanna):
    typed = given(joanna.membership_id, **day("from_on", LATER))

    page = manager.submit(path(home, "/allocate"), typed)

    assert f"{supervisor.viewer.name} until {filters.day(LATER)}" in page.text
    assert f"Joanna Pike from {filters.day(LATER)}" in page.text
    assert supervisor.get(path(home, "/edit")).status == 200


def test_nobody_is_given_a_home_before_a_later_day_from_which_another_has_it(
    make, home, manager, joanna
):
    make.allocation(
        make.viewer(SUPERVISOR, works_for=home.service), household=home, from_on=TOMORROW
    )

    page = manager.submit(path(home, "/allocate"), given(joanna.membership_id))

    assert f"has it from {TOMORROW.day} " in page.errors["from_on"]


def test_a_home_is_covered_until_a_day_and_both_workers_may_confirm_it(
    home, manager, supervisor, joanna, sign_in
):
    page = covered(manager, home, joanna)

    assert "The cover is recorded" in page.text
    assert f"Cover: Joanna Pike until {filters.day(LATER)}" in page.text
    assert supervisor.viewer.name in page.text
    for browser in (supervisor, sign_in(joanna)):
        there = path(home)
        confirmed = browser.submit(there, {}, action=path(home, "/confirm"))
        assert "confirmed" in confirmed.text


def test_my_carers_says_which_homes_are_covered(make, home, manager, supervisor, joanna, sign_in):
    make.allocation(joanna, household=make.household(home.service), is_cover=True)
    covered(manager, home, joanna)

    page = sign_in(joanna).get("/my-carers")

    assert home.name in page.text
    assert f"You cover it until {filters.day(LATER)}" in page.text
    assert page.text.count("You cover it") == 2
    assert "You cover it" not in supervisor.get("/my-carers").text


def test_a_home_that_is_ones_own_too_is_not_told_as_covered(make, home, joanna, sign_in):
    make.allocation(joanna, household=home)
    make.allocation(joanna, household=home, is_cover=True, from_on=date(2021, 1, 1))

    assert "You cover it" not in sign_in(joanna).get("/my-carers").text


def test_cover_without_an_end_is_ended_once(home, manager, joanna, sign_in):
    page = covered(manager, home, joanna, None)
    there = page.link("End the cover of Joanna Pike")

    page = manager.submit(there, day("until_on", TODAY))

    assert "The cover is ended" in page.text
    assert "Cover: Joanna Pike" not in page.text
    assert sign_in(joanna).get(path(home, "/edit")).status == 403
    again = covered(manager, home, joanna)  # from the same day
    assert f"Cover: Joanna Pike until {filters.day(LATER)}" in again.text
    late = manager.submit(there, day("until_on", LATER + timedelta(days=1)))
    assert "or earlier: it ends then" in late.errors["until_on"]


def test_whoever_has_a_home_does_not_cover_it_too(home, manager, supervisor):
    page = covered(manager, home, supervisor.viewer)

    assert "has this home already" in page.errors["worker"]


def test_whoever_covered_a_home_is_given_it(home, manager, supervisor, joanna):
    covered(manager, home, joanna)

    manager.submit(path(home, "/allocate"), given(joanna.membership_id))

    named = [one for one in rows(home) if one[0] == "Joanna Pike"]
    assert named == [("Joanna Pike", TODAY, None, False)]


def test_only_cover_is_ended(make, home, manager, joanna):
    one = make.allocation(joanna, household=home)

    assert manager.get(path(home, f"/allocations/{one.id}/end")).status == 404


def test_cover_of_a_home_whose_approval_ends_lasts_until_then(home, manager, joanna):
    home.ended_on = LATER
    db.session.commit()

    covered(manager, home, joanna, None)

    assert rows(home) == [("Joanna Pike", TODAY, LATER, True)]


def test_b6_an_allocation_is_put_right(home, manager, supervisor):
    since = date(2021, 5, 1)
    answers = {"what": "right", **day("from_on", since), **blank("until_on"), "how": "covers"}

    page = correct(manager, home, answers)

    assert "The entry is corrected" in page.text
    assert rows(home) == [(supervisor.viewer.name, since, None, True)]
    assert supervisor.get(path(home, f"/allocations/{home.id}/correct")).status == 403


def test_b6_an_allocation_that_was_a_mistake_is_on_no_day(home, manager, supervisor):
    page = correct(manager, home, {"what": "mistake"})

    assert "The entry is removed" in page.text
    assert "Nobody has this home" in page.text
    assert supervisor.get(path(home, "/edit")).status == 403


def test_an_allocation_is_not_put_right_to_days_that_are_another_entrys(
    make, home, manager, supervisor
):
    make.allocation(supervisor.viewer, household=home, from_on=LATER, is_cover=True)
    answers = {"what": "right", **day("from_on", TODAY), **blank("until_on"), "how": "has"}

    page = correct(manager, home, answers)

    assert "has this home already" in page.errors[""]
