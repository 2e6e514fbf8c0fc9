"""The bridge from one stock to another as rows with bars, in their own units of drawing."""

from __future__ import annotations

from dataclasses import dataclass

from carers.blueprints.insight.gathered import Gathered
from carers.blueprints.insight.presenters import Figure, number, rows_url, with_sign
from carers.filters import day as day_words

WIDTH, HEIGHT = 260, 22
MARGIN = 4
MARK = 4  # the width of a total's upright mark

# A key of the report, its words and whether it adds (1), takes away (-1) or stands (0).
HOUSEHOLDS = (("approved", "Approved", 1), ("ended", "Ended", -1))
PLACES = (
    *HOUSEHOLDS,
    ("terms_increased", "Terms increased", 1),
    ("terms_decreased", "Terms decreased", -1),
)
BY_TYPE = ("recategorised", "Changed type, net", 1)


@dataclass(frozen=True)
class Bar:
    """``kind`` is total, more or fewer; ``x`` and ``width`` are of a drawing WIDTH wide."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    label: str
    figure: Figure
    bar: Bar
    is_total: bool = False


@dataclass(frozen=True)
class _Step:
    """From one running total to the next."""

    key: str
    label: str
    start: int
    end: int
    is_total: bool = False


def bridge(of: Gathered, unit: str) -> list[Row]:
    """Rows of households or of places, each bar beginning where the one before ended."""
    steps = _steps(of, unit)
    levels = [level for step in steps for level in (step.start, step.end)]
    return [_row(of, unit, step, min(levels), max(levels)) for step in steps]


def _steps(of: Gathered, unit: str) -> list[_Step]:
    figures = of.this.figures[unit]
    at_start, at_end = day_words(of.days.eve), day_words(of.days.last)
    running = figures["opening"]
    steps = [_Step("opening", f"At {at_start}", running, running, is_total=True)]
    for key, label, sign in (*(HOUSEHOLDS if unit == "households" else PLACES), BY_TYPE):
        after = running + sign * figures[key]
        steps.append(_Step(key, label, running, after))
        running = after
    closing = figures["closing"]
    return [*steps, _Step("closing", f"At {at_end}", closing, closing, is_total=True)]


def _row(of: Gathered, unit: str, step: _Step, lowest: int, highest: int) -> Row:
    path = f"{unit}.{step.key}"
    url = rows_url(of.this, path) if of.may_open and path in of.this.opens else None
    words = number(step.end) if step.is_total else with_sign(step.end - step.start)
    return Row(
        step.label,
        Figure(words, f"{unit}, {step.label.lower()}", url),
        _bar(step, lowest, highest),
        step.is_total,
    )


def _bar(step: _Step, lowest: int, highest: int) -> Bar:
    scale = (WIDTH - 2 * MARGIN - MARK) / max(highest - lowest, 1)
    start, end = (
        round(MARGIN + MARK / 2 + (level - lowest) * scale, 1) for level in (step.start, step.end)
    )
    if step.is_total:
        return Bar("total", start - MARK / 2, MARK)
    kind = "more" if end >= start else "fewer"
    return Bar(kind, min(start, end), round(abs(end - start), 1))
