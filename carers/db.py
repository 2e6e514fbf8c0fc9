"""The database handle, whose rows a session may see, and the one way to commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.orm.exc import StaleDataError

from carers.domain.errors import Busy, DomainError, RuleBroken
from carers.domain.refusals import REFUSALS
from carers.models.base import Base

db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"join_transaction_mode": "create_savepoint"},  # for tests: see make
)

ENGINE_OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {
        "connect_timeout": 5,
        "options": "-c statement_timeout=15s -c lock_timeout=4s"
        " -c idle_in_transaction_session_timeout=60s",
    },
}
AT_ODDS = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.SerializationFailure,
)
MINUTES = {
    "statement_timeout": "15min",
    "lock_timeout": "1min",
    "idle_in_transaction_session_timeout": "15min",
}


class AlreadySent(DomainError):
    """The same form was sent before, and its work is done."""


def set_viewer(service_ids: Sequence[UUID], *, user_id: UUID | None = None) -> None:
    """Show this session the rows of these services, now and in each later transaction.

    ``user_id`` shows a person their own memberships, before their services are known.
    """
    db.session.info["viewer"] = {
        "carers.services": ",".join(map(str, service_ids)),
        "carers.user": str(user_id or ""),
    }
    if db.session().in_transaction():
        _tell(db.session.connection(), db.session.info["viewer"])


def loading() -> None:
    """Say, for this transaction, that records are loaded: an overfill is then a finding.

    The overfill trigger believes it of the worker role only.
    """
    _tell(db.session.connection(), {"carers.loading": "on", **MINUTES})


def use_database(url: str) -> None:
    """Sign this application's session in at another address: a command's, as the worker role."""
    engines = db.engines
    db.session.remove()
    engines[None].dispose()
    engines[None] = create_engine(url, **ENGINE_OPTIONS)  # type: ignore[index]


def digest_key() -> bytes:
    """The key of the digests that stand for personal values in the audit."""
    return bytes(current_app.config["CARERS_DIGEST_KEY"])


def argon2_parameters() -> dict[str, Any]:
    """What a password's hash costs, where it is not the library's default."""
    return dict(current_app.config["CARERS_ARGON2"])


@event.listens_for(db.session, "after_begin")
def _begin(session: Session, _: SessionTransaction, connection: Connection) -> None:
    if "viewer" in session.info:
        _tell(connection, session.info["viewer"])


def _tell(connection: Connection, settings: dict[str, str]) -> None:
    """As SET LOCAL: gone when the transaction ends."""
    for name, value in settings.items():
        connection.execute(
            text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value}
        )


@contextmanager
def transaction() -> Iterator[None]:
    """Commit if the block succeeds and roll back if it raises. Never nest.

    A constraint broken at the last moment is refused as the rule it stands for.
    """
    try:
        yield
        settle()
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if broken := refusal_of(error):
            raise broken from error
        raise


@contextmanager
def apart() -> Iterator[Session]:
    """A short transaction on a connection of its own, kept whatever becomes of the session's."""
    with Session(db.engine, join_transaction_mode="create_savepoint") as session, session.begin():
        _tell(session.connection(), db.session.info["viewer"])
        yield session


def settle() -> None:
    """Write what is pending and let deferred constraints and triggers speak now."""
    db.session.flush()
    for when in ("IMMEDIATE", "DEFERRED"):
        db.session.execute(text(f"SET CONSTRAINTS ALL {when}"))


def refusal_of(error: BaseException) -> DomainError | None:
    """The refusal in words that a database error stands for, if it stands for one."""
    if isinstance(error, StaleDataError):
        return Busy("Somebody else changed this at the same moment")
    if isinstance(error, IntegrityError | OperationalError | DataError):
        return _refusal_behind(error.orig)
    return None


def _refusal_behind(orig: BaseException | None) -> DomainError | None:
    if isinstance(orig, AT_ODDS):
        return Busy("Somebody else is changing this at the same moment")
    if isinstance(orig, psycopg.errors.NumericValueOutOfRange):
        return RuleBroken("A number is too large")
    if not isinstance(orig, psycopg.Error):
        return None
    name = orig.diag.constraint_name or ""
    if name == "pk_submission":
        return AlreadySent("This was already recorded")
    refusal = REFUSALS.get(name)
    return RuleBroken(refusal.sentence, field=refusal.field) if refusal else None
