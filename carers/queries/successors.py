"""The row that took another's place, by however many corrections."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from carers.db import db
from carers.domain.errors import EntryRemoved, NotFound
from carers.models import Confirmation, PipelineEvent, Placement, Terms, Unavailability

R = TypeVar("R", Confirmation, PipelineEvent, Placement, Terms, Unavailability)


def current(row: type[R], row_id: UUID, *where: ColumnElement[bool]) -> R:
    """The row that counts now in the place of one, afresh: itself, where nobody corrected it.

    Raises EntryRemoved where it was a mistake, NotFound where none is there as ``where`` says.
    """
    chain = (
        select(row.id, row.superseded_by_id).where(row.id == row_id).cte("chain", recursive=True)
    )
    after = select(row.id, row.superseded_by_id).join(chain, row.id == chain.c.superseded_by_id)
    query = select(row).where(
        row.id.in_(select(chain.union(after).c.id)), row.superseded_by_id.is_(None), *where
    )
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    if found.is_void:
        raise EntryRemoved
    return found
