"""One seeded service of 300 homes and five years, held against a count by hand of every day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain.capacity import UnavailableReason
from carers.domain.period import Days
from carers.domain.register import CarerType, Skill, SkillLevel
from carers.domain.viewer import Viewer
from carers.queries import ledger
from carers.reports import capacity, occupancy
from tests.homes_by_hand import (
    POPULATIONS,
    STATES,
    ByHand,
    Hold,
    Home,
    Settings,
    SkillRow,
    Stay,
    TermsRow,
)
from tests.statements import count_of
from tests.written_homes import write

FIVE_YEARS = Days(date(2021, 4, 1), date(2026, 3, 31))
EARLIEST = date(2021, 1, 1)
TYPES = [CarerType.GENERAL] * 6 + list(CarerType)
ASKED = {"report", "service", "population", "as_known_at", "as_at", "first_day", "last_day"}


class Made:
    """A service as the seed has it: homes fill and empty, change, overfill and end."""

    def __init__(self, seed: int, homes: int = 300) -> None:
        self.random = Random(seed)  # noqa: S311  # the same service every time
        self.stays = 0
        self.homes = [self.home(number) for number in range(homes)]

    def later(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.random.randint(least, most))

    def home(self, number: int) -> Home:
        approved_on = self.later(EARLIEST, 0, 1800)
        ends = self.later(approved_on, 0, 2500)
        ended_on = ends if ends <= FIVE_YEARS.last else None
        home = Home(f"H-{number:03}", "own", approved_on, ended_on)
        self.add_terms(home, ended_on)
        for _ in range(self.random.choice([0, 1, 2, 2, 3])):
            self.add_children(home)
        for n in range(self.random.randint(0, 5)):
            from_on = self.later(approved_on, 0, 1500)
            until_on = self.random.choice([None, self.later(from_on, 0, 120)])
            places = self.random.randint(1, 3)
            reason = self.random.choice(list(UnavailableReason))
            home.holds.append(Hold(from_on, until_on, f"N-{number}-{n}", places, reason))
        for skill in self.random.sample(list(Skill), 2):
            level = self.random.choice(list(SkillLevel))
            home.skills.append(SkillRow(approved_on, None, skill, level))
        at = datetime(2026, 3, self.random.randint(20, 31), 22, 30, tzinfo=UTC)
        home.confirmed.append((at, None))
        return home

    def add_terms(self, home: Home, ended_on: date | None) -> None:
        from_on = home.approved_on
        for _ in range(self.random.randint(1, 3)):
            until_on = self.later(from_on, 100, 900)
            carer_type, places = self.random.choice(TYPES), self.random.randint(1, 4)
            if ended_on and from_on >= ended_on:
                break
            home.terms.append(TermsRow(from_on, until_on, carer_type, places, 0, 17))
            from_on = self.later(until_on, 0, self.random.choice([0, 0, 30]))
        last = home.terms[-1] if home.terms else TermsRow(from_on, None, TYPES[0], 1)
        home.terms[-1:] = [TermsRow(last.from_on, None, last.carer_type, last.places)]

    def add_children(self, home: Home) -> None:
        """One after another on one place, or two."""
        from_on = self.later(home.approved_on, 0, 90)
        lasts = home.ended_on or FIVE_YEARS.last
        while from_on < lasts:
            ends = self.later(from_on, 0, 400)
            until_on = home.ended_on if ends > lasts else ends
            self.stays += 1
            used = self.random.choice([1] * 9 + [2])
            ref = f"PL-{self.stays:05}"
            home.stays.append(Stay(from_on, until_on, ref, f"C-{self.stays:05}", used))
            from_on = self.later(ends, 0, 60)


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(service) -> Viewer:
    return Viewer(ref="test", name="test", service_id=service.id, service_ids=(service.id,))


def test_b1_five_years_of_300_homes_equal_a_count_by_hand(service, viewer):
    made = Made(seed=1969)
    by_hand = ByHand(made.homes, EARLIEST, FIVE_YEARS.last)
    write(made.homes, {"own": service}, service.id)

    check_every_home_and_day(viewer, by_hand)
    check_nights(viewer, by_hand)
    for day in (date(2022, 9, 30), FIVE_YEARS.last):
        answer = capacity.answer(viewer, Days(day, day))
        figures = {key: value for key, value in answer.plain().items() if key not in ASKED}
        assert figures == by_hand.capacity("mainstream", day, Settings())
    db.session.rollback()

    assert made.stays > 1500


def check_every_home_and_day(viewer: Viewer, by_hand: ByHand) -> None:
    spells = ledger.spells(viewer, within=FIVE_YEARS)
    columns = (spells.c[name] for name in STATES)
    query = select(spells.c.household_id, spells.c.from_on, spells.c.until_on, *columns)
    checked = 0
    for home_id, from_on, until_on, *states in db.session.execute(query):
        approved, over, filled, not_available, vacant = states
        assert approved + over == filled + not_available + vacant
        table = by_hand.tables[home_id]
        for number in range(((until_on or FIVE_YEARS.after) - from_on).days):
            on = table[from_on + timedelta(days=number)]
            assert not on.under or list(on.states) == states, (home_id, from_on, number)
            checked += on.under is not None
    tables = by_hand.tables.values()
    assert checked >= sum(
        on.approved + on.filled > 0 and FIVE_YEARS.includes(day)
        for table in tables
        for day, on in table.items()
        if on.under
    )


def check_nights(viewer: Viewer, by_hand: ByHand) -> None:
    """The days, and the nights they add up to, by state and by reason."""
    daily = occupancy.daily(viewer, FIVE_YEARS)
    answer = occupancy.answer(viewer, FIVE_YEARS)
    types, lost = POPULATIONS["mainstream"], Counter[str]()
    sums = {one.day: [0] * len(STATES) for one in daily}
    for table in by_hand.tables.values():
        for day, on in table.items():
            if day in sums and on.under and on.under.carer_type in types:
                sums[day] = [so_far + by for so_far, by in zip(sums[day], on.states, strict=True)]
                for hold, places in on.taken:
                    lost[hold.reason] += places
    for one in daily:
        assert [getattr(one, name) for name in STATES] == sums[one.day], one.day
        assert one.approved + one.over == one.filled + one.not_available + one.vacant
    for name, nights in zip(STATES, map(sum, zip(*sums.values(), strict=True)), strict=True):
        assert answer.figure(f"nights_{name}") == nights
    local = answer.figure("by_reason.local")
    assert {reason: nights for reason, nights in local.items() if nights} == lost
    assert all(lost[reason] for reason in UnavailableReason)


def test_a_report_takes_as_many_statements_for_many_homes_as_for_none(service, viewer):
    def day() -> None:
        capacity.answer(viewer, Days(date(2026, 3, 31), date(2026, 3, 31)))

    def period() -> None:
        occupancy.answer(viewer, FIVE_YEARS)

    few = count_of(day), count_of(period)
    write(Made(seed=1969, homes=40).homes, {"own": service}, service.id)

    assert (count_of(day), count_of(period)) == few
    db.session.rollback()
