"""`flask report`: any figure of a service, as a table, as JSON or as CSV."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from carers.cli import rendering
from carers.cli.acting import as_worker
from carers.db import set_viewer
from carers.domain.errors import DomainError
from carers.domain.viewer import Viewer
from carers.queries import fostering_services
from carers.reports import asking
from carers.reports.asking import Asked

FORMATS = {"table": rendering.table, "json": rendering.json_text, "csv": rendering.csv_text}


@click.command("report")
@click.argument("name")
@click.option("--service", "code", required=True, help="The code of the service.")
@click.option("--year", help="A financial year, such as 2021-22.")
@click.option("--from", "first", help="The first day of a period, such as 2021-04-01.")
@click.option("--to", "last", help="Its last day, which counts.")
@click.option("--as-at", help="A day, for a report of a day.")
@click.option("--population", help="Which homes or cases it is of.")
@click.option("--format", "shape", type=click.Choice(list(FORMATS)), default="table")
@with_appcontext
@as_worker
def command(name: str, code: str, shape: str, **asked: str | None) -> None:
    """Print a report by its name: net-gain, capacity, occupancy, targets, in-house-share or
    assessment-time.
    """
    try:
        chosen = asking.named(name)
        answer = asking.ask(chosen, Asked(**asked), viewer=viewer_for(code))
    except DomainError as error:
        raise click.UsageError(error.sentence) from error
    click.echo(FORMATS[shape](answer), nl=False)


def viewer_for(code: str) -> Viewer:
    """This command, acting in a service. Raises NotFound where there is none of the code."""
    service = fostering_services.named(code)
    seen = fostering_services.seen_from(service.id)
    set_viewer(seen)
    return Viewer(ref="flask report", name="flask report", service_id=service.id, service_ids=seen)
