"""How a home reads: each place as a block, who lives there and did, who works with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from carers import filters
from carers.blueprints.households.reserved import why
from carers.domain import clock
from carers.domain.ages import age_on
from carers.domain.capacity import Capacity
from carers.domain.home_changes import may_change, may_confirm
from carers.domain.lateness import day_month
from carers.domain.permissions import Permission
from carers.domain.placing import age_warning
from carers.domain.position import PlaceState, Position, VacantSpell, states, vacant_since
from carers.domain.register import HELD, PersonRole
from carers.domain.viewer import Viewer
from carers.models import Household, Person, Placement, SkillHeld, Unavailability
from carers.queries.household_rows import HouseholdRows

OTHERS_CHILD = "A child of another service"
CHILDREN_SHOWN = 4  # at least, where so many were there


@dataclass(frozen=True)
class Block:
    """One place, in exactly one state, and what is known of it."""

    state: PlaceState
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class May:
    """What the reader may do to this home: links are shown only where they lead."""

    confirm: bool
    withhold: bool
    place: bool
    edit: bool
    allocate: bool
    correct_approval: bool
    address: bool

    @classmethod
    def of(cls, viewer: Viewer, *, is_allocated: bool, is_open: bool) -> May:
        roles = viewer.roles
        return cls(
            confirm=is_open
            and viewer.can(Permission.CAPACITY_CONFIRM)
            and may_confirm(roles, is_allocated=is_allocated),
            withhold=viewer.can(Permission.CAPACITY_EDIT)
            and may_change(roles, is_allocated=is_allocated),
            place=viewer.can(Permission.PLACEMENT_EDIT),
            edit=viewer.can(Permission.HOUSEHOLD_EDIT)
            and may_change(roles, is_allocated=is_allocated),
            allocate=viewer.can(Permission.HOUSEHOLD_ALLOCATE),
            correct_approval=viewer.can(Permission.APPROVAL_CORRECT),
            address=viewer.can(Permission.HOUSEHOLD_ADDRESS),
        )

    @property
    def correct(self) -> dict[str, bool]:
        """Which kinds of entry may be put right."""
        return {
            "terms": self.edit,
            "placement": self.place,
            "hold": self.withhold,
            "confirmation": self.confirm,
            "skill": self.edit,
            "member": self.edit,
            "person": self.edit,
            "allocation": self.allocate,
            "approval": self.correct_approval,
            "ending": self.correct_approval,
        }


def finding(capacity: Capacity) -> str:
    """“1 of 3 places is vacant”."""
    if not capacity.approved:
        return "No places are approved today"
    if capacity.approved == 1:
        return f"The one place is {'vacant' if capacity.vacant else 'not vacant'}"
    if not capacity.vacant:
        return f"None of {filters.count(capacity.approved, 'place')} is vacant"
    verb = "is" if capacity.vacant == 1 else "are"
    return f"{capacity.vacant} of {filters.count(capacity.approved, 'place')} {verb} vacant"


@dataclass(frozen=True)
class FreshLine:
    """How old what is said of a home is: the finding in bold, and then the rest."""

    finding: str
    rest: str
    is_stale: bool


def fresh(position: Position, day: date) -> FreshLine:
    """“Confirmed yesterday”, when, by whom, and when again."""
    said, is_stale = position.freshness.confirmed, position.is_stale_on(day)
    if said is None:
        return FreshLine("Never confirmed", ". Ring and confirm what is recorded below.", is_stale)
    days = (day - clock.local_day(said.at)).days
    finding = {0: "Confirmed today", 1: "Confirmed yesterday"}.get(days, "Confirmed")
    if is_stale:
        finding = f"Stale: last confirmed {filters.count(days, 'day')} ago"
    whom = [said.by, said.role.label.lower() if said.role else None]
    by = ", ".join(filter(None, whom))
    when = f"{_weekday(clock.local_day(said.at), day)} at {filters.hour(said.at)}"
    again = "It was to be confirmed again by" if is_stale else "Confirm again by"
    rest = f", {when}{f', by {by}' if said.by else f', by a {by}' if by else ''}."
    confirm_by = _weekday(position.freshness.confirm_by, day)
    return FreshLine(finding, f"{rest} {again} {confirm_by}.", is_stale)


def _weekday(day: date, today: date) -> str:
    return f"{day:%A} {day_month(day, today)}"


def blocks(
    position: Position,
    rows: HouseholdRows,
    spells: Sequence[VacantSpell],
    uses: Sequence[str],
    day: date,
) -> list[Block]:
    """Every place of a home on a day, in the order of the sum; what each vacant one is for."""
    known = {
        PlaceState.FILLED: _filled(rows, day),
        PlaceState.NOT_AVAILABLE: _withheld(rows, day),
        PlaceState.VACANT: _vacant(spells, uses, day),
    }
    known[PlaceState.OVER] = known[PlaceState.FILLED]
    return [Block(state, next(known[state], ())) for state in states(position.capacity)]


def _filled(rows: HouseholdRows, day: date) -> Iterator[tuple[str, ...]]:
    for stay in rows.placements:
        if stay.counts_on(day):
            for _ in range(stay.places_used):
                yield (_child_and_age(stay, day), f"since {filters.day(stay.from_on)}")


def _withheld(rows: HouseholdRows, day: date) -> Iterator[tuple[str, ...]]:
    """In the order in which holds take from what is left (METRICS, Capacity on a day)."""
    for hold in rows.holds:
        if hold.counts_on(day):
            owner = f"{hold.owner.name} answers for it" if hold.owner else "Nobody answers for it"
            for _ in range(hold.places):
                yield (f"{why(hold, rows.refs)}, {_until(hold.expected_until_on, day)}", owner)


def _until(ends: date | None, day: date) -> str:
    """“until 18 November 2026”; once that day is past, how long ago it was."""
    if ends is None:
        return "no expected end"
    if ends >= day:
        return f"until {filters.day(ends)}"
    return f"expected to end {filters.day(ends)}, {filters.count((day - ends).days, 'day')} ago"


def _vacant(
    spells: Sequence[VacantSpell], uses: Sequence[str], day: date
) -> Iterator[tuple[str, ...]]:
    for nth, use in enumerate(uses, 1):
        if since := vacant_since(spells, day, nth):
            days = (day - since).days
            ago = f"{day_month(since, day)}, {filters.count(days, 'day')}" if days else "today"
            yield (f"since {ago}", use)


def _child_and_age(stay: Placement, day: date) -> str:
    return ", ".join(filter(None, (child_ref(stay), _age(stay, day))))


def child_ref(stay: Placement) -> str:
    """A child by reference; by none where it is another service's."""
    child: Any = stay.child
    return child.ref if child else OTHERS_CHILD


def _age(stay: Placement, day: date) -> str | None:
    child: Any = stay.child
    return str(age_on(child.born_on, day)) if child and child.born_on else None


@dataclass(frozen=True)
class ChildLine:
    id: UUID
    ref: str
    age: str
    from_on: date
    until: str
    lives_here: bool
    plan: str
    warning: str | None
    may_end: bool
    may_correct: bool


@dataclass(frozen=True)
class Children:
    """Some or all of the stays in a home, and how many children there were in all."""

    lines: Sequence[ChildLine]
    are_more: bool
    lived_here: int


def children(rows: HouseholdRows, day: date, viewer: Viewer, *, every: bool) -> Children:
    """Those who live here, or will, and then those who did, the last first: some, or every one."""
    current = [stay for stay in rows.placements if stay.is_current]
    here = [stay for stay in current if not _has_left(stay, day)]
    before = sorted(
        (stay for stay in current if _has_left(stay, day)),
        key=lambda stay: (stay.until_on or day, stay.from_on),
        reverse=True,
    )
    shown = [*here, *before] if every else [*here, *before][: max(len(here), CHILDREN_SHOWN)]
    return Children(
        [_child_line(stay, rows, day, viewer) for stay in shown],
        len(shown) < len(current),
        len({stay.child_id for stay in current if stay.from_on <= day}),
    )


def _has_left(stay: Placement, day: date) -> bool:
    return stay.until_on is not None and stay.until_on <= day


def _child_line(stay: Placement, rows: HouseholdRows, day: date, viewer: Viewer) -> ChildLine:
    has_left = _has_left(stay, day)
    is_ours = viewer.can(Permission.PLACEMENT_EDIT) and stay.service_id in viewer.service_ids
    age = _age(stay, stay.until_on if has_left and stay.until_on else day)
    parts = [stay.purpose.label if stay.purpose else "Plan not known"]
    if stay.respite_of_id:
        parts.append("Respite, beside the home they live in")
    if stay.end_reason:
        parts.append(stay.end_reason.label)
    return ChildLine(
        id=stay.id,
        ref=child_ref(stay),
        age=f"{age}{' then' if has_left else ''}" if age else filters.NOT_KNOWN,
        from_on=stay.from_on,
        until=_until_words(stay, day),
        lives_here=stay.counts_on(day),
        plan=". ".join(parts),
        warning=None if has_left else _warning(stay, rows, day),
        may_end=stay.until_on is None and is_ours,
        may_correct=is_ours,
    )


def _until_words(stay: Placement, day: date) -> str:
    if stay.until_on is not None:
        return filters.day(stay.until_on)
    return "Lives here" if stay.from_on <= day else "Is to come"


def _warning(stay: Placement, rows: HouseholdRows, day: date) -> str | None:
    child: Any = stay.child
    terms = next((one for one in rows.terms if one.counts_on(max(day, stay.from_on))), None)
    if child is None or terms is None:
        return None
    on = max(day, stay.from_on)
    return age_warning(child.ref, child.born_on, on, terms.age_min, terms.age_max)


@dataclass(frozen=True)
class SkillLine:
    id: UUID
    name: str
    level: str
    is_held: bool
    from_on: date
    note: str
    evidence: str
    may_end: bool


def skills(rows: HouseholdRows, day: date) -> list[SkillLine]:
    return [_skill_line(one, day) for one in rows.skills if not one.period.is_empty]


def _skill_line(one: SkillHeld, day: date) -> SkillLine:
    is_held = one.level in HELD and one.period.covers(day)
    note = "" if is_held else "not counted as held"
    if one.until_on and one.until_on <= day:
        note = f"until {filters.day(one.until_on)}"
    return SkillLine(
        *(one.id, one.skill.label, one.level.label, is_held, one.from_on, note),
        evidence=one.evidence or "not known",
        may_end=one.until_on is None,
    )


def holds(rows: HouseholdRows, day: date) -> list[Unavailability]:
    """Holds in force or to come: the others are history."""
    return [
        hold
        for hold in rows.holds
        if hold.is_current and (hold.until_on is None or hold.until_on > day)
    ]


@dataclass(frozen=True)
class PersonLine:
    """Carers are named; who else lives there is told by what they are."""

    id: UUID
    name: str
    kind: str
    may_leave: bool


def people(household: Household, rows: HouseholdRows, day: date) -> list[PersonLine]:
    there = [one for one in rows.people if one.until_on is None or one.until_on > day]
    in_order = sorted(there, key=lambda one: list(PersonRole).index(one.role))
    return [_person_line(one, day) for one in in_order]


def _person_line(one: Person, day: date) -> PersonLine:
    age = f", {age_on(one.born_on, day)}" if one.born_on else ""
    if one.role is not PersonRole.CARER:
        return PersonLine(one.id, f"{one.role.label}{age}", "", one.until_on is None)
    tsd = f". Training standards: {one.tsd.label.lower()}" if one.tsd else ""
    return PersonLine(one.id, f"{one.name}{age}", f"Carer{tsd}", one.until_on is None)
