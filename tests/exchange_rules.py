"""The rules of EXCHANGE that a folder of files keeps, told again for the sample's tests alone.

Written from the document and not from the domain, so that the two can disagree.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

Row = dict[str, str]
Folder = dict[str, list[Row]]

KEYS = {
    "services": "code",
    "users": "service ref",
    "allocations": "service user enquiry household from_on",
    "settings": "service key from_on",
    "sources": "service code",
    "campaigns": "service ref",
    "schemes": "service code",
    "scheme_members": "service scheme household from_on",
    "targets": "service label",
    "enquiries": "service ref",
    "pipeline": "service enquiry event at",
    "households": "service ref",
    "terms": "service household from_on",
    "people": "service ref",
    "skills": "service household skill from_on",
    "unavailability": "service ref",
    "confirmations": "service household at",
    "children": "service ref",
    "temporary_approvals": "service household",
    "exemptions": "service household from_on",
    "providers": "service ref",
    "placements": "service ref",
    "searches": "service ref",
}
REFERENCES = {
    "user": "users",
    "owner": "users",
    "enquiry": "enquiries",
    "duplicate_of": "enquiries",
    "returning_of": "enquiries",
    "household": "households",
    "child": "children",
    "provider": "providers",
    "campaign": "campaigns",
    "source": "sources",
    "scheme": "schemes",
    "search": "searches",
    "placement": "placements",
}
INSTANTS = {"at", "received_at", "opened_at", "closed_at"}
MAY_BE_LATER = {"last_on", "expected_until_on"}
MAY_BE_TOMORROW = {"placements", "unavailability"}
CLOSINGS = {"withdrawn", "closed_by_service", "stage1_refused"}
FINAL = {"approved", "not_approved"}
ORDER = (
    "contacted",
    "initial_visit",
    "application_received",
    "stage1_information_complete",
    "stage2_started",
    "panel_recommended",
    "decided",
)


def read(folder: Path) -> Folder:
    """Every row of every file of a folder."""
    found: Folder = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem] = list(csv.DictReader(stream, strict=True))
    return found


def broken(folder: Folder, *, today: date | None = None) -> list[str]:
    """What is wrong, in words; nothing is dated after ``today`` but what may be."""
    checks: tuple[Callable[[Folder], Iterator[str]], ...] = (
        _keys,
        _references,
        _spells,
        _owners,
        _terms,
        _placements,
        _children,
        _respite,
        _capacity,
        _events,
        _cases,
    )
    found = [sentence for check in checks for sentence in check(folder)]
    return found + (list(_later(folder, today)) if today else [])


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell[:10]) if cell else None


def _at(cell: str) -> datetime:
    return datetime.fromisoformat(cell)


def _by(rows: list[Row], column: str) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row[column]:
            found[row["service"], row[column]].append(row)
    return found


def _keys(folder: Folder) -> Iterator[str]:
    for file, rows in folder.items():
        if file not in KEYS:
            yield f"{file}.csv is not a file of the first records"
            continue
        seen = set()
        for row in rows:
            key = tuple(row[column] for column in KEYS[file].split())
            if key in seen:
                yield f"{file}: {key} twice"
            seen.add(key)


def _references(folder: Folder) -> Iterator[str]:
    known = {
        file: {(row["service"], row.get("ref") or row.get("code")) for row in rows}
        for file, rows in folder.items()
        if file != "services"
    }
    for file, rows in folder.items():
        for row in rows:
            for column, target in REFERENCES.items():
                if row.get(column) and (row["service"], row[column]) not in known[target]:
                    yield f"{file}: {column} {row[column]} refers to nothing"
            for child in filter(None, row.get("children", "").split(";")):
                if (row["service"], child) not in known["children"]:
                    yield f"{file}: children {child} refers to nothing"


def _spells(folder: Folder) -> Iterator[str]:
    for file, rows in folder.items():
        for row in rows:
            start = row.get("from_on") or row.get("approved_on") or row.get("first_on") or ""
            start = start or row.get("opened_at") or ""
            ends = [row.get(name) for name in ("until_on", "ended_on", "expected_until_on")]
            ends.append(row.get("closed_at"))
            if any(end and end < start for end in (*ends, row.get("last_on"))):
                yield f"{file}: {row} ends before it starts"


def _owners(folder: Folder) -> Iterator[str]:
    for row in folder.get("unavailability", []):
        if not row["reason"] or not row["owner"]:
            yield f"unavailability: {row['ref']} lacks its reason or owner"
        if bool(row["search"]) != (row["reason"] == "reserved_placement"):
            yield f"unavailability: {row['ref']} is reserved for no search, or a search’s by chance"
    for row in folder.get("searches", []):
        if bool(row["closed_at"]) != bool(row["outcome"]):
            yield f"searches: {row['ref']} is closed without an outcome, or open with one"
    for row in folder.get("allocations", []):
        if bool(row["enquiry"]) == bool(row["household"]):
            yield f"allocations: {row} is of one enquiry or one household"


def _terms(folder: Folder) -> Iterator[str]:
    terms = _by(folder["terms"], "household")
    for home in folder["households"]:
        mine = sorted(terms[home["service"], home["ref"]], key=lambda row: row["from_on"])
        where = f"household {home['service']}/{home['ref']}"
        if home["approval"] == "full":
            yield from _in_order(where, mine, home)
        elif mine:
            yield f"{where}: terms without a full approval"
        for row in mine:
            yield from _one_terms(where, row, home)


def _in_order(where: str, mine: list[Row], home: Row) -> Iterator[str]:
    if not mine or mine[0]["from_on"] != home["approved_on"]:
        yield f"{where}: the first terms do not begin with the approval"
    for earlier, later in pairwise(mine):
        if earlier["until_on"] != later["from_on"]:
            yield f"{where}: terms overlap or leave a gap at {later['from_on']}"
    if mine and mine[-1]["until_on"]:
        yield f"{where}: the last terms are not open"


def _one_terms(where: str, row: Row, home: Row) -> Iterator[str]:
    if home["ended_on"] and row["from_on"] >= home["ended_on"]:
        yield f"{where}: terms begin when the home has ended"
    connected = row["carer_type"] == "connected_person"
    if connected != (row["primary_offer"] == "family_and_friends"):
        yield f"{where}: {row['primary_offer']} with {row['carer_type']}"
    if int(row["age_min"]) > int(row["age_max"]) or int(row["places"]) < 1:
        yield f"{where}: ages or places of the terms"


def _placements(folder: Folder) -> Iterator[str]:
    homes = {(row["service"], row["ref"]): row for row in folder["households"]}
    for row in folder["placements"]:
        where = f"placement {row['service']}/{row['ref']}"
        if bool(row["household"]) == bool(row["provider"]):
            yield f"{where}: one of household and provider"
        home = homes.get((row["service"], row["household"]))
        if home is None:
            continue
        if not row["place_type"].startswith("U"):
            yield f"{where}: {row['place_type']} in a home"
        if row["from_on"] < home["approved_on"]:
            yield f"{where}: before the home was approved"
        if home["ended_on"] and (not row["until_on"] or row["until_on"] > home["ended_on"]):
            yield f"{where}: after the home had ended"


def _children(folder: Folder) -> Iterator[str]:
    born = {(row["service"], row["ref"]): row["born_on"] for row in folder["children"]}
    for child, rows in _by(folder["placements"], "child").items():
        if child in born and min(row["from_on"] for row in rows) < born[child]:
            yield f"child {child}: placed before birth"
        for mine in (
            [row for row in rows if not row["respite_of"]],
            [row for row in rows if row["respite_of"]],
        ):
            mine.sort(key=lambda row: (row["from_on"], row["until_on"] or "9"))
            for earlier, later in pairwise(mine):
                if not earlier["until_on"] or earlier["until_on"] > later["from_on"]:
                    yield f"child {child}: in two places on {later['from_on']}"


def _respite(folder: Folder) -> Iterator[str]:
    """Inside the main placement, of the same child, in another home."""
    stays = {(row["service"], row["ref"]): row for row in folder["placements"]}
    for row in folder["placements"]:
        if not row["respite_of"]:
            continue
        main = stays[row["service"], row["respite_of"]]
        inside = main["from_on"] <= row["from_on"] and (
            not main["until_on"] or bool(row["until_on"] and row["until_on"] <= main["until_on"])
        )
        if not inside or main["child"] != row["child"] or main["household"] == row["household"]:
            yield f"placement {row['ref']}: not respite of {row['respite_of']}"


def _capacity(folder: Folder) -> Iterator[str]:
    """On every day on which something changes: children first, then what is withheld."""
    spells = {
        file: _by(folder.get(file, []), "household")
        for file in ("terms", "placements", "unavailability")
    }
    for home in folder["households"]:
        if home["approval"] != "full":
            continue
        key = (home["service"], home["ref"])
        rows = [row for mine in spells.values() for row in mine[key]]
        for day in sorted({row["from_on"] for row in rows}):
            if home["ended_on"] and day >= home["ended_on"]:
                continue
            approved = _places(spells["terms"][key], day, "places")
            filled = _places(spells["placements"][key], day, "places_used")
            withheld = _places(spells["unavailability"][key], day, "places")
            exempt = _exempt(folder, key, spells["placements"][key], day)
            if filled + withheld > approved + exempt:
                yield f"household {key}: {filled} + {withheld} of {approved} on {day}"


def _exempt(folder: Folder, key: tuple[str, str], stays: list[Row], day: str) -> int:
    """The children there on a day whom an exemption names: not more are over."""
    named = {
        child
        for row in _by(folder.get("exemptions", []), "household")[key]
        if row["from_on"] <= day and (not row["until_on"] or day < row["until_on"])
        for child in row["children"].split(";")
    }
    return sum(
        row["child"] in named and row["from_on"] <= day and not row["until_on"] for row in stays
    )


def _places(rows: list[Row], day: str, column: str) -> int:
    """ISO days compare as text; an empty ``places_used`` is one."""
    return sum(
        int(row[column] or 1)
        for row in rows
        if row["from_on"] <= day and (not row["until_on"] or day < row["until_on"])
    )


def _histories(folder: Folder) -> Iterator[tuple[Row, list[Row]]]:
    events = _by(folder["pipeline"], "enquiry")
    for enquiry in folder["enquiries"]:
        mine = events[enquiry["service"], enquiry["ref"]]
        yield enquiry, sorted(mine, key=lambda row: _at(row["at"]))


def _events(folder: Folder) -> Iterator[str]:
    """The stage graph's faults, one case after another."""
    for enquiry, rows in _histories(folder):
        where = f"enquiry {enquiry['service']}/{enquiry['ref']}"
        if rows and _at(rows[0]["at"]) < _at(enquiry["received_at"]):
            yield f"{where}: an event before it was received"
        if rows and enquiry["duplicate_of"]:
            yield f"{where}: events on a duplicate"
        for index, row in enumerate(rows):
            fault = _fault(row, [one["event"] for one in rows[:index]], rows[:index], rows[index:])
            if fault:
                yield f"{where}: {row['event']} at {row['at']}: {fault}"


def _fault(row: Row, before: list[str], earlier: list[Row], later: list[Row]) -> str | None:
    event = row["event"]
    after = {one["event"] for one in later[1:]}
    telling = event in {"told_orally", "notice_sent"}
    last_decision = [one["detail"] for one in earlier if one["event"] == "decided"][-1:]
    required = {
        "panel_recommended": {"approve", "not_approve", "defer"},
        "decided": {"approve", "not_approve", "defer"},
        "paused": {"applicant", "service", "third_party"},
        "closed_by_service": {
            *("no_contact", "not_eligible", "no_spare_room", "out_of_area", "concerns", "other")
        },
    }
    only_once = {"application_received", "stage1_started", "stage2_started"}
    assessing = {"stage1_started", "stage1_information_complete", "stage2_started"}
    after_start = {"report_shared", "report_completed", "panel_recommended", "decided"}
    pauses = [one for one in before if one in {"paused", "resumed"} | CLOSINGS]
    rules = (
        (before and before[-1] in CLOSINGS and event != "reopened" and not telling, "is closed"),
        (FINAL & set(before) and not telling, "is final"),
        (event in only_once and event in before, "twice"),
        (event in assessing and "application_received" in after, "before the application"),
        (
            event in after_start and {"application_received", "stage2_started"} & after,
            "before stage 2",
        ),
        (event == "minutes_final" and "panel_recommended" not in before, "no panel"),
        (telling and not {"decided", *FINAL, *CLOSINGS} & set(before), "nothing to tell"),
        (event == "approved" and last_decision != ["approve"], "was not decided"),
        (event == "not_approved" and last_decision != ["not_approve"], "was not decided"),
        (event == "determination_sent" and last_decision != ["not_approve"], "none made"),
        (event == "paused" and pauses[-1:] == ["paused"], "is paused already"),
        (event == "resumed" and pauses[-1:] != ["paused"], "is not paused"),
        (event == "reopened" and before[-1:] and before[-1] not in CLOSINGS | {"not_now"}, "open"),
        (event in required and row["detail"] not in required[event], "detail"),
    )
    return next((words for is_broken, words in rules if is_broken), None)


def _cases(folder: Folder) -> Iterator[str]:
    """What would be a finding: a step left out, days that differ, an AW code too early."""
    homes = {
        (row["service"], row["enquiry"]): row for row in folder["households"] if row["enquiry"]
    }
    for enquiry, rows in _histories(folder):
        where = f"enquiry {enquiry['service']}/{enquiry['ref']}"
        names = [row["event"] for row in rows]
        reached = [index for index, event in enumerate(ORDER) if event in names]
        for event in ORDER[: reached[-1] if reached else 0]:
            if event not in names:
                yield f"{where}: {event} is left out"
        if "decided" in names and "minutes_final" not in names[: names.index("decided")]:
            yield f"{where}: decided before final minutes"
        codes = [row["detail"] for row in rows if row["event"] == "withdrawn"]
        if any(code.startswith("AW") for code in codes) != (
            bool(codes) and "application_received" in names
        ):
            yield f"{where}: withdrawn as {codes}"
        approved = [row["at"][:10] for row in rows if row["event"] == "approved"]
        home = homes.get((enquiry["service"], enquiry["ref"]))
        if approved != ([home["approved_on"]] if home else []):
            yield f"{where}: approved {approved}, home {home}"


def _later(folder: Folder, today: date) -> Iterator[str]:
    """A target's last day and an expected end may lie ahead; a child or a hold comes tomorrow."""
    for file, rows in folder.items():
        latest = today + timedelta(days=file in MAY_BE_TOMORROW)
        for row in rows:
            for column, cell in row.items():
                is_day = column.endswith("_on") or column in INSTANTS
                day = _day(cell) if is_day and column not in MAY_BE_LATER else None
                if day and day > latest:
                    yield f"{file}: {column} {cell} is after {latest}"


def nights(row: Row, first: date, last: date) -> int:
    """A placement's nights in a period of which both days count."""
    start = max(date.fromisoformat(row["from_on"]), first)
    after = last + timedelta(days=1)
    end = min(date.fromisoformat(row["until_on"]) if row["until_on"] else after, after)
    return max((end - start).days, 0)
