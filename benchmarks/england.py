"""`make bench-england`: pages and figures beside the records of all England, and of a tenth of it.

The largest council's pages and figures are timed in both, in turns, beside the time of their own
SQL statements. It fails where a goal of docs/benchmarks.md is missed: a 95th percentile, a number
of statements that grows with the rows, or a council's times that grow with the other services.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
from flask import Flask
from sqlalchemy import func, select

from benchmarks import copying, nation, records
from benchmarks.measuring import Act, Times
from carers import create_app, embedded
from carers.access import identity, signed_in_as
from carers.cli import national
from carers.db import db, set_viewer, use_database
from carers.domain import clock
from carers.domain.period import Days
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses, Server
from carers.models import Allocation, FosteringService, Household, Membership, Placement
from carers.queries import ledger
from carers.queries.national import by_kind
from carers.reports import capacity, occupancy
from config import Config, Mode

FEWER = 10
LARGEST_RATIO = 1.2
SSW = Role.SUPERVISING_SOCIAL_WORKER
HEADINGS = ("", "median", "p95", "goal", "SQL", "statements", "a tenth", "ratio")


@dataclass(frozen=True)
class England:
    """One database of services, and the application on it."""

    app: Flask
    addresses: Addresses
    services: list[nation.ServicePlan]

    @property
    def largest(self) -> str:
        return self.services[0].code

    @property
    def smaller(self) -> str:
        """A service of another size, whose pages must ask as many statements."""
        return self.services[-1].code

    def member(self, code: str, role: Role) -> Membership:
        """Of a service, the one with the role who has most homes."""
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        allocated = func.count(Allocation.id)
        query = (
            select(Membership)
            .join(Membership.service)
            .outerjoin(Allocation, Allocation.membership_id == Membership.id)
            .where(FosteringService.code == code, Membership.role_codes.contains([role.value]))
            .group_by(Membership.id)
            .order_by(allocated.desc(), Membership.ref)
        )
        return db.session.scalars(query).first() or sys.exit(f"Nobody in {code} is {role}")

    def viewer(self, code: str) -> Viewer:
        member = self.member(code, Role.HEAD_OF_SERVICE)
        signed_in = signed_in_as(member.user_id, member.id)
        return signed_in.viewer if signed_in else sys.exit("Nobody is head of service")


Prepare = Callable[[England, str], Act]  # of a service, by its code


@dataclass(frozen=True)
class Measure:
    what: str
    goal: int  # milliseconds, 95th percentile
    prepare: Prepare
    is_of_council: bool = True


def page(path: str, role: Role) -> Prepare:
    """A page as a browser asks for it, each time in a context of its own."""

    def prepare(england: England, code: str) -> Act:
        member = england.member(code, role)
        asked = path.format(home=busiest_home(member))
        client = england.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = identity(member.user, member.id)
        db.session.remove()
        return lambda: fetch(client, asked)

    return prepare


def fetch(client: Any, path: str) -> None:
    answer = Context().run(client.get, path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def busiest_home(member: Membership) -> str:
    """The home of the service, open, that has had most placements."""
    query = (
        select(Household.id)
        .join(Placement, Placement.household_id == Household.id)
        .where(Household.service_id == member.service_id, Household.ended_on.is_(None))
        .group_by(Household.id)
        .order_by(func.count().desc(), Household.id)
    )
    return str(db.session.scalars(query).first())


def figure(ask: Callable[[Viewer, date], object]) -> Prepare:
    """A figure of a service, in a transaction of its own each time."""

    def prepare(england: England, code: str) -> Act:
        viewer = england.viewer(code)

        def act() -> None:
            set_viewer(viewer.service_ids)
            ask(viewer, clock.today())

        return act

    return prepare


def englands_day(england: England, _: str) -> Act:
    """Signs in as the national role, and stays so: what is measured last."""
    use_database(england.addresses.national)
    viewer = national.viewer()
    return lambda: by_kind(clock.today(), viewer=viewer)


def ledgers_day(viewer: Viewer, day: date) -> object:
    return db.session.execute(select(ledger.on(viewer, day))).all()


def capacity_report(viewer: Viewer, day: date) -> object:
    return capacity.answer(viewer, Days(day, day))


def five_years(viewer: Viewer, day: date) -> object:
    first = day.replace(year=day.year - 5, day=min(day.day, 28))
    return occupancy.daily(viewer, Days(first, day))


MEASURES = (
    Measure("Vacancy board", 100, page("/vacancies", Role.PLACEMENTS_OFFICER)),
    Measure("Places on hold", 100, page("/on-hold", Role.PLACEMENTS_OFFICER)),
    Measure("With agencies", 100, page("/agency-placements", Role.PLACEMENTS_OFFICER)),
    Measure("All homes", 100, page("/households", Role.TEAM_MANAGER)),
    Measure("Household page", 100, page("/households/{home}", SSW)),
    Measure("My carers, a worker's", 100, page("/my-carers", SSW)),
    Measure("My carers, the team manager's", 100, page("/my-carers", Role.TEAM_MANAGER)),
    Measure("A council's day, from the ledger", 100, figure(ledgers_day)),
    Measure("A council's day, the capacity report", 300, figure(capacity_report)),
    Measure("Its five years, day by day", 300, figure(five_years)),
    Measure("England's day, as the national role", 2000, englands_day, is_of_council=False),
)


def main() -> int:
    asked = arguments()
    sizes = nation.Sizes(**{key: asked[key] for key in asdict(nation.Sizes())})
    with tempfile.TemporaryDirectory(prefix="carers-england-") as folder:
        server = embedded.server_in(
            Path(asked["folder"] or folder),
            allow_root=os.environ.get("CARERS_ALLOW_ROOT") == "1",
        )
        services = nation.plan(sizes)
        whole = england_in(server, "england", services, sizes)
        tenth = england_in(server, "tenth", nation.one_in(FEWER, services), sizes)
        gc.freeze()  # as wsgi does
        is_good = report(whole, tenth, asked["runs"])
        server.stop()
    return 0 if is_good else 1


def arguments() -> dict[str, Any]:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.england")
    for key, value in asdict(nation.Sizes()).items():
        parser.add_argument(f"--{key}", type=int, default=value, help=f"{value:,} by default")
    parser.add_argument("--runs", type=int, default=40, help="of each measure; 40 by default")
    parser.add_argument("--folder", help="keep what is made there, and use it if it is there")
    return vars(parser.parse_args())


def england_in(
    server: Server, name: str, services: list[nation.ServicePlan], sizes: nation.Sizes
) -> England:
    """A migrated database of the services, filled unless it is already."""
    addresses = server.create_database(name)
    config = Config(mode=Mode.TEST, secret_key="bench" * 10).using(**asdict(addresses))
    app = create_app(config.for_flask())
    with app.app_context():
        flask_migrate.upgrade()
    fill(server, addresses, services, sizes)
    return England(app, addresses, services)


def fill(
    server: Server, addresses: Addresses, services: list[nation.ServicePlan], sizes: nation.Sizes
) -> None:
    with server.as_superuser() as superuser:
        superuser.execute("GRANT SET ON PARAMETER session_replication_role TO carers_owner")
    began = time.perf_counter()
    calendar = copying.Calendar(clock.today(), records.YEARS)
    with psycopg.connect(addresses.owner.replace("+psycopg", "")) as connection:
        if connection.execute("SELECT 1 FROM fostering_service").fetchone():
            print(f"{addresses.owner.partition('?')[0]} is as it was left")
            return
        copying.trust(connection)
        with copying.bare(connection):
            rows = sum(
                copying.write(connection, records.Service(one, sizes.seed, calendar).make())
                for one in services
            )
            copying.scatter(connection)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE)")
    taken = time.perf_counter() - began
    print(f"{rows:,} rows of {len(services)} services in {taken:.0f} s", flush=True)


def report(whole: England, tenth: England, runs: int) -> bool:
    """Print every measure; whether all met their goals."""
    print(("{:<38}" + "{:>11}" * 7).format(*HEADINGS))
    met = [measured(one, whole, tenth, runs) for one in MEASURES]
    return all(met)


def measured(measure: Measure, whole: England, tenth: England, runs: int) -> bool:
    acts = [(england, act_in(england, measure, england.largest)) for england in (whole, tenth)]
    kept, in_tenth = Times(), Times()
    for number in range(runs + 1):  # the first is not counted
        for (england, act), times in zip(acts, (kept, in_tenth), strict=True):
            with england.app.app_context():
                (times if number else Times()).run(act)
    smaller = Times()
    if measure.is_of_council:
        with whole.app.app_context():
            smaller.run(act_in(whole, measure, whole.smaller))
    return verdict(measure, kept, in_tenth, smaller.statements)


def act_in(england: England, measure: Measure, code: str) -> Act:
    with england.app.app_context():
        return measure.prepare(england, code)


def verdict(measure: Measure, whole: Times, tenth: Times, smaller: set[int]) -> bool:
    """Print one line, with what is missed in words."""
    ratio = whole.median / tenth.median
    missed = []
    if whole.p95 > measure.goal:
        missed.append("too slow")
    if len(whole.statements | smaller) != 1:
        missed.append(f"statements vary: {sorted(whole.statements | smaller)}")
    if measure.is_of_council and ratio > LARGEST_RATIO:
        missed.append("grows with the other services")
    cells = (
        *(f"{whole.median:.1f}", f"{whole.p95:.1f}", f"{measure.goal}"),
        *(f"{statistics.median(whole.sql):.1f}", f"{max(whole.statements)}"),
        *(f"{tenth.median:.1f}", f"{ratio:.2f}" if measure.is_of_council else "–"),
    )
    line = f"{measure.what:<38}" + "".join(f"{cell:>11}" for cell in cells)
    print(line + (f"  MISSED: {', '.join(missed)}" if missed else ""), flush=True)
    return not missed


if __name__ == "__main__":
    sys.exit(main())
