"""What is kept of a home changed: how to reach it, who lives there, its skills and schemes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from carers.domain import approved_days, clock, placing, register_changes
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.register import Skill, SkillLevel
from carers.domain.viewer import Viewer
from carers.models import Household, Person, SchemeMember, SkillHeld
from carers.queries import register_rows
from carers.services import audit, references
from carers.services.homes import get_to_change

D = TypeVar("D", SkillHeld, SchemeMember)


def edit(
    household_id: UUID,
    *,
    name: str,
    phone: str | None,
    email: str | None,
    address: str | None,
    postcode: str | None,
    bedrooms: int | None,
    seen: int | None,
    by: Viewer,
) -> Household:
    """Say how a home is reached and how many bedrooms it has.

    A form does not show the address: an empty ``address`` or ``postcode`` leaves what is kept.
    Raises NotAllocated, StalePage.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    audit.change(
        household,
        by=by,
        action="changed how the home is reached",
        name=name,
        phone=phone,
        email=email,
        address=address or household.address,
        postcode=postcode or household.postcode,
        bedrooms=bedrooms,
    )
    return household


def add_person(household_id: UUID, *, seen: int | None, by: Viewer, **facts: Any) -> Person:
    """Say that somebody lives in a home, or is a carer there.

    Raises NotAllocated, StalePage; RuleBroken where their dates cannot all be true.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    _check_person(facts)
    person = Person(
        service_id=household.service_id,
        household_id=household_id,
        ref=references.next_ref(Kind.PERSON, household.service_id),
        **facts,
    )
    audit.added(person, by=by, action="added a person")
    return person


def change_person(
    household_id: UUID, person_id: UUID, *, seen: int | None, by: Viewer, **facts: Any
) -> Person:
    """Put right what is kept of somebody in a home.

    Raises NotAllocated, StalePage, NotFound; RuleBroken where their dates cannot all be true.
    """
    get_to_change(household_id, seen=seen, by=by)
    person = register_rows.person(household_id, person_id, viewer=by)
    _check_person(facts, person.until_on)
    audit.change(person, by=by, action="changed a person", **facts)
    return person


def person_left(
    household_id: UUID, person_id: UUID, *, until_on: date, seen: int | None, by: Viewer
) -> Person:
    """Say from which day somebody was no longer a carer, or no longer lived there: once.

    Raises AlreadyEnded, NotAllocated, StalePage, NotFound; RuleBroken for the day.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    person = register_rows.person(household_id, person_id, viewer=by)
    if person.until_on:
        raise placing.AlreadyEnded(person.until_on, clock.today())
    register_changes.check_leaves(person.from_on, household.approved_on, until_on, clock.today())
    audit.change(person, until_on=until_on, by=by, action="recorded that a person left")
    return person


def add_skill(
    household_id: UUID,
    *,
    skill: Skill,
    level: SkillLevel,
    from_on: date,
    evidence: str | None,
    seen: int | None,
    by: Viewer,
) -> SkillHeld:
    """Say that a home has a skill at a level: another level of the same ends that day.

    Raises NotAllocated, StalePage; RuleBroken where it is recorded from that day already.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    today = clock.today()
    period = Period(from_on, household.ended_on)
    approved_days.check_happened(household.approval_period, period, today)
    others = register_rows.skills_of(household_id, skill, viewer=by)
    register_changes.check_comes_last([one.period for one in others], from_on, today)
    for one in others:
        if one.period.covers(from_on):
            action = "recorded another level of a skill"
            audit.change(one, until_on=from_on, by=by, action=action)
    facts = {"level": level, "evidence": evidence, "until_on": period.end}
    if again := _of_no_day(others, from_on):
        audit.change(again, by=by, action="recorded a skill", **facts)
        return again
    held = SkillHeld(
        service_id=household.service_id,
        household_id=household_id,
        skill=skill,
        from_on=from_on,
        **facts,
    )
    audit.added(held, by=by, action="recorded a skill")
    return held


def end_skill(
    household_id: UUID, skill_id: UUID, *, until_on: date, seen: int | None, by: Viewer
) -> SkillHeld:
    """Say from which day a home no longer had a skill: once.

    Raises AlreadyEnded, NotAllocated, StalePage, NotFound; RuleBroken for the day.
    """
    get_to_change(household_id, seen=seen, by=by)
    held = register_rows.skill(household_id, skill_id, viewer=by)
    placing.check_ending(held.period, until_on, clock.today())
    audit.change(held, until_on=until_on, by=by, action="ended a skill")
    return held


def join_scheme(
    household_id: UUID, *, scheme_id: UUID, from_on: date, seen: int | None, by: Viewer
) -> SchemeMember:
    """Say that a home joined a scheme that was open that day.

    Raises NotAllocated, StalePage; RuleBroken where it is in it already, or the scheme is not open.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    today = clock.today()
    period = Period(from_on, household.ended_on)
    approved_days.check_happened(household.approval_period, period, today)
    there = register_rows.schemes_open_on(household.service_id, from_on, viewer=by)
    if scheme_id not in {one.id for one in there}:
        raise RuleBroken("Select a scheme that was open on that day", field="scheme_id")
    times = register_rows.times_in(household_id, scheme_id, viewer=by)
    register_changes.check_comes_last([one.period for one in times], from_on, today)
    if any(one.period.covers(from_on) for one in times):
        raise RuleBroken("The home is in this scheme already", field="scheme_id")
    if again := _of_no_day(times, from_on):
        audit.change(again, until_on=period.end, by=by, action="joined a scheme")
        return again
    member = SchemeMember(
        service_id=household.service_id,
        scheme_id=scheme_id,
        household_id=household_id,
        from_on=from_on,
        until_on=period.end,
    )
    audit.added(member, by=by, action="joined a scheme")
    return member


def leave_scheme(
    household_id: UUID, member_id: UUID, *, until_on: date, seen: int | None, by: Viewer
) -> SchemeMember:
    """Say from which day a home was no longer in a scheme: once.

    Raises AlreadyEnded, NotAllocated, StalePage, NotFound; RuleBroken for the day.
    """
    get_to_change(household_id, seen=seen, by=by)
    member = register_rows.member(household_id, member_id, viewer=by)
    placing.check_ending(member.period, until_on, clock.today())
    audit.change(member, until_on=until_on, by=by, action="left a scheme")
    return member


def _of_no_day(rows: Iterable[D], from_on: date) -> D | None:
    """The row of the same first day, which holds on none: there is one for a first day."""
    return next((one for one in rows if one.from_on == from_on), None)


def _check_person(facts: dict[str, Any], until_on: date | None = None) -> None:
    from_on = facts.get("from_on")
    register_changes.check_person(facts.get("born_on"), from_on, facts.get("tsd_on"))
    if from_on and until_on and from_on > until_on:
        raise RuleBroken("They left before that day", field="from_on")
