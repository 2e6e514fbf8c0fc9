"""Many people at once, and processes and servers killed in the middle: the records stay whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from carers import create_app, embedded
from carers.cli.acting import worker
from carers.db import db, set_viewer
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.models import AuditEntry, FosteringService
from tests import crowd, folders, server

pytestmark = pytest.mark.soak

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, ACTS = 8, 150
REFUSALS = {
    *("TooFewVacantPlaces", "RuleBroken", "ChildIsElsewhere", "AlreadyEnded", "Busy"),
    *("HomeIsNotOpen", "StalePage"),
}
DONE = {"place", "move", "leave", "hold", "bring_back", "confirm"}

ACT_UNTIL_KILLED = """
import json, sys
from uuid import UUID
from carers import create_app
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from tests import crowd, server

addresses, homes, service, member, user, seed = json.loads(sys.argv[1])
app = create_app(server.config_for(Addresses(**addresses)).for_flask())
by = Viewer("U-1", "Worker", UUID(service), (UUID(service),),
            frozenset({Role.TEAM_MANAGER, Role.PLACEMENTS_OFFICER}), UUID(member), UUID(user))
print("begins", flush=True)
crowd.act_for(app, by, [UUID(home) for home in homes], seed, 1_000_000)
"""

LOAD = """
import json, sys
from pathlib import Path
from carers import create_app
from carers.cli.acting import worker
from carers.embedded import Addresses
from carers.exchange.load import load_folder
from tests import server

addresses, folder = json.loads(sys.argv[1])
app = create_app(server.config_for(Addresses(**addresses)).for_flask())
with app.app_context(), worker():
    print("begins", flush=True)
    load_folder(Path(folder))
"""


def application(addresses: Addresses) -> Flask:
    settings = server.config_for(addresses).for_flask() | server.FOR_TESTS
    return create_app(settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": PEOPLE + 1}})


@pytest.fixture
def committed() -> Iterator[tuple[Flask, Addresses]]:
    with server.own_database() as addresses:
        app = application(addresses)
        yield app, addresses
        with app.app_context():
            db.engine.dispose()


def begin(script: str, *told: Any) -> subprocess.Popen[str]:
    """A process of our own that has begun."""
    command = [sys.executable, "-c", script, json.dumps(told)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def test_a_crowd_leaves_every_home_whole_and_is_told_why_not(committed):
    app, _ = committed
    by, homes = crowd.make_homes(app, 12)

    with ThreadPoolExecutor(PEOPLE) as people:
        told = sum(
            people.map(lambda n: crowd.act_for(app, by, homes, n, ACTS), range(PEOPLE)), Counter()
        )

    assert set(told) <= DONE | REFUSALS | {"nothing to do"}
    assert set(told) >= DONE
    assert crowd.check_whole(app, by) == told["place"] + told["move"]


def test_processes_killed_at_any_moment_leave_nothing_half_done(committed):
    app, addresses = committed
    by, homes = crowd.make_homes(app, 12)
    chance = Random(7)  # noqa: S311
    known = (*map(str, (by.service_id, by.membership_id, by.user_id)),)
    for seed in range(12):
        doomed = begin(ACT_UNTIL_KILLED, asdict(addresses), [str(h) for h in homes], *known, seed)
        time.sleep(chance.uniform(0.2, 1.5))
        kill(doomed)
        crowd.check_whole(app, by)

    assert crowd.act_for(app, by, homes, 99, 50).keys() & DONE  # nothing waits for the dead
    assert crowd.check_whole(app, by) > 0


@pytest.fixture
def own_server() -> Iterator[tuple[Flask, embedded.Server]]:
    """An application on a server of its own, which writes with every care."""
    with server.own_folder() as folder:
        running = embedded.server_in(folder, allow_root=True)
        server.migrate(running.addresses())
        with running.as_superuser() as connection:
            connection.execute("GRANT carers_worker TO carers_web WITH INHERIT FALSE, SET TRUE")
        app = application(running.addresses())
        yield app, running
        with app.app_context():
            db.engine.dispose()
        running.stop()


def test_a_database_server_killed_under_a_crowd_comes_back_whole(own_server):
    app, running = own_server
    by, homes = crowd.make_homes(app, 12)
    known = (*map(str, (by.service_id, by.membership_id, by.user_id)),)
    told = asdict(running.addresses()), [str(home) for home in homes]
    doomed = begin(ACT_UNTIL_KILLED, *told, *known, 3)
    time.sleep(3)

    postgres = embedded.process_of(running.data)
    assert postgres is not None
    postgres.children()[-1].kill()  # it ends all the others, and recovers from its log
    doomed.communicate(timeout=60)
    assert doomed.returncode != 0  # it lost its database, and says so
    with app.app_context():
        db.engine.dispose()

    assert _once_it_answers(app, by) > 0
    assert crowd.act_for(app, by, homes, 4, 50).keys() & DONE


def _once_it_answers(app: Flask, by: Viewer) -> int:
    for _ in range(60):
        with suppress(OperationalError):
            return crowd.check_whole(app, by)
        time.sleep(0.5)
    raise AssertionError("the server did not come back")


def test_a_load_killed_at_any_moment_has_loaded_nothing_or_everything(committed, tmp_path):
    app, addresses = committed
    folder = folders.write(tmp_path)
    chance = Random(11)  # noqa: S311
    seen = set()
    for _ in range(8):
        doomed = begin(LOAD, asdict(addresses), str(folder))
        time.sleep(chance.uniform(0.0, 1.2))
        kill(doomed)
        seen.add(_loaded(app))

    assert len(seen) <= 2
    assert seen <= {(0, 0), _after_a_whole_load(app, folder)}


def _loaded(app: Flask) -> tuple[int, int]:
    with app.app_context(), worker():
        services = list(db.session.scalars(select(FosteringService.id)))
        set_viewer(services)
        entries = db.session.scalars(select(func.count()).select_from(AuditEntry)).one()
        db.session.remove()
    return len(services), entries


def _after_a_whole_load(app: Flask, folder: Path) -> tuple[int, int]:
    from carers.exchange.load import load_folder

    with app.app_context(), worker():
        load_folder(folder)
    return _loaded(app)
