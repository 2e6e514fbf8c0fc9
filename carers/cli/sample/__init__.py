"""The sample: Bromley's real year with invented people in it, and a year of an invented county."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from carers.cli.sample.bromley import records as bromley_records
from carers.cli.sample.elmshire import records as elmshire_records
from carers.cli.sample.files import write as write_files

YEARS = 1
SIZE = 60


def write(
    folder: Path, made_on: date, *, at: time = time(), years: int = YEARS, size: int = SIZE
) -> None:
    """Both services as one folder of CSV files (EXCHANGE), the same for the same arguments.

    Elmshire's ``years`` of enquiries lead up to the hour ``at`` of the day it is ``made_on``, in
    London time; ``size`` is the number of its homes then.
    """
    county = elmshire_records(made_on, at=at, years=years, size=size)
    write_files(folder, bromley_records(), county)


def write_bromley(folder: Path) -> None:
    """Bromley 2021-22 alone."""
    write_files(folder, bromley_records())


def write_elmshire(
    folder: Path, made_on: date, *, at: time = time(), years: int = YEARS, size: int = SIZE
) -> None:
    """Elmshire alone, as in ``write``."""
    write_files(folder, elmshire_records(made_on, at=at, years=years, size=size))
