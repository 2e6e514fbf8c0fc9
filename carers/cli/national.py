"""`flask england`: the places of every service on a day, as totals, read as the national role."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from carers.cli.acting import national
from carers.db import db
from carers.domain import clock
from carers.domain.viewer import Viewer
from carers.models import FosteringService
from carers.queries.national import Places, by_kind

COMMAND = "flask england"


@click.command("england")
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), help="A day; today unless given.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table")
@with_appcontext
def command(as_at: datetime | None, shape: str) -> None:
    """Print how many places every service has, fills, withholds and has vacant."""
    day = as_at.date() if as_at else clock.today()
    with national():
        rows = by_kind(day, viewer=viewer())
    click.echo(_json(day, rows) if shape == "json" else _table(day, rows))


def viewer() -> Viewer:
    """This command, reading every service. It acts in none, and the role lets it change nothing."""
    every = db.session.scalars(select(FosteringService.id).order_by(FosteringService.id))
    return Viewer(ref=COMMAND, name=COMMAND, service_id=UUID(int=0), service_ids=tuple(every))


def _json(day: date, rows: list[Places]) -> str:
    kinds = {str(row.kind): dict(zip(row._fields[1:], row[1:], strict=True)) for row in rows}
    return json.dumps({"as_at": day.isoformat(), "by_kind": kinds}, indent=2)


def _table(day: date, rows: list[Places]) -> str:
    heads = [name.replace("_", " ").capitalize() for name in Places._fields]
    lines = [heads, *([row.kind.label, *(f"{one:,}" for one in row[1:])] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    first, *others = widths
    text = (
        "  ".join([line[0].ljust(first), *map(str.rjust, line[1:], others)]).rstrip()
        for line in lines
    )
    return "\n".join([f"As at {day}", *text])
