"""What happened in a home, from its dated rows: those that were corrected since stay readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain, groupby, islice, pairwise
from typing import Any, TypeVar
from uuid import UUID

from carers import filters
from carers.blueprints.households.approval_lines import how_changed
from carers.blueprints.households.presenters import OTHERS_CHILD, child_ref
from carers.blueprints.households.reserved import why
from carers.domain import clock
from carers.domain.lateness import day_month
from carers.domain.register import PersonRole
from carers.models import Confirmation, Household, Placement, Terms, Unavailability
from carers.models.base import Superseded
from carers.queries.household_rows import CONFIRMATIONS, HouseholdRows
from carers.queries.register_rows import InScheme

R = TypeVar("R", Confirmation, Placement, Terms, Unavailability)

SHOWN = 8
CONFIRMED = "confirmation"  # a kind of entry
CORRECTED = "Corrected since: it counts in nothing"
REMOVED = "Removed, it was a mistake: it counts in nothing"
NO_DAY = "Removed, or ended on its first day: it counts on no day"


@dataclass(frozen=True)
class Entry:
    """One thing that happened; ``gone`` says why its row counts no more, where it does not.

    ``kind`` and ``row_id`` are those of the row, where it may be put right; ``folded`` tells of
    others like it that a short history leaves out.
    """

    at: datetime
    words: str
    who: str
    gone: str | None = None
    kind: str | None = None
    row_id: UUID | None = None
    folded: str | None = None

    @property
    def day(self) -> date:
        return clock.local_day(self.at)


def of(household: Household, rows: HouseholdRows, schemes: Sequence[InScheme]) -> list[Entry]:
    """Everything, the last first."""
    entries = [
        *_approval(household, rows),
        *_terms(rows),
        *_stays(rows),
        *_holds(rows),
        *_said(rows),
        *_register(rows, schemes),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def short_of(entries: Sequence[Entry], today: date) -> list[Entry]:
    """The latest, in which confirmations with nothing between them are one entry."""
    runs = groupby(entries, key=lambda entry: entry.kind == CONFIRMED and not entry.gone)
    shown = chain.from_iterable(
        [_folded(list(run), today)] if are_confirmations else run for are_confirmations, run in runs
    )
    return list(islice(shown, SHOWN))


def more_words(entries: Sequence[Entry], rows: HouseholdRows) -> str | None:
    """What a link to the whole history says; none where the short one leaves nothing out."""
    if len(rows.confirmations) == CONFIRMATIONS:  # there may be more of them than were read
        return "All entries"
    is_folded = any(a.kind == b.kind == CONFIRMED for a, b in pairwise(entries))
    return f"All {len(entries)} entries" if is_folded or len(entries) > SHOWN else None


def _folded(run: Sequence[Entry], today: date) -> Entry:
    latest, *before = run
    if not before:
        return latest
    times = filters.count(len(before), "time")
    since = day_month(before[-1].day, today)
    return replace(latest, folded=f"and {times} before, since {since}")


def _approval(household: Household, rows: HouseholdRows) -> Iterator[Entry]:
    yield Entry(_start_of(household.approved_on), "Approved", "", kind="approval")
    if household.ended_on:
        verb = "ended" if household.ended_on <= clock.today() else "ends"
        reason = f": {household.end_reason.label.lower()}" if household.end_reason else ""
        who = _name(household.end_recorded_by_id, rows)
        yield Entry(_start_of(household.ended_on), f"Approval {verb}{reason}", who, kind="ending")


def _terms(rows: HouseholdRows) -> Iterator[Entry]:
    for one in _told(rows.terms):
        places = filters.count(one.places, "place")
        words = f"Terms: {places}, {one.carer_type.label.lower()}"
        if one.override_reason:
            words += f"; children stay all the same: {one.override_reason}"
        how = how_changed(one, clock.today())
        who = ". ".join(filter(None, (_name(one.recorded_by_id, rows), how)))
        yield Entry(_start_of(one.from_on), words, who, *_standing(one, "terms"))


def _stays(rows: HouseholdRows) -> Iterator[Entry]:
    for stay in _told(rows.placements):
        ref, who = child_ref(stay), _name(stay.recorded_by_id, rows)
        came = f"{ref} came to live here{_beyond(stay)}"
        standing = _standing(stay, "placement" if ref != OTHERS_CHILD else None)
        yield Entry(_start_of(stay.from_on), came, who, *standing)
        if stay.until_on:
            why = f": {stay.end_reason.label.lower()}" if stay.end_reason else ""
            yield Entry(_start_of(stay.until_on), f"{ref} left{why}", "", _gone(stay))


def _holds(rows: HouseholdRows) -> Iterator[Entry]:
    for hold in _told(rows.holds):
        places, who = filters.count(hold.places, "place"), _name(hold.recorded_by_id, rows)
        words = f"{places} put on hold: {_why(hold, rows)}{_beyond(hold)}"
        yield Entry(_start_of(hold.from_on), words, who, *_standing(hold, "hold"))
        if hold.until_on:
            back = f"{places} back in use"
            yield Entry(_start_of(hold.until_on), back, "", _gone(hold))


def _why(hold: Unavailability, rows: HouseholdRows) -> str:
    words = why(hold, rows.refs)
    return words[0].lower() + words[1:]


def _beyond(row: Placement | Unavailability) -> str:
    """Why a manager let in what there was no room for."""
    return f", beyond the places there were: {row.override_reason}" if row.override_reason else ""


def _said(rows: HouseholdRows) -> Iterator[Entry]:
    for one in _told(rows.confirmations):
        role = one.by_role.label.lower() if one.by_role else ""
        who = ", ".join(filter(None, (_name(one.recorded_by_id, rows), role)))
        vacant = "" if one.vacant is None else f": {one.vacant} vacant"
        yield Entry(one.at, f"Confirmed unchanged{vacant}", who, *_standing(one, CONFIRMED))


def _register(rows: HouseholdRows, schemes: Sequence[InScheme]) -> Iterator[Entry]:
    """Rows that are put right in place: nobody is kept as their author but in the audit."""
    for skill in rows.skills:
        level = f"{skill.skill.label}, {skill.level.label.lower()}"
        yield from _span("skill", skill, f"Skill: {level}", f"Skill ended: {level}")
    for scheme in schemes:
        yield from _span("member", scheme, f"Joined {scheme.name}", f"Left {scheme.name}")
    for person in rows.people:
        who = person.name if person.role is PersonRole.CARER else person.role.label
        yield from _span("person", person, f"{who} came", f"{who} left")
    for one in rows.allocations:
        name = one.worker.name
        began = f"{name} covers it" if one.is_cover else f"Given to {name}"
        over = f"{name} covers it no more" if one.is_cover else f"{name} has it no more"
        yield from _span("allocation", one, began, over)


def _span(kind: str, row: Any, began: str, over: str) -> Iterator[Entry]:
    """That something began, and that it is over; struck through where it is of no day."""
    from_on, until_on = row.from_on, row.until_on
    if from_on is not None:
        is_of_no_day = from_on == until_on
        gone, corrected_as = (NO_DAY, None) if is_of_no_day else (None, kind)
        yield Entry(_start_of(from_on), began, "", gone, corrected_as, row.id)
    if until_on is not None and from_on != until_on and until_on <= clock.today():
        yield Entry(_start_of(until_on), over, "", None, None if from_on else kind, row.id)


def _told(rows: Sequence[R]) -> Iterator[R]:
    """A removed row says what it was: the row that it took the place of need not as well."""
    void = {row.id for row in rows if row.is_void}
    return (row for row in rows if row.superseded_by_id not in void)


def _gone(row: Superseded) -> str | None:
    if row.is_void:
        return REMOVED
    return None if row.is_current else CORRECTED


def _standing(row: R, kind: str | None) -> tuple[str | None, str | None, UUID | None]:
    """Whether it counts, and where it is put right if it does."""
    gone = _gone(row)
    return gone, None if gone else kind, row.id


def _start_of(day: date) -> datetime:
    return clock.at(day, time())


def _name(membership_id: UUID | None, rows: HouseholdRows) -> str:
    known: dict[Any, str] = rows.names
    return known.get(membership_id, "")
