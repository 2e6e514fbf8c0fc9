"""Children come to a home and leave it: the one route by which a place is filled and freed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain import clock, placing
from carers.domain.capacity import TooFewVacantPlaces
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.viewer import Viewer
from carers.models import Child, Placement
from carers.queries import household_rows, households, positions
from carers.services import audit, references, submissions


def place(
    household_id: UUID,
    *,
    child_ref: str | None,
    born_on: date | None,
    from_on: date,
    place_type: PlaceType,
    purpose: Purpose,
    places: int = 1,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Let a child live in a home from a day on: a known one, or a new one with a birth date.

    Raises TooFewVacantPlaces where ``places`` are not vacant on every day from the first one on:
    the home stays locked until the caller commits, so two people cannot both take its last place.
    Raises HomeIsNotOpen, ChildNotKnown, ChildIsElsewhere, StalePage; RuleBroken for the birth
    date.
    """
    household = households.get_locked(household_id, viewer=by)
    submissions.check_seen(household_id, seen, by=by)
    placing.check_open(household.approval_period, from_on, clock.today())
    placing.check_identified(child_ref, born_on)
    known = _known(child_ref, by) if child_ref else None
    if born_on := (known.born_on if known else born_on):
        placing.check_is_child(born_on, from_on)
    if known:
        _check_not_elsewhere(known, from_on)
    vacant = positions.fewest_vacant(household_id, Period(from_on), viewer=by)
    if places > vacant:
        raise TooFewVacantPlaces(asked=places, vacant=vacant, called="Places used")
    child = known or _new(born_on, household_id, by)
    placement = Placement(
        service_id=by.service_id,
        ref=references.next_ref(Kind.PLACEMENT, by.service_id),
        child_id=child.id,
        household_id=household_id,
        household_service_id=household.service_id,
        from_on=from_on,
        place_type=place_type,
        purpose=purpose,
        places_used=places,
        recorded_by_id=by.membership_id,
    )
    audit.added(placement, by=by, action=f"recorded that {child.ref} lives here")
    return placement


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

    Raises AlreadyEnded, StalePage; NotFound where the placement is not this home's, or is
    another service's.
    """
    households.get_locked(household_id, viewer=by)
    submissions.check_seen(household_id, seen, by=by)
    placement = household_rows.placement(household_id, placement_id, viewer=by)
    placing.check_ending(placement.period, until_on, clock.today())
    before = audit.values_of(placement)
    placement.until_on = until_on
    placement.end_reason = end_reason
    ref = placement.child.ref
    audit.changed(placement, before, by=by, action=f"recorded that {ref} left")
    return placement


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


def _check_not_elsewhere(child: Child, from_on: date) -> None:
    """From a day on a child has no other home. Behind it stands an exclusion constraint."""
    query = select(Placement.id).where(
        Placement.child_id == child.id,
        Placement.respite_of_id.is_(None),
        Placement.superseded_by_id.is_(None),
        ~Placement.is_void,
        or_(Placement.until_on.is_(None), Placement.until_on > from_on),
        or_(Placement.until_on.is_(None), Placement.until_on > Placement.from_on),
    )
    if db.session.scalars(query.limit(1)).first() is not None:
        raise placing.ChildIsElsewhere(child.ref)
