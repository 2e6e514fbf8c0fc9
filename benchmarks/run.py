"""`make bench`: how long a load, the pages and the figures take, for a service of 300 homes.

Each figure is the median and the 95th percentile of several runs in this process, after one that
is not counted, and the number of SQL statements. It fails where a goal of docs/benchmarks.md is
missed.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import Context
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
from flask import Flask
from sqlalchemy import event, select

from carers import create_app, embedded
from carers.access import identity
from carers.cli import sample
from carers.cli.acting import worker
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.exchange import load
from carers.models import FosteringService, Membership
from config import Config, Mode

HOMES, YEARS, RUNS = 300, 3, 30
PAGE_GOAL, REPORT_GOAL = 100, 300  # milliseconds, 95th percentile


@dataclass(frozen=True)
class Measured:
    """Milliseconds of several runs, and the statements of each."""

    what: str
    times: list[float]
    statements: int
    goal: int | None = None

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    @property
    def missed(self) -> bool:
        return self.goal is not None and self.p95 > self.goal

    def line(self) -> str:
        goal = f"{self.goal:>7}" if self.goal else "      –"
        verdict = "  MISSED" if self.missed else ""
        median = statistics.median(self.times)
        return f"{self.what:<44}{median:>9.1f}{self.p95:>9.1f}{goal}{self.statements:>12}{verdict}"


PAGES = (
    ("today.show", Role.TEAM_MANAGER, "/today"),
    ("enquiries.index", Role.TEAM_MANAGER, "/enquiries"),
    ("enquiries.pipeline", Role.TEAM_MANAGER, "/pipeline"),
    ("panel.index", Role.PANEL_ADMINISTRATOR, "/panel"),
    ("households.mine", Role.SUPERVISING_SOCIAL_WORKER, "/my-carers"),
    ("capacity.vacancies", Role.PLACEMENTS_OFFICER, "/vacancies"),
    ("insight.targets", Role.HEAD_OF_SERVICE, "/insight/targets"),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="carers-bench-") as folder:
        addresses = embedded.serve(
            Path(folder), allow_root=os.environ.get("CARERS_ALLOW_ROOT") == "1"
        )
        config = Config(mode=Mode.TEST, secret_key="bench" * 10).using(**asdict(addresses))
        app = create_app(config.for_flask())
        with app.app_context():
            flask_migrate.upgrade()
            loaded = measure_load(Path(folder) / "files")
        with psycopg.connect(addresses.owner.replace("+psycopg", ""), autocommit=True) as owner:
            owner.execute("VACUUM (ANALYZE)")  # as autovacuum does within a minute
        gc.freeze()  # as wsgi does
        measured = [loaded, *(measure_page(app, *page) for page in PAGES)]
        print(f"{'':<44}{'median':>9}{'p95':>9}{'goal':>7}{'statements':>12}")
        for one in measured:
            print(one.line())
        with app.app_context():
            db.engine.dispose()
    return 1 if any(one.missed for one in measured) else 0


def measure_load(folder: Path) -> Measured:
    sample.write(folder, clock.today(), years=YEARS, size=HOMES)
    rows = sum(len(path.read_text("utf-8").splitlines()) - 1 for path in folder.glob("*.csv"))
    with worker(), counting() as statements:
        began = time.perf_counter()
        outcome = load.load_folder(folder)
        taken = (time.perf_counter() - began) * 1000
    if not outcome.written:
        raise SystemExit(f"The sample does not load: {outcome.faults[0]}")
    return Measured(f"load of {rows:,} rows", [taken], len(statements))


def measure_page(app: Flask, what: str, role: Role, path: str) -> Measured:
    client = app.test_client()
    with app.app_context(), client.session_transaction() as session:
        member = somebody(role)
        session["_user_id"] = identity(member.user, member.id)
    with app.app_context(), counting() as statements:
        fetch(client, path)
    goal = REPORT_GOAL if what.startswith("insight") else PAGE_GOAL
    times = [timed(lambda: fetch(client, path)) for _ in range(RUNS)]
    return Measured(f"{what} ({role.label.lower()})", times, len(statements), goal)


def fetch(client: Any, path: str) -> None:
    answer = Context().run(client.get, path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def somebody(role: Role) -> Membership:
    set_viewer(db.session.scalars(select(FosteringService.id)).all())
    query = (
        select(Membership)
        .join(Membership.service)
        .where(FosteringService.code == "elmshire", Membership.role_codes.contains([role.value]))
        .order_by(Membership.ref)
    )
    return db.session.scalars(query).first() or sys.exit(f"Nobody is {role}")


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


@contextmanager
def counting() -> Any:
    """The statements that go to the database meanwhile, set_config among them."""
    seen: list[str] = []

    def keep(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)


if __name__ == "__main__":
    sys.exit(main())
