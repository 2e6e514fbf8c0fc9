"""The bridge, held against homes counted one by one and day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain.period import Days
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import ArrivedBy, CarerType, EndInitiator, EndReason
from carers.reports import register
from carers.reports.net_gain import bridges
from carers.reports.register import Recorded

START = date(2021, 3, 25)
PERIOD = Days(date(2021, 4, 1), date(2021, 4, 12))
MAINSTREAM = CARER_TYPES[Population.MAINSTREAM]
GENERAL, CONNECTED = CarerType.GENERAL, CarerType.CONNECTED_PERSON
RESPITE, SPECIALIST = CarerType.RESPITE, CarerType.SPECIALIST


COUNTED = {"opening", "approved", "ended", "recategorised", "closing"}
COUNTED |= {"terms_increased", "terms_decreased"}


def day(number: int) -> date:
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Home:
    """A home with terms as (from, until, type, places)."""

    approved_on: date
    ended_on: date | None
    terms: tuple[tuple[date, date | None, CarerType, int], ...]
    arrived_by: ArrivedBy | None = None
    end_initiated_by: EndInitiator | None = None
    end_reason: EndReason | None = None

    def recorded(self, number: int) -> list[Recorded]:
        return [
            Recorded(
                UUID(int=number),
                "elmshire",
                f"H-{number}",
                self.approved_on,
                self.ended_on,
                self.arrived_by,
                self.end_initiated_by,
                self.end_reason,
                *terms,
            )
            for terms in self.terms
        ]

    def is_open(self, on: date) -> bool:
        return self.approved_on <= on and (self.ended_on is None or on < self.ended_on)

    def in_force(self, on: date) -> tuple[CarerType, int] | None:
        """The type and places on a day by the recorded rows alone; none where they have a gap."""
        for from_on, until_on, carer_type, places in self.terms:
            if max(from_on, self.approved_on) <= on and (until_on is None or on < until_on):
                return carer_type, places
        return None

    def on(self, on: date) -> tuple[CarerType, int] | None:
        """The type and places that count on a day (METRICS, A gap in terms)."""
        if not self.is_open(on):
            return None
        if found := self.in_force(on):
            return found
        back = on
        while back > self.approved_on:
            back -= timedelta(days=1)
            if found := self.in_force(back):
                return found[0], 0
        return self.first()[0], 0

    def first(self) -> tuple[CarerType, int]:
        """The earliest terms still in force at approval or later, with the places of that day."""
        if self.ended_on == self.approved_on:
            now = next(t for t in self.terms if t[1] is None or t[1] >= self.approved_on)
            return now[2], now[3]
        lasting = [t for t in self.terms if t[1] is None or t[1] > self.approved_on]
        _, _, carer_type, places = (lasting or self.terms[-1:])[0]
        begun = bool(lasting) and lasting[0][0] <= self.approved_on
        return carer_type, places if begun else 0


def framed(homes: Sequence[Home]) -> pd.DataFrame:
    return register.frame(r for number, home in enumerate(homes) for r in home.recorded(number))


def bridged(
    *homes: Home, days: Days = PERIOD, types: frozenset[CarerType] = MAINSTREAM
) -> dict[str, Any]:
    figures, counted = bridges(framed(homes), days, types)
    for path, one in counted.items():
        assert sum(row.amount for row in one.rows()) == one.total, path
    return figures


def counts(figures: dict[str, Any], unit: str, **expected: int) -> bool:
    """Whether the figures named are these, and every other change is none."""
    changes = {"approved", "ended", "recategorised", "terms_increased", "terms_decreased"}
    found = {key: figures[unit][key] for key in changes & figures[unit].keys()}
    return found == dict.fromkeys(found, 0) | expected


SETTLED = Home(day(0), None, ((day(0), None, GENERAL, 2),))


class ByHand:
    """The bridge by its words, a day and a home at a time."""

    def __init__(self, homes: Sequence[Home], types: frozenset[CarerType]) -> None:
        self.types = types
        self.found: dict[str, int] = defaultdict(int)
        for home in homes:
            self.add_stock("opening", home.on(PERIOD.eve))
            self.add_stock("closing", home.on(PERIOD.last))
            self.add_comings_and_goings(home)
            for number in range(PERIOD.count):
                on = PERIOD.first + timedelta(days=number)
                self.add_change(home.on(on - timedelta(days=1)), home.on(on))

    def add(self, key: str, places: int, sign: int = 1) -> None:
        self.found[f"households.{key}"] += sign
        self.found[f"places.{key}"] += sign * places

    def add_stock(self, key: str, held: tuple[CarerType, int] | None) -> None:
        if held and held[0] in self.types:
            self.add(key, held[1])

    def add_comings_and_goings(self, home: Home) -> None:
        if PERIOD.includes(home.approved_on):
            self.add_stock("approved", home.first())
        if home.ended_on and PERIOD.includes(home.ended_on):
            self.add_stock("ended", home.on(home.ended_on - timedelta(days=1)) or home.first())

    def add_change(
        self, before: tuple[CarerType, int] | None, after: tuple[CarerType, int] | None
    ) -> None:
        if before is None or after is None:
            return
        if (before[0] in self.types) != (after[0] in self.types):
            self.add("recategorised", before[1], 1 if after[0] in self.types else -1)
        if after[0] in self.types:
            self.found["places.terms_increased"] += max(after[1] - before[1], 0)
            self.found["places.terms_decreased"] += max(before[1] - after[1], 0)


@st.composite
def homes(draw: st.DrawFn) -> Home:
    """A home near the period, its terms in order and never two on one day."""
    approved = draw(st.integers(0, 22))
    ended = draw(st.none() | st.integers(approved, 26))
    edges = draw(st.lists(st.integers(0, 26), min_size=1, max_size=4, unique=True).map(sorted))
    terms = []
    for number, edge in enumerate(edges):
        last = number == len(edges) - 1
        until = draw(
            st.none() | st.just(edge + 4) if last else st.integers(edge + 1, edges[number + 1])
        )
        kind = draw(st.sampled_from([GENERAL, SPECIALIST, CONNECTED, RESPITE]))
        terms.append(
            (day(edge), None if until is None else day(until), kind, draw(st.integers(0, 3)))
        )
    if ended == approved:  # its terms are those of the day
        terms = [(day(approved), None, terms[0][2], terms[0][3])]
    return Home(day(approved), None if ended is None else day(ended), tuple(terms))


@settings(max_examples=40, deadline=None)
@given(st.lists(homes(), max_size=5), st.sampled_from(list(Population)))
def test_the_bridge_equals_the_homes_counted_day_by_day_and_adds_up(
    some: list[Home], population: Population
) -> None:
    figures, _ = bridges(framed(some), PERIOD, CARER_TYPES[population])

    by_hand = ByHand(some, CARER_TYPES[population]).found
    for name, unit in figures.items():
        for key in COUNTED & unit.keys():
            assert unit[key] == by_hand[f"{name}.{key}"], (name, key)
        moved = unit["approved"] - unit["ended"] + unit["recategorised"]
        moved += unit.get("terms_increased", 0) - unit.get("terms_decreased", 0)
        assert unit["opening"] + moved == unit["closing"]
        assert unit["net_gain"] == unit["approved"] - unit["ended"]
        assert unit["net_change"] == unit["closing"] - unit["opening"]


@settings(max_examples=20, deadline=None)
@given(st.lists(homes(), max_size=5))
def test_what_one_population_loses_by_type_another_gains(some: list[Home]) -> None:
    parts = (Population.MAINSTREAM, Population.CONNECTED_PERSON, Population.RESPITE)
    spells = framed(some)
    found = [bridges(spells, PERIOD, CARER_TYPES[one])[0] for one in parts]
    everyone, _ = bridges(spells, PERIOD, CARER_TYPES[Population.ALL])

    for unit in ("households", "places"):
        assert sum(one[unit]["recategorised"] for one in found) == 0
        assert sum(one[unit]["closing"] for one in found) == everyone[unit]["closing"]


def test_a_home_ended_on_the_last_day_is_not_in_its_stock() -> None:
    figures = bridged(replace(SETTLED, ended_on=PERIOD.last))

    assert counts(figures, "households", ended=1)
    assert (figures["households"]["opening"], figures["households"]["closing"]) == (1, 0)


def test_one_home_for_one_that_leaves_may_be_fewer_places() -> None:
    leaves = Home(day(0), day(9), ((day(0), None, GENERAL, 3),))
    comes = Home(day(9), None, ((day(9), None, GENERAL, 1),))

    figures = bridged(leaves, comes)

    assert (figures["households"]["net_gain"], figures["places"]["net_gain"]) == (0, -2)


def test_a_home_approved_and_ended_on_one_day_counts_in_both_and_is_in_no_stock() -> None:
    figures = bridged(Home(day(9), day(9), ((day(9), day(9), GENERAL, 2),)))

    assert counts(figures, "households", approved=1, ended=1)
    assert counts(figures, "places", approved=2, ended=2)
    assert figures["households"]["closing"] == 0


def test_a_home_that_changes_type_moves_with_the_places_of_the_day_before() -> None:
    moves = Home(day(0), None, ((day(0), day(10), GENERAL, 2), (day(10), None, CONNECTED, 3)))

    assert counts(bridged(moves), "places", recategorised=-2)
    connected = bridged(moves, types=CARER_TYPES[Population.CONNECTED_PERSON])
    assert counts(connected, "places", recategorised=2, terms_increased=1)
    assert counts(connected, "households", recategorised=1)


def test_a_change_of_type_inside_the_population_moves_nothing() -> None:
    moves = Home(day(0), None, ((day(0), day(10), GENERAL, 2), (day(10), None, SPECIALIST, 1)))

    assert counts(bridged(moves), "places", terms_decreased=1)
    assert counts(bridged(moves), "households")


def test_a_gap_in_terms_is_fewer_places_on_its_first_day_and_more_on_the_day_after() -> None:
    gap = Home(day(0), None, ((day(0), day(8), GENERAL, 2), (day(12), None, GENERAL, 3)))

    assert counts(bridged(gap), "places", terms_decreased=2, terms_increased=3)
    assert counts(bridged(gap), "households")
    first_half = bridged(gap, days=Days(PERIOD.first, day(11)))
    assert first_half["places"]["closing"] == 0
    assert first_half["households"]["closing"] == 1


def test_a_home_whose_first_terms_begin_later_is_approved_with_no_places() -> None:
    later = Home(day(9), None, ((day(11), None, CONNECTED, 2),))
    connected = CARER_TYPES[Population.CONNECTED_PERSON]

    figures = bridged(later, types=connected)

    assert counts(figures, "households", approved=1)
    assert counts(figures, "places", approved=0, terms_increased=2)


def test_terms_dated_before_the_approval_count_from_it() -> None:
    early = Home(day(9), None, ((day(0), day(4), CONNECTED, 1), (day(4), None, GENERAL, 2)))

    assert counts(bridged(early), "places", approved=2)


def test_transfers_and_permanence_are_parts_that_may_overlap() -> None:
    came = Home(day(9), None, SETTLED.terms, arrived_by=ArrivedBy.TRANSFER_FROM_IFA)
    went = replace(
        SETTLED,
        ended_on=day(9),
        end_initiated_by=EndInitiator.TRANSFER_TO_LA,
        end_reason=EndReason.ADOPTED,
    )
    moved = replace(SETTLED, ended_on=day(9), end_reason=EndReason.MOVED_AGENCY)

    homes_ = bridged(came, went, moved)["households"]

    assert homes_["of_which_transferred_in"] == 1
    assert homes_["of_which_transferred_out"] == 1
    assert homes_["of_which_permanence"] == 1


def test_turnover_is_ended_of_opening_and_unknown_where_there_was_nothing() -> None:
    share = bridged(SETTLED, replace(SETTLED, ended_on=day(9)))["households"]["turnover"]

    assert (share.numerator, share.denominator, str(share.percent)) == (1, 2, "50.0")
    assert bridged()["households"]["turnover"].percent is None


def test_ended_opens_to_the_home_on_the_day_it_ended() -> None:
    _, counted = bridges(framed([replace(SETTLED, ended_on=day(9))]), PERIOD, MAINSTREAM)

    (row,) = counted["places.ended"].rows()

    assert (row.service, row.ref, row.day, row.amount) == ("elmshire", "H-0", day(9), 2)
