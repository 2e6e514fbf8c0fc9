"""Whether a dated row holds on a day, as a condition (METRICS, Conventions: Days)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def holds_on(row: Any, day: date) -> ColumnElement[bool]:
    """``until_on`` is the first day on which it no longer holds."""
    return and_(row.from_on <= day, or_(row.until_on.is_(None), row.until_on > day))
