"""A child comes to live somewhere, or leaves: the halves of every placement, ending and move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain import clock, placing
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.viewer import Viewer
from carers.models import Child, Household, Placement, Provider
from carers.queries import stays
from carers.services import audit, references, reservations, room


@dataclass(frozen=True)
class Arrival:
    """A child who comes to a home or an agency, beside the rules that their days must keep.

    ``until_on`` is an end agreed already; with ``is_respite`` the child's own placement goes on
    meanwhile. ``override_reason`` is why a team manager lets it in where there is no room.
    """

    period: Period
    place_type: PlaceType
    purpose: Purpose | None
    places: int = 1
    is_respite: bool = False
    override_reason: str | None = None


def known(ref: str, by: Viewer) -> Child:
    """Raise ChildNotKnown where no child of the service has this reference."""
    query = select(Child).where(Child.service_id == by.service_id, Child.ref == ref)
    child = db.session.scalars(query).one_or_none()
    if child is None:
        raise placing.ChildNotKnown
    return child


def new(born_on: date | None, by: Viewer, *, subject_id: UUID | None = None) -> Child:
    """Make a child with the next reference, audited under the home where there is one."""
    child = Child(
        service_id=by.service_id,
        ref=references.next_ref(Kind.CHILD, by.service_id),
        born_on=born_on,
    )
    audit.added(child, by=by, action="added a child", subject_id=subject_id)
    return child


def find_room(
    home: Household, arrival: Arrival, child_id: UUID | None, by: Viewer
) -> room.Override:
    """Raise TooFewVacantPlaces, NotTheManager. Call it with the home locked.

    A place reserved for the child is theirs; not for a respite stay, which is no planned move.
    """
    if child_id and not arrival.is_respite:
        reservations.give_way(home.id, child_id, arrival.period, arrival.places, by=by)
    return room.find(
        home.id,
        [(arrival.period, arrival.places)],
        called="Places used",
        child_id=child_id,
        override_reason=arrival.override_reason,
        by=by,
    )


def begin(
    where: Household | Provider, child: Child, arrival: Arrival, *, by: Viewer, **facts: Any
) -> Placement:
    """One half of a move, or a placement by itself: the child comes.

    ``facts`` are further columns. Raises ChildIsElsewhere; RuleBroken for a respite stay.
    """
    stays.lock_child(child.id, viewer=by)
    main = main_of(child, where, arrival, by)
    if isinstance(where, Household):
        action = f"recorded that {child.ref} lives here"
        facts |= {"household_id": where.id, "household_service_id": where.service_id}
    else:
        action = f"recorded that {child.ref} lives with {where.name}"
        facts |= {"provider_id": where.id}
    placement = Placement(
        service_id=child.service_id,
        ref=references.next_ref(Kind.PLACEMENT, child.service_id),
        child_id=child.id,
        from_on=arrival.period.start,
        until_on=arrival.period.end,
        place_type=arrival.place_type,
        purpose=arrival.purpose,
        places_used=arrival.places,
        respite_of_id=main.id if main else None,
        recorded_by_id=by.membership_id,
        **facts,
    )
    audit.added(placement, by=by, action=action)
    return placement


def leave(stay: Placement, on: date, end_reason: PlacementEnd, by: Viewer) -> Placement:
    """The other half, or an ending by itself: the child goes. Raises RespiteGoesOn."""
    stays.lock_child(stay.child_id, viewer=by)
    action = f"recorded that {stay.child.ref} left"
    audit.change(stay, until_on=on, end_reason=end_reason, by=by, action=action)
    db.session.flush()
    check_respite_stays(stay.child_id, by=by)
    return stay


def move_in(
    home: Household, stay: Placement, arrival: Arrival, end_reason: PlacementEnd, *, by: Viewer
) -> Placement:
    """Let a child leave where they live and come to a home of ours: both halves.

    Call it with the home locked. Raises what ``begin`` and ``leave`` do, AlreadyEnded,
    TooFewVacantPlaces, NotTheManager; RuleBroken beside ``on`` for the day, and beside ``to_id``
    for a home that is not open.
    """
    on, today = arrival.period.start, clock.today()
    placing.check_move(stay.period, on, today)
    placing.check_is_child(stay.child.born_on, on, field="on")
    try:
        placing.check_open(home.approval_period, on, today)
    except placing.HomeIsNotOpen as closed:
        raise RuleBroken(closed.sentence, field="to_id") from None
    override = find_room(home, arrival, stay.child_id, by)
    leave(stay, on, end_reason, by)
    return begin(home, stay.child, arrival, by=by, **override)


def check_respite_stays(child_id: UUID, *, by: Viewer, field: str | None = "until_on") -> None:
    """Raise RespiteGoesOn where a respite stay of a child is in no placement that goes on."""
    found = stays.current(child_id, viewer=by)
    main = [one for one in found if one.respite_of_id is None]
    for stay in found:
        if stay.respite_of_id is not None and not any(_is_within(stay, one) for one in main):
            raise placing.RespiteGoesOn(field)


def _is_within(stay: Placement, main: Placement) -> bool:
    if stay.household_id is not None and stay.household_id == main.household_id:
        return False
    begun = main.from_on <= stay.from_on
    return begun and (
        main.until_on is None or (stay.until_on is not None and stay.until_on <= main.until_on)
    )


def main_of(
    child: Child, where: Household | Provider, arrival: Arrival, by: Viewer
) -> Placement | None:
    """The placement that goes on during a respite stay; none for any other.

    Raises ChildIsElsewhere; RuleBroken where a respite stay is not within it.
    """
    if not arrival.is_respite:
        check_nowhere_else(child, arrival.period, by=by)
        return None
    own = [one for one in stays.current(child.id, viewer=by) if one.respite_of_id is None]
    main = next((one for one in own if one.period.covers(arrival.period.start)), None)
    placing.check_respite(
        arrival.period,
        main.period if main else None,
        is_same_home=main is not None and main.household_id == where.id,
    )
    return main


def check_nowhere_else(
    child: Child, period: Period, *, by: Viewer, besides: UUID | None = None
) -> None:
    """Raise ChildIsElsewhere where a child has a home on one of these nights.

    A placement ``besides`` which they are looked for is left out.
    """
    for stay in stays.current(child.id, viewer=by):
        is_other = stay.respite_of_id is None and stay.id != besides
        if is_other and stay.period.overlaps(period):
            raise placing.ChildIsElsewhere(child.ref, _elsewhere(stay, period, by))


def _elsewhere(stay: Placement, period: Period, by: Viewer) -> placing.Elsewhere:
    """Where a child lives, as far as the viewer may know."""
    may_move = stay.until_on is None and stay.from_on <= period.start
    if stay.provider:
        where = f"with {stay.provider.name}"
    elif stay.household and stay.household.service_id in by.service_ids:
        where = f"in {stay.household.name}, {stay.household.ref}"
    else:
        where, may_move = "in a home of another service", False
    return placing.Elsewhere(stay.id, stay.household_id, where, may_move=may_move)
