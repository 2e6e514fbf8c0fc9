"""How an approval ended put right, or taken back: what ended with it moves with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.ending import Ending
from carers.domain.errors import NotPermitted
from carers.domain.register import EndInitiator, EndReason, Skill
from carers.models import Allocation, Household, SkillHeld, Terms, Unavailability
from carers.queries import positions
from carers.services import ending_corrections, endings
from tests.typed import blank, day, path

TODAY = clock.today()
ENDED = date(2026, 9, 1)
THERE = "/ending/correct"


@pytest.fixture
def ended(make, home, manager, supervisor) -> Household:
    """Ended by the service on 1 September, with a row of each kind."""
    make.hold(home)
    make.skill(home, Skill.BABIES)
    make.skill(home, Skill.RESPITE, until_on=date(2026, 3, 1))
    ending = Ending(EndInitiator.SERVICE, EndReason.STANDARDS_OF_CARE, ended_on=ENDED)
    endings.end(home.id, ending=ending, seen=None, by=manager.viewer)
    db.session.commit()
    household: Household = home
    return household


def typed(ended_on: date | None = ENDED, **given: str) -> dict[str, str]:
    return {
        "what": "right",
        "initiated_by": "service",
        "reason": "standards_of_care",
        **blank("notice_received_on"),
        **(day("ended_on", ended_on) if ended_on else blank("ended_on")),
        **given,
    }


def ends(home: Household, row: Any) -> set[date | None]:
    """On which days those that count end, of those that did not end long before."""
    db.session.expire_all()
    found = db.session.scalars(select(row).where(row.household_id == home.id)).all()
    counted = [one for one in found if getattr(one, "is_current", True)]
    return {one.until_on for one in counted} - {date(2026, 3, 1)}


def test_b6_the_reason_is_put_right_and_nothing_else_moves(ended, manager):
    page = manager.submit(path(ended, THERE), typed(reason="retired", initiated_by="carer"))

    assert "The entry is corrected" in page.text
    assert "Approval ended on 1 September 2026: retired" in page.text
    assert ends(ended, Terms) == {ENDED}
    assert len(db.session.scalars(select(Terms)).all()) == 1
    assert ended.end_recorded_by_id == manager.viewer.membership_id


@pytest.mark.parametrize("on", [date(2026, 6, 1), date(2026, 10, 1)])
def test_b6_the_day_is_put_right_and_what_ended_with_it_moves(ended, manager, on):
    page = manager.submit(path(ended, THERE), typed(on))

    assert f"Approval ended on {on.day} {on:%B %Y}" in page.text
    for row in (Terms, Unavailability, SkillHeld, Allocation):
        assert ends(ended, row) == {on}


def test_a_notice_puts_the_day_right(ended, manager):
    received = {"initiated_by": "carer", "reason": "retired", **day("notice_received_on", TODAY)}

    page = manager.submit(path(ended, THERE), typed(None, **received))

    assert "ends 28 days later" in page.text
    shown = manager.get(path(ended, THERE))
    assert shown.all("input", name="notice_received_on-day")[0].get("value") == str(TODAY.day)
    assert not shown.all("input", name="ended_on-day")[0].get("value")
    assert ends(ended, Terms) == {TODAY + timedelta(days=28)}


def test_b6_an_ending_that_was_a_mistake_is_taken_back(ended, manager, supervisor):
    there = path(ended, THERE)
    sent = manager.get(there).hidden() | {"what": "mistake"}

    page = manager.post(there, sent)

    assert "The entry is removed" in page.text
    assert "Approval ended" not in page.text
    for row in (Terms, Unavailability, SkillHeld, Allocation):
        assert ends(ended, row) == {None}
    assert (ended.ended_on, ended.end_reason, ended.end_initiated_by) == (None, None, None)
    today = positions.of_home(ended.id, viewer=manager.viewer, day=TODAY).capacity
    assert (today.approved, today.not_available) == (3, 1)
    assert supervisor.get(path(ended, "/edit")).status == 200
    assert "has no end: there is nothing to correct" in manager.post(there, sent).text


def test_an_ending_that_another_approval_follows_is_not_taken_back(make, ended, manager):
    make.household(ended.service, follows_id=ended.id, approved_on=ENDED)

    page = manager.submit(path(ended, THERE), {"what": "mistake"})

    assert "Another approval follows this one" in page.errors[""]


def test_nor_one_after_which_something_began(make, ended, manager):
    make.skill(ended, Skill.REMAND, from_on=TODAY)

    page = manager.submit(path(ended, THERE), {"what": "mistake"})

    assert "Something began after the approval ended" in page.errors[""]


def test_an_ending_is_not_moved_before_a_child_left(make, ended, manager):
    make.placement(ended, until_on=ENDED)

    page = manager.submit(path(ended, THERE), typed(date(2026, 6, 1)))

    assert "lives there on that day or later" in page.errors[""]


def test_the_terms_of_a_home_approved_and_ended_on_one_day_go_on_again(make, home, manager):
    brief = make.household(home.service, approved_on=ENDED)
    ending = Ending(EndInitiator.SERVICE, EndReason.OTHER, ended_on=ENDED)
    endings.end(brief.id, ending=ending, seen=None, by=manager.viewer)
    db.session.commit()

    manager.submit(path(brief, THERE), {"what": "mistake"})

    assert ends(brief, Terms) == {None}


def test_only_a_manager_corrects_an_ending(ended, supervisor):
    ending = Ending(EndInitiator.SERVICE, EndReason.OTHER, ended_on=ENDED)
    worker = supervisor.viewer
    db.session.scalars(select(Allocation)).one().until_on = None
    db.session.commit()

    assert supervisor.get(path(ended, THERE)).status == 403
    with pytest.raises(NotPermitted, match="Only a team manager"):
        ending_corrections.correct(ended.id, ending=ending, seen=None, by=worker)


def test_a_home_that_has_not_ended_has_nothing_to_correct(home, manager):
    assert manager.get(path(home, THERE)).response.headers["Location"] == path(home)
