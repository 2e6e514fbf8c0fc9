"""Every place on hold in a service, and who answers for it, in two statements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select

from carers.db import db
from carers.domain.holds import PlacesOnHold
from carers.domain.period import Days
from carers.domain.viewer import Viewer
from carers.models import Household, Membership, Unavailability
from carers.queries import ledger


def open_on(day: date, *, viewer: Viewer) -> list[PlacesOnHold]:
    """The holds of homes still approved that are in force on a day or begin later.

    What they take is a statement of its own: joined, the ledger would be added up again for each.
    """
    held = ledger.withheld(viewer, Days(day, day))
    taken = dict(db.session.execute(select(held.c.id, held.c.places)).tuples().all())
    hold = Unavailability
    query = (
        select(hold, Household.name, Household.ref, Membership.name)
        .join(Household, Household.id == hold.household_id)
        .outerjoin(Membership, Membership.id == hold.owner_id)
        .where(
            hold.service_id.in_(viewer.service_ids),
            hold.superseded_by_id.is_(None),
            ~hold.is_void,
            or_(hold.until_on.is_(None), hold.until_on > func.greatest(day, hold.from_on)),
            or_(Household.ended_on.is_(None), Household.ended_on > day),
        )
    )
    return [
        PlacesOnHold(
            ref=one.ref,
            household_id=one.household_id,
            home=home,
            home_ref=home_ref,
            recorded=one.places,
            taken=taken.get(one.id, 0),
            reason=one.reason,
            from_on=one.from_on,
            expected_until_on=one.expected_until_on,
            owner_id=one.owner_id,
            owner=owner,
        )
        for one, home, home_ref, owner in db.session.execute(query).tuples()
    ]
