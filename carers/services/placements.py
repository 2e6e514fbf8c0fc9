"""Children come to a home and leave it: the one route by which a place is filled and freed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.domain import clock, placing
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.viewer import Viewer
from carers.models import Placement
from carers.queries import household_rows, households
from carers.services import arrivals, submissions
from carers.services.arrivals import Arrival


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
    known = arrivals.known(child_ref, by) if child_ref else None
    arrival = Arrival(
        Period(from_on, until_on), place_type, purpose, places, is_respite, override_reason
    )
    placing.check_is_child(known.born_on if known else born_on, from_on)
    override = arrivals.find_room(household, arrival, known.id if known else None, by)
    child = known or arrivals.new(born_on, by, subject_id=household_id)
    return arrivals.begin(household, child, arrival, by=by, **override)


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
    return arrivals.leave(placement, until_on, end_reason, by)


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
    is_respite = stay.respite_of_id is not None
    arrival = Arrival(Period(on), place_type, purpose, places, is_respite, override_reason)
    return arrivals.move_in(homes[to_id], stay, arrival, end_reason, by=by)
