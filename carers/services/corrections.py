"""Entries of a home put right: the row that was written stays, and another takes its place.

An entry may be named by a row that was corrected since; every act raises EntryRemoved for one that
was a mistake. What a correction takes beyond the row it corrects must be there, as for anything
newly taken.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from carers.db import db
from carers.domain import clock, entry_changes, placing
from carers.domain.capacity import UnavailableReason
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.home_changes import confirmer_role
from carers.domain.lateness import counted
from carers.domain.period import Period
from carers.domain.room import growth
from carers.domain.viewer import Viewer
from carers.models import Confirmation, Household, Placement, Unavailability
from carers.queries import household_rows, households, stays
from carers.services import reservations, room, submissions
from carers.services.arrivals import check_respite_stays
from carers.services.capacity import check_answers_for_it
from carers.services.homes import get_to_change
from carers.services.superseding import Kept, supersede


def correct_placement(
    household_id: UUID,
    placement_id: UUID,
    *,
    from_on: date,
    until_on: date | None,
    end_reason: PlacementEnd | None,
    place_type: PlaceType,
    purpose: Purpose,
    places: int,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Put a child's stay right; without an end they live here still.

    A place reserved for the child is theirs on the days that are added. Raises TooFewVacantPlaces,
    HomeIsNotOpen, RespiteGoesOn, NotTheManager, StalePage, NotFound; RuleBroken where the child
    was elsewhere, or no child, on one of its nights.
    """
    household = _locked(household_id, seen, by)
    old = household_rows.placement(household_id, placement_id, viewer=by)
    stays.lock_child(old.child_id, viewer=by)
    _check_days(household, from_on, until_on)
    entry_changes.check_ended(until_on, end_reason)
    placing.check_is_child(old.child.born_on, from_on, field="from_on")
    more = growth(old.period, old.places_used, Period(from_on, until_on), places)
    if old.respite_of_id is None:
        for part, needed in more:
            reservations.give_way(household_id, old.child_id, part, needed, by=by)
    leave = room.find(
        household_id,
        more,
        called="Places used",
        child_id=old.child_id,
        override_reason=override_reason,
        by=by,
    )
    new = supersede(
        old,
        by=by,
        action="corrected where a child lived",
        from_on=from_on,
        until_on=until_on,
        end_reason=end_reason,
        place_type=place_type,
        purpose=purpose,
        places_used=places,
        **leave,
    )
    db.session.flush()
    check_respite_stays(new.child_id, by=by)
    return new


def correct_hold(
    household_id: UUID,
    hold_id: UUID,
    *,
    places: int,
    reason: UnavailableReason,
    owner_id: UUID,
    from_on: date,
    expected_until_on: date,
    until_on: date | None,
    search_id: UUID | None = None,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Unavailability:
    """Put places on hold right; without an end they are on hold still.

    Raises TooFewVacantPlaces, HomeIsNotOpen, NotAllocated, NotTheManager, SearchNotOpen,
    StalePage, NotFound; RuleBroken for a search where they are not reserved.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    old = household_rows.hold(household_id, hold_id, viewer=by)
    _check_days(household, from_on, until_on)
    entry_changes.check_expected(from_on, expected_until_on)
    check_answers_for_it(owner_id, household)
    reservations.check(search_id, reason, kept=old.search_id, by=by)
    leave = room.find(
        household_id,
        growth(old.period, old.places, Period(from_on, until_on), places),
        called="Places on hold",
        override_reason=override_reason,
        by=by,
    )
    return supersede(
        old,
        by=by,
        action=f"corrected {counted(places, 'place')} on hold",
        places=places,
        reason=reason,
        search_id=search_id,
        owner_id=owner_id,
        from_on=from_on,
        expected_until_on=expected_until_on,
        until_on=until_on,
        **leave,
    )


def correct_confirmation(
    household_id: UUID,
    confirmation_id: UUID,
    *,
    at: datetime,
    note: str | None,
    seen: int | None,
    by: Viewer,
) -> Confirmation:
    """Put right when a home was confirmed.

    Raises NotAllocated, StalePage, NotFound; RuleBroken for a moment to come.
    """
    _to_confirm(household_id, seen, by)
    old = household_rows.current(Confirmation, household_id, confirmation_id, viewer=by)
    entry_changes.check_happened(at, clock.now())
    return supersede(old, by=by, action="corrected a confirmation", at=at, note=note)


def remove_placement(
    household_id: UUID, placement_id: UUID, *, seen: int | None, by: Viewer
) -> None:
    """Say that a child never lived here. Raises RespiteGoesOn, StalePage, NotFound."""
    _locked(household_id, seen, by)
    old = household_rows.placement(household_id, placement_id, viewer=by)
    stays.lock_child(old.child_id, viewer=by)
    _void(old, "removed where a child lived: a mistake", by)
    check_respite_stays(old.child_id, by=by, field=None)


def remove_hold(household_id: UUID, hold_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that places were never on hold. Raises NotAllocated, StalePage, NotFound."""
    get_to_change(household_id, seen=seen, by=by)
    old = household_rows.hold(household_id, hold_id, viewer=by)
    _void(old, f"removed {counted(old.places, 'place')} on hold: a mistake", by)


def remove_confirmation(
    household_id: UUID, confirmation_id: UUID, *, seen: int | None, by: Viewer
) -> None:
    """Say that a home was not confirmed then. Raises NotAllocated, StalePage, NotFound."""
    _to_confirm(household_id, seen, by)
    old = household_rows.current(Confirmation, household_id, confirmation_id, viewer=by)
    _void(old, "removed a confirmation: a mistake", by)


def _void(old: Kept, action: str, by: Viewer) -> None:
    supersede(old, by=by, action=action, is_void=True)
    db.session.flush()


def _locked(household_id: UUID, seen: int | None, by: Viewer) -> Household:
    household = households.get_locked(household_id, viewer=by)
    submissions.check_seen(household_id, seen, by=by)
    return household


def _to_confirm(household_id: UUID, seen: int | None, by: Viewer) -> None:
    households.get_locked(household_id, viewer=by)
    is_allocated = households.is_allocated(household_id, viewer=by, day=clock.today())
    confirmer_role(by.roles, is_allocated=is_allocated)
    submissions.check_seen(household_id, seen, by=by)


def _check_days(household: Household, from_on: date, until_on: date | None) -> None:
    placing.check_ends_later(from_on, until_on)
    placing.check_open(household.approval_period, from_on, clock.today(), until_on)
