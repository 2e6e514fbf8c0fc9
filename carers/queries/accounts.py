"""One's own account, and the invented ones that a demonstration shows on its sign-in page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from carers.db import db, set_viewer
from carers.domain.errors import NotFound
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import FosteringService, Membership, User

WITHOUT_PAGES = {Role.PANEL_MEMBER, Role.ADMINISTRATOR, Role.AUDITOR}


@dataclass(frozen=True)
class Shown:
    """An account to sign in to: one for each role of each service."""

    membership_id: UUID
    name: str
    role: Role
    service: str


def of(viewer: Viewer) -> User:
    """Raises NotFound where nobody signs in as the viewer."""
    found = db.session.scalars(select(User).where(User.id == viewer.user_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def for_demonstration() -> list[Shown]:
    """The first account of each role, service by service. Only a demonstration may call this."""
    shown: dict[tuple[str, Role], Shown] = {}
    for membership in _everybody():
        for role in sorted(membership.roles - WITHOUT_PAGES, key=list(Role).index):
            account = Shown(membership.id, membership.name, role, membership.service.name)
            shown.setdefault((membership.service.name, role), account)
    order = list(Role)
    return sorted(shown.values(), key=lambda one: (one.service, order.index(one.role)))


def demonstrated(membership_id: UUID) -> Membership:
    """One of them; NotFound where there is none such."""
    found = next((one for one in _everybody() if one.id == membership_id), None)
    if found is None:
        raise NotFound
    return found


def _everybody() -> list[Membership]:
    set_viewer(db.session.scalars(select(FosteringService.id)).all())
    query = (
        select(Membership)
        .join(Membership.service)
        .join(Membership.user)
        .where(User.email.like("%.example"))  # invented: no real address ends so (RFC 2606)
        .options(contains_eager(Membership.service))
        .order_by(FosteringService.name, Membership.ref)
    )
    return list(db.session.scalars(query))
