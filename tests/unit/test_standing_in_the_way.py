"""What stands in the way of any child, and which one thing is said of several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from carers.domain.capacity import Capacity, UnavailableReason
from carers.domain.fostering_limit import FosteredChild
from carers.domain.position import Freshness, Position
from carers.domain.register import CarerType, PlacementType, Skill
from carers.domain.standing_in_the_way import Obstacle, Sides, obstacle, to_know, wider
from carers.domain.vacancies import ChildThere, Show, VacantHome, Wanted, found

DAY = date(2026, 11, 24)
TOMORROW = DAY + timedelta(days=1)
TONIGHT = Wanted(DAY)
SERVICE = UUID(int=1)


def child(ref: str | None, family: str | None = None, **given: Any) -> ChildThere:
    named = {"born_on": date(2016, 5, 2), "from_on": date(2026, 1, 1)}
    siblings = (SERVICE, family) if family else None
    return ChildThere(FosteredChild(uuid4(), siblings), ref, **(named | given))


def home(*children: ChildThere, places: int = 4, **given: Any) -> VacantHome:
    """A home whose vacant places stay so, unless said."""
    here = sum(one.lives_there_on(DAY) for one in children)
    capacity = Capacity(places, here, 0)
    usual = VacantHome(
        id=uuid4(),
        ref="H-0231",
        name="Foyle",
        phone=None,
        area="LF4",
        carer_type=CarerType.GENERAL,
        age_min=None,
        age_max=None,
        placement_types=frozenset(),
        skills=frozenset(),
        position=Position(capacity, 0, Freshness(None, date(2020, 4, 1), 7)),
        staying=capacity.vacant,
        children=children,
    )
    return replace(usual, **given)


def test_nothing_stands_in_the_way_of_a_vacant_place():
    assert obstacle(home(), TONIGHT) is None
    assert obstacle(home(child("C-1"), child("C-2")), TONIGHT) is None


@pytest.mark.parametrize(
    ("families", "why"),
    [
        ("aaa", "Unless all four are brothers and sisters, or under"),
        ("aa ", "Unless all four are brothers and sisters, or under"),
        ("   ", "Unless all four are brothers and sisters, or under"),
        ("aab", "Unless under"),
    ],
)
def test_as_many_children_as_the_usual_limit_allows_bar_another(families, why):
    there = home(*(child("C-1", family.strip()) for family in families))

    assert obstacle(there, TONIGHT) == Obstacle(
        "Usual limit of three children", f"{why} an exemption that names them all"
    )


def test_a_group_as_large_as_is_asked_for_counts_to_the_limit():
    two = home(child("C-1"), child("C-2"))

    assert obstacle(two, replace(TONIGHT, places=1)) is None
    barred = obstacle(two, replace(TONIGHT, places=2))
    assert barred is not None
    assert barred.what == "Usual limit of three children"
    assert obstacle(home(), replace(TONIGHT, places=4)) is None  # they may be brothers and sisters


def test_who_is_of_age_does_not_count_and_neither_does_who_has_left():
    grown = child("C-1", born_on=DAY.replace(year=DAY.year - 18))
    unknown = child("C-2", born_on=None)
    left = child("C-3", until_on=DAY)

    assert obstacle(home(grown, unknown, left, child("C-4")), TONIGHT) is None
    assert obstacle(home(grown, unknown, child("C-4"), child("C-5"), places=5), TONIGHT)


def test_a_child_in_two_placements_counts_once():
    one = child("C-1")

    assert obstacle(home(one, replace(one, from_on=TOMORROW), child("C-2")), TONIGHT) is None


def test_who_comes_tomorrow_counts_to_the_limit():
    there = home(child("C-1"), child("C-2"), child("C-3", from_on=TOMORROW), staying=1)

    barred = obstacle(there, TONIGHT)

    assert barred is not None
    assert barred.what == "Usual limit of three children"


@pytest.mark.parametrize(
    ("comes", "what"),
    [
        (["C-0412"], "C-0412 comes tomorrow"),
        (["C-0412", "C-0413", "C-0414"], "C-0412, C-0413 and C-0414 come tomorrow"),
        ([None], "A child of another service comes tomorrow"),
    ],
)
def test_a_place_that_a_child_takes_tomorrow_is_not_to_be_had(comes, what):
    there = home(*(child(ref, from_on=TOMORROW) for ref in comes), staying=0)

    assert obstacle(there, TONIGHT) == Obstacle(what, "No place is left")


def test_places_enough_may_stay_and_then_it_is_to_be_known():
    there = home(child("C-0412", from_on=TOMORROW), places=2, staying=1)

    assert obstacle(there, TONIGHT) is None
    assert to_know(there, DAY) == ["C-0412 comes tomorrow: 1 place stays vacant"]
    assert obstacle(there, replace(TONIGHT, places=2)) == Obstacle(
        "C-0412 comes tomorrow", "1 place stays vacant"
    )
    three = replace(there, position=home(places=3).position, staying=2)
    assert to_know(three, DAY) == ["C-0412 comes tomorrow: 2 places stay vacant"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ended_on": TOMORROW}, Obstacle("Approval ends on 25 November", "No place is left")),
        (
            {"hold_to_come": UnavailableReason.CARER_BREAK},
            Obstacle("On hold from tomorrow", "Carers are taking a break"),
        ),
        ({}, Obstacle("Terms change tomorrow", "No place is left")),
    ],
)
def test_a_place_may_end_with_the_approval_the_terms_or_a_hold(given, said):
    assert obstacle(home(staying=0, **given), TONIGHT) == said


def test_an_approval_that_ends_later_stands_in_nobodys_way_and_is_to_be_known():
    there = home(ended_on=date(2027, 1, 9))

    assert obstacle(there, TONIGHT) is None
    assert to_know(there, DAY) == ["Approval ends on 9 January 2027"]


def test_early_permanence_is_only_for_who_asks_for_it():
    there = home(carer_type=CarerType.EARLY_PERMANENCE)
    asked = replace(TONIGHT, placement_type=PlacementType.FOSTERING_TO_ADOPT)

    barred = obstacle(there, TONIGHT)

    assert barred is not None
    assert barred.what == "Approved for early permanence"
    assert obstacle(there, replace(TONIGHT, placement_type=PlacementType.SHORT_TERM)) == barred
    assert obstacle(there, asked) is None


def test_terms_for_brothers_and_sisters_bar_others_once_children_live_there():
    empty = home(siblings_only=True)
    there = home(child("C-0377", "a"), child(None), siblings_only=True)

    assert obstacle(empty, TONIGHT) is None
    assert to_know(empty, DAY) == ["Only for brothers and sisters"]
    assert obstacle(there, TONIGHT) == Obstacle(
        "Brothers and sisters only",
        "Only a brother or sister of C-0377 and a child of another service",
    )


def test_of_several_things_the_one_about_which_least_can_be_done_is_said():
    children = [child("C-1"), child("C-2"), child("C-3")]
    every = home(
        *children,
        siblings_only=True,
        carer_type=CarerType.EARLY_PERMANENCE,
        staying=0,
        ended_on=TOMORROW,
    )
    lasting = replace(every, staying=1, ended_on=None)
    general = replace(lasting, carer_type=CarerType.GENERAL)

    said = [obstacle(one, TONIGHT) for one in (every, lasting, general)]

    assert [one.what for one in said if one] == [
        "Approval ends on 25 November",
        "Approved for early permanence",
        "Usual limit of three children",
    ]


def test_homes_are_on_one_side_or_the_other_and_either_may_be_asked_for():
    can, cannot = home(), home(staying=0)
    sides = Sides.of([cannot, can], TONIGHT)

    assert (sides.can, sides.cannot) == ([can], [cannot])
    assert set(sides.obstacles) == {cannot.id}
    assert sides.shown(TONIGHT) == [can, cannot]
    assert sides.shown(replace(TONIGHT, show=frozenset({Show.CANNOT}))) == [cannot]
    assert sides.shown(replace(TONIGHT, show=frozenset({Show.CAN}))) == [can]


def test_a_wider_search_counts_homes_that_can_unless_the_others_are_asked_for():
    homes = [home(), home(), home(staying=0)]
    babies = replace(TONIGHT, skills=frozenset({Skill.BABIES}))

    assert not found(homes, babies)
    assert wider(homes, babies) == [("skills", 2)]
    assert wider(homes, replace(babies, show=frozenset({Show.CANNOT}))) == [("skills", 1)]
    only_can = replace(TONIGHT, show=frozenset({Show.CAN}))
    assert wider([home(staying=0)], only_can) == [("show", 1)]
    assert wider([home(), home()], replace(only_can, show=frozenset({Show.CANNOT}))) == [
        ("show", 2)
    ]
    assert wider([], babies) == []
