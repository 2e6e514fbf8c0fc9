"""Placements in time: in a home while it is approved, and a child in one place a night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from carers.domain.children import FOSTERING
from carers.domain.period import Period
from carers.exchange.checks_register import may_tell, row_of, touched_homes
from carers.exchange.findings import Report
from carers.exchange.records import Record, Records


def check(records: Records, report: Report) -> None:
    of_home = records.by("placements", "household_id")
    for home in touched_homes(records):
        for stay in of_home.get(home, ()):
            _in_approval(home, stay, report)
            _place_type(home, stay, report)
    touched = {one["child_id"] for one in records.taken() if one.file.name == "placements"}
    for child, stays in records.by("placements", "child_id").items():
        if child in touched:
            _one_place_a_night(child, stays, report)


def _in_approval(home: Record, stay: Record, report: Report) -> None:
    row = row_of(stay, home)
    wrong = _outside(home, stay)
    if row is None or wrong is None:
        return
    column, column_of_home, problem, expected = wrong
    if not may_tell(row, home, stay):
        problem = f"a child is there while household {home.ref} is not approved"
        expected = "days on which it is approved"
    report.fault(row, column if row is stay.row else column_of_home, problem, expected)


def _outside(home: Record, stay: Record) -> tuple[str, str, str, str] | None:
    """The placement’s column, the household’s, what is wrong and what would be right."""
    approved, ended = home["approved_on"], home["ended_on"]
    begins: date = stay["from_on"]
    if begins < approved:
        problem = f"household {home.ref} was approved on {approved}, and a child came on {begins}"
        return "from_on", "approved_on", problem, f"a from_on of {approved} or later"
    if ended is None:
        return None
    if begins >= ended:
        problem = f"household {home.ref} ended on {ended}, and a child came on {begins}"
        return "from_on", "ended_on", problem, f"a from_on before {ended}"
    if stay["until_on"] is None or stay["until_on"] > ended:
        problem = f"household {home.ref} ended on {ended}, and a placement in it goes on"
        return "until_on", "ended_on", problem, f"an until_on of {ended} or earlier"
    return None


def _place_type(home: Record, stay: Record, report: Report) -> None:
    if stay.row is not None and stay["place_type"] not in FOSTERING:
        sentence = f"a placement in household {home.ref} with a place_type that is not fostering"
        report.finding(stay.row, "place_type", sentence)


def _one_place_a_night(child: Record, stays: Sequence[Record], report: Report) -> None:
    """But for a respite stay, within its main placement and in another home."""
    ordered = sorted(stays, key=lambda stay: (stay["from_on"], stay.ref))
    main = [stay for stay in ordered if stay["respite_of_id"] is None]
    respite = [stay for stay in ordered if stay["respite_of_id"] is not None]
    _apart(child, main, "is in two places", "a respite_of in the shorter stay", report)
    _apart(child, respite, "has two respite stays", "a later from_on here", report)
    for stay in respite:
        _within_main(stay, stay["respite_of_id"], report)


def _apart(
    child: Record, stays: Sequence[Record], words: str, otherwise: str, report: Report
) -> None:
    reaching: Record | None = None
    for stay in stays:
        period = _period(stay)
        if period.is_empty:
            continue
        if reaching is not None and _period(reaching).overlaps(period):
            row = row_of(stay, reaching)
            if row is not None:
                night = stay["from_on"]
                problem = f"child {child.ref} {words} on the night of {night}"
                pair = f"placements {reaching.ref} and {stay.ref}"
                expected = f"an until_on of {night} or earlier in {reaching.ref}, or {otherwise}"
                report.fault(row, None, f"{problem}: {pair}", expected)
        if reaching is None or _goes_on_after(stay, reaching):
            reaching = stay


def _period(stay: Record) -> Period:
    return Period(stay["from_on"], stay["until_on"])


def _goes_on_after(stay: Record, other: Record) -> bool:
    if other["until_on"] is None:
        return False
    return stay["until_on"] is None or bool(stay["until_on"] > other["until_on"])


def _within_main(stay: Record, main: Record, report: Report) -> None:
    row = row_of(stay, main)
    if row is None:
        return
    column = "respite_of" if row is stay.row else None
    if main.is_void:
        problem = f"placement {main.ref}, of which {stay.ref} is a respite stay, is void"
        report.fault(row, column, problem, "a placement that is not void")
    elif not main.is_sound:
        return
    elif main["child_id"] is not stay["child_id"]:
        problem = f"placement {main.ref} is of another child"
        report.fault(row, column, problem, "the child’s own placement that goes on meanwhile")
    elif _same_home(stay, main):
        problem = f"{stay.ref} is a respite stay in the home of its own main placement, {main.ref}"
        report.fault(row, column, problem, "another home, or a placement of its own")
    elif stay["from_on"] < main["from_on"] or _goes_on_after(stay, main):
        ends = main["until_on"] or "it ends"
        problem = f"respite stay {stay.ref} is outside its main placement, {main.ref}"
        report.fault(row, column, problem, f"days from {main['from_on']} until {ends}")


def _same_home(stay: Record, main: Record) -> bool:
    return any(
        stay[place] is not None and stay[place] is main[place]
        for place in ("household_id", "provider_id")
    )
