"""One worker at a time: the others wait, and take over when it dies."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from flask import Flask
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from carers.jobs import timetable

logger = logging.getLogger(__name__)

LOCK = 4_212_026_001  # of this database: every worker asks for the same one
LOOKS_EVERY = 0.5  # seconds
# A worker whose machine is gone is noticed by the server, and one whose server is gone notices it.
NOTICED = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "options": "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
    " -c statement_timeout=15s",
}


def work(app: Flask, address: str) -> None:
    """Run every job on time while no other worker does, until this process is told to stop.

    ``address`` is the database's, for the worker role.
    """
    while True:
        try:
            with _connection(address) as connection:
                _wait_for_turn(connection)
                _run_jobs(app, connection)
        except OperationalError as error:
            logger.warning("The database is away: %s", error.orig)
            sleep(LOOKS_EVERY)


def _wait_for_turn(connection: Connection) -> None:
    """Take the lock, which is held as long as the connection is, whatever becomes of us."""
    if _is_taken(connection):
        return
    logger.info("Another worker is at work: waiting for its turn to end")
    while not _is_taken(connection):
        sleep(LOOKS_EVERY)


def _is_taken(connection: Connection) -> bool:
    taken = connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK})
    return bool(taken.scalar_one())


def _run_jobs(app: Flask, connection: Connection) -> None:
    """Raises OperationalError where the connection is lost, and the lock with it."""
    scheduler = timetable.scheduler(app)
    scheduler.start()
    logger.info("At work")
    try:
        while True:
            sleep(LOOKS_EVERY)
            connection.execute(text("SELECT 1"))
    finally:
        scheduler.shutdown()


@contextmanager
def _connection(address: str) -> Iterator[Connection]:
    """A connection of its own, outside any pool and any transaction."""
    engine = create_engine(
        address, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=NOTICED
    )
    with engine.connect() as connection:
        yield connection
