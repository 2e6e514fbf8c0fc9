"""How many SQL statements something takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from carers.db import db

AROUND = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def count_of(act: Callable[[], object]) -> int:
    """The statements that an act sends, those that set its viewer or begin and end it left out."""
    sent: list[str] = []

    def listen(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "set_config" not in statement and not statement.startswith(AROUND):
            sent.append(statement)

    joined: Connection = db.engine  # type: ignore[assignment]  # see the fixture make
    event.listen(joined, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(joined, "before_cursor_execute", listen)
    return len(sent)
