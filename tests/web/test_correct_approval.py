"""The day of an approval put right: what began with it moves, and nothing is left before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.errors import NotPermitted
from carers.domain.recruitment import Event
from carers.domain.register import Approval, ExtensionReason, Skill
from carers.models import Allocation, AuditEntry, Exemption, SkillHeld, Terms
from carers.queries import positions
from carers.services import approval_corrections
from tests.typed import day, path

WAS = date(2020, 4, 1)
LATER, EARLIER = date(2020, 5, 1), date(2020, 3, 2)
TODAY = clock.today()
THERE = "/approval/correct"


def corrected(manager: Any, home: Any, on: date) -> Any:
    return manager.submit(path(home, THERE), day("approved_on", on))


def test_b6_the_history_leads_there(home, manager, supervisor):
    there = path(home, THERE)

    assert there in manager.get(path(home)).links
    assert manager.get(there).all("input", name="approved_on-year")[0].get("value") == "2020"
    assert there not in supervisor.get(path(home)).links
    assert supervisor.get(there).status == 403


@pytest.mark.parametrize("on", [EARLIER, LATER])
def test_b6_the_day_is_put_right_and_what_began_on_it_moves(make, home, manager, supervisor, on):
    make.skill(home, Skill.BABIES)
    make.skill(home, Skill.REMAND, from_on=date(2021, 1, 1))
    make.skill(home, Skill.UASC, until_on=WAS)  # a mistake that was removed
    make.exemption(home, make.child(home.service))

    page = corrected(manager, home, on)

    assert "The entry is corrected" in page.text
    assert f"approved {on.day} {on:%B %Y}" in page.text
    db.session.expire_all()
    assert home.approved_on == on
    terms = db.session.scalars(select(Terms).order_by(Terms.from_on)).all()
    counted = [one for one in terms if one.is_current]
    assert [(one.from_on, one.places, one.until_on) for one in counted] == [(on, 3, None)]
    assert len(terms) == 2
    skills = select(SkillHeld.skill, SkillHeld.from_on)
    assert dict(db.session.execute(skills).tuples().all()) == {
        Skill.BABIES: on,
        Skill.REMAND: date(2021, 1, 1),
        Skill.UASC: WAS,
    }
    assert db.session.scalars(select(Allocation.from_on)).one() == on
    assert db.session.scalars(select(Exemption.from_on)).one() == on
    first = positions.of_home(home.id, viewer=manager.viewer, day=on).capacity
    eve = positions.of_home(home.id, viewer=manager.viewer, day=on - timedelta(days=1)).capacity
    assert (first.approved, eve.approved) == (3, 0)


def test_it_is_in_the_audit_under_the_home(home, manager):
    corrected(manager, home, LATER)

    query = select(AuditEntry).where(AuditEntry.subject_id == home.id)
    told = {one.action: one for one in db.session.scalars(query)}
    day_of = told["corrected the day of the approval"]
    assert (day_of.before, day_of.after) == (
        {"approved_on": WAS.isoformat()},
        {"approved_on": LATER.isoformat()},
    )
    assert day_of.by_id == manager.viewer.membership_id
    assert "moved it with the day of the approval" in told


STANDING: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "a stay": (
        lambda make, home: make.placement(home, from_on=date(2020, 4, 20)),
        "A child came to live here on 20 April 2020, before 1 May 2020",
    ),
    "a stay of another service": (
        lambda make, home: make.placement(
            home, service=make.service(), from_on=date(2020, 4, 20), until_on=date(2020, 4, 21)
        ),
        "A child came to live here on 20 April 2020",
    ),
    "a hold": (
        lambda make, home: make.hold(home, from_on=WAS),
        "Places were put on hold on 1 April 2020",
    ),
    "a confirmation": (
        lambda make, home: make.confirmation(
            home, datetime(2020, 4, 30, 23, 30, tzinfo=clock.LONDON)
        ),
        "The home was confirmed on 30 April 2020",
    ),
    "a skill": (
        lambda make, home: make.skill(home, Skill.BABIES, from_on=date(2020, 4, 2)),
        "A skill began on 2 April 2020",
    ),
    "a skill that ended": (
        lambda make, home: make.skill(home, Skill.BABIES, until_on=LATER),
        "A skill began on 1 April 2020",
    ),
}


@pytest.mark.parametrize("standing", STANDING)
def test_nothing_is_left_before_the_approval(make, home, manager, standing):
    add, said = STANDING[standing]
    add(make, home)
    make.placement(home, from_on=LATER)
    make.hold(home, from_on=WAS, is_void=True)

    page = corrected(manager, home, LATER)

    assert page.errors["approved_on"].startswith(said)
    db.session.expire_all()
    assert home.approved_on == WAS


def test_later_terms_stand_in_the_way_and_the_first_ones_ended(make, home, manager):
    db.session.scalars(select(Terms)).one().until_on = LATER
    db.session.commit()
    make.terms(home, from_on=LATER, places=2)

    assert (
        "Terms of approval began on 1 April 2020"
        in corrected(manager, home, LATER).errors["approved_on"]
    )
    corrected(manager, home, LATER - timedelta(days=1))

    terms = db.session.scalars(select(Terms).where(Terms.superseded_by_id.is_(None)))
    assert {one.from_on for one in terms} == {LATER - timedelta(days=1), LATER}


def test_terms_that_began_before_the_approval_stay(make, manager, home):
    """As files may leave them: a finding."""
    odd = make.household(home.service, places=None)
    make.terms(odd, from_on=EARLIER, until_on=WAS)
    make.terms(odd, from_on=WAS)

    corrected(manager, odd, date(2020, 3, 20))

    terms = db.session.scalars(select(Terms.from_on).filter_by(household_id=odd.id))
    assert sorted(terms) == [EARLIER, WAS]


def test_a_home_approved_and_ended_on_one_day_keeps_its_terms(make, home, manager):
    brief = make.household(home.service, ended_on=WAS, places=None)
    make.terms(brief, until_on=WAS, places=2)

    corrected(manager, brief, EARLIER)

    found = positions.of_home(brief.id, viewer=manager.viewer, day=EARLIER).capacity
    assert found.approved == 2


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (WAS, "This is the day that is recorded: enter another"),
        (date(2020, 6, 2), "The day must be 1 June 2020 or earlier: the approval ended then"),
    ],
)
def test_the_day_is_another_and_not_after_the_ending(make, home, manager, on, said):
    ended = make.household(home.service, ended_on=date(2020, 6, 1), places=None)

    assert corrected(manager, ended, on).errors == {"approved_on": said}


def test_nor_more_than_a_year_ahead(home, manager):
    page = corrected(manager, home, TODAY + timedelta(days=400))

    assert page.errors == {"approved_on": "The day must be within a year from today"}


@pytest.mark.parametrize(
    ("ended_on", "said"),
    [(LATER, "H-0099, which ended on 1 May 2020"), (None, "H-0099, which has not ended")],
)
def test_an_approval_that_follows_another_begins_as_that_one_ends(
    make, home, manager, ended_on, said
):
    before = make.household(home.service, ref="H-0099", approved_on=EARLIER, ended_on=ended_on)
    home.follows_id = before.id
    db.session.commit()

    assert said in corrected(manager, home, date(2020, 4, 20)).errors["approved_on"]
    if ended_on:
        assert "The entry is corrected" in corrected(manager, home, LATER).text


def test_a_temporary_approvals_last_day_follows(make, home, manager):
    came, typed = TODAY - timedelta(weeks=13), TODAY - timedelta(weeks=31)
    there = make.household(
        home.service, approval=Approval.TEMPORARY, places=None, approved_on=typed
    )
    make.temporary_approval(there, make.child(home.service))
    make.allocation(manager.viewer, household=there, from_on=typed)
    assert "Its last day was" in manager.get(path(there)).text

    page = corrected(manager, there, came)

    last = came + timedelta(days=111)
    assert f"Its last day is {last.day} {last:%B %Y}" in page.text
    assert f"Book a panel for {there.name}" in manager.get("/today").text


def test_its_extension_must_still_be_one(make, home, manager):
    extended = date(2020, 7, 22)  # 16 weeks on
    there = make.household(home.service, approval=Approval.TEMPORARY, places=None)
    reason = ExtensionReason.ASSESSMENT_NOT_COMPLETE
    make.temporary_approval(
        there, make.child(home.service), extended_on=extended, extension_reason=reason
    )

    page = corrected(manager, there, WAS - timedelta(days=1))

    assert "Its extension begins on 22 July 2020" in page.errors["approved_on"]
    assert "The entry is corrected" in corrected(manager, there, WAS + timedelta(days=1)).text


def test_one_that_was_never_extended_moves(make, home, manager):
    there = make.household(home.service, approval=Approval.TEMPORARY, places=None)
    make.temporary_approval(there, make.child(home.service))

    assert "The entry is corrected" in corrected(manager, there, LATER).text


@pytest.mark.parametrize("enquiry_says", [WAS, LATER])
def test_a_case_that_says_otherwise_is_told(make, home, manager, enquiry_says):
    at = clock.at(enquiry_says)
    enquiry = make.enquiry(
        home.service,
        (Event.DECIDED, at, "approve"),
        (Event.APPROVED, at),
        received_at=clock.at(EARLIER),
    )
    home.enquiry_id = enquiry.id
    db.session.commit()
    otherwise = f"Its case {enquiry.ref} says otherwise: approved on"

    before = manager.get(path(home, THERE)).text
    after = corrected(manager, home, LATER).text

    assert (otherwise in before) is (enquiry_says == LATER)
    assert (otherwise in after) is (enquiry_says == WAS)


def test_a_case_that_is_not_approved_says_nothing(make, home, manager):
    home.enquiry_id = make.enquiry(home.service, received_at=clock.at(EARLIER)).id
    db.session.commit()

    assert "says otherwise" not in manager.get(path(home, THERE)).text


def test_a_page_that_grew_stale_is_refused_and_one_sent_twice_does_it_once(home, manager):
    sent = manager.get(path(home, THERE)).hidden() | day("approved_on", LATER)
    manager.post(path(home, THERE), sent)

    again = manager.post(path(home, THERE), sent)
    stale = manager.post(path(home, THERE), sent | {"once": ""} | day("approved_on", EARLIER))

    assert "The entry is corrected" in again.text
    assert stale.errors
    db.session.expire_all()
    assert home.approved_on == LATER


def test_only_a_manager_corrects_it(home, supervisor):
    with pytest.raises(NotPermitted, match="Only a team manager may correct when"):
        approval_corrections.correct(home.id, approved_on=LATER, seen=None, by=supervisor.viewer)
