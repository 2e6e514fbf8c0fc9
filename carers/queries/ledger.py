"""The ledger statement: every approved home's places, in spells between changes.

Every list, figure and refusal of places reads it; ``domain.capacity.Capacity`` is what it is
tested against (METRICS, Capacity on a day).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
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
    or_,
    select,
    union_all,
)

from carers.domain.period import Days
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Household, Placement, Terms, Unavailability
from carers.queries.among import among

STATES = ("approved", "over", "filled", "not_available", "vacant")
NOTHING = literal(0, Integer)
Homes = Sequence[UUID] | Select[tuple[UUID]]


def spells(
    viewer: Viewer,
    household_ids: Homes | None = None,
    *,
    within: Days | None = None,
    name: str = "ledger",
) -> CTE:
    """Each home's approved, filled, recorded, over, not_available and vacant places by spell.

    A spell is from_on until until_on, none where it is still so. ``recorded`` is what is withheld
    on paper, of which ``not_available`` is what there is to withhold. The spells of a home follow
    one another without a gap from its first row on. Those ``within`` a period begin on its first
    day at the earliest, and one without an end lasts to its last day or longer. A statement that
    has the ledger twice gives each a ``name``.
    """
    homes = _homes(viewer, household_ids, f"{name}_home")
    change = union_all(*_steps(viewer, homes, within)).cte(f"{name}_change")
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
        .cte(f"{name}_between_changes")
    )
    left = func.greatest(each.c.approved - each.c.filled, 0)
    not_available = func.least(each.c.recorded, left)
    return select(
        each,
        func.greatest(each.c.filled - each.c.approved, 0).label("over"),
        not_available.label("not_available"),
        (left - not_available).label("vacant"),
    ).cte(name)


def on(
    viewer: Viewer, day: date, household_ids: Homes | None = None, *, name: str = "ledger"
) -> CTE:
    """The places of each home on a day: a spell of that day alone, none where there is nothing."""
    return spells(viewer, household_ids, within=Days(day, day), name=name)


def withheld(viewer: Viewer, within: Days, household_ids: Homes | None = None) -> CTE:
    """What each hold takes of each spell within a period: they add up to ``not_available``.

    In the order of the holds' from_on, then ref, each takes what it can of what is left (METRICS,
    Capacity on a day). A hold that finds nothing left is not in it.
    """
    ledger, hold = spells(viewer, household_ids, within=within), Unavailability
    before = func.sum(hold.places).over(
        partition_by=(ledger.c.household_id, ledger.c.from_on),
        order_by=(hold.from_on, hold.ref.collate("C")),
        rows=(None, -1),
    )
    left = ledger.c.not_available - func.coalesce(before, 0)
    each = (
        select(
            hold.id,
            hold.service_id,
            hold.household_id,
            hold.ref,
            hold.reason,
            hold.from_on.label("hold_from_on"),
            ledger.c.from_on,
            ledger.c.until_on,
            func.least(hold.places, left).cast(Integer).label("places"),
        )
        .join(hold, hold.household_id == ledger.c.household_id)
        .where(
            ledger.c.not_available > 0,
            hold.service_id.in_(viewer.service_ids),
            hold.is_current,
            hold.from_on <= ledger.c.from_on,
            or_(hold.until_on.is_(None), hold.until_on > ledger.c.from_on),
        )
        .subquery()
    )
    return select(each).where(each.c.places > 0).cte("withheld")


def vacant_since(viewer: Viewer, day: date) -> Select[tuple[UUID, int, date]]:
    """Since when each vacant place of a day has been: its home, which one it is, and the day.

    The nth has been since the first day of the unbroken run of days, up to this one, on which at
    least n were vacant (METRICS, days_vacant).
    """
    now = on(viewer, day, name="now")
    nth = func.generate_series(1, now.c.vacant).label("nth")
    place = select(now.c.household_id, nth).where(now.c.vacant > 0).cte("vacant_place")
    past = spells(viewer, select(place.c.household_id), name="past")
    broken = func.max(past.c.until_on).filter(past.c.vacant < place.c.nth, past.c.until_on <= day)
    return (
        select(
            place.c.household_id,
            place.c.nth,
            func.coalesce(broken, func.min(past.c.from_on)).label("since"),
        )
        .join(past, past.c.household_id == place.c.household_id)
        .group_by(place.c.household_id, place.c.nth)
    )


def fewest_vacant(
    viewer: Viewer, household_id: UUID, from_on: date, until_on: date | None
) -> Select[tuple[int]]:
    """The places of a home that are vacant on every day of a period, none open-ended; 0 for none.

    Days on which the home is in no spell at all have no place.
    """
    ledger = spells(viewer, [household_id])
    in_period = or_(ledger.c.until_on.is_(None), ledger.c.until_on > from_on)
    if until_on is not None:
        in_period = and_(in_period, ledger.c.from_on < until_on)
    begun = func.bool_or(ledger.c.from_on <= from_on)
    fewest = case((begun, func.min(ledger.c.vacant)), else_=0)
    return select(func.coalesce(fewest, 0)).where(in_period)


def _homes(viewer: Viewer, household_ids: Homes | None, name: str) -> CTE:
    query = select(Household.id, Household.approved_on, Household.ended_on).where(
        Household.service_id.in_(viewer.service_ids), Household.approval == Approval.FULL
    )
    if household_ids is not None:
        query = query.where(
            Household.id.in_(household_ids)
            if isinstance(household_ids, Select)
            else among(Household.id, household_ids)
        )
    return query.cte(name)


def _steps(
    viewer: Viewer, homes: CTE, within: Days | None
) -> list[Select[tuple[UUID, date, int, int, int]]]:
    """Each row twice: what it adds on its first day and takes back on the day it ends.

    The service of the home is named again, so that its rows are found in one stretch.
    """
    terms_from = func.greatest(Terms.from_on, homes.c.approved_on)
    terms_until = func.least(Terms.until_on, homes.c.ended_on)
    steps = []
    stay, hold = Placement, Unavailability
    for row, of_service, starts, ends, sizes in (
        (Terms, Terms.service_id, terms_from, terms_until, (Terms.places, NOTHING, NOTHING)),
        (
            *(stay, stay.household_service_id, stay.from_on, stay.until_on),
            (NOTHING, stay.places_used, NOTHING),
        ),
        (
            *(hold, hold.service_id, hold.from_on, hold.until_on),
            (NOTHING, NOTHING, hold.places),
        ),
    ):
        first = func.greatest(starts, literal(within.first, Date)) if within else starts
        for day, sign in _days_of(first, ends, within):
            names = ("approved", "filled", "recorded")
            amounts = [(sign * size).label(name) for size, name in zip(sizes, names, strict=True)]
            step = (
                select(homes.c.id.label("household_id"), day.label("day"), *amounts)
                .join(row, row.household_id == homes.c.id)
                .where(
                    of_service.in_(viewer.service_ids),
                    row.is_current,
                    day.is_not(None),
                    or_(ends.is_(None), ends > first),
                )
            )
            steps.append(step.where(day <= within.last) if within else step)
    return steps


def _days_of(first: Any, ends: Any, within: Days | None) -> list[tuple[Any, int]]:
    """The two days of a row and their signs; none that holds on a single day ends within it."""
    both = [(first, 1), (ends, -1)]
    return both[:1] if within and within.first == within.last else both


def _so_far(change: CTE, name: str) -> ColumnElement[int]:
    step = func.sum(change.c[name])
    total = func.sum(step).over(partition_by=change.c.household_id, order_by=change.c.day)
    return total.cast(Integer).label(name)
