"""Times of an act, beside those of its own SQL statements."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

Act = Callable[[], object]


@dataclass
class Statements:
    """What went to the database: how many statements, set_config among them, and for how long."""

    count: int = 0
    milliseconds: float = 0.0


@dataclass
class Times:
    """Milliseconds of each run, of its statements, and how many these were."""

    whole: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    statements: set[int] = field(default_factory=set)

    def run(self, act: Act) -> None:
        with watching() as seen:
            began = time.perf_counter()
            act()
            self.whole.append((time.perf_counter() - began) * 1000)
        self.sql.append(seen.milliseconds)
        self.statements.add(seen.count)

    @property
    def median(self) -> float:
        return statistics.median(self.whole)

    @property
    def p95(self) -> float:
        return p95(self.whole)


def p95(times: list[float]) -> float:
    """The smallest that 95 in 100 of them do not pass; of 20, the second longest."""
    return sorted(times)[-(-len(times) * 95 // 100) - 1]


@contextmanager
def watching() -> Iterator[Statements]:
    """The statements of any engine meanwhile, until their rows are here."""
    seen = Statements()

    def starts(*_: Any) -> None:
        seen.count += 1
        seen.milliseconds -= time.perf_counter() * 1000

    def ends(*_: Any) -> None:
        seen.milliseconds += time.perf_counter() * 1000

    event.listen(Engine, "before_cursor_execute", starts)
    event.listen(Engine, "after_cursor_execute", ends)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", starts)
        event.remove(Engine, "after_cursor_execute", ends)
