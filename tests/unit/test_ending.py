"""From which day an approval has ended, and what it is called."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.ending import ChildrenStay, Ending
from carers.domain.errors import RuleBroken
from carers.domain.register import EndInitiator, EndReason

APPROVED, TODAY = date(2020, 4, 1), date(2026, 11, 24)
CARER, SERVICE = EndInitiator.CARER, EndInitiator.SERVICE


def test_a_resignation_ends_it_28_days_after_it_was_received() -> None:
    resigned = Ending(CARER, EndReason.RETIRED, notice_received_on=TODAY)

    assert resigned.day(APPROVED, TODAY) == date(2026, 12, 22)
    assert resigned.in_words(TODAY) == "retired; 28 days after the notice received on 24 November"


@pytest.mark.parametrize("reason", [EndReason.DIED, EndReason.ADOPTED])
def test_a_death_and_permanence_end_it_on_their_day(reason: EndReason) -> None:
    assert Ending(CARER, reason, ended_on=TODAY).day(APPROVED, TODAY) == TODAY


def test_adoption_and_special_guardianship_are_no_loss() -> None:
    permanence = {one for one in EndReason if Ending(CARER, one).is_permanence}

    assert permanence == {EndReason.ADOPTED, EndReason.BECAME_SPECIAL_GUARDIAN}


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (Ending(CARER, EndReason.RETIRED, ended_on=TODAY), "notice_received_on", "28 days after"),
        (Ending(SERVICE, EndReason.OTHER), "ended_on", "Enter the first day"),
        (Ending(SERVICE, EndReason.OTHER, TODAY), "notice_received_on", "Only the carers"),
        (Ending(CARER, EndReason.OTHER, TODAY, TODAY), "ended_on", "Leave this empty"),
        (Ending(CARER, EndReason.OTHER, date(2026, 11, 25)), "notice_received_on", "in the past"),
        (Ending(CARER, EndReason.OTHER, date(2020, 3, 31)), "notice_received_on", "1 April 2020"),
        (Ending(SERVICE, EndReason.OTHER, None, date(2020, 3, 1)), "ended_on", "1 April 2020"),
    ],
)
def test_what_is_missing_or_impossible_is_refused(wrong: Ending, field: str, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        wrong.day(APPROVED, TODAY)

    assert refused.value.field == field


def test_children_who_stay_are_named() -> None:
    assert "and C-1 lives there" in ChildrenStay(["C-1"], TODAY, TODAY).sentence
    assert (
        "and C-1, C-2 and C-3 live there"
        in ChildrenStay(["C-1", "C-2", "C-3"], TODAY, TODAY).sentence
    )
