"""An approval ended, with what of the home ends with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers.domain import clock
from carers.domain.ending import ChildrenStay, Ending
from carers.domain.placing import AlreadyEnded
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Household,
    SchemeMember,
    SkillHeld,
    Terms,
    Unavailability,
)
from carers.queries import ending_rows
from carers.queries.ending_rows import GoingOn
from carers.services import audit, superseding
from carers.services.homes import get_to_change
from carers.services.superseding import supersede

ENDED = "ended it with the approval"


@dataclass(frozen=True)
class EndsWith:
    """From which day a home is not approved, and how much of it ends then."""

    on: date
    terms: int
    holds: int
    skills: int
    schemes: int
    workers: int


def foreseen(household_id: UUID, ending: Ending, *, seen: int | None, by: Viewer) -> EndsWith:
    """What ending an approval would do; it changes nothing.

    Raises what ``end`` raises.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    ended_on = _check(household, ending, by)
    rows = ending_rows.going_on(household_id, ended_on, viewer=by)
    return EndsWith(
        ended_on,
        terms=rows.count(Terms),
        holds=rows.count(Unavailability),
        skills=rows.count(SkillHeld),
        schemes=rows.count(SchemeMember),
        workers=rows.count(Allocation),
    )


def end(household_id: UUID, *, ending: Ending, seen: int | None, by: Viewer) -> Household:
    """End an approval: terms, holds, skills, schemes and allocations that go on end that day.

    Raises ChildrenStay where a child lives there on that day or later; AlreadyEnded, NotAllocated,
    StalePage; RuleBroken for the day. What was to begin on that day or later is void.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    ended_on = _check(household, ending, by)
    end_on(household, ending, ended_on, ending.in_words(clock.today()), by=by)
    return household


def end_on(household: Household, ending: Ending, ended_on: date, words: str, *, by: Viewer) -> None:
    """Let a home’s approval end on a day, with what goes on: call it locked, and checked."""
    end_with_it(ending_rows.going_on(household.id, ended_on, viewer=by), ended_on, by)
    record(household, ending, ended_on, f"ended the approval: {words}", by)


def record(household: Household, ending: Ending, ended_on: date, action: str, by: Viewer) -> None:
    """Keep on which day an approval ends, and why."""
    audit.change(
        household,
        by=by,
        action=action,
        ended_on=ended_on,
        end_initiated_by=ending.initiated_by,
        end_reason=ending.reason,
        notice_received_on=ending.notice_received_on,
        end_recorded_by_id=by.membership_id,
    )


def _check(household: Household, ending: Ending, by: Viewer) -> date:
    today = clock.today()
    if household.ended_on:
        error = AlreadyEnded(household.ended_on, today)
        error.field = None
        raise error
    ended_on = ending.day(household.approved_on, today)
    if refs := ending_rows.children_after(household.id, ended_on, viewer=by):
        raise ChildrenStay(refs, ended_on, today)
    return ended_on


def end_with_it(rows: GoingOn, ended_on: date, by: Viewer) -> None:
    """End what goes on after an approval: what was to begin on its last day or later is void."""
    for spell in rows.spells:
        if spell.from_on >= ended_on and not _is_of_one_day(spell, ended_on):
            supersede(spell, by=by, action=ENDED, is_void=True)
        else:
            superseding.end(spell, until_on=ended_on, by=by, action=ENDED)
    for row in rows.dated:
        audit.change(row, until_on=max(ended_on, row.from_on), by=by, action=ENDED)


def _is_of_one_day(spell: Terms | Unavailability, ended_on: date) -> bool:
    """A home approved and ended on one day keeps its terms, which hold on no day (EXCHANGE)."""
    return isinstance(spell, Terms) and spell.from_on == ended_on == spell.household.approved_on
