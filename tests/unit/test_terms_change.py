"""From which day changed terms are in force, and whether the home can bear them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.terms_change import Proposal, TermsRoute, Used, check_room

TODAY = date(2026, 11, 24)
PROPOSED = date(2026, 11, 1)
ORDINARY, AGREED = TermsRoute.ORDINARY, TermsRoute.AGREED


def proposal(route: TermsRoute, **given: object) -> Proposal:
    return Proposal(route, **{"proposed_on": PROPOSED, **given})  # type: ignore[arg-type]


def test_a_proposal_is_in_force_after_28_full_days() -> None:
    assert proposal(ORDINARY).in_force_on(TODAY) == PROPOSED + timedelta(days=29)
    assert proposal(ORDINARY).in_force_on(TODAY) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("agreed_on", "from_on"),
    [
        (date(2026, 11, 5), date(2026, 11, 5)),
        (date(2026, 10, 30), PROPOSED),  # agreed before it was proposed: the later of the two
        (TODAY, TODAY),
    ],
)
def test_agreed_in_writing_it_is_in_force_on_the_later_day(agreed_on: date, from_on: date) -> None:
    agreed = proposal(AGREED, statement_given=True, agreed_on=agreed_on)

    assert agreed.in_force_on(TODAY) == from_on
    assert "28(9A)" in agreed.in_words(TODAY)


def test_after_representations_it_is_in_force_once_decided() -> None:
    decided = proposal(ORDINARY, represented=True, decided_on=date(2026, 11, 20))

    assert decided.in_force_on(TODAY) == date(2026, 11, 20)
    assert "after representations" in decided.in_words(TODAY)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (proposal(ORDINARY, represented=True), "decided_on", "stay as they are until there is"),
        (proposal(ORDINARY, represented=True, decided_on=date(2026, 10, 1)), "decided_on", "not"),
        (proposal(ORDINARY, represented=True, decided_on=date(2027, 1, 1)), "decided_on", "past"),
        (proposal(ORDINARY, proposed_on=date(2026, 11, 25)), "proposed_on", "today or in"),
        (proposal(AGREED, agreed_on=TODAY), "statement_given", "written statement"),
        (proposal(AGREED, statement_given=True), "agreed_on", "Enter the day they agreed"),
        (proposal(AGREED, statement_given=True, agreed_on=date(2026, 12, 1)), "agreed_on", "past"),
    ],
)
def test_what_is_missing_or_impossible_is_refused(
    wrong: Proposal, field: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        wrong.in_force_on(TODAY)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("used", "places", "sentence"),
    [
        (Used(TODAY, approved=3, filled=2, recorded=0), 2, None),
        (Used(TODAY, approved=3, filled=2, recorded=0), 1, "Children use 2 places on 24 November"),
        (Used(TODAY, approved=3, filled=4, recorded=0), 3, None),  # as far over as before
        (Used(TODAY, approved=3, filled=4, recorded=0), 2, "places must be 4 or more"),
        (Used(TODAY, approved=3, filled=1, recorded=1), 1, "bring some back first"),
        (Used(TODAY, approved=1, filled=1, recorded=1), 1, None),  # they disagreed before
    ],
)
def test_no_more_children_may_be_over_nor_places_withheld_that_are_not_left(
    used: Used, places: int, sentence: str | None
) -> None:
    if sentence is None:
        check_room([used], places, TODAY)
        return
    with pytest.raises(RuleBroken, match=sentence):
        check_room([used], places, TODAY)
