"""The people who may sign in, and their passwords."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from carers.db import argon2_parameters, db
from carers.domain import passwords
from carers.domain.errors import RuleBroken
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import Membership, User
from carers.services import audit


def normal_email(email: str) -> str:
    """As it is kept and looked up: two spellings are one account."""
    return email.strip().lower()


def verify(email: str, password: str) -> User | None:
    """Whom an email and a password belong to; none where either is wrong.

    An unknown email takes as long as a wrong password, so that time tells nobody who works here.
    """
    user = account_of(email)
    may_sign_in = user is not None and user.is_active and user.password_hash is not None
    kept = user.password_hash if user is not None and may_sign_in else _nobodys_hash()
    fits = len(password) <= passwords.LONGEST and _fits(kept or "", password)
    return user if may_sign_in and fits else None


def account_of(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == normal_email(email)))


def add(
    *, service_id: UUID, ref: str, name: str, email: str, roles: Collection[Role], by: Viewer
) -> Membership:
    """Let a person work in a service; the account of their email is used where there is one.

    Raises RuleBroken where they already work there, or the reference is another's.
    """
    _check_new(service_id, ref, email)
    user = account_of(email)
    if user is None:
        user = User(email=normal_email(email))
        audit.added(user, by=by, action="account made")
    membership = Membership(
        service_id=service_id,
        ref=ref,
        name=name,
        user_id=user.id,
        role_codes=[role.value for role in Role if role in roles],
    )
    audit.added(membership, by=by, action="person added")
    return membership


def set_password(user: User, password: str, *, by: Viewer) -> None:
    """Give an account a password; whoever is signed in to it is signed out.

    Raises RuleBroken where it may not be one (``domain.passwords``).
    """
    passwords.check(password)
    before = audit.values_of(user)
    user.password_hash = hashed(password)
    audit.changed(user, before, by=by, action="password set")


def hashed(password: str) -> str:
    return _hasher().hash(password)


def _check_new(service_id: UUID, ref: str, email: str) -> None:
    there = select(Membership).join(Membership.user).where(Membership.service_id == service_id)
    if db.session.scalar(there.where(Membership.ref == ref)):
        raise RuleBroken("This reference is already used in this service", field="ref")
    if db.session.scalar(there.where(User.email == normal_email(email))):
        raise RuleBroken("Somebody with this email already works in this service", field="email")


def _fits(kept: str, password: str) -> bool:
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    return PasswordHasher(**argon2_parameters())


@cache
def _hash_of_nothing(_: tuple[tuple[str, Any], ...]) -> str:
    return hashed("the password of nobody")


def _nobodys_hash() -> str:
    return _hash_of_nothing(tuple(sorted(argon2_parameters().items())))
