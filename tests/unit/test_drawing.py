"""Places day by day as a picture."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from carers.jobs import drawing
from carers.jobs.drawing import NARROW, WIDE, Canvas, Label
from carers.reports.occupancy import PlacesOnDay

SVG = "{http://www.w3.org/2000/svg}"
CANVASES = pytest.mark.parametrize("canvas", [WIDE, NARROW], ids=["wide", "narrow"])


def places(number: int, **given: int) -> PlacesOnDay:
    """On the so-manieth day from 1 April 2025."""
    named = {"approved": 10, "over": 1, "filled": 6, "not_available": 2, "vacant": 3} | given
    return PlacesOnDay(date(2025, 4, 1) + timedelta(days=number), **named)


def words_in(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  # our own


@CANVASES
def test_a_picture_asks_for_nothing_that_a_policy_could_refuse(canvas: Canvas):
    svg = drawing.picture([places(0), places(1, filled=7, vacant=2)], canvas)

    assert not re.search(r"\sstyle=|<style|<script|<image|\son[a-z]+=", svg)
    assert set(re.findall(r"https?://[^\"]*", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


@CANVASES
def test_each_state_is_named_at_its_band_with_what_it_is_at_the_end(canvas: Canvas):
    said = words_in(drawing.picture([places(0), places(1, filled=7, vacant=2)], canvas))

    assert {"10 approved, 1 over", "7 filled", "2 not available", "2 vacant"} <= set(said)
    assert ("6 on 1 April" in said) is not canvas.is_narrow


def test_what_nobody_can_use_is_striped_and_what_is_over_stands_above_the_line():
    svg = drawing.picture([places(0), places(1)], WIDE)

    assert svg.count('fill="url(#stripes)"') == 1
    assert 'id="stripes"' in svg
    assert svg.count(f'fill="{drawing.OVER}"') == 1


def test_bands_start_at_nought_and_reach_to_the_highest_day():
    said = words_in(drawing.picture([places(0), places(1, approved=40, vacant=33)], NARROW))

    assert [one for one in said if one.isdigit()] == ["0", "10", "20", "30", "40"]


def test_a_picture_of_one_day_says_no_more_than_the_day():
    said = words_in(drawing.picture([places(0)], WIDE))

    assert not [one for one in said if "on 1 April" in one]


@pytest.mark.parametrize(
    ("days", "first", "last", "count"),
    [
        (9, "1 Apr", "9 Apr", 9),
        (62, "1 Apr", "27 May", 9),
        (232, "Apr", "Nov", 8),
        (5 * 365, "Apr 2025", "Oct 2029", 10),
        (30 * 365, "Apr 2025", "Apr 2050", 6),
    ],
)
def test_days_months_or_years_are_named_as_there_is_room(days, first, last, count):
    svg = drawing.picture([places(0), places(days - 1)], WIDE)
    said = [one for one in words_in(svg) if re.fullmatch(r"([0-9]+ )?[A-Z][a-z]{2}( [0-9]+)?", one)]

    assert (said[0], said[-1], len(said)) == (first, last, count)


@CANVASES
def test_labels_never_touch_and_none_falls_below_the_plot(canvas: Canvas):
    thin = [Label(y, "", "", "") for y in (250, 256, 257, 258)]

    placed = [label.y for label in drawing.spread(thin, canvas)]

    apart = drawing.APART[canvas.is_narrow]
    gaps = [lower - upper for upper, lower in pairwise(placed)]
    assert min(gaps) >= apart
    assert placed[-1] <= canvas.height


def test_a_picture_of_many_days_holds_only_their_changes():
    still = [places(number) for number in range(1000)]

    assert len(drawing.picture(still, WIDE)) < len(drawing.picture(still[:9], WIDE)) + 2000
