"""A report's answer as text: a table to read, JSON and CSV for another program."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from carers.domain.period import Days
from carers.reports.answer import Answer

ASKED = frozenset(
    {"report", "service", "population", "as_known_at", "first_day", "last_day", "as_at"}
)
SHARE = frozenset({"numerator", "denominator", "percent"})
RATIO = frozenset({"numerator", "denominator", "ratio"})
NO_DATA, NONE = "no data", "none"
FIGURES = frozenset("0123456789)")


def json_text(answer: Answer) -> str:
    return json.dumps(answer.plain(), indent=2, ensure_ascii=False) + "\n"


def csv_text(answer: Answer) -> str:
    """A row for each value: its path and the value, empty where it is not known."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("path", "value"))
    rows.writerows((path, "" if value is None else value) for path, value in answer.paths())
    return written.getvalue()


def table(answer: Answer) -> str:
    """For people: each figure under its part, with what it was asked of above."""
    figures = {key: value for key, value in answer.plain().items() if key not in ASKED}
    lines = [_heading(answer), *_part(figures)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(answer: Answer) -> str:
    if answer.first_day and answer.last_day:
        days = Days(answer.first_day, answer.last_day).label
    else:
        days = f"as at {answer.as_at}"
    return f"{answer.report}, {answer.service}, {answer.population}, {days}"


def _part(figures: Mapping[str, Any]) -> Iterator[str]:
    """Single figures first, then each part under its name."""
    single = {key: value for key, value in figures.items() if _is_single(value)}
    yield from _aligned([(_words(key), _cell(value)) for key, value in single.items()])
    for key, value in figures.items():
        if key in single:
            continue
        yield from ("", _words(key))
        if isinstance(value, list):
            yield from _listed(value)
        elif _is_a_grid(value):
            yield from _listed([{" ": one} | cells for one, cells in value.items()])
        else:
            yield from (f"  {line}" for line in _part(value))


def _listed(records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not records:
        yield f"  {NONE}"
        return
    heads = [_words(key) for key in records[0]]
    cells = ([_listed_cell(value) for value in one.values()] for one in records)
    yield from _aligned([heads, *cells])


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as they need be: words to the left, figures to the right."""
    for row in rows:
        cells = []
        for number, cell in enumerate(row):
            width = max(len(other[number]) for other in rows)
            cells.append(cell.rjust(width) if cell[-1:] in FIGURES else cell.ljust(width))
        yield "  " + "  ".join(cells)


def _is_single(value: Any) -> bool:
    if isinstance(value, dict):
        return value.keys() in (SHARE, RATIO)
    return not isinstance(value, list)


def _is_a_grid(value: Mapping[str, Any]) -> bool:
    """Whether each part has the same single figures, so that they fit one under another."""
    parts = [part for part in value.values() if isinstance(part, dict) and not _is_single(part)]
    alike = len(parts) == len(value) and len({frozenset(part) for part in parts}) == 1
    return alike and all(_is_single(cell) for part in parts for cell in part.values())


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _listed_cell(value: Any) -> str:
    return NONE if value is None else _cell(value)


def _cell(value: Any) -> str:
    match value:
        case None:
            return NO_DATA
        case {"numerator": numerator, "denominator": denominator, "percent": percent}:
            shown = NO_DATA if percent is None else f"{percent}%"
            return f"{shown} ({numerator:,} of {denominator:,})"
        case {"numerator": numerator, "denominator": denominator, "ratio": ratio}:
            shown = NO_DATA if ratio is None else f"{ratio:.2f}"
            return f"{shown} ({numerator:,} to {denominator:,})"
        case int():
            return f"{value:,}"
        case _:
            return str(value)
