"""A home's terms that count, and what its places are used for from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from carers.db import db
from carers.domain.terms_change import Used
from carers.domain.viewer import Viewer
from carers.models import Terms
from carers.queries import ledger


def of_home(household_id: UUID, *, viewer: Viewer) -> Sequence[Terms]:
    """The home's terms afresh, in the order of their days."""
    query = select(Terms).where(
        Terms.household_id == household_id,
        Terms.service_id.in_(viewer.service_ids),
        Terms.is_current,
    )
    ordered = query.order_by(Terms.from_on, Terms.id)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()


def used_from(household_id: UUID, day: date, *, viewer: Viewer) -> list[Used]:
    """Each spell of a home from a day on: the first begins on it."""
    spells = ledger.spells(viewer, [household_id])
    query = (
        select(
            func.greatest(spells.c.from_on, day),
            spells.c.approved,
            spells.c.filled,
            spells.c.recorded,
        )
        .where(or_(spells.c.until_on.is_(None), spells.c.until_on > day))
        .order_by(spells.c.from_on)
    )
    return [Used(*row) for row in db.session.execute(query).tuples()]
