"""The children whom an exemption or a temporary approval names, and the usual fostering limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from carers import filters
from carers.domain.ages import age_on
from carers.domain.children import OTHERS_CHILD
from carers.domain.fostering_limit import FosteredChild, LimitDay, alert
from carers.domain.placing import OF_AGE
from carers.domain.register import Approval
from carers.domain.temporary_approvals import last_day
from carers.models import Exemption, Household, Placement, TemporaryApproval
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
class ExemptionLine:
    """An exemption and the children it names; one that is gone was a mistake."""

    id: UUID
    words: str
    children: str
    note: str
    may_end: bool
    is_gone: bool


@dataclass(frozen=True)
class TemporaryLine:
    """How long a home is approved for the time being, and for which children."""

    words: str
    children: str
    note: str
    may_extend: bool


def exemptions(rows: HouseholdRows) -> list[ExemptionLine]:
    return [_exemption(one, rows) for one in rows.exemptions]


def _exemption(one: Exemption, rows: HouseholdRows) -> ExemptionLine:
    until = f" until {filters.day(one.until_on)}" if one.until_on else ""
    by = f"by {one.granted_by}" if one.granted_by else ""
    is_gone = one.period.is_empty
    return ExemptionLine(
        one.id,
        f"From {filters.day(one.from_on)}" + ("" if is_gone else until),
        _named(one.child_ids, rows),
        "Removed, it was a mistake: it holds on no day" if is_gone else by,
        may_end=one.until_on is None,
        is_gone=is_gone,
    )


def refs_of(child_ids: Sequence[UUID], refs: dict[UUID, str]) -> str:
    """The references of children as a form asks for them: those that may be known."""
    return "\n".join(refs[one] for one in child_ids if one in refs)


def temporary(household: Household, rows: HouseholdRows, day: date) -> TemporaryLine | None:
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
    return TemporaryLine(
        until,
        _named(said.child_ids if said else [], rows),
        _extension(said) if said else "",
        may_extend=last is not None,
    )


def _extension(said: TemporaryApproval) -> str:
    """By whom it was approved, and the extension with what went before it."""
    told = [f"Approved by {said.approved_by}"] if said.approved_by else []
    if said.extended_on:
        why = f", {said.extension_reason.label.lower()}" if said.extension_reason else ""
        by = f", by {said.extension_approved_by}" if said.extension_approved_by else ""
        told.append(f"Extended on {filters.day(said.extended_on)}{why}{by}")
    if said.panel_views_on:
        told.append(f"Panel’s views sought on {filters.day(said.panel_views_on)}")
    if said.iro_informed_on:
        told.append(f"Reviewing officer informed on {filters.day(said.iro_informed_on)}")
    return ". ".join(told)


def _named(child_ids: Sequence[UUID], rows: HouseholdRows) -> str:
    refs = [rows.refs.get(one, OTHERS_CHILD) for one in child_ids]
    return filters.listed(refs) if refs else "no child named"
