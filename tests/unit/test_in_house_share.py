"""In-house share, held against nights and placements counted one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain.children import ProviderKind
from carers.domain.period import Days
from carers.domain.register import Approval, CarerType
from carers.domain.shares import Share
from carers.reports import register
from carers.reports.in_house_share import Stay, frame, shares
from carers.reports.register import Recorded

START = date(2021, 3, 25)
PERIOD = Days(date(2021, 4, 1), date(2021, 4, 10))
GENERAL, CONNECTED = CarerType.GENERAL, CarerType.CONNECTED_PERSON


def day(number: int) -> date:
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Place:
    """Where a child lived; a home's type may change once, on ``changes_on``."""

    from_on: date
    until_on: date | None
    approval: Approval | None = Approval.FULL
    types: tuple[CarerType, CarerType] = (GENERAL, GENERAL)
    changes_on: date = date(2021, 4, 4)
    provider: ProviderKind | None = None

    def stay(self, number: int) -> Stay:
        home = None if self.provider else UUID(int=number)
        approval = None if self.provider else self.approval
        return Stay(
            UUID(int=1000 + number),
            "elmshire",
            f"PL-{number:02}",
            UUID(int=2000 + number),
            self.from_on,
            self.until_on,
            home,
            approval,
            self.provider,
        )

    def home(self, number: int) -> list[Recorded]:
        if self.provider or self.approval is not Approval.FULL:
            return []
        ident = (UUID(int=number), "elmshire", f"H-{number}", day(0), None, None, None, None)
        before, after = self.types
        return [
            Recorded(*ident, day(0), self.changes_on, before, 1),
            Recorded(*ident, self.changes_on, None, after, 1),
        ]

    def provision(self, on: date) -> str:
        if self.provider:
            return "ifa" if self.provider is ProviderKind.IFA else "other"
        if self.approval is Approval.TEMPORARY:
            return "connected"
        carer_type = self.types[on >= self.changes_on]
        is_full = self.approval is Approval.FULL
        return "connected" if is_full and carer_type is CONNECTED else "in_house"

    def is_open(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


def shared(*places: Place, days: Days = PERIOD) -> dict[str, Any]:
    known = [place for place in places if is_of(place, days)]
    spells = register.frame(r for number, one in enumerate(known) for r in one.home(number))
    figures, counted = shares(
        frame(one.stay(number) for number, one in enumerate(known)), spells, days
    )
    for path, one in counted.items():
        *parents, last = path.split(".")
        figure = figures
        for step in parents:
            figure = figure[step]
        shown = getattr(figure, last) if isinstance(figure, Share) else figure[last]
        assert round(sum(row.amount for row in one.rows()), 1) == shown, path
    return figures


def is_of(place: Place, days: Days) -> bool:
    """Open at the end of some day of the period, or begun in it."""
    nights = [days.first + timedelta(days=number) for number in range(days.count)]
    return any(map(place.is_open, nights)) or days.includes(place.from_on)


def by_hand(places: Sequence[Place]) -> dict[str, dict[str, int]]:
    nights = [PERIOD.first + timedelta(days=number) for number in range(PERIOD.count)]
    found = {unit: dict.fromkeys(("in_house", "connected", "ifa", "other"), 0) for unit in UNITS}
    for place in places:
        for night in filter(place.is_open, nights):
            found["nights"][place.provision(night)] += 1
        if is_of(place, PERIOD):
            found["placements"][place.provision(max(place.from_on, PERIOD.first))] += 1
        if place.is_open(PERIOD.last):
            found["children"][place.provision(PERIOD.last)] += 1
    return found


UNITS = ("nights", "placements", "children")


@st.composite
def places(draw: st.DrawFn) -> Place:
    first = draw(st.integers(0, 20))
    until = draw(st.none() | st.integers(first, 24))
    types = st.sampled_from([GENERAL, CONNECTED, CarerType.RESPITE])
    return Place(
        day(first),
        None if until is None else day(until),
        draw(st.sampled_from(Approval)),
        (draw(types), draw(types)),
        day(draw(st.integers(1, 20))),
        draw(st.sampled_from([None, None, ProviderKind.IFA, ProviderKind.OTHER_LA])),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(places(), max_size=6))
def test_every_share_equals_the_placements_counted_night_by_night(some: list[Place]) -> None:
    figures, expected = shared(*some), by_hand(some)

    for unit, found in expected.items():
        own, linked, agency = found["in_house"], found["connected"], found["ifa"]
        assert figures[unit]["connected_excluded"] == Share(own, own + agency)
        assert figures[unit]["connected_included"] == Share(own + linked, own + linked + agency)


HOME = Place(day(0), None)
AGENCY = Place(day(0), None, provider=ProviderKind.IFA)


@pytest.mark.parametrize(
    ("first", "until", "nights"),
    [
        (day(7), day(10), 3),  # in on the 1st, out on the 4th
        (day(7), day(7), 0),
        (day(0), day(7), 0),  # ended on the first day
        (day(16), None, 1),  # the last day's own night
    ],
)
def test_the_first_night_counts_and_the_last_day_does_not(
    first: date, until: date | None, nights: int
) -> None:
    assert shared(Place(first, until))["nights"]["connected_excluded"].numerator == nights


def test_a_placement_of_no_night_is_counted_and_one_that_ended_on_the_first_day_is_not() -> None:
    no_night, ended = Place(day(7), day(7)), Place(day(0), day(7))

    assert shared(no_night, ended)["placements"]["connected_excluded"].numerator == 1


def test_nights_go_with_the_type_of_the_night_and_placements_with_that_of_the_first_day() -> None:
    figures = shared(Place(day(0), None, types=(GENERAL, CONNECTED), changes_on=day(9)), AGENCY)

    assert figures["placements"]["connected_excluded"] == Share(1, 2)
    assert figures["nights"]["connected_excluded"] == Share(2, 12)
    assert figures["nights"]["connected_included"] == Share(10, 20)
    assert figures["children"]["connected_excluded"] == Share(0, 1)


def test_a_temporary_approval_is_connected_and_an_adopter_or_host_is_in_house() -> None:
    temporary = Place(day(0), None, Approval.TEMPORARY)
    adopter, host = Place(day(0), None, Approval.ADOPTER), Place(day(0), None, Approval.HOST)

    figures = shared(temporary, adopter, host, AGENCY)

    assert figures["children"]["connected_excluded"] == Share(2, 3)
    assert figures["children"]["connected_included"] == Share(3, 4)


def test_another_authoritys_carers_are_on_neither_side() -> None:
    elsewhere = Place(day(0), None, provider=ProviderKind.OTHER_LA)

    assert shared(elsewhere, HOME)["placements"]["connected_included"] == Share(1, 1)


def test_weeks_are_nights_by_seven_rounded_once() -> None:
    assert shared(HOME, AGENCY)["weeks"] == {
        "in_house": Decimal("1.4"),
        "connected": Decimal("0.0"),
        "ifa": Decimal("1.4"),
    }


def test_without_a_placement_there_is_no_percentage() -> None:
    assert shared()["nights"]["connected_excluded"].percent is None
