"""`flask import`: a folder of files into the database, whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from carers.cli.acting import as_worker
from carers.domain.errors import DomainError
from carers.exchange.findings import Fault, Finding, Outcome
from carers.exchange.load import load_folder

REFUSED = 2
LONGEST_SHOWN = 500  # characters of a file's own words
LONG = 20_000  # rows, read and written, of a load whose progress goes into a log


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@with_appcontext
@as_worker
def command(*, folder: Path, dry_run: bool, form: str) -> None:
    """Load a folder, or a zip, of CSV files (docs/exchange.md)."""
    try:
        outcome = load_folder(folder, dry_run=dry_run, progress=show)
    except DomainError as error:
        raise click.ClickException(f"{error.sentence}: nothing was written") from error
    except KeyboardInterrupt:
        raise click.ClickException("Stopped: nothing was written") from None
    if form == "json":
        click.echo(json.dumps(outcome.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(lines(outcome)))
    if outcome.is_refused:
        raise click.exceptions.Exit(REFUSED)


def show(done: int, total: int) -> None:
    """On standard error: one line written over as the load goes on, or one for each tenth."""
    percent = 100 * done // total
    if sys.stderr.isatty():
        click.echo(f"\rLoading: {percent} %", err=True, nl=done >= total)
    elif total >= LONG and percent % 10 == 0:
        click.echo(f"Loading: {percent} %", err=True)


def lines(outcome: Outcome) -> Iterator[str]:
    """The outcome in words."""
    if outcome.is_refused:
        yield f"Refused: nothing was written. {_count(outcome.fault_count, 'fault')}:"
        for fault in outcome.faults:
            yield f"  {_place(fault)}: {shown(fault.problem)}. Expected: {fault.expected}"
        yield from _more(outcome.fault_count, len(outcome.faults))
        return
    yield "Loaded." if outcome.written else "Nothing was written: it would load."
    yield f"{'':24}{'added':>10}{'changed':>10}{'unchanged':>10}"
    for name, rows in outcome.files.items():
        yield f"{name:24}{rows.added:>10}{rows.changed:>10}{rows.unchanged:>10}"
    if outcome.finding_count:
        yield f"{_count(outcome.finding_count, 'finding')}, loaded all the same:"
        for finding in outcome.findings:
            yield f"  {_place(finding)}: {shown(finding.finding)}"
        yield from _more(outcome.finding_count, len(outcome.findings))


def _count(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"


def _place(told: Fault | Finding) -> str:
    place = f"{shown(told.file)} line {told.line}"
    if told.column is not None:
        place += f", {shown(told.column)}"
    return place if told.value is None else f"{place} “{shown(told.value)}”"


def shown(text: str) -> str:
    """The beginning of what a file says: what is no letter of a line by its number."""
    letters = (one if one.isprintable() else ascii(one)[1:-1] for one in text[:LONGEST_SHOWN])
    return "".join(letters) + "…" * (len(text) > LONGEST_SHOWN)


def _more(count: int, told: int) -> Iterator[str]:
    if count > told:
        yield f"  and {count - told:,} more"
