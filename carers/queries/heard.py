"""How people hear of fostering: the sources and the campaigns of a service."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import Campaign, Source


def offered(service_id: UUID, *, viewer: Viewer) -> tuple[Sequence[Source], Sequence[Campaign]]:
    """The sources and the campaigns that an enquiry of a service may name."""
    sources = select(Source).where(
        Source.service_id == service_id, Source.service_id.in_(viewer.service_ids)
    )
    campaigns = select(Campaign).where(
        Campaign.service_id == service_id, Campaign.service_id.in_(viewer.service_ids)
    )
    return (
        db.session.scalars(sources.order_by(Source.name, Source.id)).all(),
        db.session.scalars(campaigns.order_by(Campaign.name, Campaign.id)).all(),
    )
