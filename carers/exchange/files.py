"""The files of a folder or a zip, read into rows; nothing here knows what a row means."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from carers.exchange.findings import Report, Row

LARGEST_LOAD = 2 * 1024**3  # bytes, unpacked
LARGEST_CELL = 1024**2  # characters

EXPECTED_TEXT = "UTF-8 text, comma separated"
EXPECTED_FOLDER = "a folder, or a zip, of CSV files"

csv.field_size_limit(LARGEST_CELL)


@dataclass(eq=False)
class Sheet:
    """One file's header and rows; ``is_whole`` where every row of it could be taken."""

    file: str
    header: list[str]
    rows: list[Row] = field(default_factory=list)
    is_whole: bool = True

    @property
    def name(self) -> str:
        return self.file.removesuffix(".csv")


def contents(folder: Path, report: Report) -> dict[str, bytes]:
    """What is in a folder or a zip, by file name; what cannot be read is a fault."""
    try:
        return dict(sorted(_of_folder(folder) if folder.is_dir() else _of_zip(folder)))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError):
        report.fault_at(folder.name, "not a zip that can be read", EXPECTED_FOLDER)
    except OSError as error:
        name = Path(str(error.filename or folder)).name
        report.fault_at(name, f"cannot be read: {error.strerror}", EXPECTED_FOLDER)
    return {}


def sheet_of(file: str, content: bytes, report: Report) -> Sheet | None:
    """A file as rows; none where it has no header to read them by."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.fault_at(file, "not UTF-8", "UTF-8 text", line=line)
        return None
    rows = _rows(file, text, report)
    line, header = next(rows, (1, None))
    if header is None:
        report.fault_at(file, "no header row", "a header row with the names of the columns")
    if not header:
        return None
    sheet = Sheet(file, [cell.strip() for cell in header])
    for line, cells in rows:
        _take(sheet, line, cells, report)
    return sheet


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.iterdir():
        if not path.name.startswith("."):
            yield path.name, path.read_bytes() if path.is_file() else b""


def _of_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a zip, whether or not they stand in one folder inside it."""
    with zipfile.ZipFile(path) as packed:
        members = [one for one in packed.infolist() if not one.is_dir()]
        members = [one for one in members if not _is_hidden(one.filename)]
        if sum(one.file_size for one in members) > LARGEST_LOAD:
            raise zipfile.LargeZipFile
        folders = {PurePosixPath(one.filename).parent for one in members}
        outside = next(iter(folders)) if len(folders) == 1 else PurePosixPath()
        for one in members:
            yield str(PurePosixPath(one.filename).relative_to(outside)), packed.read(one)


def _is_hidden(name: str) -> bool:
    """What an operating system leaves beside the files."""
    parts = PurePosixPath(name).parts
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)


def _rows(file: str, text: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Each row with its first line; what is not CSV ends the file with a fault."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        report.fault_at(file, f"a row that is not CSV: {error}", EXPECTED_TEXT, line=line)
        yield line, []


def _take(sheet: Sheet, line: int, cells: list[str], report: Report) -> None:
    if not cells:
        sheet.is_whole = False
    elif len(cells) != len(sheet.header):
        sheet.is_whole = False
        wrong = "too many" if len(cells) > len(sheet.header) else "too few"
        report.fault_at(
            sheet.file,
            f"{wrong} cells: {len(cells)}, where the header has {len(sheet.header)}",
            f"{len(sheet.header)} cells",
            line=line,
        )
    else:
        stripped = (cell.strip() for cell in cells)
        sheet.rows.append(Row(sheet.file, line, dict(zip(sheet.header, stripped, strict=True))))
