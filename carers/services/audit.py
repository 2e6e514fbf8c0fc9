"""Who changed what, written in the same transaction by the service that changes it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, inspect

from carers.db import db, digest_key
from carers.domain.viewer import Viewer
from carers.models import AuditEntry, Base

UNTOLD = frozenset({"id", "service_id", "created_at"})


def added(record: Base, *, by: Viewer, action: str, subject_id: UUID | None = None) -> None:
    """Keep that a record was made."""
    db.session.add(record)
    db.session.flush()
    _write(
        record, by, action, subject_id or subject_of(record), before=None, after=values_of(record)
    )


def changed(record: Base, before: Mapping[str, Any], *, by: Viewer, action: str) -> None:
    """Keep what a change made of a record, from its ``values_of`` before it."""
    db.session.flush()
    after = values_of(record)
    told = {name for name in (*before, *after) if before.get(name) != after.get(name)}
    _write(
        record,
        by,
        action,
        subject_of(record),
        before={name: before.get(name) for name in sorted(told)},
        after={name: after.get(name) for name in sorted(told)},
    )


def change(record: Base, *, by: Viewer, action: str, **facts: Any) -> None:
    """Give a record other values, and keep what that changed."""
    before = values_of(record)
    for name, value in facts.items():
        setattr(record, name, value)
    changed(record, before, by=by, action=action)


def values_of(record: Base) -> dict[str, Any]:
    """A record's values as the audit keeps them."""
    columns = inspect(type(record)).columns
    return told({column.key: getattr(record, column.key) for column in columns}, columns)


def told(values: Mapping[str, Any], columns: Any) -> dict[str, Any]:
    """Values as JSON: personal ones as keyed digests, unknown ones left out."""
    return {
        name: _telling(columns[name], value)
        for name, value in values.items()
        if name not in UNTOLD and value not in (None, [])
    }


def subject_of(record: Base) -> UUID:
    """The enquiry or household that a record is of."""
    for name in ("household_id", "enquiry_id"):
        if getattr(record, name, None) is not None and record.__tablename__ != "household":
            return UUID(str(getattr(record, name)))
    return record.id


def _telling(column: Column[Any], value: Any) -> Any:
    if column.info.get("personal"):
        return "hmac:" + hmac.digest(digest_key(), str(value).encode(), "sha256").hex()[:32]
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value)


def _write(
    record: Base,
    by: Viewer,
    action: str,
    subject_id: UUID,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    db.session.add(
        AuditEntry(
            service_id=getattr(record, "service_id", by.service_id),
            by_ref=by.ref,
            by_id=by.membership_id,
            came_from=by.came_from,
            action=action,
            record_type=record.__tablename__,
            record_id=record.id,
            subject_id=subject_id,
            before=before,
            after=after,
        )
    )
