"""`flask worker`: one at a time, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from carers import create_app
from carers.cli import processes
from carers.cli.worker import command as worker_command
from carers.db import db
from carers.embedded import Addresses
from carers.jobs import alone, timetable
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


class Told(BaseException):
    """As Ctrl-C is."""


@pytest.fixture
def scheduled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What became of the scheduler, one that runs nothing."""
    became: list[str] = []

    class Scheduler:
        def start(self) -> None:
            became.append("started")

        def shutdown(self) -> None:
            became.append("ended")

    monkeypatch.setattr(timetable, "scheduler", lambda _: Scheduler())
    return became


def work_through(
    monkeypatch: pytest.MonkeyPatch, address: str, *pauses: Callable[[], None]
) -> None:
    """Work, with something happening in each pause; told to stop in the one after them."""
    left = iter(pauses)

    def pause(_: float) -> None:
        if (happens := next(left, None)) is None:
            raise Told
        happens()

    monkeypatch.setattr(alone, "sleep", pause)
    with pytest.raises(Told):
        alone.work(Flask(__name__), address)


def nothing() -> None:
    """Time passes."""


def test_the_jobs_end_with_the_worker(addresses, scheduled, monkeypatch):
    work_through(monkeypatch, addresses.worker, nothing)

    assert scheduled == ["started", "ended"]


def test_no_job_runs_before_the_other_worker_has_let_go(addresses, scheduled, monkeypatch):
    engine = create_engine(addresses.worker)
    with engine.connect() as other:
        other.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": alone.LOCK})

        def let_go() -> None:
            assert scheduled == []
            other.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": alone.LOCK})

        work_through(monkeypatch, addresses.worker, nothing, let_go)
    engine.dispose()

    assert scheduled == ["started", "ended"]


def test_jobs_end_with_the_connection_and_begin_again(addresses, scheduled, monkeypatch):
    work_through(monkeypatch, addresses.worker, partial(cut, addresses), nothing)

    assert scheduled == ["started", "ended", "started", "ended"]


def cut(addresses: Addresses) -> None:
    """End the connection that holds the lock."""
    with server.server().as_superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE locktype = 'advisory' AND objid = %s",
            [alone.LOCK % 2**32],
        )


def test_the_command_works_as_the_worker_role_and_stops_quietly(addresses, monkeypatch):
    asked: list[tuple[str, str]] = []

    def told(_: Flask, address: str) -> None:
        asked.append((address, db.session.scalars(text("SELECT current_user")).one()))
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "stop_when_told", nothing)
    monkeypatch.setattr(alone, "work", told)
    app = create_app(server.config_for(addresses).for_flask())

    ended = app.test_cli_runner().invoke(worker_command, ["--quiet"])

    assert ended.exit_code == 0, ended.output
    assert asked == [(addresses.worker, "carers_worker")]
    with app.app_context():
        db.engine.dispose()


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
        cut(addresses)

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
