"""`flask worker`: one at a time, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from carers.embedded import Addresses
from carers.jobs import alone
from tests import server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def addresses() -> Iterator[Addresses]:
    with server.own_database() as found:
        yield found


@contextmanager
def worker(addresses: Addresses, *options: str) -> Iterator[subprocess.Popen[str]]:
    settings = {
        "CARERS_MODE": "test",
        "CARERS_SECRET_KEY": "only-for-tests-" * 3,
        "CARERS_DATABASE_URL": addresses.worker,
        "CARERS_WORKER_DATABASE_URL": addresses.worker,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker", *options],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if wanted in line:
            return said
    pytest.fail(f"“{wanted}” was never said:\n{said}")


def test_a_second_worker_waits_and_takes_over_when_the_first_is_killed(addresses):
    with worker(addresses) as first:
        until(first, "At work")
        with worker(addresses) as second:
            said = until(second, "waiting for its turn")
            assert "At work" not in said

            os.kill(first.pid, signal.SIGKILL)
            until(second, "At work")
            until(second, "Job start-stage-2 ended")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_stop_lets_the_next_one_in(addresses, number):
    with worker(addresses) as first:
        until(first, "At work")
        first.send_signal(number)
        said, _ = first.communicate(timeout=10)

    assert first.returncode == 0
    assert "Stopped" in said
    with worker(addresses) as second:
        until(second, "At work")


def test_a_worker_that_loses_its_connection_waits_its_turn_anew(addresses):
    with worker(addresses) as process:
        until(process, "At work")
        with server.server().as_superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND objid = %s",
                [alone.LOCK % 2**32],
            )

        assert "The database is away" in until(process, "At work")


def test_a_quiet_worker_says_nothing_of_what_goes_well(addresses):
    engine = create_engine(addresses.worker)
    lock = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
        " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    )
    with worker(addresses, "--quiet") as process:
        with engine.connect() as connection:
            deadline = time.monotonic() + 20
            while not connection.execute(lock).scalar_one() and time.monotonic() < deadline:
                time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=10)
    engine.dispose()

    assert said == ""
    assert process.returncode == 0
