"""An approval’s ending put right, or taken back: what ended with it moves with it.

What ended on its day is taken to have ended with it. What it made void stays void: record that
again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.domain import clock
from carers.domain.ending import (
    ChildrenStay,
    Ending,
    check_ended,
    check_nothing_since,
)
from carers.domain.home_changes import check_manager
from carers.domain.viewer import Viewer
from carers.models import Household
from carers.queries import ending_rows
from carers.queries.ending_rows import GoingOn
from carers.services import audit, endings
from carers.services.homes import get_to_change
from carers.services.superseding import supersede

MOVED = "moved it with the end of the approval"
ENDING = (  # the columns of a home that tell of it
    *("ended_on", "end_initiated_by", "end_reason", "notice_received_on", "end_recorded_by_id"),
)


def correct(household_id: UUID, *, ending: Ending, seen: int | None, by: Viewer) -> Household:
    """Put right who began an ending, why, and on which day it ends.

    Raises ChildrenStay where a child lives there on that day or later; NotPermitted, StalePage,
    NotFound, EntryRemoved where the approval has no end; RuleBroken for the day.
    """
    household, was = _ended(household_id, seen, by)
    today = clock.today()
    is_same_day = ending.ended_on == was and ending.notice_received_on is None
    ended_on = was if is_same_day else ending.day(household.approved_on, today)
    if refs := ending_rows.children_after(household_id, ended_on, viewer=by):
        raise ChildrenStay(refs, ended_on, today)
    if ended_on > was:
        _move(ending_rows.ended_with(household, was, viewer=by), ended_on, by)
    elif ended_on < was:
        endings.end_with_it(ending_rows.going_on(household_id, ended_on, viewer=by), ended_on, by)
    words = ending.in_words(today)
    endings.record(household, ending, ended_on, f"corrected how the approval ended: {words}", by)
    return household


def remove(household_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that an approval never ended: what ended with it goes on.

    Raises NotPermitted, StalePage, NotFound, EntryRemoved where the approval has no end;
    RuleBroken where another home follows this one, or something of it began since.
    """
    household, was = _ended(household_id, seen, by)
    check_nothing_since(
        is_followed=ending_rows.is_followed(household_id, viewer=by),
        began=ending_rows.has_begun_since(household_id, was, viewer=by),
    )
    _move(ending_rows.ended_with(household, was, viewer=by), None, by)
    action = "took the end of the approval back: a mistake"
    audit.change(household, **dict.fromkeys(ENDING), by=by, action=action)


def _ended(household_id: UUID, seen: int | None, by: Viewer) -> tuple[Household, date]:
    household = get_to_change(household_id, seen=seen, by=by)
    check_manager(by.roles, "correct how an approval ended")
    return household, check_ended(household.ended_on)


def _move(rows: GoingOn, until_on: date | None, by: Viewer) -> None:
    for spell in rows.spells:
        supersede(spell, by=by, action=MOVED, until_on=until_on)
    for row in rows.dated:
        audit.change(row, until_on=until_on, by=by, action=MOVED)
