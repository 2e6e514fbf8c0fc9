"""Children come to a home and leave it: the one route by which a place is filled and freed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain import clock, placing
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.viewer import Viewer
from carers.models import Child, Household, Placement
from carers.queries import household_rows, households, stays
from carers.services import audit, references, room, submissions


@dataclass(frozen=True)
class Arrival:
    """A child who comes to a home, beside the rules that their days must keep.

    ``until_on`` is an end agreed already; with ``is_respite`` the child's own placement goes on
    meanwhile. ``override_reason`` is why a team manager lets it in where there is no room.
    """

    period: Period
    place_type: PlaceType
    purpose: Purpose
    places: int = 1
    is_respite: bool = False
    override_reason: str | None = None


def place(
    household_id: UUID,
    *,
    child_ref: str | None,
    born_on: date | None,
    from_on: date,
    place_type: PlaceType,
    purpose: Purpose,
    places: int = 1,
    until_on: date | None = None,
    is_respite: bool = False,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Let a child live in a home from a day on: a known one, or a new one with a birth date.

    Raises TooFewVacantPlaces where ``places`` are not vacant on every day from the first one on,
    and neither an exemption nor a manager's override lets the child in: the home stays locked
    until the caller commits, so two people cannot both take its last place. Raises HomeIsNotOpen,
    ChildNotKnown, ChildIsElsewhere, NotTheManager, StalePage; RuleBroken for the birth date, the
    end or the respite stay.
    """
    household = households.get_locked(household_id, viewer=by)
    submissions.check_seen(household_id, seen, by=by)
    placing.check_ends_later(from_on, until_on)
    placing.check_open(household.approval_period, from_on, clock.today(), until_on)
    placing.check_identified(child_ref, born_on)
    known = _known(child_ref, by) if child_ref else None
    arrival = Arrival(
        Period(from_on, until_on), place_type, purpose, places, is_respite, override_reason
    )
    if born_on := (known.born_on if known else born_on):
        placing.check_is_child(born_on, from_on)
    leave = _room(household, arrival, known.id if known else None, by)
    child = known or _new(born_on, household_id, by)
    return _begin(household, child, arrival, leave, by)


def end(
    household_id: UUID,
    placement_id: UUID,
    *,
    until_on: date,
    end_reason: PlacementEnd,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Say on which day a child no longer lived in a home, and why: once.

    Raises AlreadyEnded, RespiteGoesOn, StalePage; NotFound where the placement is not this
    home's, or is another service's.
    """
    households.get_locked(household_id, viewer=by)
    submissions.check_seen(household_id, seen, by=by)
    placement = household_rows.placement(household_id, placement_id, viewer=by)
    placing.check_ending(placement.period, until_on, clock.today())
    return _leave(placement, until_on, end_reason, by)


def move(
    household_id: UUID,
    placement_id: UUID,
    *,
    to_id: UUID,
    on: date,
    end_reason: PlacementEnd,
    place_type: PlaceType,
    purpose: Purpose,
    places: int = 1,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Let a child leave one home and live in another from a day on, ahead too: both or neither.

    Both homes are locked, in the order of their ids, so that two moves cannot wait for one
    another. Raises what ``place`` and ``end`` do, beside ``on``; NotFound where either home is
    not there.
    """
    if to_id == household_id:
        raise RuleBroken("Select another home: the child lives in this one", field="to_id")
    homes = {one.id: one for one in households.get_all_locked([household_id, to_id], viewer=by)}
    submissions.check_seen(household_id, seen, by=by)
    stay = household_rows.placement(household_id, placement_id, viewer=by)
    placing.check_move(stay.period, on, clock.today())
    try:
        placing.check_open(homes[to_id].approval_period, on, clock.today())
    except placing.HomeIsNotOpen as closed:
        raise RuleBroken(closed.sentence, field="to_id") from None
    is_respite = stay.respite_of_id is not None
    arrival = Arrival(Period(on), place_type, purpose, places, is_respite, override_reason)
    leave = _room(homes[to_id], arrival, stay.child_id, by)
    _leave(stay, on, end_reason, by)
    return _begin(homes[to_id], stay.child, arrival, leave, by)


def _room(home: Household, arrival: Arrival, child_id: UUID | None, by: Viewer) -> room.Override:
    return room.find(
        home.id,
        [(arrival.period, arrival.places)],
        called="Places used",
        child_id=child_id,
        override_reason=arrival.override_reason,
        by=by,
    )


def _begin(
    household: Household, child: Child, arrival: Arrival, leave: room.Override, by: Viewer
) -> Placement:
    """One half of a move, or a placement by itself: the child comes."""
    stays.lock_child(child.id, viewer=by)
    main = _main_of(child, household, arrival, by)
    placement = Placement(
        service_id=child.service_id,
        ref=references.next_ref(Kind.PLACEMENT, child.service_id),
        child_id=child.id,
        household_id=household.id,
        household_service_id=household.service_id,
        from_on=arrival.period.start,
        until_on=arrival.period.end,
        place_type=arrival.place_type,
        purpose=arrival.purpose,
        places_used=arrival.places,
        respite_of_id=main.id if main else None,
        recorded_by_id=by.membership_id,
        **leave,
    )
    audit.added(placement, by=by, action=f"recorded that {child.ref} lives here")
    return placement


def _leave(stay: Placement, on: date, end_reason: PlacementEnd, by: Viewer) -> Placement:
    """The other half, or an ending by itself: the child goes."""
    stays.lock_child(stay.child_id, viewer=by)
    before = audit.values_of(stay)
    stay.until_on = on
    stay.end_reason = end_reason
    audit.changed(stay, before, by=by, action=f"recorded that {stay.child.ref} left")
    db.session.flush()
    check_respite_stays(stay.child_id, by=by)
    return stay


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


def _main_of(child: Child, home: Household, arrival: Arrival, by: Viewer) -> Placement | None:
    """The placement that goes on during a respite stay; none for any other.

    Raises ChildIsElsewhere; RuleBroken where a respite stay is not within it.
    """
    own = [one for one in stays.current(child.id, viewer=by) if one.respite_of_id is None]
    if not arrival.is_respite:
        if any(one.period.overlaps(arrival.period) for one in own):
            raise placing.ChildIsElsewhere(child.ref)
        return None
    main = next((one for one in own if one.period.covers(arrival.period.start)), None)
    placing.check_respite(
        arrival.period,
        main.period if main else None,
        is_same_home=main is not None and main.household_id == home.id,
    )
    return main


def _known(ref: str, by: Viewer) -> Child:
    query = select(Child).where(Child.service_id == by.service_id, Child.ref == ref)
    child = db.session.scalars(query).one_or_none()
    if child is None:
        raise placing.ChildNotKnown
    return child


def _new(born_on: date | None, household_id: UUID, by: Viewer) -> Child:
    child = Child(
        service_id=by.service_id,
        ref=references.next_ref(Kind.CHILD, by.service_id),
        born_on=born_on,
    )
    audit.added(child, by=by, action="added a child", subject_id=household_id)
    return child
