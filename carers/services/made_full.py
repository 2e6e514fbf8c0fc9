"""An approval for the time being made full: it ends, and what of it goes on does so in the next."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from carers.db import db
from carers.domain import made_full
from carers.domain.children import PlacementEnd
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.viewer import Viewer
from carers.models import Allocation, Household, Placement, Terms
from carers.queries import ending_rows, following, households, stays
from carers.services import arrivals, audit, endings, references
from carers.services.superseding import ITS_OWN, end, supersede


def find(household_id: UUID, service_id: UUID, first_day: date, *, by: Viewer) -> Household:
    """Lock the home that a full approval of a service is to follow from a day on.

    The homes where its children have respite are locked too. Raises RuleBroken where it cannot be
    followed then.
    """
    offered = following.for_the_time_being(service_id, viewer=by)
    if household_id not in {one.id for one in offered}:
        raise RuleBroken("Select a home that is approved for the time being", field="follows")
    respite = following.respite_homes(household_id, first_day, viewer=by)
    locked = households.get_all_locked({household_id, *respite}, viewer=by)
    home = next(one for one in locked if one.id == household_id)
    made_full.check_follows(home.approval_period, first_day)
    return home


def take_over(
    before: Household, terms: Terms, *, ref: str, worker: UUID | None, by: Viewer
) -> None:
    """End a home on the first day of the next: its children and its workers go on there.

    ``terms`` are the first of the new home, whose reference is ``ref``; a ``worker`` to whom it
    was given has it instead of whoever had the home. Raises RuleBroken where the terms have too
    few places.
    """
    first_day = terms.from_on
    found = following.stays_from(before.id, first_day, viewer=by)
    made_full.check_all_ours([one.service_id in by.service_ids for one in found])
    taking = [(Period(max(one.from_on, first_day), one.until_on), one.places_used) for one in found]
    refs = list(dict.fromkeys(one.child.ref for one in found))
    made_full.check_places(taking, terms.places, refs)
    for stay in found:
        _go_on(stay, terms, ref, by)
    _hand_on(before.id, terms, worker, by)
    words = f"made full, as {ref}"
    endings.end_on(before, made_full.ENDING, first_day, words, by=by)


def _go_on(stay: Placement, terms: Terms, ref: str, by: Viewer) -> None:
    """Let a child live on in the next home; their respite stays are from that one then."""
    stays.lock_child(stay.child_id, viewer=by)
    there = {
        "household_id": terms.household_id,
        "household_service_id": terms.service_id,
        "place_type": made_full.place_type_under(terms.carer_type, stay.place_type),
    }
    action = f"recorded that {stay.child.ref} lives on in {ref}, the same home made full"
    after = _from(stay, terms.from_on, action, by, **there)
    if stay.respite_of_id is not None:
        return
    for one in stays.current(stay.child_id, viewer=by):
        goes_on = one.until_on is None or one.until_on > terms.from_on
        if one.respite_of_id is not None and goes_on and after.period.overlaps(one.period):
            said = f"recorded that it is respite from {ref} now"
            _from(one, terms.from_on, said, by, respite_of_id=after.id)
    arrivals.check_respite_stays(stay.child_id, by=by, field="follows")


def _from(stay: Placement, day: date, action: str, by: Viewer, **changes: Any) -> Placement:
    """Change a stay from a day on: one that began before ends then, its status alone changing."""
    if stay.from_on >= day:
        changed = supersede(stay, by=by, action=action, **changes)
        db.session.flush()
        return changed
    own = {*ITS_OWN, "ref", "from_on"}
    columns = inspect(Placement).columns.keys()
    facts = {name: getattr(stay, name) for name in columns if name not in own}
    end(stay, until_on=day, end_reason=PlacementEnd.PLACE, by=by, action=action)
    db.session.flush()
    after = Placement(
        ref=references.next_ref(Kind.PLACEMENT, stay.service_id),
        from_on=day,
        recorded_by_id=by.membership_id,
        **(facts | changes),
    )
    audit.added(after, by=by, action=action)
    return after


def _hand_on(before_id: UUID, terms: Terms, worker: UUID | None, by: Viewer) -> None:
    """Keep the home with whoever has it, or covers it, from the first day of the next."""
    rows = ending_rows.going_on(before_id, terms.from_on, viewer=by)
    for one in rows.dated:
        if not isinstance(one, Allocation) or one.period.is_empty:
            continue
        if worker and (not one.is_cover or one.membership_id == worker):
            continue
        given = Allocation(
            service_id=one.service_id,
            membership_id=one.membership_id,
            household_id=terms.household_id,
            from_on=max(terms.from_on, one.from_on),
            until_on=one.until_on,
            is_cover=one.is_cover,
        )
        audit.added(given, by=by, action=f"left it with {one.worker.ref}")
