"""Places day by day as a picture: bands under the line of approved places (PAGES, 10).

Drawn as SVG that asks for nothing: no style, script or address, so that any policy shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from carers.domain.period import Days
from carers.domain.working_days import add_months
from carers.reports.occupancy import PlacesOnDay

if TYPE_CHECKING:
    import altair as alt

INK, SOFT, RULE = "#0b0c0c", "#484949", "#868a8c"
FONT = "Helvetica Neue, Arial, sans-serif"
STRIPED = "#dcd8d0"  # as drawn; the stripes are laid over it afterwards
STRIPES = (
    '<defs><pattern id="stripes" width="9" height="9" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="9" height="9" fill="#dcd8d0"/>'
    '<rect width="1.5" height="9" fill="#5b5548"/></pattern></defs>'
)
LONG = re.compile(r"-?[0-9]+\.[0-9]{2,}")
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
LINES = 5
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
BRIEF = 62  # days, in which single days are named
ABOVE = -11  # the line of approved places, where a label stands over it
APART = {True: 18, False: 36}  # between labels, inside the bands and beside them


@dataclass(frozen=True)
class Canvas:
    """A picture's plot and the room around it, in pixels; labels inside where there is none."""

    width: int
    height: int
    left: int
    right: int
    is_narrow: bool = False
    top: int = 24
    bottom: int = 28


WIDE = Canvas(964, 340, left=40, right=196)
NARROW = Canvas(322, 260, left=36, right=0, is_narrow=True)


class Band(NamedTuple):
    """One state of places, from the sum of those below it upwards."""

    name: str
    fill: str
    line: str
    text: str
    inside: str
    halo: str


BANDS = (
    Band("filled", "#12436d", "#12436d", "#12436d", "#ffffff", "#12436d"),
    Band("not_available", STRIPED, "#5b5548", "#3f3b32", INK, "#faf9f7"),
    Band("vacant", "#bfe3df", "#0f6b62", "#0b544d", INK, "#ffffff"),
)
OVER = "#801650"


class Label(NamedTuple):
    """Words at a height, with what stands under them; inside the bands they have a ``halo``."""

    y: float
    words: str
    under: str
    colour: str
    inside: str = INK
    halo: str = "#ffffff"


def picture(series: Sequence[PlacesOnDay], canvas: Canvas) -> str:
    """The SVG of some days in order, one after another."""
    import altair as alt
    import vl_convert

    plot = alt.layer(*_layers(series, canvas)).properties(
        width=canvas.width,
        height=canvas.height,
        autosize="none",
        padding={
            "left": canvas.left,
            "right": canvas.right,
            "top": canvas.top,
            "bottom": canvas.bottom,
        },
    )
    spec = plot.configure_view(stroke=None).configure(font=FONT).to_dict()
    return _striped(vl_convert.vegalite_to_svg(spec))


def _striped(svg: str) -> str:
    """Vega has no patterns: what is drawn in the one colour is given its stripes."""
    opened, rest = svg.split(">", maxsplit=1)
    drawn = rest.replace(f'fill="{STRIPED}"', 'fill="url(#stripes)"')
    return f"{opened}>{STRIPES}{LONG.sub(_shorter, drawn)}"


def _shorter(number: re.Match[str]) -> str:
    """A tenth of a pixel is all that shows: the picture is a third of the size for it."""
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _layers(series: Sequence[PlacesOnDay], canvas: Canvas) -> Iterator[alt.Chart]:
    import altair as alt

    top = max(1, *(one.approved + one.over for one in series))
    days = Days(series[0].day, series[-1].day)
    ticks, form = _ticks(days, canvas)
    x = alt.X(
        "day:T",
        scale=alt.Scale(type="utc", domain=[_at(days.first), _at(days.after)]),
        axis=alt.Axis(
            values=ticks,
            labelExpr=f"utcFormat(datum.value, '{form}')",
            labelAlign="left",
            grid=False,
            title=None,
            **_axis(canvas),
        ),
    )
    y_axis = alt.Axis(values=_values(top), grid=False, domain=False, title=None, **_axis(canvas))

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=y_axis)

    data = _data(_points(series))
    below = "nothing"
    for band in BANDS:
        area = alt.Chart(data).mark_area(
            interpolate="step-after",
            color=band.fill,
            opacity=1,
            line={"color": band.line, "strokeWidth": 1},
        )
        yield area.encode(x=x, y=y(f"to_{band.name}"), y2=alt.Y2(f"{below}:Q"))
        below = f"to_{band.name}"
    over = alt.Chart(data).mark_area(interpolate="step-after", color=OVER, opacity=1)
    yield over.encode(x=x, y=y("top"), y2=alt.Y2("approved:Q"))
    rows = alt.Chart(_data([{"at": value} for value in _values(top) if value]))
    yield rows.mark_rule(color="#ffffff", strokeDash=[2, 4], opacity=0.55).encode(y=y("at"))
    line = alt.Chart(data).mark_line(interpolate="step-after", color=INK, strokeWidth=2.5)
    yield line.encode(x=x, y=y("approved"))
    for label in spread(_labels(series, top, canvas), canvas):
        yield from _words(label, canvas)


def _points(series: Sequence[PlacesOnDay]) -> Iterator[dict[str, int]]:
    """Where something changes, and the end of the last day."""
    changes = [series[0]]
    changes += [one for before, one in pairwise(series) if _states(before) != _states(one)]
    last = series[-1]
    for one, day in [*((one, one.day) for one in changes), (last, last.day + timedelta(days=1))]:
        to_held = one.filled + one.not_available
        yield {
            "day": _at(day),
            "nothing": 0,
            "to_filled": one.filled,
            "to_not_available": to_held,
            "to_vacant": to_held + one.vacant,
            "approved": one.approved,
            "top": one.approved + one.over,
        }


def _states(one: PlacesOnDay) -> tuple[int, ...]:
    return one.approved, one.over, one.filled, one.not_available, one.vacant


def _labels(series: Sequence[PlacesOnDay], top: int, canvas: Canvas) -> list[Label]:
    """What each band is at the end, from the top down, with what it was at the start."""
    first, last = series[0], series[-1]

    def under(name: str) -> str:
        if len(series) == 1:
            return ""
        year = "" if first.day.year == last.day.year else f" {first.day.year}"
        return f"{getattr(first, name):,} on {first.day.day} {first.day:%B}{year}"

    over = f", {last.over:,} over" if last.over else ""
    line = _height(last.approved, top, canvas)
    found = [Label(line, f"{last.approved:,} approved{over}", under("approved"), INK)]
    base = last.approved + last.over
    for band in reversed(BANDS):
        size = getattr(last, band.name)
        words = f"{size:,} {band.name.replace('_', ' ')}"
        middle = _height(base - size / 2, top, canvas)
        found.append(Label(middle, words, under(band.name), band.text, band.inside, band.halo))
        base -= size
    return found


def spread(labels: Sequence[Label], canvas: Canvas) -> list[Label]:
    """The labels moved apart where two would touch, from the top down and none below the plot.

    Inside the bands the first stands above them all.
    """
    apart = APART[canvas.is_narrow]
    placed: list[Label] = []
    for label in labels:
        lowest = placed[-1].y + apart if placed else ABOVE
        y = ABOVE if canvas.is_narrow and not placed else max(label.y, lowest)
        placed.append(label._replace(y=y))
    floor: float = canvas.height - apart / 2
    for at in reversed(range(len(placed))):
        placed[at] = placed[at]._replace(y=min(placed[at].y, floor))
        floor = placed[at].y - apart
    return placed


def _words(label: Label, canvas: Canvas) -> Iterator[alt.Chart]:
    if not canvas.is_narrow:
        beside = canvas.width + 8
        yield _text(label.words, beside, label.y, label.colour, fontSize=14, fontWeight=700)
        yield _text(label.under, beside, label.y + 17, SOFT)
        return
    bold: dict[str, Any] = {"align": "right", "fontWeight": 700}
    x = canvas.width - 6
    halo = {"stroke": label.halo, "strokeWidth": 5, "strokeJoin": "round"}
    yield _text(label.words, x, label.y, label.halo, **(bold | halo))
    yield _text(label.words, x, label.y, label.inside, **bold)


def _text(words: str, x: float, y: float, colour: str, **given: Any) -> alt.Chart:
    import altair as alt

    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 13} | given
    chart = alt.Chart(_data([{}])).mark_text(text=words, color=colour, **style)
    marked: alt.Chart = chart.encode(x=alt.value(x), y=alt.value(y))
    return marked


def _data(rows: Iterable[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def _axis(canvas: Canvas) -> dict[str, Any]:
    return {
        "labelFontSize": 13,
        "labelColor": INK,
        "tickColor": RULE,
        "domainColor": INK,
        "labelOverlap": False,
        "labelFlush": False,
        "labelLimit": canvas.width,
    }


def _height(value: float, top: int, canvas: Canvas) -> float:
    return canvas.height * (1 - value / top)


def _values(top: int) -> list[int]:
    """The numbers at the side, from 0."""
    step = next((one for one in STEPS if top / one <= LINES), top)
    return list(range(0, top + 1, step))


def _ticks(days: Days, canvas: Canvas) -> tuple[list[int], str]:
    """Days, months or years that are named, no more than there is room for, and how."""
    if days.count <= BRIEF:
        most = canvas.width // 56
        step = next(one for one in (1, 2, 7, 14, 28) if days.count / one <= most)
        firsts: Iterable[date] = (
            days.first + timedelta(days=number) for number in range(0, days.count, step)
        )
        return [_at(day) for day in firsts], "%-d %b"
    months = list(_months(days))
    is_long = len(months) > 13
    most = canvas.width // (72 if is_long else 38)
    step = next((one for one in MONTHS if len(months) / one <= most), MONTHS[-1])
    shown = [day for day in months if (day.month - 4) % 12 % min(step, 12) == 0]
    if step > 12:
        shown = shown[:: step // 12]
    return [_at(day) for day in shown], "%b %Y" if is_long else "%b"


def _months(days: Days) -> Iterator[date]:
    """The first days of months in a period."""
    first = days.first if days.first.day == 1 else add_months(days.first.replace(day=1), 1)
    while first <= days.last:
        yield first
        first = add_months(first, 1)


def _at(day: date) -> int:
    """A day on the axis, in milliseconds: it has no time of its own."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
