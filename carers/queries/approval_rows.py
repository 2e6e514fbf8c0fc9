"""What of a home lies before a day, or began with its approval; and what its case says of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.approval_day import InTheWay
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Confirmation,
    Enquiry,
    Exemption,
    Household,
    KeptCase,
    Placement,
    SchemeMember,
    SkillHeld,
    Terms,
    Unavailability,
)

Moving = Terms | SkillHeld | SchemeMember | Allocation | Exemption

BEGAN: Mapping[type[Any], str] = {
    Placement: "A child came to live here",
    Unavailability: "Places were put on hold",
    Terms: "Terms of approval began",
    SkillHeld: "A skill began",
    SchemeMember: "Time in a scheme began",
    Allocation: "The home was given to a worker",
    Exemption: "An exemption began",
}
MOVES = (Terms, SkillHeld, SchemeMember, Allocation, Exemption)


@dataclass(frozen=True)
class OfCase:
    """A case by its reference, and the day on which it says that the home was approved."""

    ref: str
    approved_on: date


def began_with(household: Household, *, viewer: Viewer) -> list[Moving]:
    """Afresh, what began on the day of a home’s approval and was no mistake.

    Terms that hold on no day are those of a home approved and ended on one day (EXCHANGE).
    """
    first = household.approved_on
    terms = [one for one in _of(Terms, household.id, viewer) if one.from_on <= first]
    holding = [one for one in terms if not one.period.is_empty] or terms
    dated = [one for row in MOVES[1:] for one in _of(row, household.id, viewer)]
    return [
        *(one for one in holding if len(holding) == 1 and one.from_on == first),
        *(one for one in dated if one.from_on == first and not one.period.is_empty),
    ]


def before(
    household_id: UUID, day: date, moving: Sequence[Moving], *, viewer: Viewer
) -> list[InTheWay]:
    """What lies before a day, but for what moves to it and ends later."""
    return [*_begun(household_id, day, moving, viewer), *_confirmed(household_id, day, viewer)]


def case_of(household: Household, *, viewer: Viewer) -> OfCase | None:
    """None where a home names no case, or one that has not come to an approval."""
    query = (
        select(Enquiry.ref, KeptCase.approved_on)
        .join(KeptCase, KeptCase.enquiry_id == Enquiry.id)
        .where(
            Enquiry.id == household.enquiry_id,
            Enquiry.service_id.in_(viewer.service_ids),
            KeptCase.approved_on.is_not(None),
        )
    )
    row = db.session.execute(query).one_or_none()
    return OfCase(*row) if row else None


def _begun(
    household_id: UUID, day: date, moving: Sequence[Moving], viewer: Viewer
) -> Iterator[InTheWay]:
    move = {one.id for one in moving}
    for row, what in BEGAN.items():
        for one in _of(row, household_id, viewer):
            moves = one.id in move and (one.until_on is None or one.until_on > day)
            is_mistake = row not in (Placement, Unavailability) and one.period.is_empty
            if one.from_on < day and not moves and not is_mistake:
                yield InTheWay(what, one.from_on)


def _confirmed(household_id: UUID, day: date, viewer: Viewer) -> Iterator[InTheWay]:
    query = select(Confirmation.at).where(
        Confirmation.household_id == household_id,
        Confirmation.service_id.in_(viewer.service_ids),
        Confirmation.is_current,
        Confirmation.at < clock.at(day),
    )
    for at in db.session.scalars(query):
        yield InTheWay("The home was confirmed", clock.local_day(at))


def _of(row: type[Any], household_id: UUID, viewer: Viewer) -> Sequence[Any]:
    owner = row.household_service_id if row is Placement else row.service_id
    query = select(row).where(row.household_id == household_id, owner.in_(viewer.service_ids))
    if row in (Placement, Terms, Unavailability):
        query = query.where(row.is_current)
    ordered = query.order_by(row.from_on, row.id)
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()
