"""Exemptions and temporary approvals of a home, and the children whom they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.errors import NotFound
from carers.domain.viewer import Viewer
from carers.models import Child, Exemption, TemporaryApproval


def exemption(household_id: UUID, exemption_id: UUID, *, viewer: Viewer) -> Exemption:
    """Afresh. Raises NotFound where there is none, or it is not of this home."""
    query = select(Exemption).where(
        Exemption.id == exemption_id,
        Exemption.household_id == household_id,
        Exemption.service_id.in_(viewer.service_ids),
    )
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def exemptions_of(household_id: UUID, *, viewer: Viewer) -> Sequence[Exemption]:
    """Every exemption of a home, in the order of their days."""
    query = select(Exemption).where(
        Exemption.household_id == household_id, Exemption.service_id.in_(viewer.service_ids)
    )
    return db.session.scalars(query.order_by(Exemption.from_on)).all()


def temporary_approval(household_id: UUID, *, viewer: Viewer) -> TemporaryApproval | None:
    """For whom a home is approved for the time being, afresh; none where it is not told."""
    query = select(TemporaryApproval).where(
        TemporaryApproval.household_id == household_id,
        TemporaryApproval.service_id.in_(viewer.service_ids),
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def children_called(refs: Collection[str], *, viewer: Viewer) -> Sequence[Child]:
    """The children whom some references are of, in every service that the viewer sees."""
    query = select(Child).where(Child.ref.in_(refs), Child.service_id.in_(viewer.service_ids))
    return db.session.scalars(query.order_by(Child.ref, Child.id)).all()
