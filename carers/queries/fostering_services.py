"""Fostering services: which there is, and whose records it sees."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select

from carers.db import db
from carers.domain.errors import NotFound
from carers.domain.viewer import Viewer
from carers.models import FosteringService


def named(code: str) -> FosteringService:
    """The service of a code. Raises NotFound, in words."""
    found = db.session.scalars(
        select(FosteringService).where(FosteringService.code == code)
    ).one_or_none()
    if found is None:
        raise NotFound(f"There is no fostering service with the code {code}")
    return found


def seen_from(service_id: UUID) -> tuple[UUID, ...]:
    """Itself, and its members where it is a shared service, one level down."""
    service = FosteringService
    query = select(service.id).where(or_(service.id == service_id, service.parent_id == service_id))
    return tuple(db.session.scalars(query.order_by(service.code)))


def every_id() -> tuple[UUID, ...]:
    """All there are: for a job, which does what is due wherever it is due."""
    return tuple(db.session.scalars(select(FosteringService.id).order_by(FosteringService.code)))


def code_of(viewer: Viewer) -> str:
    """The code of the service that a viewer acts in."""
    query = select(FosteringService.code).where(FosteringService.id == viewer.service_id)
    return db.session.scalars(query).one()
