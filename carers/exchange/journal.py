"""What the audit keeps of a load: an entry for each record that it adds or changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from carers.domain import clock
from carers.models import Base
from carers.services import audit

Values = Mapping[str, Any]  # by attribute, as they are written


@dataclass
class Journal:
    """Entries, written all at once. ``by_ref`` is the command’s name."""

    by_ref: str
    entries: list[dict[str, Any]] = field(default_factory=list)

    def added(self, model: type[Base], row: Values, service_id: UUID) -> None:
        after = audit.told(row, inspect(model).columns)
        self._keep("loaded", model, row, service_id, before=None, after=after)

    def changed(
        self,
        action: str,
        model: type[Base],
        row: Values,
        before: Values,
        names: Collection[str],
        service_id: UUID,
    ) -> None:
        """``names`` are the attributes that ``row`` has another value of than ``before``."""
        columns = inspect(model).columns
        was = audit.told({name: before.get(name) for name in names}, columns)
        became = audit.told({name: row.get(name) for name in names}, columns)
        self._keep(
            action,
            model,
            row,
            service_id,
            before={name: was.get(name) for name in sorted(names)},
            after={name: became.get(name) for name in sorted(names)},
        )

    def _keep(
        self,
        action: str,
        model: type[Base],
        row: Values,
        service_id: UUID,
        *,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        subject = row.get("household_id") or row.get("enquiry_id")
        is_household = model.__tablename__ == "household"
        self.entries.append(
            {
                "service_id": service_id,
                "at": clock.now(),
                "by_ref": self.by_ref,
                "by_id": None,
                "came_from": "",
                "action": action,
                "record_type": model.__tablename__,
                "record_id": row["id"],
                "subject_id": row["id"] if is_household or subject is None else subject,
                "before": before,
                "after": after,
            }
        )
