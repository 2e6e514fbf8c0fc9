"""pytest plugin: one PostgreSQL server for a run of the tests, started when a test first asks.

The run's own process names the folder and throws it away at the end; xdist's workers find it in
the environment. Each database is a copy of one that was migrated once.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path

import flask_migrate
import psutil
import pytest

from carers import embedded
from carers.embedded import Addresses, Server
from config import Config, Mode

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "CARERS_TEST_FOLDER"
PREFIX = "carers-test-"
TEMPLATE = "migrated"

FOR_TESTS = {"WTF_CSRF_ENABLED": False, "SERVER_NAME": None}

_numbers = count(1)


def start() -> None:
    """Name the run's folder, and remove those of runs that were killed."""
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in temporary.glob(f"{PREFIX}*"):
        if _is_left_over(folder):
            remove(folder)
    os.environ[FOLDER] = str(temporary / f"{PREFIX}{os.getpid()}")


def stop() -> None:
    remove(Path(os.environ.pop(FOLDER)))


def remove(folder: Path) -> None:
    """Kill the server of a folder whose data nobody wants, and the folder with it."""
    if process := embedded.process_of(folder / "postgres"):
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_folder() -> Iterator[Path]:
    """An instance folder for a test that starts a server of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
    try:
        yield folder
    finally:
        remove(folder)


def server() -> Server:
    folder = Path(os.environ[FOLDER])
    return embedded.server_in(folder, allow_root=os.environ.get("CARERS_ALLOW_ROOT") == "1")


def config_for(addresses: Addresses) -> Config:
    return Config(mode=Mode.TEST, secret_key="only-for-tests-" * 3).using(**asdict(addresses))


def migrated_template() -> str:
    """The name of the database that the others are copies of, migrated by whoever asks first."""
    running = server()
    with (running.folder / "template.lock").open("ab") as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        if os.fstat(marker.fileno()).st_size == 0:
            _write_without_care(running)
            migrate(running.create_database(TEMPLATE))
            marker.write(b"migrated")
    return TEMPLATE


def database_for(worker_id: str) -> Addresses:
    """The database of one xdist worker (“gw0”), or of the run itself (“master”)."""
    return server().create_database(f"carers_{worker_id}", template=migrated_template())


@contextmanager
def own_database() -> Iterator[Addresses]:
    """A migrated database for a test that commits, dropped with whatever it holds."""
    name = f"own_{os.getpid()}_{next(_numbers)}"
    try:
        yield server().create_database(name, template=migrated_template())
    finally:
        server().drop_database(name)


def migrate(addresses: Addresses) -> None:
    from carers import create_app
    from carers.db import db

    app = create_app(config_for(addresses).for_flask())
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


def _write_without_care(running: Server) -> None:
    """Nothing here need outlive a power cut: commits do not wait for the disk."""
    with running.as_superuser() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
        # Factories write what no page does: they take the worker's role for a moment.
        connection.execute("GRANT carers_worker TO carers_web WITH INHERIT FALSE, SET TRUE")


def _is_left_over(folder: Path) -> bool:
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    ours = folder.is_dir() and folder.stat().st_uid == os.geteuid()
    return ours and number.isdigit() and not psutil.pid_exists(int(number))


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop()
