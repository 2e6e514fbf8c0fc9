"""One of many ids, as one parameter: the statement is the same however many there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, literal


def among(column: Any, ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a column's id is one of these."""
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(Uuid())))
    return found
