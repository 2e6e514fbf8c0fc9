"""What a vacant place can be used for: the terms, and the usual fostering limit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from carers.domain.fostering_limit import FosteredChild
from carers.domain.register import CarerType, Gender, PlacementType
from carers.domain.vacant_use import VacantPlaces, lead, of_each, said

SERVICE = UUID(int=99)
THEM_ALL = "under an exemption that names them all"


def children(groups: str) -> list[FosteredChild]:
    """One for each letter: those of one letter are brothers and sisters, “-” is of none."""
    return [
        FosteredChild(UUID(int=number), (SERVICE, group) if group != "-" else None)
        for number, group in enumerate(groups)
    ]


def home(vacant: int = 1, groups: str = "", **terms: Any) -> VacantPlaces:
    given: dict[str, Any] = {"carer_type": CarerType.GENERAL, "children": children(groups)}
    return VacantPlaces(vacant, **given | terms)


def test_the_terms_are_said_in_plain_words():
    one = home(
        age_min=8,
        age_max=16,
        placement_types=[
            PlacementType.SHORT_TERM,
            PlacementType.LONG_TERM,
            PlacementType.EMERGENCY,
        ],
        conditions="One child in the first year.",
        bedrooms=3,
    )

    assert lead(one) == "The vacant place can be used"
    assert said(one) == (
        "for one child aged 8 to 16, of any gender: short term, long term and emergency."
        " Condition: One child in the first year. The home has 3 bedrooms."
    )


def test_what_is_not_recorded_does_not_limit():
    assert said(home()) == "for one child of any age, of any gender."
    assert lead(home(2)) == "The 2 vacant places can be used"
    assert said(home(2)).startswith("for up to 2 children of any age")


@pytest.mark.parametrize(
    ("genders", "words"),
    [
        ({Gender.M}, "boys only"),
        ({Gender.F}, "girls only"),
        ({Gender.F, Gender.U}, "girls and those of another gender only"),
        (set(Gender), "of any gender"),
    ],
)
def test_terms_for_one_gender_say_so(genders, words):
    assert said(home(genders=frozenset(genders))) == f"for one child of any age, {words}."


@pytest.mark.parametrize(
    ("vacant", "groups", "words"),
    [
        (1, "--", ""),
        (3, "", ""),
        (1, "aaa", f"With 3 children here, only for a brother or sister of theirs, or {THEM_ALL}"),
        (1, "aa-", f"With 3 children here, only if all are brothers and sisters, or {THEM_ALL}"),
        (1, "aab", f"With 3 children here, only {THEM_ALL}"),
        (2, "--", f"More than one only if all are brothers and sisters, or {THEM_ALL}"),
        (2, "ab", f"More than one only {THEM_ALL}"),
        (3, "a", f"More than two only for a brother or sister of the child’s, or {THEM_ALL}"),
        (4, "", f"More than three only if all are brothers and sisters, or {THEM_ALL}"),
    ],
)
def test_the_usual_limit_says_who_else_may_come(vacant, groups, words):
    _, _, after = said(home(vacant, groups)).partition("of any gender.")

    assert after.strip(" .") == words


def test_a_child_on_two_places_counts_once():
    assert "here" not in said(home(1, children=children("a") * 3))


def test_terms_for_brothers_and_sisters_leave_no_exemption():
    brothers = "Only for a brother or sister of the children living here"

    assert said(home(2, siblings_only=True)).endswith("Only for brothers and sisters.")
    assert said(home(1, "aaa", siblings_only=True)).endswith(f"of any gender. {brothers}.")
    assert of_each(home(1, "a", siblings_only=True)) == [f"{brothers[0].lower()}{brothers[1:]}"]


def test_kinds_of_carers_who_take_no_other_child():
    assert "may adopt" in said(home(carer_type=CarerType.EARLY_PERMANENCE))
    assert "family or friends" in said(home(carer_type=CarerType.CONNECTED_PERSON))


@pytest.mark.parametrize(
    ("fewer", "words"),
    [(0, "From 3 December no places are vacant"), (1, "From 3 December 1 place is vacant")],
)
def test_places_that_are_gone_later_say_from_when(fewer, words):
    assert said(home(2, next_fewer=("3 December", fewer))).endswith(f"{words}.")


def test_each_place_says_whether_any_child_can_have_it():
    assert of_each(home(2, "--")) == [
        "can be used for one child",
        f"only if all are brothers and sisters, or {THEM_ALL}",
    ]
