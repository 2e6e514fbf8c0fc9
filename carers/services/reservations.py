"""Places reserved for a search: for one that is open, until its children come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from carers.db import db
from carers.domain.capacity import UnavailableReason
from carers.domain.lateness import counted
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.searches import Reserved, SearchNotOpen, check_is_reservation, shares
from carers.domain.viewer import Viewer
from carers.models import Search, Unavailability
from carers.queries import positions, searches
from carers.services import audit, references
from carers.services.superseding import end


def check(
    search_id: UUID | None,
    reason: UnavailableReason,
    *,
    kept: UUID | None = None,
    by: Viewer,
) -> None:
    """Raise RuleBroken unless places on hold may name this search: a correction may keep its own.

    Raises SearchNotOpen where it is closed, or another service's.
    """
    if search_id is None:
        return
    check_is_reservation(reason)
    if search_id != kept and not searches.is_open(search_id, viewer=by):
        raise SearchNotOpen


def give_way(
    household_id: UUID, child_id: UUID, period: Period, places: int, *, by: Viewer
) -> None:
    """End the places reserved for a child on the day they come: the child takes them.

    What they do not need stays reserved while others of the same search are to come. Call it with
    the home locked.
    """
    found = searches.reserved_for(child_id, household_id, period, viewer=by)
    reserved = [
        Reserved(hold.places, _others_to_come(search, child_id, household_id, period.start, by))
        for hold, search in found
    ]
    for (hold, search), share in zip(found, shares(reserved, places), strict=True):
        if share.kept < hold.places:
            rest = Period(max(period.start, hold.from_on), hold.until_on)
            _end(hold, search, rest.start, share.kept, by)
            if share.kept:
                _keep(hold, search, rest, share.kept, places, by)


def _others_to_come(
    search: Search, child_id: UUID, household_id: UUID, day: date, by: Viewer
) -> bool:
    others = {*search.child_ids} - {child_id}
    return bool(others - searches.come_to(household_id, [*others], day, viewer=by))


def _end(hold: Unavailability, search: Search, on: date, kept: int, by: Viewer) -> None:
    given = counted(hold.places - kept, "reserved place")
    action = f"gave {given} of search {search.ref} to the child who came"
    end(hold, until_on=on, by=by, action=action)
    db.session.flush()


def _keep(
    hold: Unavailability, search: Search, rest: Period, places: int, needed: int, by: Viewer
) -> None:
    """Keep the others' places for them, as far as the home has them beside the child's."""
    vacant = positions.fewest_vacant(hold.household_id, rest, viewer=by)
    kept = min(places, vacant - needed)
    if kept <= 0:
        return
    expected = hold.expected_until_on
    made = Unavailability(
        service_id=hold.service_id,
        household_id=hold.household_id,
        ref=references.next_ref(Kind.UNAVAILABILITY, hold.service_id),
        places=kept,
        reason=hold.reason,
        search_id=hold.search_id,
        owner_id=hold.owner_id,
        from_on=rest.start,
        expected_until_on=max(expected, rest.start) if expected else None,
        until_on=rest.end,
        recorded_by_id=by.membership_id,
    )
    action = f"kept {counted(kept, 'place')} reserved for search {search.ref}"
    audit.added(made, by=by, action=action)
