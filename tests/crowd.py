"""A crowd at one service: children come, leave and move, and places are held, all at random.

What it is told is a rule’s refusal or nothing; what it leaves is whole (``check_whole``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from carers.db import db, set_viewer, transaction
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import DomainError
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import AuditEntry, Household, Placement, Unavailability
from carers.queries import ledger
from carers.services import capacity, placements
from tests.factories import Make

STATES = ("approved", "over", "filled", "not_available", "vacant")
MOVED, LEFT = PlacementEnd.CARPL, PlacementEnd.CREQB
LIVES: dict[str, Any] = {"place_type": PlaceType.U6, "purpose": Purpose.SHORT_TERM, "seen": None}


@dataclass
class Crowd:
    """Somebody who may do everything, again and again, with the homes of one service."""

    by: Viewer
    homes: Sequence[UUID]
    random: Random

    def act(self) -> str:
        """Do one thing, in one transaction; what it was, or the name of what refused it."""
        acts: list[Callable[[], object]] = [
            *[self.place] * 3,
            *[self.move] * 3,
            *[self.leave] * 3,
            self.hold,
            *[self.bring_back] * 2,
            self.confirm,
        ]
        act = self.random.choice(acts)
        try:
            with transaction():
                done = act()
        except DomainError as refused:
            return type(refused).__name__
        return act.__name__ if done else "nothing to do"

    def day(self) -> date:
        return clock.today() + timedelta(
            days=self.random.choice([0, 0, self.random.randint(0, 20)])
        )

    def home(self) -> UUID:
        return self.random.choice(self.homes)

    def one_of(self, kind: type[Placement] | type[Unavailability]) -> Any:
        query = select(kind).where(kind.until_on.is_(None), kind.superseded_by_id.is_(None))
        rows = list(db.session.scalars(query.order_by(kind.id)))
        return self.random.choice(rows) if rows else None

    def place(self) -> object:
        born_on = date(2015, 1, 1) + timedelta(days=self.random.randint(0, 2000))
        return placements.place(
            self.home(), child_ref=None, born_on=born_on, from_on=self.day(), **LIVES, by=self.by
        )

    def move(self) -> object:
        if stay := self.one_of(Placement):
            day, to = max(self.day(), stay.from_on), self.home()
            how = LIVES | {"to_id": to, "on": day, "end_reason": MOVED}
            return placements.move(stay.household_id, stay.id, **how, by=self.by)
        return None

    def leave(self) -> object:
        if stay := self.one_of(Placement):
            how: dict[str, Any] = {"until_on": clock.today(), "end_reason": LEFT, "seen": None}
            return placements.end(stay.household_id, stay.id, **how, by=self.by)
        return None

    def hold(self) -> object:
        day = self.day()
        return capacity.record_unavailability(
            self.home(),
            places=self.random.randint(1, 2),
            reason=UnavailableReason.CARER_BREAK,
            owner_id=self.by.membership_id,  # type: ignore[arg-type]
            from_on=day,
            expected_until_on=day + timedelta(days=7),
            seen=None,
            by=self.by,
        )

    def bring_back(self) -> object:
        if hold := self.one_of(Unavailability):
            day = max(clock.today(), hold.from_on)
            how: dict[str, Any] = {"until_on": day, "seen": None}
            return capacity.bring_back(hold.household_id, hold.id, **how, by=self.by)
        return None

    def confirm(self) -> object:
        return capacity.confirm(self.home(), seen=None, by=self.by)


def make_homes(app: Flask, number: int) -> tuple[Viewer, list[UUID]]:
    """A service of homes with one to three places, committed, and who runs it."""
    with app.app_context():
        set_viewer([])
        service = Make.service()
        homes = [Make.household(service, places=1 + n % 3).id for n in range(number)]
        by = Make.viewer(Role.TEAM_MANAGER, Role.PLACEMENTS_OFFICER, works_for=service)
        db.session.remove()
    return by, homes


def act_for(app: Flask, by: Viewer, homes: Sequence[UUID], seed: int, times: int) -> Counter[str]:
    """What one of the crowd did, and was refused."""
    with app.app_context():
        set_viewer(by.service_ids, user_id=by.user_id)
        one = Crowd(by, homes, Random(seed))  # noqa: S311  # the same acts for the same seed
        return Counter(one.act() for _ in range(times))


def check_whole(app: Flask, by: Viewer) -> int:
    """Raise where a record is half there; how many children have lived in the homes.

    Every home’s places add up on every day and none is over; whoever left to move lives elsewhere
    from that very day; every row has its line in the audit.
    """
    with app.app_context():
        set_viewer(by.service_ids)
        for spell in db.session.execute(select(ledger.spells(by))).mappings():
            home = db.session.get_one(Household, spell["household_id"])
            counted = home.capacity_on(spell["from_on"])
            assert {state: spell[state] for state in STATES} == {
                state: getattr(counted, state) for state in STATES
            }
            assert spell["over"] == 0
        stays = list(db.session.scalars(select(Placement)))
        came = {(stay.child_id, stay.from_on) for stay in stays}
        gone = [stay for stay in stays if stay.end_reason is MOVED]
        assert all((stay.child_id, stay.until_on) in came for stay in gone)
        written = set(db.session.scalars(select(AuditEntry.record_id)))
        assert {row.id for row in (*stays, *db.session.scalars(select(Unavailability)))} <= written
        db.session.remove()
        return len(stays)
