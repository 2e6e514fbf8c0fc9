"""Elmshire's sample made in a folder and read again."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from carers.cli import sample
from tests import exchange_rules
from tests.exchange_rules import Folder, Row

TUESDAY = date(2025, 11, 18)
DAYS = [
    TUESDAY,
    date(2026, 4, 1),  # the first day of a financial year
    date(2026, 3, 31),
    date(2024, 2, 29),
    date(2026, 8, 30),  # a Sunday before a bank holiday
    date(2025, 12, 27),
    date(2026, 1, 1),
    date(2026, 4, 7),
]


def made(path: Path, day: date = TUESDAY, hour: time = time(9, 10), **asked: int) -> Folder:
    sample.write_elmshire(path, day, at=hour, **asked)
    return exchange_rules.read(path)


def mainstream(folder: Folder) -> list[Row]:
    kinds = {row["household"]: row["carer_type"] for row in folder["terms"]}
    return [
        row
        for row in folder["households"]
        if kinds.get(row["ref"]) in {"general", "specialist", "early_permanence"}
    ]
