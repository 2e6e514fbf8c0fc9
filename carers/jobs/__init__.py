"""What runs on time, in one process of its own and never inside a web worker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Flask

from carers.db import db, set_viewer, transaction
from carers.domain.viewer import Viewer
from carers.queries import fostering_services

logger = logging.getLogger(__name__)

SYSTEM = "the system"  # whom the audit names


@dataclass(frozen=True)
class Job:
    """Something that is done to each item that is due, and that is safe to do twice.

    ``is_quiet`` is of a job that runs all the time: it says nothing where nothing is due.
    """

    name: str
    due: Callable[[], Sequence[UUID]]  # asked afresh at every run
    do: Callable[[UUID], None]  # locks its item, looks again, does it
    failed: Callable[[UUID], None] | None = None  # what is to be done where that went wrong
    is_quiet: bool = False


def run(app: Flask, job: Job) -> None:
    """Do each due item in a transaction of its own: one that fails holds up no other.

    A kill loses one item at most, and it is due again.
    """
    with app.app_context():
        items = _due(job)
        if items or not job.is_quiet:
            logger.info("Job %s started: %d due", job.name, len(items))
        failed = sum(not _done(job, item) for item in items)
        if items or not job.is_quiet:
            done = len(items) - failed
            logger.info("Job %s ended: %d done, %d failed", job.name, done, failed)


def acting_in(service_id: UUID) -> Viewer:
    """The system at work for one service; from here on the session sees that service only."""
    seen = fostering_services.seen_from(service_id)
    set_viewer(seen)
    return Viewer(ref=SYSTEM, name=SYSTEM, service_id=service_id, service_ids=seen)


def _due(job: Job) -> list[UUID]:
    try:
        _see_every_service()
        return list(job.due())
    finally:
        db.session.rollback()


def _done(job: Job, item: UUID) -> bool:
    try:
        _in_a_transaction(job.do, item)
    except Exception:
        logger.exception("Job %s failed on %s", job.name, item)
        if job.failed:
            _in_a_transaction(job.failed, item)
        return False
    logger.info("Job %s did %s", job.name, item)
    return True


def _in_a_transaction(act: Callable[[UUID], None], item: UUID) -> None:
    _see_every_service()
    with transaction():
        act(item)


def _see_every_service() -> None:
    """Nothing set, no rows."""
    set_viewer(fostering_services.every_id())
