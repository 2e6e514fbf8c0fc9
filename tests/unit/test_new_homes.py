"""What must be so for a home to be added otherwise than by the panel's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carers.domain.errors import RuleBroken
from carers.domain.new_homes import NewHome
from carers.domain.register import Approval

TODAY = date(2026, 3, 24)
NAN = NewHome(Approval.TEMPORARY, ("Nan Birch",), TODAY, ("C-0001",), None, "A Rao")
HOST = NewHome(Approval.HOST, ("Jo Pike", "Al Pike"), TODAY)


def test_homes_that_may_be_added():
    NAN.check(TODAY)
    replace(NAN, approval=Approval.ADOPTER, approved_on=date(2026, 4, 21)).check(TODAY)
    replace(NAN, children=(), born_on=date(2020, 1, 1)).check(TODAY)
    HOST.check(TODAY)
    assert HOST.name == "Jo and Al Pike"


@pytest.mark.parametrize(
    ("home", "change", "field"),
    [
        (NAN, {"approval": Approval.FULL}, "approval"),
        (NAN, {"approved_on": date(2026, 4, 22)}, "approved_on"),
        (NAN, {"approved_on": date(2008, 3, 23)}, "approved_on"),
        (NAN, {"children": ()}, "children"),
        (NAN, {"born_on": date(2007, 1, 1)}, "born_on"),
        (NAN, {"approved_by": None}, "approved_by"),
        (HOST, {"children": ("C-0001",)}, "children"),
        (HOST, {"born_on": date(2020, 1, 1)}, "born_on"),
    ],
)
def test_homes_that_may_not_be_added(home, change, field):
    with pytest.raises(RuleBroken) as refused:
        replace(home, **change).check(TODAY)

    assert refused.value.field == field
