"""Tries at signing in: those that failed lately, and those that nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from carers.db import db
from carers.domain import clock
from carers.models import SignInTry

KEPT_FOR = timedelta(days=90)


def failures_of(account: str, *, since: datetime, most: int) -> list[datetime]:
    """When an account's latest tries failed, after the last that succeeded; latest first."""
    succeeded = select(func.max(SignInTry.at)).where(
        SignInTry.account == account, SignInTry.succeeded
    )
    query = _failures(since, most).where(
        SignInTry.account == account,
        SignInTry.at > func.coalesce(succeeded.scalar_subquery(), since),
    )
    return list(db.session.scalars(query))


def failures_from(came_from: str, *, since: datetime, most: int) -> list[datetime]:
    """When the latest tries from a network address failed, latest first."""
    return list(db.session.scalars(_failures(since, most).where(SignInTry.came_from == came_from)))


def last_outlived() -> list[UUID]:
    """The last of the tries that are old enough to be forgotten, if there are any."""
    query = select(SignInTry.id).where(SignInTry.at < clock.now() - KEPT_FOR)
    return list(db.session.scalars(query.order_by(SignInTry.at.desc(), SignInTry.id).limit(1)))


def _failures(since: datetime, most: int) -> Select[tuple[datetime]]:
    query = select(SignInTry.at).where(SignInTry.at > since, ~SignInTry.succeeded)
    return query.order_by(SignInTry.at.desc(), SignInTry.id).limit(most)
