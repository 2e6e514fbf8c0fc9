"""Corrections: the row that was written stays, and another takes its place."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import inspect

from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import Base, Confirmation, PipelineEvent, Placement, Terms, Unavailability
from carers.services import audit

Kept = TypeVar("Kept", bound=Confirmation | PipelineEvent | Placement | Terms | Unavailability)

Dated = TypeVar("Dated", bound=Placement | Terms | Unavailability)

ITS_OWN = frozenset({"id", "created_at", "superseded_by_id", "recorded_by_id"})


def end(row: Dated, *, until_on: date, by: Viewer, action: str, **facts: Any) -> None:
    """Set the end of a row: it is set once, and another takes a row in its place."""
    if row.until_on is None:
        audit.change(row, until_on=until_on, by=by, action=action, **facts)
    else:
        supersede(row, until_on=until_on, by=by, action=action, **facts)


def supersede(old: Kept, *, by: Viewer, action: str, **changes: Any) -> Kept:
    """Put a row with some facts changed in the place of another; ``is_void`` voids it.

    The old row gives up its reference first, so it points for a moment to a row to come. The audit
    tells what became of both.
    """
    model: type[Base] = type(old)
    columns = inspect(model).columns.keys()
    facts = {name: getattr(old, name) for name in columns if name not in ITS_OWN}
    new_id = uuid4()
    before = audit.values_of(old)
    old.superseded_by_id = new_id
    audit.changed(old, before, by=by, action=action)
    new = type(old)(id=new_id, recorded_by_id=by.membership_id, **(facts | changes))
    db.session.add(new)
    audit.changed(new, before, by=by, action=action)
    return new
