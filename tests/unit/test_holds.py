"""Which holds a search is of, how far past its expected end one is, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from carers.domain.capacity import UnavailableReason
from carers.domain.holds import PlacesOnHold, WantedHolds, in_order

DAY = date(2026, 11, 24)
OWNER = UUID(int=7)
WANTED = WantedHolds(DAY)
HOLD = PlacesOnHold(
    ref="N-1",
    household_id=uuid4(),
    home="Foyle",
    home_ref="H-0231",
    recorded=1,
    taken=1,
    reason=UnavailableReason.CARER_BREAK,
    from_on=date(2026, 11, 1),
    expected_until_on=date(2026, 12, 1),
    owner_id=OWNER,
    owner="Noor Haddad",
)


def in_days(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(("ends", "over"), [(-1, 1), (-20, 20), (0, 0), (5, 0)])
def test_a_hold_is_over_from_the_day_after_its_expected_end(ends, over):
    assert replace(HOLD, expected_until_on=in_days(ends)).days_over(DAY) == over


def test_a_hold_without_an_expected_end_is_never_over():
    assert replace(HOLD, expected_until_on=None).days_over(DAY) == 0


def test_a_hold_of_today_has_begun():
    assert replace(HOLD, from_on=in_days(1)).is_to_come(DAY)
    assert not replace(HOLD, from_on=DAY).is_to_come(DAY)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (WANTED, True),
        (replace(WANTED, reasons=frozenset({UnavailableReason.CARER_BREAK})), True),
        (replace(WANTED, reasons=frozenset({UnavailableReason.OTHER})), False),
        (replace(WANTED, owner=OWNER), True),
        (replace(WANTED, owner=UUID(int=8)), False),
        (replace(WANTED, nobodys=True), False),
        (replace(WANTED, past_only=True), False),
    ],
)
def test_all_that_is_asked_must_be_so(wanted, fits):
    assert wanted.fits(HOLD) is fits


def test_what_is_asked_can_be_given_up_one_by_one():
    wanted = replace(WANTED, owner=OWNER, past_only=True)

    assert wanted.asked == ("past_only", "owner")
    assert wanted.without("owner") == replace(WANTED, past_only=True)
    assert WANTED.asked == ()


def test_they_come_by_expected_end_then_those_without_then_those_to_come():
    late, soon = (replace(HOLD, ref=f"{n}", expected_until_on=in_days(n)) for n in (-3, 4))
    without = replace(HOLD, ref="none", expected_until_on=None)
    next_week, tomorrow = (
        replace(HOLD, ref=f"from {n}", from_on=in_days(n), expected_until_on=None) for n in (7, 1)
    )

    ordered = in_order([next_week, without, soon, tomorrow, late], WANTED)

    assert [hold.ref for hold in ordered] == ["-3", "4", "none", "from 1", "from 7"]
    assert in_order([HOLD], replace(WANTED, past_only=True)) == []
