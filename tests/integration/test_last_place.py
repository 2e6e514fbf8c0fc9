"""Two people cannot take the last place, and a service that is killed leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from carers import create_app
from carers.db import db, set_viewer, transaction
from carers.domain.children import PlaceType, Purpose
from carers.domain.errors import RuleBroken
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.models import AuditEntry, Child, Placement, Submission
from carers.queries import households
from carers.services import placements
from tests import server
from tests.factories import Make

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 50

ASKED: dict[str, Any] = {
    "child_ref": None,
    "born_on": date(2019, 5, 2),
    "from_on": date(2026, 3, 1),
    "place_type": PlaceType.U6,
    "purpose": Purpose.SHORT_TERM,
    "seen": None,
}


@pytest.fixture
def committed() -> Iterator[tuple[Flask, Addresses, UUID, Viewer]]:
    """An application on a database of its own, with a home of one vacant place, committed."""
    with server.own_database() as addresses:
        settings = server.config_for(addresses).for_flask() | server.FOR_TESTS
        app = create_app(settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": AT_ONCE + 1}})
        with app.app_context():
            set_viewer([])
            household = Make.household(places=2)
            Make.placement(household)
            officer = Make.viewer(Role.PLACEMENTS_OFFICER, works_for=household.service)
            home_id = household.id
            db.session.remove()
        yield app, addresses, home_id, officer
        with app.app_context():
            db.engine.dispose()


def at_once(app: Flask, household_id: UUID, by: Viewer) -> Counter[str]:
    """Let as many connections as that take the last place in one moment; what each was told."""
    together = Barrier(AT_ONCE)

    def take(_: int) -> str:
        with app.app_context():
            set_viewer(by.service_ids)
            try:
                with transaction():
                    role = db.session.scalars(text("SELECT current_user")).one()
                    together.wait(timeout=30)
                    placements.place(household_id, **ASKED, by=by)
            except RuleBroken as refused:
                return refused.sentence
            return f"placed by {role}"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(take, range(AT_ONCE)))


def counts(app: Flask, by: Viewer) -> dict[str, int]:
    """How many rows of each kind a service has."""
    with app.app_context():
        set_viewer(by.service_ids)
        return {
            kind.__tablename__: db.session.scalars(select(func.count()).select_from(kind)).one()
            for kind in (Placement, Child, AuditEntry, Submission)
        }


def test_b2_fifty_connections_and_one_last_place(committed):
    app, _, household_id, by = committed

    told = at_once(app, household_id, by)

    assert told == {
        "placed by carers_web": 1,
        "No place is vacant on every one of these days": AT_ONCE - 1,
    }
    assert counts(app, by)["placement"] == 2


def test_b2_fifty_connections_and_a_service_that_forgets_its_lock(committed, monkeypatch):
    app, _, household_id, by = committed
    monkeypatch.setattr(households, "get_locked", households.get)

    told = at_once(app, household_id, by)

    assert told["placed by carers_web"] == 1
    assert sum(told.values()) == AT_ONCE
    assert any(sentence.startswith("A place was taken while you were writing") for sentence in told)
    assert counts(app, by)["placement"] == 2


PLACE_AND_WAIT = """
import json, sys, time
from datetime import date
from uuid import UUID
from carers import create_app
from carers.db import set_viewer, settle, transaction
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.services import placements, submissions
from tests import server

addresses, household, service, member = json.loads(sys.argv[1])
settings = server.config_for(Addresses(**addresses)).for_flask()
by = Viewer("U-1", "Worker", UUID(service), (UUID(service),),
            frozenset({Role.PLACEMENTS_OFFICER}), UUID(member))
with create_app(settings).app_context():
    set_viewer(by.service_ids)
    with transaction():
        submissions.once(UUID(int=7), by=by)
        placements.place(UUID(household), child_ref=None, born_on=date(2019, 5, 2),
                         from_on=date(2026, 3, 1), place_type="U6", purpose="short_term",
                         seen=None, by=by)
        settle()
        print("changed", flush=True)
        time.sleep(60)
"""


def test_a7_a_service_killed_between_a_change_and_its_commit_leaves_nothing(committed):
    app, addresses, household_id, by = committed
    before = counts(app, by)
    told = [asdict(addresses), str(household_id), str(by.service_id), str(by.membership_id)]
    command = [sys.executable, "-c", PLACE_AND_WAIT, json.dumps(told)]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)

    assert said == "changed\n"

    assert counts(app, by) == before
    with app.app_context():
        set_viewer(by.service_ids)
        with transaction():  # the home is free: nothing waits for a lock
            placements.place(household_id, **ASKED, by=by)
    assert counts(app, by)["placement"] == before["placement"] + 1
