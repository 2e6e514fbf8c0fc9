"""Who may call which view: no one, unless the view declares it. And who read what is restricted."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, has_request_context, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from carers.db import apart, db, digest_key, set_viewer
from carers.domain.permissions import Permission
from carers.domain.viewer import Viewer
from carers.extensions import login_manager
from carers.models import AccessLog, FosteringService, Household, Membership, User

P = ParamSpec("P")
R = TypeVar("R")

PUBLIC: Literal["public"] = "public"
SIGNED_IN: Literal["signed in"] = "signed in"
Declared = Permission | Literal["public", "signed in"]

_declared: dict[Callable[..., object], tuple[Declared, ...]] = {}


@dataclass(frozen=True)
class SignedIn:
    """What Flask-Login keeps of somebody signed in."""

    viewer: Viewer
    service_name: str
    works_elsewhere: bool
    identity: str

    is_authenticated = True
    is_anonymous = False
    is_active = True

    def get_id(self) -> str:
        return self.identity


def identity(user: User, membership_id: UUID | None) -> str:
    """What a session keeps of somebody: it names them as long as their password is what it was."""
    known = f"session of {user.password_hash}".encode()
    return f"{user.id}/{membership_id}/{hmac.digest(digest_key(), known, 'sha256').hex()}"


def requires(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in whoever holds any of these permissions."""
    return _declare(*permissions)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let in anybody."""
    return _declare(PUBLIC)(view)


def signed_in_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in anybody who is signed in, whatever their role."""
    return _declare(SIGNED_IN)(view)


def _declare(*declared: Declared) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def declare(view: Callable[P, R]) -> Callable[P, R]:
        _declared[view] = declared
        return view

    return declare


def declared_for(app: Flask, endpoint: str) -> tuple[Declared, ...] | None:
    """What an endpoint declared, or none."""
    return _declared.get(app.view_functions[endpoint])


def may_open(app: Flask, endpoint: str, viewer: Viewer) -> bool:
    """Whether a viewer may call an endpoint: for links, which are shown only where they lead."""
    declared = declared_for(app, endpoint) or ()
    return any(one in (PUBLIC, SIGNED_IN, *viewer.permissions) for one in declared)


def signed_in_viewer() -> Viewer:
    """Who is asking."""
    return cast(SignedIn, current_user).viewer


def reading(record: Household, what: str, *columns: str) -> dict[str, Any]:
    """Restricted values of a record, whose reading is logged before they are handed over.

    The log is written on a connection of its own: it stays whatever becomes of the request. Where
    it cannot be written the error stands, and nothing is shown.
    """
    viewer = signed_in_viewer()
    with apart() as log:
        log.add(
            AccessLog(
                service_id=record.service_id,
                record_type=record.__tablename__,
                record_id=record.id,
                what=what,
                membership_id=viewer.membership_id,
                user_id=viewer.user_id,
                came_from=viewer.came_from,
            )
        )
    return {column: getattr(record, column) for column in columns}


def init_app(app: Flask) -> None:
    login_manager.user_loader(load_signed_in)

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        if PUBLIC in (declared_for(app, request.endpoint) or ()):
            return None
        if not current_user.is_authenticated:
            return cast(ResponseReturnValue, login_manager.unauthorized())
        if not may_open(app, request.endpoint, signed_in_viewer()):
            abort(403)
        return None


def load_signed_in(kept: str) -> SignedIn | None:
    """Whom the session's cookie names, if they still work there and it was with this password."""
    try:
        user_id, membership_id = map(UUID, kept.split("/")[:2])
    except ValueError:
        return None
    signed_in = signed_in_as(user_id, membership_id)
    if signed_in and hmac.compare_digest(signed_in.identity.encode(), kept.encode()):
        return signed_in
    set_viewer(())
    return None


def signed_in_as(user_id: UUID, membership_id: UUID | None = None) -> SignedIn | None:
    """A person at work in one of their services, the first by name unless another is asked for.

    From here on this session sees the rows of that service, and of its members where it is a
    shared one.
    """
    memberships = memberships_of(user_id)
    chosen = next((m for m in memberships if membership_id in (None, m.id)), None)
    if chosen is None:
        return None
    viewer = _viewer_of(chosen)
    set_viewer(viewer.service_ids, user_id=user_id)
    return SignedIn(
        viewer,
        chosen.service.name,
        works_elsewhere=len(memberships) > 1,
        identity=identity(chosen.user, chosen.id),
    )


def memberships_of(user_id: UUID) -> list[Membership]:
    """Where an active person works."""
    set_viewer((), user_id=user_id)
    query = (
        select(Membership)
        .join(Membership.user)
        .join(Membership.service)
        .options(contains_eager(Membership.user), contains_eager(Membership.service))
        .where(Membership.user_id == user_id, User.is_active)
        .order_by(FosteringService.name, Membership.id)
    )
    return list(db.session.scalars(query))


def _viewer_of(membership: Membership) -> Viewer:
    service = FosteringService
    seen = select(service.id).where(
        or_(service.id == membership.service_id, service.parent_id == membership.service_id)
    )
    return Viewer(
        ref=membership.ref,
        name=membership.name,
        service_id=membership.service_id,
        service_ids=tuple(db.session.scalars(seen.order_by(service.code))),
        roles=membership.roles,
        membership_id=membership.id,
        user_id=membership.user_id,
        came_from=came_from(),
    )


def came_from() -> str:
    """The network address that a request came from; none of a command or a job."""
    return (request.remote_addr or "") if has_request_context() else ""
