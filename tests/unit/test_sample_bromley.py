"""Bromley's sample gives the strategy's tables, counted from its files and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from carers.cli import sample
from tests import exchange_rules
from tests.exchange_rules import Folder, Row, nights

FIRST, LAST = date(2021, 4, 1), date(2022, 3, 31)
DATA = Path(__file__).parent.parent / "data"
BANDS = ("age_0_4", "age_5_9", "age_10_12", "age_13_15", "age_16_plus")
OTHERS = {
    "Adoption": ("A3", "A4", "A5", "A6"),
    "Children's homes": ("K2",),
    "Secure children's homes": ("K1",),
    "Semi-indep": ("H5", "K3"),
    "Independent living": ("P2",),
    "Placed with own parent(s)": ("P1",),
    "Resid care": ("R1",),
    "Resid schools": ("S1",),
    "Medical care": ("R2",),
    "Family centre or mother and baby unit": ("R3",),
    "YOI or prison": ("R5",),
    "Other": ("Z1",),
}
LINES = {code: line for line, codes in OTHERS.items() for code in codes}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    path = tmp_path_factory.mktemp("bromley")
    sample.write_bromley(path)
    return exchange_rules.read(path)


def table(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def provision(folder: Folder) -> dict[str, str]:
    """By placement: how the printed tables call who provided it, of fostering only."""
    kinds = {row["household"]: row["carer_type"] for row in folder["terms"]}
    approvals = {row["ref"]: row["approval"] for row in folder["households"]}
    providers = {row["ref"]: row["kind"] for row in folder["providers"]}
    found = {}
    for row in folder["placements"]:
        home = row["household"]
        if not row["place_type"].startswith("U"):
            continue
        if not home:
            assert providers[row["provider"]] == "ifa"
            found[row["ref"]] = "Private/ Vol"
        elif approvals[home] == "temporary" or kinds[home] == "connected_person":
            found[row["ref"]] = "Connect"
        else:
            found[row["ref"]] = "In-house"
    return found


def line_of(row: Row, provided: dict[str, str]) -> str:
    by = provided.get(row["ref"])
    if by is None:
        return LINES[row["place_type"]]
    term = "long term" if row["place_type"] in {"U1", "U4"} else "not long term"
    return f"Connect person - {term}" if by == "Connect" else f"Foster - {term}: {by}"


def band_of(born: date, day: date) -> str:
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    assert 0 <= age < 18
    return next(
        band for band, oldest in zip(BANDS, (4, 9, 12, 15, 17), strict=True) if age <= oldest
    )


def counted(folder: Folder) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Placements, and nights, by line and band."""
    provided = provision(folder)
    born = {row["ref"]: date.fromisoformat(row["born_on"]) for row in folder["children"]}
    placements: Counter[tuple[str, str]] = Counter()
    spent: Counter[tuple[str, str]] = Counter()
    for row in folder["placements"]:
        day = max(date.fromisoformat(row["from_on"]), FIRST)
        cell = (line_of(row, provided), band_of(born[row["child"]], day))
        placements[cell] += 1
        spent[cell] += nights(row, FIRST, LAST)
    return placements, spent


def weeks(count: int) -> int:
    """Nights ÷ 7, half up."""
    return (2 * count + 7) // 14


def test_every_placement_was_open_on_some_night_of_the_year(folder: Folder) -> None:
    assert len(folder["placements"]) == 637
    assert len(folder["children"]) == 453
    assert {row["child"] for row in folder["placements"]} == {
        row["ref"] for row in folder["children"]
    }
    assert all(nights(row, FIRST, LAST) > 0 for row in folder["placements"])


def test_the_table_of_placements_comes_out_to_the_cell(folder: Folder) -> None:
    placements, _ = counted(folder)
    for row in table("bromley_placements_2021_22.csv"):
        if row["row_kind"] == "line":
            found = [placements[row["placement_type"], band] for band in BANDS]
            assert found == [int(row[band]) for band in BANDS], row["placement_type"]
            assert sum(found) == int(row["total"])


def test_the_table_of_weeks_comes_out_in_every_cell_and_total(folder: Folder) -> None:
    _, spent = counted(folder)
    rows = table("bromley_weeks_2021_22.csv")
    groups: dict[str, list[str]] = {"Fostering": [], "Other": []}
    for row in rows:
        if row["row_kind"] == "line":
            groups[row["group"]].append(row["placement_type"])
    for row in rows:
        lines = groups.get(row["group"], groups["Fostering"] + groups["Other"])
        if row["row_kind"] == "line":
            lines = [row["placement_type"]]
        by_band = [sum(spent[line, band] for line in lines) for band in BANDS]
        assert weeks(sum(by_band)) == int(row["all_ages"]), row["placement_type"]
        if row["row_kind"] != "grand_total":
            printed = [int(row[band]) for band in BANDS]
            assert [weeks(count) for count in by_band] == printed, row["placement_type"]


def test_nights_in_house_with_agencies_and_with_connected_persons_are_exact(
    folder: Folder,
) -> None:
    provided = provision(folder)
    spent: Counter[str] = Counter()
    for row in folder["placements"]:
        if row["ref"] in provided:
            spent[provided[row["ref"]]] += nights(row, FIRST, LAST)
    assert spent == {"In-house": 31_626, "Private/ Vol": 33_068, "Connect": 11_715}
    assert Counter(provided.values()) == {"In-house": 175, "Private/ Vol": 165, "Connect": 81}


def test_328_children_are_looked_after_at_the_end_of_the_year(folder: Folder) -> None:
    still = [row for row in folder["placements"] if not row["until_on"]]
    assert len(still) == len({row["child"] for row in still}) == 328


def test_102_placements_with_providers_are_new_68_of_them_by_the_alliance(folder: Folder) -> None:
    providers = {row["ref"]: row for row in folder["providers"]}
    new = [
        providers[row["provider"]]
        for row in folder["placements"]
        if row["provider"] and date.fromisoformat(row["from_on"]) >= FIRST
    ]
    by_route = Counter((row["kind"], row["route"]) for row in new)
    assert by_route == {
        ("ifa", "dynamic_purchasing"): 40,
        ("ifa", "spot"): 3,
        ("residential", "dynamic_purchasing"): 5,
        ("residential", "spot"): 21,
        ("semi_independent", "dynamic_purchasing"): 23,
        ("semi_independent", "spot"): 10,
    }


def mainstream(folder: Folder) -> list[Row]:
    kinds = {row["household"]: row["carer_type"] for row in folder["terms"]}
    return [
        row
        for row in folder["households"]
        if kinds.get(row["ref"]) in {"general", "specialist", "early_permanence"}
    ]


def test_the_register_opens_at_99_gains_11_loses_9_and_closes_at_101(folder: Folder) -> None:
    homes = mainstream(folder)

    def stock(day: str) -> int:
        return sum(
            row["approved_on"] <= day and (not row["ended_on"] or row["ended_on"] > day)
            for row in homes
        )

    in_year = {
        column: sum("2021-04-01" <= row[column] <= "2022-03-31" for row in homes)
        for column in ("approved_on", "ended_on")
    }
    assert (stock("2021-03-31"), stock("2022-03-31")) == (99, 101)
    assert in_year == {"approved_on": 11, "ended_on": 9}


def test_the_target_is_of_20_homes_approved(folder: Folder) -> None:
    [target] = [row for row in folder["targets"] if row["label"] == "20 new foster carers a year"]
    assert (target["measure"], target["shape"], target["value"]) == (
        "households_approved",
        "count",
        "20",
    )
    assert (target["first_on"], target["last_on"]) == ("2021-04-01", "2022-03-31")


def six_months_on(day: date) -> date:
    month = day.month + 6
    year, month = day.year + (month > 12), (month - 1) % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def test_eleven_assessments_took_under_six_months_on_average_and_two_over(folder: Folder) -> None:
    days = {
        event: {
            row["enquiry"]: date.fromisoformat(row["at"][:10])
            for row in folder["pipeline"]
            if row["event"] == event
        }
        for event in ("application_received", "decided", "approved")
    }
    decided = days["decided"]
    applied = {ref: days["application_received"][ref] for ref in decided}
    assert len(decided) == 11
    assert all(FIRST <= day <= LAST for day in decided.values())
    assert days["approved"] == decided
    assert mean((decided[ref] - applied[ref]).days for ref in decided) < 182
    late = [ref for ref in decided if decided[ref] > six_months_on(applied[ref])]
    assert len(late) == 2
    on_the_last_day = [ref for ref in decided if decided[ref] == six_months_on(applied[ref])]
    assert [(applied[ref], decided[ref]) for ref in on_the_last_day] == [
        (date(2021, 8, 31), date(2022, 2, 28))
    ]


def test_every_approved_case_is_a_home_of_the_register(folder: Folder) -> None:
    named = {row["enquiry"] for row in mainstream(folder) if row["enquiry"]}
    approved = {row["enquiry"] for row in folder["pipeline"] if row["event"] == "approved"}
    assert named == approved


def test_the_files_keep_the_rules_of_exchange(folder: Folder) -> None:
    assert exchange_rules.broken(folder) == []


def test_a_placement_is_with_a_child_of_the_ages_the_home_is_approved_for(folder: Folder) -> None:
    born = {row["ref"]: date.fromisoformat(row["born_on"]) for row in folder["children"]}
    terms = {row["household"]: row for row in folder["terms"]}
    for row in folder["placements"]:
        if row["household"] in terms:
            day = max(date.fromisoformat(row["from_on"]), FIRST)
            years = (day - born[row["child"]]).days / 365.25
            mine = terms[row["household"]]
            assert int(mine["age_min"]) - 0.1 <= years <= int(mine["age_max"]) + 1.1


def test_the_files_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        sample.write_bromley(tmp_path / name)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
