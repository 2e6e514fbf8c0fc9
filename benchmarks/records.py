"""The invented records of one service: homes, their terms, children, holds and confirmations.

A home's every place is a line of spells that follow one another, so no home is ever overfilled
and no child is in two. Days are numbers of a calendar; each row is text as COPY reads it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from benchmarks.copying import NULL, Calendar, Row
from benchmarks.nation import ServicePlan, shared_out
from carers.domain.capacity import UnavailableReason
from carers.domain.recruitment import ServiceKind
from carers.domain.register import CarerType, PlacementType, Skill
from carers.domain.roles import Role

YEARS = 20  # of the calendar: homes approved before the five years among them
WINDOW = 5 * 365  # days that have placements, holds and endings
OPEN_SHARE = 43_475 / 65_000  # of the homes of five years, open on any one day
PLACES = (1, 1, 1, 1, 2, 2, 2, 2, 3, 3)  # 1.8 a home (53,575 ÷ 28,725 in the councils' return)
HOLD_LENGTH, GAP_LENGTH = 0.6, 0.22  # beside a placement's 1: 61 % filled, 18 % withheld
LEFT_OPEN = 0.8
HOMES_EACH = 15  # of a supervising social worker
CORRECTED = 0.05  # of placements and holds, which leave the row they took the place of
EXEMPTED = 0.02  # of placements, with an exemption that names the child
AGENCIES = 12  # that a council places children with
AGENCY_SHARE = 0.5  # of its own homes' placements, in as many children more
REASONS = [str(reason) for reason in UnavailableReason]
OFFERS = [str(kind) for kind in PlacementType][:5]
MADE_AT = "2021-11-24 09:00+00"
GIVEN = ("Ada", "Bola", "Chen", "Dilys", "Ewan", "Farah", "Gwen", "Hari", "Isla", "Jonah", "Keziah")
FAMILY = ("Abbot", "Bright", "Croft", "Dunn", "Ellery", "Frost", "Gale", "Harte", "Ives", "Judd")


class Home(NamedTuple):
    """A home and its days; ``ended`` is none where it is open."""

    id: str
    places: int
    approved: int
    ended: int | None


class Bed(NamedTuple):
    """One place of a home over the days that have records."""

    home: Home
    first: int
    last: int


class Stay(NamedTuple):
    """A spell in which one place is filled or withheld; ``until`` none where it still is."""

    home: Home
    first: int
    until: int | None


@dataclass
class Service:
    """Makes one service's rows, the same for the same seed and plan."""

    plan: ServicePlan
    seed: int
    calendar: Calendar
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed}/{self.plan.code}")  # noqa: S311
        self.id = self._id()
        self.opened = self.calendar.last - WINDOW
        self.workers: list[str] = []
        self.numbers = dict.fromkeys(("household", "placement", "hold", "child"), 0)

    def make(self) -> dict[str, list[Row]]:
        named = (self.plan.code, self.plan.name, str(self.plan.kind))
        self.rows["fostering_service"].append((self.id, MADE_AT, *named))
        homes = [self._home() for _ in range(self.plan.homes)]
        self._people_at_work(sum(home.ended is None for home in homes))
        for number, home in enumerate(homes):
            self._register(home, self.workers[number % len(self.workers)])
        placements, holds = self._stays([bed for home in homes for bed in self._beds(home)])
        self._placements(sorted(placements, key=lambda stay: stay.first))
        for stay in holds:
            self._hold(stay)
        if self.plan.kind is ServiceKind.LOCAL_AUTHORITY:
            self._agency_placements(round(AGENCY_SHARE * self.plan.placements))
        self._confirmations([home for home in homes if home.ended is None])
        return self.rows

    def _home(self) -> Home:
        rng, last = self.rng, self.calendar.last
        was_there = rng.random() < OPEN_SHARE
        approved = rng.randrange(self.opened) if was_there else rng.randrange(self.opened, last)
        stays = rng.random() < OPEN_SHARE
        ended = None if stays else rng.randrange(max(approved, self.opened) + 1, last + 1)
        return Home(self._id(), rng.choice(PLACES), approved, ended)

    def _beds(self, home: Home) -> Iterator[Bed]:
        last = self.calendar.last if home.ended is None else home.ended
        for _ in range(home.places):
            yield Bed(home, max(home.approved, self.opened), last)

    def _stays(self, beds: list[Bed]) -> tuple[list[Stay], list[Stay]]:
        """Placements and holds, as many as planned, along every place in proportion to its days."""
        days = [bed.last - bed.first for bed in beds]
        found: tuple[list[Stay], list[Stay]] = ([], [])
        counts = zip(
            beds,
            shared_out(self.plan.placements, days),
            shared_out(self.plan.holds, days),
            strict=True,
        )
        for bed, placements, holds in counts:
            kinds = [0] * placements + [1] * holds
            self.rng.shuffle(kinds)
            for kind, stay in zip(kinds, self._line(bed, kinds), strict=True):
                found[kind].append(stay)
        return found

    def _line(self, bed: Bed, kinds: list[int]) -> Iterator[Stay]:
        """Spells one after another along a place, the last perhaps still so."""
        rng, lengths = self.rng, (1.0, HOLD_LENGTH)
        spans: list[float] = []
        for kind in kinds:
            spans += (GAP_LENGTH * rng.expovariate(1), lengths[kind] * rng.expovariate(1))
        is_open = rng.random() < LEFT_OPEN
        whole = sum(spans) + (0 if is_open else GAP_LENGTH)
        scale = (bed.last - bed.first) / whole if whole else 0.0
        at = float(bed.first)
        for number in range(0, len(spans), 2):
            first = int(at + spans[number] * scale)
            at += (spans[number] + spans[number + 1]) * scale
            is_last = number == len(spans) - 2
            still = is_last and is_open and bed.home.ended is None
            yield Stay(bed.home, min(first, bed.last), None if still else min(int(at), bed.last))

    def _people_at_work(self, open_homes: int) -> None:
        others = [Role.TEAM_MANAGER, Role.PLACEMENTS_OFFICER, Role.HEAD_OF_SERVICE]
        workers = [Role.SUPERVISING_SOCIAL_WORKER] * (open_homes // HOMES_EACH + 1)
        for number, role in enumerate([*workers, *others]):
            user, member = self._id(), f"{self.plan.code}-{number}"
            self.rows["user_account"].append((user, MADE_AT, f"{member}@example.org", "t"))
            made = self._add("membership", self.id, member, self._name(), user, f"{{{role}}}")
            if role is Role.SUPERVISING_SOCIAL_WORKER:
                self.workers.append(made)

    def _register(self, home: Home, worker: str) -> None:
        rng, text = self.rng, self.calendar.text
        name, approved, ended = self._name(), text(home.approved), text(home.ended)
        ref, phone = self._ref("household"), f"01632 960{rng.randrange(1000):03}"
        postcode = f"ZZ{rng.randrange(1, 20)} 1AA"
        who = (home.id, MADE_AT, self.id, ref, name, "full", phone, postcode)
        self.rows["household"].append((*who, str(home.places + 1), approved, ended))
        for number in range(1 + (rng.random() < 0.6)):
            given, family = rng.choice(GIVEN), name.rpartition(" ")[2]
            carer = (f"{ref}-{number}", home.id, "carer", given, family, "{}")
            self._add("person", self.id, *carer)
        self._terms(home)
        skills = [str(skill) for skill in rng.sample(list(Skill), rng.choice((0, 0, 1, 1, 2)))]
        for skill in skills:
            self._add("skill_held", self.id, home.id, approved, skill, "approved")
        self._add("allocation", self.id, worker, home.id, approved, ended, "f")

    def _terms(self, home: Home) -> None:
        rng, until = self.rng, self.calendar.last if home.ended is None else home.ended
        changed = rng.randrange(home.approved, until) if rng.random() < 0.4 else None
        kind = str(rng.choice((CarerType.GENERAL, CarerType.GENERAL, CarerType.CONNECTED_PERSON)))
        ages = (str(rng.choice((0, 0, 5, 11))), "17")
        offers = f"{{{','.join(rng.sample(OFFERS, 2))}}}"
        days = [home.approved, *([] if changed is None else [changed]), None]
        for first, following in pairwise(days):
            dated = (self.calendar.text(first), self.calendar.text(following), "f")
            what = (kind, str(home.places), *ages, "{}", offers, "f")
            self._add("terms", self.id, home.id, *dated, *what)

    def _placements(self, stays: list[Stay]) -> None:
        """Half of those that begin are children who come from another home here."""
        free: list[tuple[int, str]] = []
        for stay in stays:
            if free and free[0][0] <= stay.first and self.rng.random() < 0.5:
                _, child = heappop(free)
            else:
                child = self._add("child", self.id, self._ref("child"), self._born(stay.first))
            if stay.until is not None:
                heappush(free, (stay.until, child))
            self._placement(stay, child)

    def _placement(self, stay: Stay, child: str) -> None:
        text = self.calendar.text
        dated = (text(stay.first), text(stay.until), "f", self.rng.choice(self.workers))
        who = (self._ref("placement"), child)
        where = (stay.home.id, self.id, NULL, "U6", "1")
        made = self._corrected("placement", *who, *where, *dated)
        self._audit("placement", made, stay)
        if self.rng.random() < EXEMPTED:
            self._add("exemption", self.id, stay.home.id, text(stay.first), f"{{{child}}}")

    def _agency_placements(self, number: int) -> None:
        """A child each, for a year or so, as likely as not there still."""
        providers = [
            self._add("provider", self.id, f"A-{n}", f"Agency {n} (invented)", "ifa")
            for n in range(AGENCIES)
        ]
        for _ in range(number):
            first = self.rng.randrange(self.opened, self.calendar.last)
            until = first + int(365 * self.rng.expovariate(1))
            child = self._add("child", self.id, self._ref("child"), self._born(first))
            where = (NULL, NULL, self.rng.choice(providers), "U6", "1")
            dated = (
                self.calendar.text(first),
                NULL if until > self.calendar.last else self.calendar.text(until),
            )
            who = (self._ref("placement"), child)
            self._corrected("placement", *who, *where, *dated, "f", self.rng.choice(self.workers))

    def _hold(self, stay: Stay) -> None:
        text, worker = self.calendar.text, self.rng.choice(self.workers)
        until = self.calendar.last if stay.until is None else stay.until
        expected = text(self.rng.randint(stay.first, until))
        what = (stay.home.id, "1", self.rng.choice(REASONS), worker, expected)
        dated = (text(stay.first), text(stay.until), "f")
        made = self._corrected("unavailability", self._ref("hold"), *what, *dated, worker)
        self._audit("unavailability", made, stay)

    def _confirmations(self, homes: list[Home]) -> None:
        """Once a week, the latest up to twelve days ago."""
        counts = shared_out(self.plan.confirmations, [1.0] * len(homes))
        for home, count in zip(homes, counts, strict=True):
            latest = self.calendar.last - self.rng.choice((0, 1, 2, 3, 4, 5, 6, 6, 9, 12))
            for week in range(count):
                at = f"{self.calendar.text(latest - 7 * week)} 10:{self.rng.randrange(60):02}+00"
                said = ("supervising_social_worker", NULL, "f", self.rng.choice(self.workers))
                made = self._add("confirmation", self.id, home.id, at, *said)
                self._audit("confirmation", made, Stay(home, latest - 7 * week, None))

    def _audit(self, kind: str, record: str, stay: Stay) -> None:
        at = f"{self.calendar.text(stay.first)} 10:30+00"
        who = (at, f"{self.plan.code}-0", "192.0.2.7", f"record_{kind}")
        what = (kind, record, stay.home.id, f'{{"household_id": "{stay.home.id}"}}')
        self._add("audit_entry", self.id, *who, *what)

    def _corrected(self, table: str, *values: str) -> str:
        """A row, and now and then another that it took the place of."""
        made = self._add(table, self.id, *values, NULL)
        if self.rng.random() < CORRECTED:
            self._add(table, self.id, *values, made)
        return made

    def _add(self, table: str, *values: str) -> str:
        made = self._id()
        self.rows[table].append((made, MADE_AT, *values))
        return made

    def _id(self) -> str:
        return f"{self.rng.getrandbits(128):032x}"

    def _ref(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{kind[0].upper()}-{self.numbers[kind]}"

    def _name(self) -> str:
        return f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"

    def _born(self, placed: int) -> str:
        return self.calendar.text(max(placed - self.rng.randrange(17 * 365), 0))
