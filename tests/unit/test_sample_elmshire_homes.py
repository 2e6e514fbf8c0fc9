"""Elmshire's homes, counted from its files: what their places are like, and whose they are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from carers.domain.working_days import last_day_of_weeks
from tests.exchange_rules import Folder
from tests.unit.elmshire import DAYS, TUESDAY, made, mainstream


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return made(tmp_path_factory.mktemp("elmshire"))


def test_homes_are_full_vacant_on_hold_and_stale(folder: Folder) -> None:
    today = TUESDAY.isoformat()
    places = {
        row["household"]: int(row["places"]) for row in folder["terms"] if not row["until_on"]
    }

    def now(file: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for row in folder[file]:
            if row["household"] and (not row["until_on"] or row["until_on"] > today):
                found[row["household"]] += int(row.get("places") or 1)
        return found

    filled, withheld = now("placements"), now("unavailability")
    homes = [row["ref"] for row in mainstream(folder) if not row["ended_on"]]
    full = [ref for ref in homes if filled[ref] == places[ref]]
    vacant = [ref for ref in homes if filled[ref] + withheld[ref] < places[ref]]
    assert min(len(full), len(vacant), len(withheld)) >= 8
    past = [
        row
        for row in folder["unavailability"]
        if not row["until_on"] and row["expected_until_on"] < today
    ]
    assert len(past) == 1
    latest = {row["household"]: row["at"][:10] for row in folder["confirmations"]}
    for row in folder["confirmations"]:
        latest[row["household"]] = max(latest[row["household"]], row["at"][:10])
    stale = [ref for ref in homes if latest[ref] < (TUESDAY - timedelta(days=7)).isoformat()]
    assert len(homes) / 6 < len(stale) < len(homes) / 3


def test_the_first_worker_has_twelve_homes_of_every_sort(folder: Folder) -> None:
    mine = [
        row["household"]
        for row in folder["allocations"]
        if row["user"] == "U-06" and row["household"] and not row["until_on"]
    ]
    assert len(mine) == 12
    assert {row["household"] for row in folder["unavailability"] if not row["until_on"]} & {*mine}


def test_what_can_bar_any_child_from_a_vacant_place_is_there(folder: Folder) -> None:
    tomorrow = (TUESDAY + timedelta(days=1)).isoformat()
    coming = [row for row in folder["placements"] if row["from_on"] == tomorrow]
    held = [row for row in folder["unavailability"] if row["from_on"] == tomorrow]
    fourth = {
        row["household"]
        for row in folder["terms"]
        if not row["until_on"] and (row["places"], row["siblings_only"]) == ("4", "false")
    }
    there = Counter(row["household"] for row in folder["placements"] if not row["until_on"])
    siblings = [row for row in folder["terms"] if row["siblings_only"] == "true"]
    assert (len(coming), len(held), len(siblings)) == (1, 1, 1)
    assert coming[0]["household"] != held[0]["household"]
    assert [there[home] for home in fourth] == [3]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_home_opened_first_has_a_place_of_each_state_and_a_history(
    tmp_path: Path, day: date
) -> None:
    folder = made(tmp_path, day)
    mine = {
        row["household"]
        for row in folder["allocations"]
        if row["user"] == "U-06" and row["household"] and not row["until_on"]
    }
    latest = {
        home: max(row["at"] for row in folder["confirmations"] if row["household"] == home)
        for home in mine
        if any(row["household"] == home for row in folder["confirmations"])
    }
    home = min(latest, key=lambda one: latest[one])
    [terms] = [row for row in folder["terms"] if row["household"] == home and not row["until_on"]]
    stays = [row for row in folder["placements"] if row["household"] == home]
    [hold] = [
        row for row in folder["unavailability"] if row["household"] == home and not row["until_on"]
    ]
    there = [row for row in stays if not row["until_on"]]
    assert (terms["places"], len(there), hold["places"]) == ("3", 1, "1")
    assert len(stays) > 3
    assert len([row for row in folder["skills"] if row["household"] == home]) == 3
    [exemption] = folder["exemptions"]
    assert exemption["household"] in mine


def test_a_place_is_reserved_for_the_child_of_an_open_search(folder: Folder) -> None:
    outcomes = Counter(row["outcome"] for row in folder["searches"])
    assert outcomes == {"placed_in_house": 2, "placed_agency": 2, "": 2}
    [hold] = [row for row in folder["unavailability"] if row["search"]]
    [search] = [row for row in folder["searches"] if row["ref"] == hold["search"]]
    assert (search["closed_at"], hold["until_on"]) == ("", "")
    [terms] = [row for row in folder["terms"] if row["household"] == hold["household"]]
    [child] = [row for row in folder["children"] if row["ref"] == search["children"]]
    age = (TUESDAY - date.fromisoformat(child["born_on"])).days // 365.25
    assert int(terms["age_min"]) <= age <= int(terms["age_max"])


def test_every_skill_that_is_searched_for_is_held(folder: Folder) -> None:
    held = {row["skill"] for row in folder["skills"] if row["level"] != "willing"}
    wanted = "parent_and_child uasc therapeutic respite sibling_groups adolescents emergency"
    assert {*wanted.split(), "babies", "disability"} <= held


def test_one_home_is_over_by_an_exemption_that_names_its_children(folder: Folder) -> None:
    [exemption] = folder["exemptions"]
    home = exemption["household"]
    [terms] = [row for row in folder["terms"] if row["household"] == home and not row["until_on"]]
    here = {
        row["child"]
        for row in folder["placements"]
        if row["household"] == home and not row["until_on"]
    }
    assert len(here) == int(terms["places"]) + 1
    assert set(exemption["children"].split(";")) == here


def test_temporary_approvals_and_an_adopter_name_the_child_who_lives_there(folder: Folder) -> None:
    approvals = {row["ref"]: row["approval"] for row in folder["households"]}
    named = {row["household"]: row["children"].split(";") for row in folder["temporary_approvals"]}
    assert {approvals[home] for home in named} == {"temporary", "adopter"}
    for home, children in named.items():
        stays = [row["child"] for row in folder["placements"] if row["household"] == home]
        assert sorted(children) == sorted(stays)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_kind_of_approval_is_there_and_a_temporary_one_ends_soon(
    tmp_path: Path, day: date
) -> None:
    folder = made(tmp_path, day)
    there = [row for row in folder["households"] if not row["ended_on"]]
    assert Counter(row["approval"] for row in there) > Counter(
        {"full": 59, "temporary": 1, "adopter": 1, "host": 1}
    )
    extended = {row["household"] for row in folder["temporary_approvals"] if row["extended_on"]}
    ends = [
        last_day_of_weeks(date.fromisoformat(row["approved_on"]), 16)
        for row in there
        if row["approval"] == "temporary" and row["ref"] not in extended
    ]
    assert day < min(ends) <= day + timedelta(days=14)
    [host] = [row["ref"] for row in there if row["approval"] == "host"]
    assert host not in {row["household"] for row in folder["placements"]}
