"""Small random services in which every edge of METRICS turns up: for a count by hand.

They are grown from a seed: drawn value by value, most would be of homes with nothing in them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from carers.domain.capacity import UnavailableReason
from carers.domain.register import Approval, CarerType, Skill, SkillLevel
from tests.homes_by_hand import Hold, Home, SkillRow, Stay, TermsRow

START = date(2026, 2, 20)  # the clocks go forward on 29 March
SPAN = 90
EARLIEST, LATEST = START - timedelta(days=60), START + timedelta(days=SPAN + 60)
SERVICES = ("own", "own", "own", "member", "member", "stranger")
AGES = ((None, None), (0, 4), (5, None), (None, 10), (11, 17), (3, 3))
MARKS = [None] * 8 + ["void", "superseded"]
HOURS = ((0, 0), (12, 0), (22, 59), (23, 0), (23, 30))  # in UTC, around midnight in London
REFS = ("N-10", "N-9", "n-1", "Ñ-2")  # in the order of their characters
SKILLS = list(Skill)[:4]


class RandomService:
    """Homes of a service, of a member of it and of a stranger, and the children in them."""

    def __init__(self, seed: int, homes: int) -> None:
        self.random = Random(seed)  # noqa: S311  # the same service for the same seed
        self.homes = [self._home(number) for number in range(homes)]
        for number in range(self.random.randint(0, 3 * homes)):
            self._place(number)

    def day(self) -> date:
        return self._after(START, 0, SPAN - 1)

    def day_of_change(self) -> date:
        """A day on which something begins or ends, if anything does."""
        rows = [row for home in self.homes for row in (*home.terms, *home.stays, *home.holds)]
        edges = {day for row in rows for day in (row.from_on, row.until_on) if day}
        within = sorted(day for day in edges if 0 <= (day - START).days < SPAN)
        return self.random.choice(within or [START])

    def _after(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.random.randint(least, most))

    def _chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _span(self, longest: int) -> tuple[date, date | None]:
        """Some have no end, some no day at all."""
        from_on = self.day()
        if self._chance(20):
            return from_on, None
        return from_on, self.random.choice([from_on, *[self._after(from_on, 1, longest)] * 6])

    def _home(self, number: int) -> Home:
        approved_on = self._after(START, -30, 40)
        ends = approved_on + timedelta(days=self.random.choice([0, 1, 25, 60]))
        home = Home(
            f"H-{number}",
            self.random.choice(SERVICES),
            approved_on,
            ends if self._chance(25) else None,
            self.random.choice(list(Approval)) if self._chance(20) else Approval.FULL,
        )
        if self._chance(95):
            self._add_terms(home)
        for ref in self.random.sample(REFS, self.random.randint(0, 4)):
            self._add_hold(home, f"{ref}-{number}")
        for skill in self.random.sample(SKILLS, self.random.randint(0, 2)):
            level = self.random.choice(list(SkillLevel))
            home.skills.append(SkillRow(*self._span(60), skill, level))
        for _ in range(self.random.randint(0, 3)):
            self._confirm(home)
        return home

    def _add_terms(self, home: Home) -> None:
        """One after another, some with days between; begun at the approval, before or after it."""
        from_on = home.approved_on + timedelta(days=self.random.choice([0, 0, 0, 0, -9, 6]))
        for _ in range(self.random.randint(1, 3)):
            until_on = None if self._chance(35) else self._after(from_on, 1, 40)
            carer_type = self.random.choice(list(CarerType))
            ages = self.random.choice(AGES)
            places = self.random.randint(0, 4)
            home.terms.append(TermsRow(from_on, until_on, carer_type, places, *ages))
            if until_on is None:
                break
            from_on = until_on + timedelta(days=self.random.choice([0, 0, 5]))
        if self._chance(25):
            mark = self.random.choice(["void", "superseded"])
            void = TermsRow(home.approved_on, None, CarerType.RESPITE, 7, mark=mark)
            home.terms.append(void)

    def _add_hold(self, home: Home, ref: str) -> None:
        from_on, until_on = self._span(50)
        if home.holds and self._chance(40):
            from_on, until_on = home.holds[-1].from_on, None  # one reference before the other
        places = self.random.randint(1, 3)
        reason = self.random.choice(list(UnavailableReason))
        mark = self.random.choice(MARKS)
        home.holds.append(Hold(from_on, until_on, ref, places, reason, mark=mark))

    def _confirm(self, home: Home) -> None:
        day = self.day()
        at = datetime(day.year, day.month, day.day, *self.random.choice(HOURS), tzinfo=UTC)
        if at not in dict(home.confirmed):
            home.confirmed.append((at, self.random.choice(MARKS)))

    def _place(self, number: int) -> None:
        """A child, who may move to another home, or go elsewhere for respite."""
        from_on, until_on = self._span(60)
        stay = Stay(
            from_on,
            until_on,
            f"PL-{number}",
            f"C-{number}",
            self.random.choice([1, 1, 1, 2]),  # a parent and child on two places
            is_of_another_service=self._chance(12),
            mark=self.random.choice(MARKS),
        )
        self.random.choice(self.homes).stays.append(stay)
        if until_on and self._chance(30):
            moved = replace(stay, from_on=until_on, until_on=None, ref=f"PL-{number}-2")
            self.random.choice(self.homes).stays.append(moved)
        elif self._chance(30):
            ends = self._after(from_on, 0, 9)
            ends = min(ends, until_on or ends)
            away = replace(stay, until_on=ends, ref=f"PL-{number}-R", respite_of=stay.ref)
            self.random.choice(self.homes).stays.append(replace(away, mark=None))
