"""Every place on hold in a service, and who answers for it, in two statements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, or_, select

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
        select(hold.id, hold.ref, hold.household_id, hold.places, hold.reason, hold.from_on)
        .add_columns(hold.expected_until_on, hold.owner_id, Membership.name.label("owner"))
        .add_columns(Household.name.label("home"), Household.ref.label("home_ref"))
        .select_from(hold)
        .join(Household, Household.id == hold.household_id)
        .outerjoin(Membership, Membership.id == hold.owner_id)
        .where(
            hold.service_id.in_(viewer.service_ids),
            hold.is_current,
            or_(hold.until_on.is_(None), and_(hold.until_on > day, hold.until_on > hold.from_on)),
            or_(Household.ended_on.is_(None), Household.ended_on > day),
        )
    )
    return [
        PlacesOnHold(
            ref=row.ref,
            household_id=row.household_id,
            home=row.home,
            home_ref=row.home_ref,
            recorded=row.places,
            taken=taken.get(row.id, 0),
            reason=row.reason,
            from_on=row.from_on,
            expected_until_on=row.expected_until_on,
            owner_id=row.owner_id,
            owner=row.owner,
        )
        for row in db.session.execute(query)
    ]
