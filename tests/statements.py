"""How many SQL statements something takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from carers.db import db


def count_of(act: Callable[[], object]) -> int:
    """The statements that an act sends, those that set its viewer left out."""
    sent: list[str] = []

    def listen(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "set_config" not in statement and not statement.startswith(("SAVEPOINT", "RELEASE")):
            sent.append(statement)

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    return len(sent)
