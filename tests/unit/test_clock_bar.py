"""Both clocks of a case on one bar: its words, and that no two of its labels touch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from carers.blueprints.enquiries import bar
from carers.blueprints.enquiries.bar import NARROW, WIDE, Clocks, Drawing, Label
from carers.domain.cases import fold
from carers.domain.standards import Standards
from tests.unit.histories import TO_DECISION, TO_PANEL, day, history

APPLIED = "application_received 2021-04-01T10:00"  # target 1 October, standard 1 December
STAGE2 = (APPLIED, "stage1_started 2021-04-02", "stage2_started 2021-06-10")
PAUSE = ("paused 2021-07-01 applicant", "resumed 2021-07-21")
DECIDED = (*TO_DECISION, "decided 2021-09-18T12:00 approve")


def clocks(today: str, *lines: str) -> Clocks | None:
    told = history(*lines)
    return bar.clocks(fold(told, Standards.of({})), told, day(today))


def drawn(today: str, *lines: str) -> Clocks:
    found = clocks(today, *lines)
    assert found is not None
    return found


def wide(today: str, *lines: str) -> Drawing:
    return drawn(today, *lines).drawings[0]


def said(drawing: Drawing) -> list[str]:
    return [label.words for label in drawing.labels]


def kinds(drawing: Drawing) -> set[str]:
    return {upright.kind for upright in drawing.uprights}


def test_before_the_application_there_is_no_bar():
    assert clocks("2021-04-01", "contacted 2021-03-01T15:00") is None


@pytest.mark.parametrize(
    ("today", "lines", "finding"),
    [
        ("2021-09-17", STAGE2, "Target in 14 days"),
        ("2021-10-01", STAGE2, "Target today"),
        ("2021-10-13", STAGE2, "Past target by 12 days"),
        ("2021-12-02", STAGE2, "Past target by 62 days; past the eight-month standard"),
        ("2021-08-02", TO_PANEL, "Target in 60 days; panel inside the eight-month standard"),
        (
            "2021-08-02",
            (*STAGE2, "panel_booked 2021-08-01 2021-12-02"),
            "Target in 60 days; panel after the eight-month standard",
        ),
        ("2021-12-25", DECIDED, "Decided in 170 days, within the target"),
        (
            "2021-12-25",
            (*TO_DECISION, "decided 2021-10-02T12:00 approve"),
            "Decided in 184 days, 1 day past the target",
        ),
        (
            "2021-12-25",
            (*STAGE2, "withdrawn 2021-08-01 AW1"),
            "The clocks stopped on 1 August 2021, when the case was closed",
        ),
    ],
)
def test_the_heading_says_the_finding(today, lines, finding):
    assert drawn(today, *lines).finding == finding


def test_days_net_of_the_applicants_pauses_never_stand_without_calendar_days():
    assert drawn("2021-09-17", *STAGE2).counted == "169 days since the application"
    paused = drawn("2021-09-17", *STAGE2, *PAUSE)
    assert paused.counted == "169 days since the application, 149 without the applicant’s pauses"
    assert drawn("2021-12-25", *DECIDED).counted == "170 days from the application"


def test_time_used_is_followed_by_time_to_come_up_to_what_is_booked_or_due():
    drawing = wide("2021-08-02", *TO_PANEL)

    assert drawing.used.x == 0
    assert drawing.to_come is not None
    assert drawing.to_come.x == drawing.used.width
    target = next(one.x for one in drawing.uprights if one.kind == "target")
    assert drawing.to_come.x + drawing.to_come.width == pytest.approx(target, abs=0.2)


def test_the_clocks_stop_at_the_decision():
    drawing = wide("2021-12-25", *DECIDED)

    assert drawing.to_come is None
    assert "today" not in kinds(drawing)
    assert drawing.used.width == drawing.decision
    assert drawing.is_decided


def test_the_circle_stands_only_once_a_panel_is_booked():
    assert wide("2021-07-01", *STAGE2).panel is None
    booked = wide("2021-08-02", *TO_PANEL)
    assert booked.panel is not None
    assert "○ Panel 1 September" in said(booked)


def test_the_diamond_is_hollow_until_it_is_decided():
    assert wide("2021-08-02", *TO_PANEL).decision is None
    due = wide("2021-09-07", *TO_DECISION)
    assert due.decision is not None
    assert not due.is_decided
    assert "◇ Decision due 15 September" in said(due)
    assert "◆ Decision 18 September" in said(wide("2021-12-25", *DECIDED))


def test_a_pause_is_drawn_on_its_days_and_says_whose_it_was():
    drawing = wide("2021-09-17", *STAGE2, *PAUSE)

    (pause,) = drawing.pauses
    days = drawing.used.width / 169
    assert pause.x == pytest.approx(91 * days, abs=1)
    assert pause.width == pytest.approx(20 * days, abs=1)
    assert "Paused 20 days (the applicant)" in said(drawing)


def test_a_narrow_drawing_has_fewer_words():
    narrow = said(drawn("2021-09-17", *STAGE2, *PAUSE).drawings[1])

    assert {"Standard (panel): 1 Dec", "Six-month target: 1 Oct", "Paused 20 days"} <= set(narrow)


def test_a_pause_that_runs_ends_today_and_several_are_counted():
    drawing = wide("2021-08-20", *STAGE2, *PAUSE, "paused 2021-08-10 third_party")

    assert len(drawing.pauses) == 2
    last = drawing.pauses[-1]
    assert last.x + last.width == pytest.approx(drawing.used.width, abs=0.2)
    assert "Paused 30 days, 2 times" in said(drawing)


def test_the_table_has_every_day_in_words():
    lines = (*STAGE2, *PAUSE, "panel_booked 2021-08-01 2021-09-01")
    rows = {name: (when, words) for name, when, words in drawn("2021-09-17", *lines).table}

    assert rows["Application received"] == ("1 April 2021", "Both clocks start")
    assert rows["Paused (the applicant)"] == ("1 July 2021", "Until 21 July 2021, 20 days")
    assert rows["Six-month target"] == ("1 October 2021", "To the decision: 14 days left")
    assert rows["Target without the applicant’s pauses"] == ("21 October 2021", "For comparison")
    assert rows["Eight-month standard"] == (
        "1 December 2021",
        "To the panel’s recommendation: 75 days left",
    )
    assert rows["Panel"] == ("1 September 2021", "Booked")
    assert "Decision" not in rows


def test_each_clock_stops_at_its_own_end_in_the_table():
    late = (*TO_DECISION, "decided 2021-10-02T12:00 approve")
    rows = {name: words for name, _, words in drawn("2022-02-01", *late).table}

    assert rows["Six-month target"] == "To the decision: 1 day over"
    assert rows["Eight-month standard"] == "To the panel’s recommendation: in time"
    withdrawn = drawn("2022-02-01", *STAGE2, "withdrawn 2021-08-01 AW1").table
    assert ("Case closed", "1 August 2021", "Both clocks stop") in withdrawn
    assert ("Six-month target", "1 October 2021", "To the decision: stopped") in withdrawn


CASES = {
    "new": (APPLIED,),
    "paused": (*STAGE2, "paused 2021-09-20 applicant"),
    "early panel": (*STAGE2, "panel_booked 2021-04-03 2021-04-05"),
    "late panel": (*STAGE2, *PAUSE, "panel_booked 2021-09-01 2022-03-30"),
    "to decide": TO_DECISION,
    "decided": DECIDED,
    "withdrawn": (*STAGE2, "withdrawn 2021-04-20 AW1"),
}


@pytest.mark.parametrize("after", [0, 1, 30, 170, 184, 250, 800])
@pytest.mark.parametrize("lines", CASES.values(), ids=list(CASES))
def test_labels_stay_inside_the_drawing_and_never_touch(lines, after):
    known = [
        line for line in lines if day(line.split()[1][:10]) <= day("2021-04-01") + _days(after)
    ]
    found = drawn(str(day("2021-04-01") + _days(after)), *known)

    assert [drawing.frame for drawing in found.drawings] == [WIDE, NARROW]
    for drawing in found.drawings:
        boxes = [_box(label) for label in drawing.labels]
        for number, (left, right, y) in enumerate(boxes):
            assert left >= 0, drawing.labels[number]
            assert right <= drawing.frame.width, drawing.labels[number]
            assert y < drawing.height
            for other_left, other_right, other_y in boxes[:number]:
                is_beside = right <= other_left or other_right <= left
                assert is_beside or abs(y - other_y) >= 14, drawing.labels[number]


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _box(label: Label) -> tuple[float, float, int]:
    """From and to where a label's words reach, in the widest font met."""
    long = len(label.words) * (bar.BOLD if label.is_bold else bar.LETTER)
    left = label.x - long if label.anchor == "end" else label.x
    return left, left + long, label.y
