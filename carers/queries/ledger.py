"""The ledger statement: every approved home's places, in spells between changes.

Every list, figure and refusal of places reads it; ``domain.capacity.Capacity`` is what it is
tested against (METRICS, Capacity on a day).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Household, Placement, Terms, Unavailability

NOTHING = literal(0, Integer)


def spells(viewer: Viewer, household_ids: Sequence[UUID] | None = None) -> CTE:
    """Each home's approved, filled, recorded, over, not_available and vacant places by spell.

    A spell is from_on until until_on, none where it is still so. ``recorded`` is what is withheld
    on paper, of which ``not_available`` is what there is to withhold. The spells of a home follow
    one another without a gap from its first row on.
    """
    homes = _homes(viewer, household_ids)
    change = union_all(*_steps(homes)).cte("change")
    each = (
        select(
            change.c.household_id,
            change.c.day.label("from_on"),
            func.lead(change.c.day)
            .over(partition_by=change.c.household_id, order_by=change.c.day)
            .label("until_on"),
            _so_far(change, "approved"),
            _so_far(change, "filled"),
            _so_far(change, "recorded"),
        )
        .group_by(change.c.household_id, change.c.day)
        .cte("spell_between_changes")
    )
    left = func.greatest(each.c.approved - each.c.filled, 0)
    not_available = func.least(each.c.recorded, left)
    return select(
        each,
        func.greatest(each.c.filled - each.c.approved, 0).label("over"),
        not_available.label("not_available"),
        (left - not_available).label("vacant"),
    ).cte("ledger")


def on(viewer: Viewer, day: date, household_ids: Sequence[UUID] | None = None) -> CTE:
    """The spells that a day is in: at most one of each home."""
    ledger = spells(viewer, household_ids)
    return select(ledger).where(holds_on(ledger, day)).cte("ledger_on_day")


def holds_on(ledger: CTE, day: date) -> ColumnElement[bool]:
    """Whether a spell, or any half-open row, holds on a day."""
    return and_(ledger.c.from_on <= day, or_(ledger.c.until_on.is_(None), ledger.c.until_on > day))


def fewest_vacant(
    viewer: Viewer, household_id: UUID, from_on: date, until_on: date | None
) -> Select[tuple[int]]:
    """The places of a home that are vacant on every day of a period, none open-ended; 0 for none.

    Days on which the home is in no spell at all have no place.
    """
    ledger = spells(viewer, [household_id])
    ends = literal(until_on, Date) if until_on else null()
    in_period = and_(
        or_(ends.is_(None), ledger.c.from_on < ends),
        or_(ledger.c.until_on.is_(None), ledger.c.until_on > from_on),
    )
    begun = func.bool_or(ledger.c.from_on <= from_on)
    fewest = case((begun, func.min(ledger.c.vacant)), else_=0)
    return select(func.coalesce(fewest, 0)).where(in_period)


def _homes(viewer: Viewer, household_ids: Sequence[UUID] | None) -> CTE:
    query = select(Household.id, Household.approved_on, Household.ended_on).where(
        Household.service_id.in_(viewer.service_ids), Household.approval == Approval.FULL
    )
    if household_ids is not None:
        query = query.where(Household.id.in_(household_ids))
    return query.cte("home")


def _steps(homes: CTE) -> list[Select[tuple[UUID, date, int, int, int]]]:
    """Each row twice: what it adds on its first day and takes back on the day it ends."""
    terms_from = func.greatest(Terms.from_on, homes.c.approved_on)
    terms_until = func.least(Terms.until_on, homes.c.ended_on)
    steps = []
    stay, hold = Placement, Unavailability
    for row, starts, ends, sizes in (
        (Terms, terms_from, terms_until, (Terms.places, NOTHING, NOTHING)),
        (stay, stay.from_on, stay.until_on, (NOTHING, stay.places_used, NOTHING)),
        (hold, hold.from_on, hold.until_on, (NOTHING, NOTHING, hold.places)),
    ):
        for day, sign in ((starts, 1), (ends, -1)):
            names = ("approved", "filled", "recorded")
            amounts = [(sign * size).label(name) for size, name in zip(sizes, names, strict=True)]
            steps.append(
                select(homes.c.id.label("household_id"), day.label("day"), *amounts)
                .join(row, row.household_id == homes.c.id)
                .where(
                    row.superseded_by_id.is_(None),
                    ~row.is_void,
                    day.is_not(None),
                    or_(ends.is_(None), ends > starts),
                )
            )
    return steps


def _so_far(change: CTE, name: str) -> ColumnElement[int]:
    step = func.sum(change.c[name])
    total = func.sum(step).over(partition_by=change.c.household_id, order_by=change.c.day)
    return total.cast(Integer).label(name)
