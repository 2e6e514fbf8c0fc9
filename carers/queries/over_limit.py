"""Homes over the usual fostering limit with no exemption that names every child (RULES 2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, any_, exists, func, select

from carers.db import db
from carers.domain.ages import age_on
from carers.domain.fostering_limit import USUAL_LIMIT, FosteredChild, LimitStanding, standing
from carers.domain.placing import OF_AGE
from carers.domain.today_work import OverLimit
from carers.domain.viewer import Viewer
from carers.models import Child, Exemption, Placement
from carers.queries.on_day import holds_on


def of_homes(
    household_ids: Collection[UUID], *, viewer: Viewer, day: date
) -> dict[UUID, OverLimit]:
    """Those of some homes that are over on a day, in one statement."""
    stays: dict[UUID, list[Any]] = defaultdict(list)
    for row in db.session.execute(_stays(household_ids, viewer, day)):
        stays[row.household_id].append(row)
    found = {home: _over(rows, day) for home, rows in stays.items()}
    return {home: over for home, over in found.items() if over}


def _stays(household_ids: Collection[UUID], viewer: Viewer, day: date) -> Select[Any]:
    """Who lives in the homes with more children than the limit, and whether they are named."""
    there = and_(
        Placement.household_id.in_(household_ids),
        Placement.household_service_id.in_(viewer.service_ids),
        Placement.is_current,
        holds_on(Placement, day),
    )
    crowded = (
        select(Placement.household_id)
        .where(there)
        .group_by(Placement.household_id)
        .having(func.count(Placement.child_id.distinct()) > USUAL_LIMIT)
    )
    is_named = exists().where(
        Exemption.household_id == Placement.household_id,
        Exemption.service_id.in_(viewer.service_ids),
        Placement.child_id == any_(Exemption.child_ids),
        holds_on(Exemption, day),
    )
    return (
        select(
            *(Placement.household_id, Placement.child_id, Placement.from_on),
            *(Child.born_on, Child.service_id, Child.sibling_group, is_named.label("is_named")),
        )
        .outerjoin(Child, Child.id == Placement.child_id)
        .where(there, Placement.household_id.in_(crowded))
    )


def _over(rows: Iterable[Any], day: date) -> OverLimit | None:
    """No adult counts, nor is the family of another service's child known."""
    counted = [row for row in rows if not (row.born_on and age_on(row.born_on, day) >= OF_AGE)]
    children = {
        FosteredChild(
            row.child_id, (row.service_id, row.sibling_group) if row.sibling_group else None
        )
        for row in counted
    }
    named = {row.child_id for row in counted if row.is_named}
    if standing(children, named) is not LimitStanding.OVER:
        return None
    return OverLimit(len(children), max(row.from_on for row in counted))
