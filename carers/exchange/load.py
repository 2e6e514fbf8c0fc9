"""A folder of files loaded as a whole, or refused as a whole (EXCHANGE, Rules)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from uuid import UUID

from carers.db import db, loading, set_viewer, transaction
from carers.domain.standards import DEFAULTS
from carers.exchange import (
    checks_capacity,
    checks_pipeline,
    checks_placements,
    checks_register,
    checks_rows,
    checks_searches,
    checks_temporary,
    existing,
    files,
    references,
    rows,
)
from carers.exchange.columns import SERVICE
from carers.exchange.files import Sheet
from carers.exchange.findings import Counts, Outcome, Report
from carers.exchange.journal import Journal
from carers.exchange.records import Record, Records
from carers.exchange.tables import FILES
from carers.exchange.writing import Writing, write

Progress = Callable[[int, int], None]

SERVICES = "services"


def load_folder(
    folder: Path,
    *,
    by_name: str = "flask import",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Load a folder or a zip in one transaction, which this commits; as the worker role.

    ``progress`` is told how many rows of how many are done, each counted twice: read, then
    written. Raises RuleBroken or Busy where somebody’s change meanwhile forbids the load.
    """
    report = Report()
    sheets = read(folder, report)
    counted = Counted(2 * sum(len(sheet.rows) for sheet in sheets.values()), progress)
    try:
        with transaction():
            outcome = _load(sheets, report, counted, by_name=by_name, dry_run=dry_run)
            if not outcome.written:
                db.session.rollback()
    finally:
        db.session.remove()
    return outcome


class Counted:
    """Rows done, told to whoever shows progress, whenever another hundredth is."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done = 0
        self.total = total
        self.progress = progress

    def more(self, count: int) -> None:
        before = 100 * self.done // max(self.total, 1)
        self.done += count
        if self.progress is not None and 100 * self.done // max(self.total, 1) > before:
            self.progress(self.done, self.total)


def read(folder: Path, report: Report) -> dict[str, Sheet]:
    """The files of a folder by name; one that is not listed, or not built yet, is a fault."""
    sheets: dict[str, Sheet] = {}
    contents = files.contents(folder, report)
    known = {file.file: name for name, file in FILES.items()}
    for name, content in contents.items():
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1, cutoff=0.8)
            expected = f"one of {', '.join(sorted(known))}"
            expected += f": perhaps {near[0]}" if near else ""
            report.fault_at(name, "no file of this name can be loaded", expected)
        elif (sheet := files.sheet_of(name, content, report)) is not None:
            sheets[known[name]] = sheet
    if f"{SERVICES}.csv" not in contents and (contents or not report.faults):
        report.fault_at(f"{SERVICES}.csv", "the file is missing", "services.csv in every folder")
    return sheets


def _load(
    sheets: Mapping[str, Sheet],
    report: Report,
    counted: Counted,
    *,
    by_name: str,
    dry_run: bool,
) -> Outcome:
    loading()
    existing.wait_for_other_loads()
    records, service_ids = take(sheets, report, counted, is_locking=not dry_run)
    if report.faults:
        return report.refused(dry_run=dry_run)
    if not dry_run:
        write(Writing(records, Journal(by_name), counted.more), service_ids)
    return report.accepted(counts(sheets, records), dry_run=dry_run)


def take(
    sheets: Mapping[str, Sheet], report: Report, counted: Counted, *, is_locking: bool
) -> tuple[Records, Sequence[UUID]]:
    """The records as they would stand, checked; and the services that the database holds."""
    records = Records()
    not_whole = {name for name in FILES if name not in sheets and report.has_fault(f"{name}.csv")}
    existing.services(records)
    if SERVICES in sheets:
        rows.take(sheets[SERVICES], records, report, not_whole, counted.more)
    named = _named(sheets, records)
    service_ids = _ids_of(named, records)
    set_viewer(service_ids)
    if is_locking:
        existing.lock([one.id for one in named if not one.is_new])
    existing.all_of(records, service_ids)
    for name in FILES:
        if name in sheets and name != SERVICES:
            rows.take(sheets[name], records, report, not_whole, counted.more)
    check(records, report, not_whole)
    return records, service_ids


def check(records: Records, report: Report, not_whole: set[str]) -> None:
    """Everything that can be wrong with records that could be read."""
    for setting in records.all_of("settings"):
        if setting["value"] is None:  # emptied: the default again, from that day
            setting.values["value"] = DEFAULTS.get(setting["key"])
    checks_rows.check(records, report)
    checks_register.check_people_at_work(records, report)
    checks_register.check_targets(records, report, not_whole)
    checks_register.check_terms(records, report, not_whole)
    checks_placements.check(records, report)
    checks_pipeline.check(records, report)
    checks_searches.check(records, report)
    checks_capacity.check(records, report)
    checks_temporary.check(records, report)


def counts(sheets: Mapping[str, Sheet], records: Records) -> dict[str, Counts]:
    """Of each file of the folder."""
    return {sheet.file: _count(records.all_of(name)) for name, sheet in sheets.items()}


def _count(records: Sequence[Record]) -> Counts:
    taken = [one for one in records if one.row is not None]
    added = sum(one.is_new and not one.is_left_out for one in taken)
    changed = sum(not one.is_new and (bool(one.changes) or one.is_restated) for one in taken)
    return Counts(added, changed, len(taken) - added - changed)


def _named(sheets: Mapping[str, Sheet], records: Records) -> list[Record]:
    """The services that a folder is of."""
    codes = {
        row.cells[SERVICE]
        for sheet in sheets.values()
        for row in sheet.rows
        if SERVICE in row.cells
    }
    named = {records.find(SERVICES, None, code) for code in codes}
    named |= {one for one in records.all_of(SERVICES) if one.row is not None}
    return [one for one in named if one is not None]


def _ids_of(named: Sequence[Record], records: Records) -> list[UUID]:
    """These and all that share a service with them, of those that the database holds."""
    known = [one for one in records.all_of(SERVICES) if not one.is_new]
    family = {other for one in named for other in references.family_of(one, known)}
    return sorted(one.id for one in family)
