"""What happened in a home, from its dated rows: those that were corrected since stay readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from carers import filters
from carers.blueprints.households.presenters import child_ref
from carers.domain import clock
from carers.models import Household, Placement, Unavailability
from carers.queries.household_rows import HouseholdRows

SHOWN = 12


@dataclass(frozen=True)
class Entry:
    """One thing that happened; ``is_gone`` where its row was corrected or void."""

    at: datetime
    words: str
    who: str
    is_gone: bool = False

    @property
    def day(self) -> date:
        return clock.local_day(self.at)


def of(household: Household, rows: HouseholdRows) -> list[Entry]:
    """Everything, the last first."""
    entries = [*_approval(household), *_terms(rows), *_stays(rows), *_holds(rows), *_said(rows)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _approval(household: Household) -> Iterator[Entry]:
    yield Entry(_start_of(household.approved_on), "Approved", "")
    if household.ended_on:
        reason = f": {household.end_reason.label.lower()}" if household.end_reason else ""
        yield Entry(_start_of(household.ended_on), f"Approval ended{reason}", "")


def _terms(rows: HouseholdRows) -> Iterator[Entry]:
    for one in rows.terms:
        places = filters.count(one.places, "place")
        words = f"Terms: {places}, {one.carer_type.label.lower()}"
        yield Entry(_start_of(one.from_on), words, "", not one.is_current)


def _stays(rows: HouseholdRows) -> Iterator[Entry]:
    for stay in rows.placements:
        ref, who, is_gone = child_ref(stay), _name(stay.recorded_by_id, rows), not stay.is_current
        came = f"{ref} came to live here{_beyond(stay)}"
        yield Entry(_start_of(stay.from_on), came, who, is_gone)
        if stay.until_on:
            why = f": {stay.end_reason.label.lower()}" if stay.end_reason else ""
            yield Entry(_start_of(stay.until_on), f"{ref} left{why}", "", is_gone)


def _holds(rows: HouseholdRows) -> Iterator[Entry]:
    for hold in rows.holds:
        places, who = filters.count(hold.places, "place"), _name(hold.recorded_by_id, rows)
        words = f"{places} put on hold: {hold.reason.label.lower()}{_beyond(hold)}"
        yield Entry(_start_of(hold.from_on), words, who, not hold.is_current)
        if hold.until_on:
            back = f"{places} back in use"
            yield Entry(_start_of(hold.until_on), back, "", not hold.is_current)


def _beyond(row: Placement | Unavailability) -> str:
    """Why a manager let in what there was no room for."""
    return f", beyond the places there were: {row.override_reason}" if row.override_reason else ""


def _said(rows: HouseholdRows) -> Iterator[Entry]:
    for one in rows.confirmations:
        role = one.by_role.label.lower() if one.by_role else ""
        who = ", ".join(filter(None, (_name(one.recorded_by_id, rows), role)))
        vacant = "" if one.vacant is None else f": {one.vacant} vacant"
        yield Entry(one.at, f"Confirmed{vacant}", who, not one.is_current)


def _start_of(day: date) -> datetime:
    return clock.at(day, time())


def _name(membership_id: UUID | None, rows: HouseholdRows) -> str:
    known: dict[Any, str] = rows.names
    return known.get(membership_id, "")
