"""A child's stays, and the exemptions that name a child: what a placement must agree with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import and_, any_, func, select

from carers.db import db
from carers.domain.period import Period
from carers.domain.terms_corrected import ExemptStay
from carers.domain.viewer import Viewer
from carers.models import Child, Exemption, Placement


def current(child_id: UUID, *, viewer: Viewer) -> list[Placement]:
    """The placements of a child that count, afresh, in the order of their days."""
    query = (
        select(Placement)
        .where(
            Placement.child_id == child_id,
            Placement.service_id.in_(viewer.service_ids),
            Placement.is_current,
        )
        .order_by(Placement.from_on, Placement.ref)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def lock_child(child_id: UUID, *, viewer: Viewer) -> None:
    """Keep others from placing or moving a child until the transaction ends.

    Call it with the homes locked: homes first, then the child, so that two locks cannot cross.
    """
    query = select(Child.id).where(Child.id == child_id, Child.service_id.in_(viewer.service_ids))
    db.session.execute(query.with_for_update(key_share=True)).all()


def exempt_days(household_id: UUID, child_id: UUID, *, viewer: Viewer) -> list[Period]:
    """The days on which an exemption of a home names a child."""
    query = select(Exemption.from_on, Exemption.until_on).where(
        Exemption.household_id == household_id,
        Exemption.service_id.in_(viewer.service_ids),
        Exemption.child_ids.contains([child_id]),
    )
    return [Period(*row) for row in db.session.execute(query).tuples()]


def exempt_stays(household_id: UUID, *, viewer: Viewer) -> list[ExemptStay]:
    """The days on which a child lives in a home and an exemption of it names them."""
    from_on = func.greatest(Placement.from_on, Exemption.from_on)
    until_on = func.least(Placement.until_on, Exemption.until_on)
    query = (
        select(Placement.id, from_on, until_on, Placement.places_used)
        .join(
            Exemption,
            and_(
                Exemption.household_id == Placement.household_id,
                Placement.child_id == any_(Exemption.child_ids),
            ),
        )
        .where(
            Placement.household_id == household_id,
            Placement.household_service_id.in_(viewer.service_ids),
            Exemption.service_id.in_(viewer.service_ids),
            Placement.is_current,
        )
    )
    rows = db.session.execute(query).tuples()
    return [ExemptStay(one, Period(start, end), places) for one, start, end, places in rows]


def children_called(refs: Collection[str], *, viewer: Viewer) -> Sequence[Child]:
    """The children whom some references are of, in every service that the viewer sees."""
    query = select(Child).where(Child.ref.in_(refs), Child.service_id.in_(viewer.service_ids))
    return db.session.scalars(query.order_by(Child.ref, Child.id)).all()


def refs_of(child_ids: Collection[UUID], *, viewer: Viewer) -> dict[UUID, str]:
    """The references of children, of those that the viewer may know."""
    query = select(Child.id, Child.ref).where(
        Child.id.in_(child_ids),
        Child.service_id.in_(viewer.service_ids),
    )
    return dict(db.session.execute(query).tuples().all())
