"""From the rows of a file to records: cells read, references found, known rows changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from carers.exchange import formats, references
from carers.exchange.columns import SERVICE, VOID, Column, File
from carers.exchange.files import Sheet
from carers.exchange.findings import Report, Row
from carers.exchange.formats import Wrong
from carers.exchange.records import Record, Records, key_of
from carers.exchange.tables import FILES

ONCE = "one row for each in a folder"


@dataclass
class Later:
    """A cell that names another row of its own file: looked up once they are all there."""

    column: Column
    record: Record
    text: str


@dataclass
class Taking:
    """One file being taken in."""

    file: File
    sheet: Sheet
    records: Records
    report: Report
    not_whole: set[str]  # files with rows that could not be taken: what names them is not judged
    later: list[Later] = field(default_factory=list)
    lacking: dict[str, int] = field(default_factory=dict)  # a required column, and who needs it
    here: frozenset[str] = frozenset()

    def fault(self, row: Row, column: str | None, problem: str, expected: str) -> None:
        self.report.fault(row, column, problem, expected)


def take(
    sheet: Sheet,
    records: Records,
    report: Report,
    not_whole: set[str],
    told: Callable[[int], None],
) -> None:
    """Put the rows of one file among the records; what is wrong with a cell or row is a fault.

    ``told`` hears of each row, so that progress can be shown.
    """
    taking = Taking(FILES[sheet.name], sheet, records, report, not_whole)
    if not sheet.is_whole:
        not_whole.add(sheet.name)
    if not _header(taking):
        not_whole.add(sheet.name)
        return
    for row in sheet.rows:
        if not _take_row(taking, row):
            not_whole.add(sheet.name)
        told(1)
    _lookup_later(taking)
    _tell_of_lacking(taking)


def _header(taking: Taking) -> bool:
    """Whether rows can be known by these columns; unknown and repeated ones are faults."""
    file, header = taking.file, taking.sheet.header
    for name in dict.fromkeys(header):
        if name not in file.names:
            near = get_close_matches(name.lower(), file.names, n=1, cutoff=0)
            expected = f"one of its columns: the nearest is {near[0]}"
            _of_header(taking, name, f"{file.file} has no column of this name", expected)
        elif header.count(name) > 1:
            _of_header(taking, name, "the column stands in the header more than once", "it once")
    missing = [name for name in file.needed if name not in header]
    for name in missing:
        _of_header(taking, name, "the column is missing", f"a column {name}, which is required")
    taking.here = frozenset(header) & frozenset(file.names)
    return not missing


def _of_header(taking: Taking, name: str, problem: str, expected: str) -> None:
    taking.report.fault_at(taking.file.file, problem, expected, column=name)


def _take_row(taking: Taking, row: Row) -> bool:
    """Whether the row is known by its key, and so among the records."""
    service = _service(taking, row)
    if service is None and taking.file.name != "services":
        return False
    is_void = _is_void(taking, row)
    reading = Reading(taking, row, service, is_void)
    values = reading.values()
    if not reading.has_key:
        return False
    owner = values["household_id"].service if _has_home(taking.file, values) else service
    key = key_of(taking.file, owner, values)
    known = taking.records.known_by(key)
    if known is not None and known.row is not None:
        problem = f"the same {' and '.join(taking.file.key)} as in line {known.row.line}"
        column = taking.file.key[0] if len(taking.file.key) == 1 else None
        taking.fault(row, column, problem, ONCE)
        return True
    record = known or _new(taking, row, owner, values, is_void=is_void)
    _change(record, row, values, is_void=is_void)
    record.is_sound = record.is_sound and reading.is_sound
    taking.later += [Later(column, record, text) for column, text in reading.later]
    return True


def _has_home(file: File, values: dict[str, Any]) -> bool:
    return file.of_household and values.get("household_id") is not None


def _service(taking: Taking, row: Row) -> Record | None:
    if taking.file.name == "services":
        return None
    code = row.cells[SERVICE]
    found = taking.records.find("services", None, code)
    if found is None and not code:
        taking.fault(row, SERVICE, "empty, and required", "the code of a row of services.csv")
    elif found is None and "services" not in taking.not_whole:
        problem = "there is no service with this code"
        taking.fault(row, SERVICE, problem, "the code of a row of services.csv")
    return found


def _is_void(taking: Taking, row: Row) -> bool | None:
    """What the row says of it; none where it says nothing."""
    if VOID not in taking.here:
        return None
    try:
        return bool(row.cells[VOID]) and formats.truth(row.cells[VOID])
    except Wrong as wrong:
        taking.fault(row, VOID, wrong.problem, wrong.expected)
        return False


def _new(
    taking: Taking,
    row: Row,
    owner: Record | None,
    values: dict[str, Any],
    *,
    is_void: bool | None,
) -> Record:
    required = (column.name for column in taking.file.columns if column.is_required)
    lacking = [] if is_void else [name for name in required if name not in taking.here]
    for name in lacking:
        taking.lacking.setdefault(name, row.line)
    defaults = {column.attribute: column.empty for column in taking.file.columns}
    record = Record(taking.file, owner, {**defaults, **values}, is_sound=not lacking)
    if taking.file.keeps:
        record.values["is_void"] = False
    taking.records.add(record)
    return record


def _change(record: Record, row: Row, values: dict[str, Any], *, is_void: bool | None) -> None:
    """Make a record what its row says: of a void row, only that it is void."""
    record.row = row
    if not is_void:
        record.values.update(values)
    if is_void is not None:
        record.values["is_void"] = is_void


@dataclass
class Reading:
    """One row's cells. Of a void row only the key, and the form of the others, is judged."""

    taking: Taking
    row: Row
    service: Record | None
    is_void: bool | None
    is_sound: bool = True
    has_key: bool = True
    later: list[tuple[Column, str]] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """By attribute; those that could not be read are left out."""
        read: dict[str, Any] = {}
        for column in self.taking.file.columns:
            if column.name in self.taking.here:
                try:
                    value = self._value(column, self.row.cells[column.name])
                except Wrong as wrong:
                    self._fault(column, wrong)
                else:
                    read[column.attribute] = value
        return read

    def _value(self, column: Column, text: str) -> Any:
        formats.words(text)
        is_key = column.name in self.taking.file.key
        if not (text.strip("; ") if column.is_many else text):
            if column.is_required and (is_key or not self.is_void):
                raise Wrong("empty, and required", _expected(column))
            return column.empty
        if not column.refers_to:
            return column.reads(text)
        if column.is_many:
            return [self._one(column, one, is_key=is_key) for one in formats.listed(text)]
        if column.refers_to == self.taking.file.name:
            self.later.append((column, text))
            return None
        return self._one(column, text, is_key=is_key)

    def _one(self, column: Column, text: str, *, is_key: bool) -> Record | None:
        found = references.find(self.taking.records, column, text, self.service)
        if found is None and (is_key or not self.is_void):
            raise Wrong(*references.missing(column, self.service))
        return found

    def _fault(self, column: Column, wrong: Wrong) -> None:
        self.is_sound = False
        if column.name in self.taking.file.key:
            self.has_key = False
        text = self.row.cells[column.name]
        if text and column.refers_to in self.taking.not_whole:
            return  # it may stand in a row that could not be taken
        self.taking.fault(self.row, column.name, wrong.problem, wrong.expected)


def _expected(column: Column) -> str:
    if column.refers_to:
        return f"the {FILES[column.refers_to].key[0]} of a row of {column.refers_to}.csv"
    return f"a {column.name}"


def _lookup_later(taking: Taking) -> None:
    for later in taking.later:
        record, column = later.record, later.column
        if record.is_void or record.row is None:
            continue
        found = references.find(taking.records, column, later.text, record.service)
        record.values[column.attribute] = found
        if wrong := _wrong_with(found, later):
            record.is_sound = False
            if found is not None or column.refers_to not in taking.not_whole:
                taking.fault(record.row, column.name, *wrong)
    for column in taking.file.links:
        if column.refers_to == taking.file.name:
            _refuse_circles(taking, column)


def _wrong_with(found: Record | None, later: Later) -> tuple[str, str] | None:
    if found is None:
        return references.missing(later.column, later.record.service)
    if found is later.record:
        return "the row names itself", f"another row of {later.column.refers_to}.csv"
    if found.is_void:
        return "the row that it names is void", f"a row of {found.file.file} that is not void"
    return None


def _refuse_circles(taking: Taking, column: Column) -> None:
    """A row that names a row that names it, however far round, names nothing."""
    done: set[Record] = set()
    for start in taking.records.all_of(taking.file.name):
        path: list[Record] = []
        at: Record | None = start
        while at is not None and at not in done:
            done.add(at)
            path.append(at)
            at = at[column.attribute]
        if at is not None and at in path and at[column.attribute] is not at:
            _refuse_circle(taking, column, path[path.index(at) :])


def _refuse_circle(taking: Taking, column: Column, circle: list[Record]) -> None:
    rows = [record.row for record in circle if record.row is not None]
    if rows:
        problem = "the rows name one another in a circle"
        taking.fault(max(rows, key=lambda row: row.line), column.name, problem, "an earlier record")


def _tell_of_lacking(taking: Taking) -> None:
    for name, line in taking.lacking.items():
        problem = f"the column is missing, and the record of line {line} is not known yet"
        _of_header(taking, name, problem, f"a column {name}, which new records require")
