"""The sample: Bromley's real year with invented people in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from carers.cli.sample import bromley, files


def write(folder: Path, _made_on: date) -> None:
    """Every service as one folder of CSV files (EXCHANGE); Bromley's year is always the same."""
    write_bromley(folder)


def write_bromley(folder: Path) -> None:
    """Bromley 2021-22 alone."""
    files.write(folder, bromley.records())
