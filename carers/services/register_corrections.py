"""Skills, time in schemes and people’s dates put right in place: the audit has what was written.

What was a mistake holds on no day: it is on no list, and stays in the history, struck through.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.domain import approved_days, clock, register_changes
from carers.domain.period import Period
from carers.domain.register import SkillLevel
from carers.domain.viewer import Viewer
from carers.models import Household, Person, SchemeMember, SkillHeld
from carers.queries import register_rows
from carers.services import audit
from carers.services.homes import get_to_change


def correct_skill(
    household_id: UUID,
    skill_id: UUID,
    *,
    level: SkillLevel,
    evidence: str | None,
    from_on: date,
    until_on: date | None,
    seen: int | None,
    by: Viewer,
) -> SkillHeld:
    """Put right at which level, and on which days, a home has a skill.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    held = register_rows.skill(household_id, skill_id, viewer=by)
    others = register_rows.skills_of(household_id, held.skill, viewer=by)
    period = Period(from_on, until_on)
    _check(household, period, [one.period for one in others if one.id != held.id])
    facts = {"level": level, "evidence": evidence, "from_on": from_on, "until_on": until_on}
    audit.change(held, by=by, action="corrected a skill", **facts)
    return held


def correct_member(
    household_id: UUID,
    member_id: UUID,
    *,
    from_on: date,
    until_on: date | None,
    seen: int | None,
    by: Viewer,
) -> SchemeMember:
    """Put right on which days a home is in a scheme.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    member = register_rows.member(household_id, member_id, viewer=by)
    others = register_rows.times_in(household_id, member.scheme_id, viewer=by)
    period = Period(from_on, until_on)
    _check(household, period, [one.period for one in others if one.id != member.id])
    action = "corrected time in a scheme"
    audit.change(member, from_on=from_on, until_on=until_on, by=by, action=action)
    return member


def correct_person(
    household_id: UUID,
    person_id: UUID,
    *,
    from_on: date | None,
    until_on: date | None,
    seen: int | None,
    by: Viewer,
) -> Person:
    """Put right when somebody came to a home and left it; without a first day, as it was approved.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for the days.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    person = register_rows.person(household_id, person_id, viewer=by)
    register_changes.check_person(person.born_on, from_on, person.tsd_on)
    if until_on:
        register_changes.check_leaves(from_on, household.approved_on, until_on, clock.today())
    action = "corrected when a person came and left"
    audit.change(person, from_on=from_on, until_on=until_on, by=by, action=action)
    return person


def remove_skill(household_id: UUID, skill_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that a home never had a skill. Raises NotAllocated, StalePage, NotFound."""
    get_to_change(household_id, seen=seen, by=by)
    held = register_rows.skill(household_id, skill_id, viewer=by)
    audit.change(held, until_on=held.from_on, by=by, action="removed a skill: a mistake")


def remove_member(household_id: UUID, member_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that a home was never in a scheme. Raises NotAllocated, StalePage, NotFound."""
    get_to_change(household_id, seen=seen, by=by)
    member = register_rows.member(household_id, member_id, viewer=by)
    action = "removed time in a scheme: a mistake"
    audit.change(member, until_on=member.from_on, by=by, action=action)


def remove_person(household_id: UUID, person_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that somebody was never there. Raises NotAllocated, StalePage, NotFound."""
    household = get_to_change(household_id, seen=seen, by=by)
    person = register_rows.person(household_id, person_id, viewer=by)
    first = person.from_on or household.approved_on
    action = "removed a person: a mistake"
    audit.change(person, from_on=first, until_on=first, by=by, action=action)


def _check(household: Household, period: Period, others: list[Period]) -> None:
    approved_days.check_happened(household.approval_period, period, clock.today())
    register_changes.check_apart(others, period)
