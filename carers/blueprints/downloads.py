"""Lists as files: whole, for inside the service, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask import Response

from carers.domain import clock

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A CSV to download, named for the day and marked as not for publication."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    filename = f"{name}-{clock.today().isoformat()}-not-for-publication.csv"
    return Response(
        written.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def harmless(value: Any) -> Any:
    """A spreadsheet runs what begins like a formula: an apostrophe keeps it words."""
    is_formula = isinstance(value, str) and value.startswith(STARTS_FORMULA)
    return f"'{value}" if is_formula else value
