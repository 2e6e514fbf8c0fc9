"""The children whom an exemption or a temporary approval names, and the usual fostering limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from carers import filters
from carers.blueprints.households.presenters import OTHERS_CHILD
from carers.domain.ages import age_on
from carers.domain.fostering_limit import FosteredChild, LimitDay, alert
from carers.domain.placing import OF_AGE
from carers.domain.register import Approval
from carers.domain.temporary_approvals import last_day
from carers.models import Household, Placement
from carers.models.base import in_force
from carers.queries.household_rows import HouseholdRows


def fostered(rows: HouseholdRows, day: date) -> list[FosteredChild]:
    """The children in the home on a day who count against the usual fostering limit."""
    return [
        FosteredChild(stay.child_id, _siblings(stay))
        for stay in rows.placements
        if stay.counts_on(day) and not _is_grown_up(stay, day)
    ]


def _siblings(stay: Placement) -> tuple[UUID, str] | None:
    """The group a child is of; not known of another service's."""
    child: Any = stay.child
    return (child.service_id, child.sibling_group) if child and child.sibling_group else None


def _is_grown_up(stay: Placement, day: date) -> bool:
    child: Any = stay.child
    return bool(child and child.born_on and age_on(child.born_on, day) >= OF_AGE)


def limit_alert(rows: HouseholdRows, today: date) -> str | None:
    """What to say where the home is over the usual fostering limit, or will be."""
    to_come = {stay.from_on for stay in rows.placements if stay.from_on > today}
    days = [
        LimitDay(
            day,
            fostered(rows, day),
            frozenset(child for one in in_force(rows.exemptions, day) for child in one.child_ids),
        )
        for day in sorted({today} | to_come)
    ]
    return alert(days, today)


@dataclass(frozen=True)
class NamedLine:
    """An exemption or a temporary approval, and the children it names."""

    words: str
    children: str
    note: str


def exemptions(rows: HouseholdRows) -> list[NamedLine]:
    return [
        NamedLine(
            f"From {filters.day(one.from_on)}"
            + (f" until {filters.day(one.until_on)}" if one.until_on else ""),
            _named(one.child_ids, rows),
            f"by {one.granted_by}" if one.granted_by else "",
        )
        for one in rows.exemptions
    ]


def temporary(household: Household, rows: HouseholdRows, day: date) -> NamedLine | None:
    """For whom a home is approved for the time being, and until when; none for any other."""
    if household.approval not in (Approval.TEMPORARY, Approval.ADOPTER):
        return None
    said = next(iter(rows.temporary), None)
    last = last_day(
        household.approval,
        household.approved_on,
        extended_on=said.extended_on if said else None,
        reason=said.extension_reason if said else None,
    )
    until = f"Its last day is {filters.day(last)}" if last else "It has no last day"
    if last and day > last and household.approval_period.covers(day):
        until = f"Its last day was {filters.day(last)}: approve the home, or move the child"
    extended = ""
    if said and said.extended_on:
        why = f", {said.extension_reason.label.lower()}" if said.extension_reason else ""
        extended = f"Extended on {filters.day(said.extended_on)}{why}"
    return NamedLine(until, _named(said.child_ids if said else [], rows), extended)


def _named(child_ids: Sequence[UUID], rows: HouseholdRows) -> str:
    refs = [rows.refs.get(one, OTHERS_CHILD) for one in child_ids]
    return filters.listed(refs) if refs else "no child named"
