"""Tries at signing in: let through, kept, and in the end forgotten."""

from __future__ import annotations

import hmac
from uuid import UUID

from sqlalchemy import delete, func, select

from carers.db import db, digest_key
from carers.domain import clock
from carers.domain import signing_in as rules
from carers.models import SignInTry, User
from carers.queries import signing_in as tries
from carers.services import users

LOCK = 4_212_026  # the first of two keys of an advisory lock; an account's is the second


def attempt(email: str, password: str, *, came_from: str) -> User | None:
    """Whom an email and a password belong to; none where either is wrong, and the try is kept.

    Tries of one account go one after another, so that many at once are no more than many in turn.
    An email that is nobody's is treated the same, and takes as long. Raises TooManyTries, and then
    keeps nothing: waiting does not begin again.
    """
    account = _digest(users.normal_email(email))
    db.session.execute(select(func.pg_advisory_xact_lock(LOCK, func.hashtext(account))))
    now = clock.now()
    since = now - rules.WINDOW
    rules.check_may_try(
        tries.failures_of(account, since=since, most=rules.OF_AN_ACCOUNT),
        tries.failures_from(came_from, since=since, most=rules.FROM_AN_ADDRESS),
        now,
    )
    user = users.verify(email, password)
    kept = SignInTry(account=account, at=now, came_from=came_from, succeeded=user is not None)
    db.session.add(kept)
    return user


def forget(last_id: UUID) -> None:
    """Forget a try and all before it."""
    last = select(SignInTry.at).where(SignInTry.id == last_id).scalar_subquery()
    db.session.execute(delete(SignInTry).where(SignInTry.at <= last))


def _digest(email: str) -> str:
    return hmac.digest(digest_key(), email.encode(), "sha256").hex()
