"""Capacity on a day, as a viewer reads it: each key of REPORTS, and the edges of METRICS."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from carers.cli import rendering
from carers.domain.capacity import OfstedReason, UnavailableReason
from carers.domain.errors import NotFound
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.register import Approval, CarerType, Skill, SkillLevel
from carers.reports import capacity
from tests.homes_by_hand import STATES

DAY = date(2026, 3, 31)
BANDS = ["0-4", "5-9", "10-12", "13-15", "16+"]
PLACES = {"households": 0, **dict.fromkeys(STATES, 0)}


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


@pytest.fixture
def ask(viewer):
    def asked(population: str = "mainstream", day: date = DAY) -> dict[str, Any]:
        return capacity.answer(viewer, Days(day, day), population).plain()

    return asked


def test_the_answer_has_every_key_that_reports_promise(service, ask):
    plain = ask()

    assert isinstance(plain.pop("as_known_at"), str)
    nothing = {"numerator": 0, "denominator": 0}
    assert plain == {
        "report": "capacity",
        "service": service.code,
        "population": "mainstream",
        "as_at": "2026-03-31",
        **PLACES,
        "households_with_vacancy": 0,
        "children": 0,
        **{
            key: {**nothing, "percent": None}
            for key in (
                "occupancy_gross",
                "occupancy_available",
                "vacancy_rate",
                "not_available_rate",
            )
        },
        "children_per_household": {
            "including_empty": {**nothing, "ratio": None},
            "excluding_empty": {**nothing, "ratio": None},
        },
        "by_reason": {
            "local": dict.fromkeys(UnavailableReason, 0),
            "ofsted": dict.fromkeys(OfstedReason, 0),
        },
        "by_skill": dict.fromkeys(Skill, PLACES),
        "by_age_band": dict.fromkeys(BANDS, PLACES),
        "by_carer_type": dict.fromkeys(["general", "specialist", "early_permanence"], PLACES),
        "confirmed": 0,
        "stale": 0,
        "days_vacant": {"median": None, "longest": None},
        "never_used": 0,
        "days_to_first_placement": {"median": None},
        "other_approvals": {
            approval: {"households": 0, "children": 0}
            for approval in ("temporary", "adopter", "host")
        },
    }


def test_children_beside_households_are_a_ratio_to_two_decimals(make, service, ask):
    _, one, two = (make.household(service, places=3) for _ in range(3))
    make.placement(one)
    for places in (1, 1, 2):
        make.placement(two, places_used=places)

    plain = ask()

    assert (plain["children"], plain["filled"], plain["over"]) == (4, 5, 1)
    assert plain["children_per_household"] == {
        "including_empty": {"numerator": 4, "denominator": 3, "ratio": 1.33},
        "excluding_empty": {"numerator": 4, "denominator": 2, "ratio": 2.0},
    }


def test_a_child_in_respite_fills_two_places_and_is_one_child(make, service, ask):
    at_home, away = make.household(service), make.household(service, carer_type="respite")
    main = make.placement(at_home)
    make.placement(away, child=main.child, from_on=date(2026, 3, 20), respite_of_id=main.id)

    plain = ask("all")

    assert (plain["filled"], plain["children"]) == (2, 1)
    assert plain["children_per_household"]["excluding_empty"]["ratio"] == 0.5
    assert ask("respite")["children"] == 1


def test_another_services_child_fills_a_place(make, service, ask):
    make.placement(make.household(service), service=make.service())

    assert (ask()["filled"], ask()["children"]) == (1, 1)


def test_each_hold_takes_what_it_can_of_what_is_left(make, service, viewer):
    home = make.household(service, places=3)
    make.placement(home)
    early = {"reason": UnavailableReason.STAYING_PUT, "from_on": date(2026, 2, 1), "ref": "b"}
    later = {"reason": UnavailableReason.OTHER, "from_on": date(2026, 2, 2), "places": 2}
    make.hold(home, **later, ref="Z")
    make.hold(home, **{**later, "reason": UnavailableReason.CARER_BREAK}, ref="a")
    make.hold(home, **early)

    answer = capacity.answer(viewer, Days(DAY, DAY))

    local = answer.figure("by_reason.local")
    assert {key: n for key, n in local.items() if n} == {"staying_put": 1, "other": 1}
    assert answer.figure("by_reason.ofsted.unknown_or_other") == 1
    rows = answer.rows("not_available")
    assert [(row.kind, row.ref, row.amount) for row in rows] == [
        ("unavailability", "Z", 1),
        ("unavailability", "b", 1),
    ]


def test_a_household_with_two_skills_is_in_each_row_and_once_in_the_total(make, service, ask):
    home = make.household(service, places=2)
    for skill in (Skill.BABIES, Skill.UASC):
        make.skill(home, skill)
    make.skill(home, Skill.REMAND, level=SkillLevel.WILLING)
    make.skill(home, Skill.EMERGENCY, until_on=DAY)

    plain = ask()

    held = {skill for skill, part in plain["by_skill"].items() if part["households"]}
    assert held == {"babies", "uasc"}
    assert plain["by_skill"]["uasc"] == PLACES | {"households": 1, "approved": 2, "vacant": 2}
    assert plain["households"] == 1


def test_a_household_is_in_every_band_that_its_ages_overlap(make, service, ask):
    make.household(service, age_min=4, age_max=10)
    make.household(service, age_min=None, age_max=None)
    make.setting(service, "age_bands", "0-9;10+")

    bands = ask()["by_age_band"]

    assert {code: part["households"] for code, part in bands.items()} == {"0-9": 2, "10+": 2}


def test_in_a_gap_of_its_terms_a_home_has_the_type_before_and_no_place(make, service, ask):
    home = make.household(service, places=None)
    make.terms(home, until_on=DAY, carer_type=CarerType.SPECIALIST, places=2, age_max=4)
    make.terms(home, from_on=date(2026, 6, 1), carer_type=CarerType.RESPITE)
    make.placement(home)

    plain = ask()

    assert plain["by_carer_type"]["specialist"] == PLACES | {
        "households": 1,
        "over": 1,
        "filled": 1,
    }
    assert plain["by_age_band"]["5-9"]["households"] == 0
    assert ask("respite")["households"] == 0


def test_a_full_approval_without_terms_is_in_no_population(make, service, ask):
    make.household(service, places=None)

    assert ask("all")["households"] == 0


@pytest.mark.parametrize(
    ("at", "confirmed"),
    [
        (datetime(2026, 3, 24, 0, 0, tzinfo=UTC), 1),
        (datetime(2026, 3, 23, 23, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), 0),  # 1 April in London
    ],
)
def test_confirmed_within_seven_days(make, service, ask, at, confirmed):
    make.confirmation(make.household(service), at, vacant=9)

    assert (ask()["confirmed"], ask()["stale"]) == (confirmed, 1 - confirmed)
    assert ask()["vacant"] == 1


def test_the_settings_of_the_service_asked_about_are_used(make, service, ask):
    home = make.household(service, approved_on=date(2026, 3, 20))
    make.confirmation(home, datetime(2026, 3, 28, 9, tzinfo=UTC))
    make.setting(service, "confirmation_days", "2")
    make.setting(service, "never_used_days", "10")

    assert (ask()["confirmed"], ask()["never_used"]) == (0, 1)


@pytest.mark.parametrize(
    ("approved_on", "never"), [(date(2025, 12, 31), 0), (date(2025, 12, 30), 1)]
)
def test_never_used_is_approved_over_ninety_days_ago(make, service, ask, approved_on, never):
    make.household(service, approved_on=approved_on)

    assert ask()["never_used"] == never


def test_a_stay_of_no_night_is_a_first_placement(make, service, ask):
    first, second = (
        make.household(service, approved_on=date(2025, 1, 1)),
        make.household(service, approved_on=date(2026, 1, 1)),
    )
    make.placement(first, from_on=date(2025, 1, 21), until_on=date(2025, 1, 21))
    make.placement(second, from_on=date(2026, 1, 12))
    make.placement(second, from_on=date(2026, 1, 2), is_void=True)
    make.household(service)

    plain = ask()

    assert plain["days_to_first_placement"] == {"median": 15.5}
    assert plain["never_used"] == 1


def test_the_nth_vacant_place_has_been_vacant_since_at_least_n_were(make, service, viewer):
    home = make.household(service, places=None, approved_on=date(2026, 1, 1))
    make.terms(home, places=3, until_on=date(2026, 2, 1))
    make.terms(home, places=3, from_on=date(2026, 2, 1), carer_type=CarerType.SPECIALIST)
    make.placement(home, from_on=date(2026, 3, 1), until_on=date(2026, 3, 11))
    make.hold(home, from_on=date(2026, 3, 21), until_on=date(2026, 3, 26))

    answer = capacity.answer(viewer, Days(DAY, DAY))

    assert [row.amount for row in answer.rows("days_vacant.median")] == [89, 89, 5]
    assert answer.figure("days_vacant") == {"median": 89.0, "longest": 89}
    became = capacity.answer(viewer, Days(date(2026, 3, 26), date(2026, 3, 26)))
    assert [row.amount for row in became.rows("days_vacant.median")] == [84, 84, 0]


def test_other_approvals_are_counted_apart_whatever_the_population(make, service, ask):
    for _ in range(2):
        make.household(service, approval=Approval.TEMPORARY, places=None)
    home = make.household(service, approval=Approval.HOST, places=None)
    kin = make.household(service, approval=Approval.TEMPORARY, places=None, ended_on=DAY)
    make.placement(kin)
    make.placement(home)
    make.placement(home, until_on=DAY)

    for population in Population:
        assert ask(population)["other_approvals"] == {
            "temporary": {"households": 2, "children": 0},
            "adopter": {"households": 0, "children": 0},
            "host": {"households": 1, "children": 1},
        }
    assert ask("all")["households"] == 0


def test_a_home_approved_and_ended_on_one_day_is_open_on_none(make, service, ask):
    make.household(service, approved_on=DAY, ended_on=DAY, places=2)

    assert ask()["households"] == 0


def test_filled_opens_to_placements_and_children_to_the_one_that_goes_on(make, service, viewer):
    at_home, away = make.household(service), make.household(service)
    main = make.placement(at_home)
    stay = make.placement(away, child=main.child, respite_of_id=main.id)

    answer = capacity.answer(viewer, Days(DAY, DAY))

    assert {row.ref for row in answer.rows("filled")} == {main.ref, stay.ref}
    assert [row.ref for row in answer.rows("children")] == [main.ref]
    assert [row.ref for row in answer.rows("occupancy_gross.denominator")] == sorted(
        [at_home.ref, away.ref]
    )
    with pytest.raises(NotFound):
        answer.rows("by_skill")


def test_the_parts_of_a_table_stand_one_under_another(make, service, viewer):
    make.placement(make.household(service, places=2))

    table = rendering.table(capacity.answer(viewer, Days(DAY, DAY)))

    lines = [line.split() for line in table.splitlines()]
    assert ["Households", "Approved", "Over", "Filled", "Not", "available", "Vacant"] in lines
    assert ["general", "1", "2", "0", "1", "0", "1"] in lines
    assert ["Including", "empty", "1.00", "(1", "to", "1)"] in lines
    assert ["Carer", "break", "0"] in lines
