"""Searches for a home: those that are open, and whose places are reserved in a home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.period import Period
from carers.domain.viewer import Viewer
from carers.models import Placement, Search, Unavailability
from carers.queries import stays


@dataclass(frozen=True)
class OpenSearch:
    """A search that a place can be reserved for, with the references of its children."""

    id: UUID
    ref: str
    children: tuple[str, ...]
    needed_by: date | None


def open_ones(viewer: Viewer) -> list[OpenSearch]:
    """Every open search, the soonest needed first and those of no day last."""
    query = (
        select(Search)
        .where(Search.service_id.in_(viewer.service_ids), Search.closed_at.is_(None))
        .order_by(Search.needed_by.nulls_last(), Search.ref, Search.id)
    )
    found = db.session.scalars(query).all()
    refs = stays.refs_of({one for search in found for one in search.child_ids}, viewer=viewer)
    return [OpenSearch(one.id, one.ref, refs_in(one, refs), one.needed_by) for one in found]


def refs_in(search: Search, refs: Mapping[UUID, str]) -> tuple[str, ...]:
    """The references of its children, of those that may be known."""
    return tuple(refs[one] for one in search.child_ids if one in refs)


def is_open(search_id: UUID, *, viewer: Viewer) -> bool:
    """Whether there is such an open search."""
    query = select(Search.id).where(
        Search.id == search_id,
        Search.service_id.in_(viewer.service_ids),
        Search.closed_at.is_(None),
    )
    return db.session.scalars(query).first() is not None


def reserved_for(
    child_id: UUID, household_id: UUID, period: Period, *, viewer: Viewer
) -> list[tuple[Unavailability, Search]]:
    """The places of a home kept for a child on some days of a period, afresh, the first first."""
    query = (
        select(Unavailability, Search)
        .join(Search, Search.id == Unavailability.search_id)
        .where(
            Unavailability.household_id == household_id,
            Unavailability.service_id.in_(viewer.service_ids),
            Unavailability.is_current,
            Search.service_id.in_(viewer.service_ids),
            Search.child_ids.contains([child_id]),
        )
        .order_by(Unavailability.from_on, Unavailability.ref)
    )
    rows = db.session.execute(query.execution_options(populate_existing=True)).tuples()
    return [(hold, search) for hold, search in rows if hold.period.overlaps(period)]


def come_to(
    household_id: UUID, child_ids: Sequence[UUID], day: date, *, viewer: Viewer
) -> frozenset[UUID]:
    """Those of some children who live in a home on a day or are to come to it."""
    query = select(Placement.child_id, Placement.from_on, Placement.until_on).where(
        Placement.household_id == household_id,
        Placement.household_service_id.in_(viewer.service_ids),
        Placement.child_id.in_(child_ids),
        Placement.is_current,
    )
    rows = db.session.execute(query).tuples()
    to_come = Period(day)
    return frozenset(
        one for one, from_on, until_on in rows if Period(from_on, until_on).overlaps(to_come)
    )
