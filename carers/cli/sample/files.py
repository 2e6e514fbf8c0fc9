"""The sample's records as a folder of CSV files (EXCHANGE, Files)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

Cell = str | int | bool | date | datetime | Sequence[str] | None
Row = dict[str, Cell]

COLUMNS: dict[str, str] = {
    "services": "code name kind gss_code ofsted_urn",
    "users": "service ref name email roles",
    "allocations": "service user enquiry household from_on until_on cover",
    "settings": "service key value from_on",
    "sources": "service code name kind",
    "campaigns": "service ref name source from_on until_on cost",
    "schemes": "service code name from_on until_on",
    "targets": "service measure segment shape first_on last_on value label",
    "enquiries": "service ref received_at route channel source campaign applicant_1 applicant_2"
    " email phone postcode interests spare_bedrooms duplicate_of returning_of",
    "pipeline": "service enquiry event at detail note",
    "households": "service ref name approval follows enquiry email phone postcode bedrooms"
    " approved_on arrived_by ended_on end_initiated_by end_reason",
    "terms": "service household from_on until_on carer_type primary_offer places age_min age_max"
    " genders placement_types siblings_only conditions",
    "people": "service household enquiry ref role given_name family_name born_on gender ethnicity"
    " languages from_on until_on tsd tsd_on",
    "skills": "service household skill level from_on until_on",
    "scheme_members": "service scheme household from_on until_on",
    "searches": "service ref children opened_at needed_by needs closed_at outcome placement reason",
    "unavailability": "service household ref places reason search owner from_on"
    " expected_until_on until_on",
    "confirmations": "service household at by_role note",
    "children": "service ref born_on gender ethnicity uasc disabled sibling_group home_postcode",
    "temporary_approvals": "service household children approved_by extended_on extension_reason"
    " panel_views_on iro_informed_on extension_approved_by",
    "exemptions": "service household from_on until_on granted_by children",
    "providers": "service ref name kind route urn",
    "placements": "service ref child household provider from_on until_on place_type provider_type"
    " purpose places_used weekly_cost distance_miles in_area scheme respite_of end_reason",
}


@dataclass
class Records:
    """The rows of one service, by file, in the order they were added."""

    service: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def add(self, file: str, **cells: Cell) -> None:
        """One more row of a file; the service's code is filled in where the file has it."""
        columns = COLUMNS[file].split()
        unknown = cells.keys() - set(columns)
        if unknown:
            raise ValueError(f"{file}.csv has no column {', '.join(sorted(unknown))}")
        self.rows[file].append(
            {"service": self.service, **cells} if "service" in columns else cells
        )

    def __getitem__(self, file: str) -> list[Row]:
        return self.rows[file]


def write(folder: Path, *services: Records) -> None:
    """One file for each kind of record there is; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, names in COLUMNS.items():
        columns = names.split()
        rows = [row for records in services for row in records[file]]
        if rows:
            with (folder / f"{file}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([text(row.get(column)) for column in columns] for row in rows)


def text(cell: Cell) -> str:
    """A cell as EXCHANGE writes it: instants to the minute, with their offset."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (str, int)):
        return str(cell)
    return ";".join(cell)
