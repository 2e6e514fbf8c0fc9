"""Places withheld, hold by hold, and the reasons for them (METRICS, Capacity on a day)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.capacity import OFSTED, OfstedReason, UnavailableReason
from carers.domain.period import Days
from carers.domain.viewer import Viewer
from carers.models import FosteringService
from carers.queries import ledger
from carers.reports.answer import Row
from carers.reports.figures import Figure


class Withheld(NamedTuple):
    """The places that a hold takes from one day until another, none for the period's end."""

    id: UUID
    service: str
    ref: str
    household_id: UUID
    reason: UnavailableReason
    held_from: date
    from_on: date
    until_on: date | None
    places: int


def load(viewer: Viewer, within: Days) -> list[Withheld]:
    """What holds take in a period, in one statement, by service and ref."""
    held = ledger.withheld(viewer, within)
    query = select(
        held.c.id,
        FosteringService.code,
        held.c.ref,
        held.c.household_id,
        held.c.reason,
        held.c.hold_from_on,
        held.c.from_on,
        held.c.until_on,
        held.c.places,
    ).join(FosteringService, FosteringService.id == held.c.service_id)
    found = (Withheld(*row) for row in db.session.execute(query))
    return sorted(found, key=lambda one: (one.service, one.ref, one.from_on))


class Lost:
    """Places, or place-nights, by the hold that took them."""

    def __init__(self, taken: Iterable[tuple[Withheld, int]]) -> None:
        self._holds: dict[UUID, Withheld] = {}
        self._amounts: dict[UUID, int] = defaultdict(int)
        for hold, amount in taken:
            self._holds.setdefault(hold.id, hold)
            self._amounts[hold.id] += amount

    def total(self) -> Figure:
        return self._of(frozenset(UnavailableReason))

    def by_reason(self) -> Mapping[str, Mapping[str, Figure]]:
        """By this service's reasons, and by Ofsted's."""
        of_ofsteds = {
            theirs: frozenset(ours for ours, other in OFSTED.items() if other is theirs)
            for theirs in OfstedReason
        }
        return {
            "local": {reason: self._of(frozenset({reason})) for reason in UnavailableReason},
            "ofsted": {theirs: self._of(ours) for theirs, ours in of_ofsteds.items()},
        }

    def _of(self, reasons: frozenset[UnavailableReason]) -> Figure:
        chosen = [hold for hold in self._holds.values() if hold.reason in reasons]
        amounts = self._amounts

        def rows() -> list[Row]:
            return [_row(hold, amounts[hold.id]) for hold in chosen]

        return Figure(sum(amounts[hold.id] for hold in chosen), rows)


def _row(hold: Withheld, amount: int) -> Row:
    return Row(
        "unavailability",
        hold.service,
        hold.ref,
        hold.id,
        hold.held_from,
        hold.reason.label,
        amount,
        home=hold.household_id,
    )
