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
    check_manager,
    check_nothing_since,
)
from carers.domain.viewer import Viewer
from carers.models import Household
from carers.queries import ending_rows
from carers.queries.ending_rows import GoingOn
from carers.services import audit
from carers.services.endings import end_with_it
from carers.services.homes import get_to_change
from carers.services.superseding import supersede

MOVED = "moved it with the end of the approval"


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
        end_with_it(ending_rows.going_on(household_id, ended_on, viewer=by), ended_on, by)
    before = audit.values_of(household)
    household.ended_on = ended_on
    household.end_initiated_by = ending.initiated_by
    household.end_reason = ending.reason
    household.notice_received_on = ending.notice_received_on
    household.end_recorded_by_id = by.membership_id
    words = ending.in_words(today)
    audit.changed(household, before, by=by, action=f"corrected how the approval ended: {words}")
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
    before = audit.values_of(household)
    household.ended_on = household.notice_received_on = household.end_recorded_by_id = None
    household.end_initiated_by = household.end_reason = None
    audit.changed(household, before, by=by, action="took the end of the approval back: a mistake")


def _ended(household_id: UUID, seen: int | None, by: Viewer) -> tuple[Household, date]:
    household = get_to_change(household_id, seen=seen, by=by)
    check_manager(by.roles)
    return household, check_ended(household.ended_on)


def _move(rows: GoingOn, until_on: date | None, by: Viewer) -> None:
    for spell in rows.spells:
        supersede(spell, by=by, action=MOVED, until_on=until_on)
    for row in rows.dated:
        before = audit.values_of(row)
        row.until_on = until_on
        audit.changed(row, before, by=by, action=MOVED)
