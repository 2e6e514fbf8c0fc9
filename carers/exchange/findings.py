"""What a load found: faults that refuse it, findings that do not, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_TOLD = 1000


@dataclass(frozen=True)
class Fault:
    """What is wrong and what would be right. ``line`` counts the header as 1."""

    file: str
    line: int
    column: str | None
    value: str | None
    problem: str
    expected: str


@dataclass(frozen=True)
class Finding:
    """History that breaks today's practice but happened: it loads all the same."""

    file: str
    line: int
    column: str | None
    value: str | None
    finding: str


@dataclass(frozen=True)
class Counts:
    """Rows of one file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a load ended; the first 1,000 faults and findings are told (REPORTS, Loading)."""

    written: bool
    dry_run: bool
    fault_count: int
    faults: tuple[Fault, ...]
    finding_count: int
    findings: tuple[Finding, ...]
    files: Mapping[str, Counts]

    @property
    def is_refused(self) -> bool:
        return self.fault_count > 0

    def as_json(self) -> dict[str, Any]:
        return {
            "written": self.written,
            "dry_run": self.dry_run,
            "fault_count": self.fault_count,
            "faults": [asdict(fault) for fault in self.faults],
            "finding_count": self.finding_count,
            "findings": [asdict(finding) for finding in self.findings],
            "files": {name: asdict(counts) for name, counts in self.files.items()},
        }


@dataclass(eq=False)
class Row:
    """A row of a file, by its first line; ``cells`` are those of the columns that are known."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass
class Report:
    """Everything found so far."""

    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, row: Row, column: str | None, problem: str, expected: str) -> None:
        value = row.cells.get(column) if column else None
        self.faults.append(Fault(row.file, row.line, column, value, problem, expected))

    def fault_at(
        self, file: str, problem: str, expected: str, *, line: int = 1, column: str | None = None
    ) -> None:
        """A fault of a file, or of its header."""
        self.faults.append(Fault(file, line, column, None, problem, expected))

    def has_fault(self, file: str) -> bool:
        return any(fault.file == file for fault in self.faults)

    def finding(self, row: Row, column: str | None, sentence: str) -> None:
        value = row.cells.get(column) if column else None
        self.findings.append(Finding(row.file, row.line, column, value, sentence))

    def refused(self, *, dry_run: bool) -> Outcome:
        """Nothing is written."""
        told = sorted(self.faults, key=lambda fault: (fault.file, fault.line))
        return Outcome(
            written=False,
            dry_run=dry_run,
            fault_count=len(told),
            faults=tuple(told[:MOST_TOLD]),
            finding_count=0,
            findings=(),
            files={},
        )

    def accepted(self, files: Mapping[str, Counts], *, dry_run: bool) -> Outcome:
        told = sorted(self.findings, key=lambda finding: (finding.file, finding.line))
        return Outcome(
            written=not dry_run,
            dry_run=dry_run,
            fault_count=0,
            faults=(),
            finding_count=len(told),
            findings=tuple(told[:MOST_TOLD]),
            files=dict(sorted(files.items())),
        )
