"""Elmshire's sample, counted from its files: whatever the day, it keeps the rules of EXCHANGE."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path

import pytest

from carers.cli import sample
from carers.domain.clock import at
from carers.domain.working_days import due_after
from tests import exchange_rules
from tests.exchange_rules import Folder, Row
from tests.unit.elmshire import DAYS, TUESDAY, made, mainstream


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return made(tmp_path_factory.mktemp("elmshire"))


def events(folder: Folder) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {row["ref"]: [] for row in folder["enquiries"]}
    for row in folder["pipeline"]:
        found[row["enquiry"]].append(row)
    return found


def open_cases(folder: Folder) -> dict[str, list[str]]:
    """The events’ names of each case neither closed nor approved, and no duplicate."""
    over = {"withdrawn", "closed_by_service", "stage1_refused", "approved", "not_approved"}
    duplicates = {row["ref"] for row in folder["enquiries"] if row["duplicate_of"]}
    names = {ref: [row["event"] for row in rows] for ref, rows in events(folder).items()}
    return {
        ref: mine for ref, mine in names.items() if ref not in duplicates and not over & set(mine)
    }


def targets(folder: Folder, day: date) -> dict[str, Row]:
    return {
        row["measure"]: row
        for row in folder["targets"]
        if row["first_on"] <= day.isoformat() <= row["last_on"]
    }


def pace(row: Row, day: date) -> float:
    first, last = (date.fromisoformat(row[column]) for column in ("first_on", "last_on"))
    return int(row["value"]) * ((day - first).days + 1) / ((last - first).days + 1)


def net_gain(folder: Folder, first: str, last: str) -> tuple[int, int]:
    homes = mainstream(folder)
    return (
        sum(first <= row["approved_on"] <= last for row in homes),
        sum(bool(row["ended_on"]) and first <= row["ended_on"] <= last for row in homes),
    )


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("hour", [time(), time(23, 59)], ids=str)
def test_the_rules_are_kept_whatever_the_day_and_nothing_is_later(
    tmp_path: Path, day: date, hour: time
) -> None:
    folder = made(tmp_path, day, hour)
    assert exchange_rules.broken(folder, today=day) == []
    instants = chain(
        (row["received_at"] for row in folder["enquiries"]),
        (row["at"] for row in folder["pipeline"]),
        (row["at"] for row in folder["confirmations"]),
    )
    latest = max(datetime.fromisoformat(instant) for instant in instants)
    assert latest <= at(day, hour)


def test_the_rules_are_kept_all_the_year_round(tmp_path: Path) -> None:
    for month in range(24):
        day = date(2025, 1, 13) + timedelta(days=31 * month)
        folder = made(tmp_path / str(month), day, size=14)
        assert exchange_rules.broken(folder, today=day) == []


def test_a_rule_that_is_broken_is_found(folder: Folder, tmp_path: Path) -> None:
    fresh = made(tmp_path)
    stay = next(row for row in fresh["placements"] if row["household"] and not row["until_on"])
    home = stay["household"]
    fresh["placements"] += [
        {**stay, "ref": "PL-X1"},
        *({**stay, "ref": f"PL-Y{n}", "child": "C-9999"} for n in range(4)),
    ]
    fresh["pipeline"][0]["event"] = "approved"
    found = " ".join(exchange_rules.broken(fresh))
    for words in ("in two places", "refers to nothing", f"household ('elmshire', '{home}')"):
        assert words in found
    assert "was not decided" in found


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        sample.write(tmp_path / name, TUESDAY, at=time(9, 10))
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(f"{file}.csv" for file in exchange_rules.KEYS)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_both_services_are_in_one_folder_and_no_reference_crosses(tmp_path: Path) -> None:
    sample.write(tmp_path, TUESDAY)
    both = exchange_rules.read(tmp_path)
    assert [row["code"] for row in both["services"]] == ["bromley", "elmshire"]
    assert exchange_rules.broken(both) == []
    emails = [row["email"] for row in both["users"]]
    assert len(emails) == len(set(emails))


def test_length_and_size_are_arguments(folder: Folder, tmp_path: Path) -> None:
    larger = made(tmp_path / "larger", size=150)
    longer = made(tmp_path / "longer", years=2)

    def homes(found: Folder) -> int:
        return sum(not row["ended_on"] and row["approval"] == "full" for row in found["households"])

    assert (homes(folder), homes(larger), homes(longer)) == (60, 150, 60)
    assert len(folder["enquiries"]) == pytest.approx(60 * 4, abs=40)
    assert len(longer["enquiries"]) == pytest.approx(60 * 8, abs=40)
    assert len(larger["enquiries"]) == pytest.approx(150 * 4, abs=90)
    for found in (larger, longer):
        assert exchange_rules.broken(found, today=TUESDAY) == []


def test_too_small_a_county_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="10 homes or more"):
        sample.write_elmshire(tmp_path, TUESDAY, size=9)


def test_somebody_holds_each_role_that_has_a_page(folder: Folder) -> None:
    roles = Counter(row["roles"] for row in folder["users"])
    assert set(roles) == {
        *("recruitment_officer", "assessing_social_worker", "panel_administrator"),
        *("decision_maker", "supervising_social_worker", "placements_officer", "team_manager"),
        *("head_of_service", "senior_reader", "administrator"),
    }
    assert roles["recruitment_officer"] == 2


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_unanswered_enquiries_are_over_in_time_and_nearly_due(tmp_path: Path, day: date) -> None:
    hour = time(9, 10)
    folder = made(tmp_path, day, hour)
    received = {
        row["ref"]: datetime.fromisoformat(row["received_at"]) for row in folder["enquiries"]
    }
    waiting = [
        ref for ref, mine in open_cases(folder).items() if not set(mine) - {"contact_attempted"}
    ]
    now = at(day, hour)
    left = sorted(due_after(received[ref], 1) - now for ref in waiting)
    over = [one for one in left if one < timedelta()]
    assert len(over) == 2
    assert len(left) == 10
    assert any("contact_attempted" in open_cases(folder)[ref] for ref in waiting)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_case_stands_at_every_stage_and_two_are_past_six_months(
    tmp_path: Path, day: date
) -> None:
    folder = made(tmp_path, day)
    stands = open_cases(folder)
    waits_for = {
        "contacted": "initial_visit",
        "initial_visit": "application_received",
        "application_received": "stage1_started",
        "stage1_started": "stage2_started",
        "stage2_started": "panel_booked",
        "panel_booked": "panel_recommended",
        "panel_recommended": "minutes_final",
        "minutes_final": "decided",
    }
    for reached, missing in waits_for.items():
        assert any(reached in mine and missing not in mine for mine in stands.values()), reached
    applied = {
        row["enquiry"]: date.fromisoformat(row["at"][:10])
        for row in folder["pipeline"]
        if row["event"] == "application_received"
    }
    late = [
        ref
        for ref, mine in stands.items()
        if "decided" not in mine and ref in applied and (day - applied[ref]).days > 184
    ]
    assert len(late) == 2
    ends = [mine[-1] for mine in stands.values() if mine]
    assert ends.count("paused") == 1
    assert ends.count("not_now") == 6


def test_panels_are_booked_for_the_coming_weeks_and_two_cases_await_a_decision(
    folder: Folder,
) -> None:
    stands = open_cases(folder)
    booked = {
        row["enquiry"]: date.fromisoformat(row["detail"])
        for row in folder["pipeline"]
        if row["event"] == "panel_booked"
    }
    coming = [day for ref, day in booked.items() if day > TUESDAY]
    assert len(coming) == 3
    assert max(coming) < TUESDAY + timedelta(days=35)
    ends = [mine[-1] for mine in stands.values() if mine]
    assert (ends.count("minutes_final"), ends.count("panel_recommended")) == (1, 1)


def test_cases_close_early_and_late_for_many_reasons(folder: Folder) -> None:
    reasons = {
        (row["event"], row["detail"])
        for row in folder["pipeline"]
        if row["event"] in {"withdrawn", "closed_by_service", "stage1_refused", "not_approved"}
    }
    assert {("closed_by_service", "no_contact"), ("withdrawn", "AW3"), ("withdrawn", "")} < reasons
    assert {("stage1_refused", ""), ("not_approved", "")} < reasons


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_one_target_is_on_track_and_one_behind(tmp_path: Path, day: date) -> None:
    folder = made(tmp_path, day)
    mine = targets(folder, day)
    first = mine["households_approved"]["first_on"]
    approved, ended = net_gain(folder, first, day.isoformat())
    stock = sum(not row["ended_on"] for row in mainstream(folder))
    if day != date(2026, 4, 1):
        assert approved >= pace(mine["households_approved"], day)
        assert ended > 0
    assert approved - ended < pace(mine["households_net_gain"], day)
    assert stock >= pace(mine["households"], day) or day.month == 3


def test_last_year_is_there_to_compare_with(folder: Folder) -> None:
    assert net_gain(folder, "2024-04-01", "2025-03-31") == (8, 9)
    assert {row["label"][:7] for row in folder["targets"]} == {"2024-25", "2025-26"}
