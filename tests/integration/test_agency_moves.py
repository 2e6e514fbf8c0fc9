"""Moves to and from agencies: both halves or neither, and the last place is taken once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from carers import create_app
from carers.db import db, set_viewer, transaction
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import Busy, RuleBroken
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.models import Placement
from carers.services import agencies
from carers.services.agencies import Agreed
from tests import server
from tests.factories import Make

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 3, 1)
AT_ONCE = 8
LEAVING: dict[str, Any] = {"on": ON, "end_reason": PlacementEnd.CARPL, "seen": None}
INTO: dict[str, Any] = LEAVING | {"place_type": PlaceType.U6, "purpose": Purpose.SHORT_TERM}


@dataclass(frozen=True)
class Committed:
    """A home with one of its two places vacant, an agency, and children who live with it."""

    app: Flask
    addresses: Addresses
    by: Viewer
    home: UUID
    agency: UUID
    in_home: UUID
    with_agency: Sequence[UUID]


@pytest.fixture
def committed() -> Iterator[Committed]:
    with server.own_database() as addresses:
        settings = server.config_for(addresses).for_flask() | server.FOR_TESTS
        app = create_app(settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": AT_ONCE + 1}})
        with app.app_context():
            set_viewer([])
            home = Make.household(places=2)
            agency = Make.provider(home.service)
            found = Committed(
                app,
                addresses,
                Make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service),
                home.id,
                agency.id,
                Make.placement(home).id,
                [Make.placement(provider=agency).id for _ in range(AT_ONCE)],
            )
            db.session.remove()
        yield found
        with app.app_context():
            db.engine.dispose()


def living(found: Committed) -> dict[UUID, tuple[UUID | None, date | None]]:
    """The home of each placement, none with an agency, and its end."""
    with found.app.app_context():
        set_viewer(found.by.service_ids)
        rows = db.session.scalars(select(Placement))
        return {one.id: (one.household_id, one.until_on) for one in rows}


def at_once(found: Committed, acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do everything in one moment, each on a connection of its own; what each was told."""
    together = Barrier(len(acts))

    def go(act: Callable[[], object]) -> str:
        with found.app.app_context():
            set_viewer(found.by.service_ids)
            try:
                with transaction():
                    together.wait(timeout=30)
                    act()
            except (Busy, RuleBroken) as refused:
                return type(refused).__name__
            return "moved"

    with ThreadPoolExecutor(len(acts)) as threads:
        return Counter(threads.map(go, acts))


def test_b2_one_of_those_who_come_from_agencies_takes_the_last_place(committed):
    def home(stay: UUID) -> Callable[[], object]:
        return lambda: agencies.move_home(stay, to_id=committed.home, **INTO, by=committed.by)

    told = at_once(committed, [home(stay) for stay in committed.with_agency])

    assert told == {"moved": 1, "TooFewVacantPlaces": AT_ONCE - 1}
    after = living(committed)
    assert [after[one] for one in committed.with_agency].count((None, ON)) == 1
    assert list(after.values()).count((committed.home, None)) == 2


def test_a_child_whom_several_move_at_once_moves_once(committed):
    stay, agreed = committed.with_agency[0], Agreed(committed.agency, PlaceType.U6)

    def away() -> object:
        return agencies.move(stay, **LEAVING, agreed=agreed, by=committed.by)

    def home() -> object:
        return agencies.move_home(stay, to_id=committed.home, **INTO, by=committed.by)

    told = at_once(committed, [away, home] * 3)

    assert told == {"moved": 1, "AlreadyEnded": 5}
    assert len(living(committed)) == AT_ONCE + 2


MOVE_AND_WAIT = """
import json, sys, time
from datetime import date
from uuid import UUID
from carers import create_app
from carers.db import set_viewer, settle, transaction
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.services import agencies, arrivals
from tests import server

addresses, way, stay, to, service, member, point = json.loads(sys.argv[1])
settings = server.config_for(Addresses(**addresses)).for_flask()
by = Viewer("U-1", "Worker", UUID(service), (UUID(service),),
            frozenset({Role.PLACEMENTS_OFFICER}), UUID(member))
leaving = {"on": date(2026, 3, 1), "end_reason": "CARPL", "seen": None, "by": by}

def stop():
    settle()
    print("reached", flush=True)
    time.sleep(60)

if point == "between":
    arrivals.begin = lambda *_, **__: stop()
with create_app(settings).app_context():
    set_viewer(by.service_ids)
    with transaction():
        if way == "home":
            agencies.move_home(UUID(stay), to_id=UUID(to), place_type="U6",
                               purpose="short_term", **leaving)
        else:
            agencies.move(UUID(stay), agreed=agencies.Agreed(UUID(to), "U6"), **leaving)
        stop()
"""


@pytest.mark.parametrize("point", ["between", "before the commit"])
@pytest.mark.parametrize("way", ["home", "away"])
def test_b3_a_process_killed_inside_a_move_leaves_both_halves_or_neither(committed, way, point):
    before, by = living(committed), committed.by
    stay, to = committed.with_agency[0], committed.home
    if way == "away":
        stay, to = committed.in_home, committed.agency
    ids = (stay, to, by.service_id, by.membership_id)
    told = [asdict(committed.addresses), way, *map(str, ids), point]
    command = [sys.executable, "-c", MOVE_AND_WAIT, json.dumps(told)]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)

    assert said == "reached\n"
    assert living(committed) == before
    with committed.app.app_context():
        set_viewer(by.service_ids)
        with transaction():  # home and child are free: nothing waits for a lock
            agreed = Agreed(committed.agency, PlaceType.U6)
            if way == "home":
                new = agencies.move_home(stay, to_id=to, **INTO, by=by).id
            else:
                new = agencies.move(stay, **LEAVING, agreed=agreed, by=by).id
    after = living(committed)
    assert after[stay][1] == ON
    assert after[new] == (to if way == "home" else None, None)
