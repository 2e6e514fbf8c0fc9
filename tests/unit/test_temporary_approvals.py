"""The extension of a temporary approval: once, in its days, after what goes before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.register import Approval, ExtensionReason
from carers.domain.temporary_approvals import (
    Extension,
    check_may_extend,
    end_of,
    weeks_before,
)

FIRST = date(2026, 1, 1)  # its sixteen weeks end on 22 April, its twenty-four on 17 June
TODAY = date(2026, 4, 20)
NOT_COMPLETE, REVIEW = ExtensionReason
GIVEN = Extension(date(2026, 4, 23), NOT_COMPLETE, date(2026, 4, 7), date(2026, 4, 8), "A Rao")


def test_an_extension_begins_the_day_after_at_the_latest():
    GIVEN.check(Period(FIRST), TODAY, weeks=16)
    replace(GIVEN, extended_on=TODAY).check(Period(FIRST), TODAY, weeks=16)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"extended_on": date(2026, 4, 24)}, "extended_on"),
        ({"extended_on": date(2025, 12, 31)}, "extended_on"),
        ({"panel_views_on": date(2025, 12, 31)}, "panel_views_on"),
        ({"panel_views_on": date(2026, 4, 21)}, "panel_views_on"),
        ({"iro_informed_on": date(2026, 4, 21)}, "iro_informed_on"),
        ({"extended_on": date(2026, 4, 6)}, "panel_views_on"),
    ],
)
def test_an_extension_that_cannot_be(change, field):
    with pytest.raises(RuleBroken) as refused:
        replace(GIVEN, **change).check(Period(FIRST), TODAY, weeks=16)

    assert refused.value.field == field


def test_an_approval_that_ended_is_not_extended():
    with pytest.raises(RuleBroken, match="must be before 23 April: approval ends then"):
        GIVEN.check(Period(FIRST, date(2026, 4, 23)), TODAY, weeks=16)


def before(extended_on: date | None = None, reason: ExtensionReason | None = None):
    return end_of(Approval.TEMPORARY, FIRST, extended_on=extended_on, reason=reason)


def test_there_is_no_second_extension_but_while_a_determination_is_under_review():
    extended = before(date(2026, 4, 23), NOT_COMPLETE)

    assert check_may_extend(Approval.TEMPORARY, before(), NOT_COMPLETE, TODAY) == 16
    assert check_may_extend(Approval.TEMPORARY, before(), REVIEW, TODAY) == 16
    assert check_may_extend(Approval.TEMPORARY, extended, REVIEW, TODAY) == 24
    assert (weeks_before(NOT_COMPLETE), weeks_before(REVIEW)) == (16, 24)
    with pytest.raises(RuleBroken, match="until 17 June: there is no second extension"):
        check_may_extend(Approval.TEMPORARY, extended, NOT_COMPLETE, TODAY)
    with pytest.raises(RuleBroken, match="under review already"):
        check_may_extend(Approval.TEMPORARY, before(TODAY, REVIEW), REVIEW, TODAY)
    with pytest.raises(RuleBroken, match="Only a temporary approval"):
        check_may_extend(Approval.ADOPTER, None, NOT_COMPLETE, TODAY)
