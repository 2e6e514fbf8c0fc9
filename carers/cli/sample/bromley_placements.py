"""Bromley’s 637 placements of 2021-22: their days, homes and providers, and birth dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from carers.cli.sample.bromley_providers import ALLIANCE, OUTSIDE, elsewhere, provider
from carers.cli.sample.bromley_register import CLOSE
from carers.cli.sample.bromley_stays import SAME_HOME, Chain
from carers.cli.sample.bromley_tables import BANDS, FIRST_DAY, Line
from carers.cli.sample.homes import Home, Spell, Terms
from carers.cli.sample.names import Directory
from carers.domain.ages import age_on
from carers.domain.working_days import add_years

TEMPORARY_AT_MOST = timedelta(days=110)

# How long a placement under way on 1 April 2021 had lasted, at most, in days.
UNDER_WAY = {"U1": 1500, "U4": 1600, "U3": 90, "A6": 240, "P1": 400, "R2": 25, "R3": 90, "Z1": 20}
UNDER_WAY_OTHERWISE = 330

# New in the year, from the alliance's list and outside it (REQUIREMENTS, G-BR-14).
NEW_BY_ROUTE = {"ifa": (40, 3), "residential": (5, 21), "semi_independent": (23, 10)}


@dataclass
class Stay:
    """One placement: a chain's line on real days."""

    chain: Chain
    index: int
    line: Line
    from_on: date
    until_on: date | None
    born_on: date = FIRST_DAY
    home: Home | None = None
    provider: str = ""
    scheme: str = ""

    @property
    def is_new(self) -> bool:
        return self.from_on >= FIRST_DAY

    @property
    def stays_on(self) -> bool:
        """Whether the child's next placement is in the same home, now for the long term."""
        lines = self.chain.lines
        after = lines[self.index + 1] if self.index + 1 < len(lines) else None
        return bool(after and SAME_HOME.get(self.line.name) == after.name)

    @property
    def end(self) -> date:
        return self.until_on or CLOSE + timedelta(days=1)


def children(random: Random, chains: list[Chain]) -> list[list[Stay]]:
    """Each child's placements on their days, with a birth date that suits them."""
    found = []
    for chain in chains:
        mine = [_stay(random, chain, index) for index in range(len(chain.lines))]
        birth = born_on(random, mine)
        for stay in mine:
            stay.born_on = birth
        found.append(mine)
    return found


def _stay(random: Random, chain: Chain, index: int) -> Stay:
    """A placement on its days; one begun before the year, on a day as its line has them."""
    line = chain.lines[index]
    from_on = FIRST_DAY + timedelta(days=chain.days[index])
    if not index and not chain.is_new:
        from_on -= timedelta(
            days=random.randint(1, UNDER_WAY.get(line.place_type, UNDER_WAY_OTHERWISE))
        )
    is_open = chain.is_open and index == len(chain.lines) - 1
    until_on = FIRST_DAY + timedelta(days=chain.days[index + 1])
    return Stay(chain, index, line, from_on, None if is_open else until_on)


def born_on(random: Random, mine: list[Stay]) -> date:
    """A birth date that keeps every placement of a child in its band, and the child under 18.

    One of the oldest who left care in the year may have left by turning 18. The first placement
    is brought forward to the birth where it would come before.
    """
    youngest, oldest = BANDS[mine[0].chain.band]
    first, last = (max(stay.from_on, FIRST_DAY) for stay in (mine[0], mine[-1]))
    until_18 = add_years(mine[-1].end, -18)
    if youngest == 16 and mine[-1].until_on and random.random() < 0.6:
        return until_18
    earliest = max(add_years(last, -oldest - 1), until_18) + timedelta(days=2)
    latest = add_years(first, -youngest) - timedelta(days=3)
    born = earliest + timedelta(days=random.randint(0, (latest - earliest).days))
    mine[0].from_on = max(mine[0].from_on, born)
    return born


class Placing:
    """Gives every placement its home or provider."""

    def __init__(self, random: Random, homes: list[Home], directory: Directory) -> None:
        self._random = random
        self._homes = homes
        self._directory = directory
        self.connected: list[Home] = []
        self._scheme_uses: Counter[str] = Counter()

    def place_all(self, found: list[Stay]) -> None:
        self.place_in_house(found)
        self.place_connected(found)
        self.place_elsewhere(found)

    def place_in_house(self, found: list[Stay]) -> None:
        """Each child in a home approved for its age with a place on every day of the stay.

        A child whose home becomes the long-term one does not move.
        """
        mine = [stay for stay in found if stay.line.by == "in_house"]
        for stay in sorted(mine, key=lambda stay: (stay.from_on, id_of(stay))):
            if stay.home is None:
                run = _run(stay, mine)
                age = age_on(stay.born_on, max(stay.from_on, FIRST_DAY))
                home = self._home_for(run[0], run[-1].until_on, age)
                for one in run:
                    one.home = home
                    home.taken.append(Spell(one.from_on, one.until_on))
                self._join_scheme(run[0], home)

    def _home_for(self, stay: Stay, until_on: date | None, age: int) -> Home:
        able = [
            home
            for home in self._homes
            if home.carer_type not in {"respite", "short_breaks"}
            and home.takes(age, stay.from_on)
            and home.vacant(stay.from_on, until_on) > 0
        ]
        fresh = [home for home in able if home.approved_on >= FIRST_DAY and not home.taken]
        stepped_down = stay.index and stay.chain.lines[stay.index - 1].name == "childrens_home"
        specialist = [home for home in able if home.carer_type == "specialist"]
        return self._random.choice((stepped_down and specialist) or fresh or able)

    def _join_scheme(self, stay: Stay, home: Home) -> None:
        before = stay.chain.lines[stay.index - 1].name if stay.index else ""
        scheme = "new-horizons" if before == "childrens_home" else "emergency"
        limit = 4 if scheme == "new-horizons" else 12
        fits = home.carer_type == "specialist" or scheme == "emergency"
        if stay.is_new and fits and self._scheme_uses[scheme] < limit:
            self._scheme_uses[scheme] += 1
            stay.scheme = scheme

    def place_connected(self, found: list[Stay]) -> None:
        """Each child with a relative or friend, approved from the day the child came.

        A stay of a few weeks is under a temporary approval.
        """
        mine = [stay for stay in found if stay.line.by == "connected"]
        for stay in sorted(mine, key=lambda stay: (stay.from_on, id_of(stay))):
            if stay.home is None:
                run = _run(stay, mine)
                home = self._relative(stay.from_on, run[-1])
                for one in run:
                    one.home = home
                    home.taken.append(Spell(one.from_on, one.until_on))

    def _relative(self, from_on: date, last: Stay) -> Home:
        until_on = last.until_on
        lasted = until_on and until_on - from_on <= TEMPORARY_AT_MOST
        temporary = bool(lasted) and last.line.place_type == "U3" and self._random.random() < 0.5
        kind = "long_term" if last.line.place_type == "U1" else "short_term"
        offer = "family_and_friends"
        terms = Terms(from_on, "connected_person", 1, 0, 17, offer, (kind,))
        home = Home(
            self._directory.family(from_on),
            from_on,
            [] if temporary else [terms],
            approval="temporary" if temporary else "full",
            postcode=f"BR{self._random.randint(1, 8)} {self._random.randint(1, 9)}ZZ",
            bedrooms=self._random.randint(2, 4),
        )
        if until_on and (temporary or self._random.random() < 0.8):
            home.ended_on = until_on
            home.end_initiated_by = "carer"
            home.end_reason = self._random.choice(
                (
                    "connected_placement_ended",
                    "connected_placement_ended",
                    "became_special_guardian",
                )
            )
        self.connected.append(home)
        return home

    def place_elsewhere(self, found: list[Stay]) -> None:
        """Each other child with a provider, new ones by the routes that were counted."""
        for kind, (alliance, outside) in NEW_BY_ROUTE.items():
            mine = [stay for stay in found if stay.line.by == kind]
            new = [stay for stay in mine if stay.is_new]
            routes = [ALLIANCE] * alliance + [OUTSIDE] * outside
            self._random.shuffle(routes)
            for stay, route in zip(new, routes, strict=True):
                stay.provider = provider(self._random, kind, route)
            for stay in mine:
                if not stay.is_new:
                    route = ALLIANCE if self._random.random() < 0.6 else OUTSIDE
                    stay.provider = provider(self._random, kind, route)
        for stay in found:
            if stay.line.by == "other":
                stay.provider = elsewhere(stay.line.place_type)


def _run(stay: Stay, mine: list[Stay]) -> list[Stay]:
    """A stay, and those of the same child that follow it without a move."""
    length = 2 if stay.stays_on else 1
    return [one for one in mine if one.chain is stay.chain and one.index >= stay.index][:length]


def id_of(stay: Stay) -> tuple[int, ...]:
    """A steady order for stays that begin on one day."""
    return (stay.chain.band, *stay.chain.days, stay.index)
