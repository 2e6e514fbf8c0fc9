"""The ledger after the load: more children than places, more withheld than is left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain.capacity import Capacity
from carers.domain.clock import local_day
from carers.domain.period import Period
from carers.domain.register import Approval
from carers.exchange.checks_register import may_tell, touched_homes
from carers.exchange.findings import Report
from carers.exchange.records import Record, Records

A_DAY = timedelta(days=1)
NOTHING = Capacity(0, 0, 0)


@dataclass
class Home:
    """A household of full approval with its current rows."""

    record: Record
    terms: Sequence[Record]
    stays: Sequence[Record]
    holds: Sequence[Record]
    confirmations: Sequence[Record]

    def spells(self) -> list[tuple[date, Capacity, int]]:
        """Each day on which a number changes, the places from then on and those withheld."""
        changes: dict[date, list[int]] = {}
        for index, day, places in self._steps():
            changes.setdefault(day, [0, 0, 0])[index] += places
        totals, spells = [0, 0, 0], []
        for day in sorted(changes):
            totals = [total + change for total, change in zip(totals, changes[day], strict=True)]
            approved, filled, withheld = totals
            capacity = Capacity.of(approved=approved, filled=filled, recorded=withheld)
            spells.append((day, capacity, withheld))
        return spells

    def _steps(self) -> Iterator[tuple[int, date, int]]:
        """What each row adds on its first day and takes back on the day it ends."""
        approved, ended = self.record["approved_on"], self.record["ended_on"]
        rows = [
            (0, max(one["from_on"], approved), _earlier(one["until_on"], ended), one["places"])
            for one in self.terms
        ]
        rows += [(1, one["from_on"], one["until_on"], one["places_used"]) for one in self.stays]
        rows += [(2, one["from_on"], one["until_on"], one["places"]) for one in self.holds]
        for index, begins, ends, places in rows:
            if ends is None or ends > begins:
                yield index, begins, places
                if ends is not None:
                    yield index, ends, -places


def check(records: Records, report: Report) -> None:
    """Findings of each home that the folder touches (METRICS, Capacity on a day)."""
    files = ("terms", "placements", "unavailability", "confirmations")
    rows_of = [records.by(file, "household_id") for file in files]
    for record in touched_homes(records):
        if record["approval"] is Approval.FULL:
            home = Home(record, *(of.get(record, []) for of in rows_of))
            spells = home.spells()
            _crowded(home, spells, report)
            _withheld(home, spells, report)
            _confirmed(home, spells, report)


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None


def _runs(days: Sequence[date], is_so: Sequence[bool]) -> Iterator[Period]:
    """The longest runs of days between changes on which something is so."""
    start: date | None = None
    for day, so in zip(days, is_so, strict=True):
        if so and start is None:
            start = day
        elif not so and start is not None:
            yield Period(start, day)
            start = None
    if start is not None:
        yield Period(start)


def _crowded(home: Home, spells: Sequence[tuple[date, Capacity, int]], report: Report) -> None:
    days = [day for day, *_ in spells]
    for run in _runs(days, [capacity.over > 0 for _, capacity, _ in spells]):
        sentence = f"more children than places in household {home.record.ref} {_words(run)}"
        _tell(home, home.stays, run, sentence, report)


def _withheld(home: Home, spells: Sequence[tuple[date, Capacity, int]], report: Report) -> None:
    days = [day for day, *_ in spells]
    too_many = [withheld > capacity.not_available for _, capacity, withheld in spells]
    for run in _runs(days, too_many):
        sentence = f"more places withheld than are left in household {home.record.ref}"
        _tell(home, home.holds, run, f"{sentence} {_words(run)}", report)


def _tell(home: Home, rows: Sequence[Record], run: Period, sentence: str, report: Report) -> None:
    """Beside the last row to begin by then; else any of the household’s that the folder has."""
    there = [row for row in rows if Period(row["from_on"], row["until_on"]).covers(run.start)]
    begun = sorted(there, key=lambda row: row["from_on"], reverse=True)
    others = [home.record, *home.terms, *home.stays, *home.holds, *home.confirmations]
    for record in (*begun, *others):
        if record.row is not None:
            report.finding(record.row, "from_on" if record in begun else None, sentence)
            return


def _words(run: Period) -> str:
    if run.end is None:
        return f"from {run.start} on"
    last = run.end - A_DAY
    return f"from {run.start} to {last}" if last > run.start else f"on {run.start}"


def _confirmed(home: Home, spells: Sequence[tuple[date, Capacity, int]], report: Report) -> None:
    """A number that differs from the ledger changes nothing, and is told."""
    days = [day for day, *_ in spells]
    for said in home.confirmations:
        if said.row is None or said["vacant"] is None:
            continue
        index = bisect_right(days, local_day(said["at"]))
        vacant = (spells[index - 1][1] if index else NOTHING).vacant
        if vacant != said["vacant"]:
            number = vacant if may_tell(said.row, home.record) else "another number"
            words = f"household {home.record.ref} has {number} vacant by the records of that day"
            report.finding(said.row, "vacant", words)
