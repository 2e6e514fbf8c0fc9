"""Places counted by hand: every home, day and state from its rows, one day at a time.

What the ledger statement and the reports on it are held against (METRICS, Capacity on a day,
Nights over a period). Nothing here is shared with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from carers.domain.capacity import OfstedReason, UnavailableReason
from carers.domain.register import Approval, CarerType, Skill, SkillLevel

LONDON = ZoneInfo("Europe/London")
STATES = ("approved", "over", "filled", "not_available", "vacant")
POPULATIONS: dict[str, set[str]] = {
    "mainstream": {"general", "specialist", "early_permanence"},
    "general": {"general", "specialist"},
    "connected_person": {"connected_person"},
    "respite": {"respite", "short_breaks"},
    "ofsted_mainstream": {"general", "specialist", "early_permanence", "respite", "short_breaks"},
    "all": set(CarerType),
}
OFSTEDS = {
    "carer_break": "carer_break_or_pending_resignation",
    "notice_given": "carer_break_or_pending_resignation",
    "under_investigation": "carer_under_investigation",
    "needs_of_child_placed": "needs_of_child_not_otherwise_stated",
    "siblings_only": "only_if_sibling_group_placed",
    "staying_put": "staying_put",
    "reserved_placement": "reserved_pending_placement",
    "reserved_short_breaks": "reserved_short_breaks",
    "carer_unknown": "carer_unknown_reason",
}


@dataclass(frozen=True)
class Lasting:
    """From one day until another. ``mark`` is void or superseded where it counts in nothing."""

    from_on: date
    until_on: date | None
    mark: str | None = field(default=None, kw_only=True)

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days of a span on which it holds, and counts."""
        at = max(self.from_on, first)
        while not self.mark and at <= last and (self.until_on is None or at < self.until_on):
            yield at
            at += timedelta(days=1)

    def counts_on(self, day: date) -> bool:
        return day in self.days(day, day)


@dataclass(frozen=True)
class TermsRow(Lasting):
    carer_type: CarerType
    places: int
    age_min: int | None = None
    age_max: int | None = None


@dataclass(frozen=True)
class Stay(Lasting):
    ref: str
    child: str
    places_used: int = 1
    respite_of: str | None = None  # the ref of the stay that goes on
    is_of_another_service: bool = False


@dataclass(frozen=True)
class Hold(Lasting):
    ref: str
    places: int
    reason: UnavailableReason


@dataclass(frozen=True)
class SkillRow(Lasting):
    skill: Skill
    level: SkillLevel


class DayOfHome(NamedTuple):
    """One home at the end of one day; ``under`` is none where it is not approved on it."""

    under: TermsRow | None
    approved: int
    over: int
    filled: int
    not_available: int
    vacant: int
    taken: tuple[tuple[Hold, int], ...]

    @property
    def states(self) -> tuple[int, ...]:
        return self[1:6]


@dataclass
class Home:
    """A home of full approval, unless said, with its rows. ``service`` is a code."""

    ref: str
    service: str
    approved_on: date
    ended_on: date | None = None
    approval: Approval = Approval.FULL
    terms: list[TermsRow] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    skills: list[SkillRow] = field(default_factory=list)
    confirmed: list[tuple[datetime, str | None]] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)

    def is_open(self, day: date) -> bool:
        return self.approved_on <= day and (self.ended_on is None or day < self.ended_on)

    def table(self, first: date, last: date) -> dict[date, DayOfHome]:
        """Each day of a span, which reaches over every change of the home's terms."""
        under: dict[date, TermsRow] = {}
        filled: dict[date, int] = {}
        held: dict[date, list[Hold]] = {}
        for terms in self.terms:
            under |= dict.fromkeys(terms.days(first, last), terms)
        for stay in self.stays:
            for day in stay.days(first, last):
                filled[day] = filled.get(day, 0) + stay.places_used
        for hold in self.holds:
            for day in hold.days(first, last):
                held.setdefault(day, []).append(hold)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        kept = self._in_gaps(under, days)
        table: dict[date, DayOfHome] = {}
        for day in days:
            is_open = day in kept and self.approval is Approval.FULL
            approved = under[day].places if is_open and day in under else 0
            used = filled.get(day, 0)
            left = approved - used if approved > used else 0
            over = used - approved if used > approved else 0
            taken = _taken(held[day], left) if left and day in held else ()
            withheld = sum(places for _, places in taken)
            type_of = kept[day] if is_open else None
            table[day] = DayOfHome(type_of, approved, over, used, withheld, left - withheld, taken)
        return table

    def _in_gaps(self, under: Mapping[date, TermsRow], days: list[date]) -> dict[date, TermsRow]:
        """The terms that say the type of each day on which the home is approved."""
        kept: dict[date, TermsRow] = {}
        before: TermsRow | None = None
        for day in days:
            if self.is_open(day):
                before = under.get(day, before)
                if before:
                    kept[day] = before
        first = next(iter(kept.values()), None)
        earlier = [under[day] for day in days if day in under and day < self.approved_on]
        if first is None and earlier:
            first = earlier[-1]
        return {day: kept.get(day, first) for day in days if self.is_open(day) and first}


def _taken(holds: Iterable[Hold], left: int) -> tuple[tuple[Hold, int], ...]:
    """Each takes what it can of what is left, in the order of from_on, then ref."""
    found = []
    for hold in sorted(holds, key=lambda one: (one.from_on, one.ref)):
        if places := min(hold.places, left):
            found.append((hold, places))
            left -= places
    return tuple(found)


@dataclass(frozen=True)
class Settings:
    confirmation_days: int = 7
    never_used_days: int = 90
    age_bands: str = "0-4;5-9;10-12;13-15;16+"

    def bands(self) -> Iterator[tuple[str, int, int]]:
        for code in self.age_bands.split(";"):
            youngest, _, oldest = code.rstrip("+").partition("-")
            yield code, int(youngest), int(oldest or 130)


class ByHand:
    """What the reports say of some homes, over a span that holds all that happened to them."""

    def __init__(self, homes: Sequence[Home], first: date, last: date) -> None:
        self.homes = homes
        self.first = first
        self.tables = {home.id: home.table(first, last) for home in homes}

    def of(self, population: str, day: date) -> list[tuple[Home, DayOfHome]]:
        """The homes of a population at the end of a day."""
        types = POPULATIONS[population]
        each = ((home, self.tables[home.id][day]) for home in self.homes)
        return [(home, on) for home, on in each if on.under and on.under.carer_type in types]

    def states(self, population: str, day: date) -> tuple[int, ...]:
        return _sums(self.of(population, day))

    def occupancy(self, population: str, days: Iterable[date]) -> dict[str, Any]:
        nights = dict.fromkeys(STATES, 0)
        lost: list[tuple[Hold, int]] = []
        for day in days:
            for _, on in self.of(population, day):
                lost += on.taken
                for name, places in zip(STATES, on.states, strict=True):
                    nights[name] += places
        filled, vacant = nights["filled"], nights["vacant"]
        return {
            **{f"nights_{name}": count for name, count in nights.items()},
            "by_reason": _by_reason(lost),
            "utilisation": _share(filled, nights["approved"]),
            "utilisation_available": _share(filled, filled + vacant),
            **{
                f"weeks_{name}": _half_up(nights[name], 7, "0.1")
                for name in STATES
                if name != "over"
            },
        }

    def capacity(self, population: str, day: date, settings: Settings) -> dict[str, Any]:
        here = self.of(population, day)
        sums = dict(zip(STATES, _sums(here), strict=True))
        children = {stay.child for home, _ in here for stay in home.stays if stay.counts_on(day)}
        with_child = [home for home, on in here if on.filled]
        filled, vacant = sums["filled"], sums["vacant"]
        return {
            **_places(here),
            "households_with_vacancy": sum(1 for _, on in here if on.vacant),
            "children": len(children),
            "occupancy_gross": _share(filled, sums["approved"]),
            "occupancy_available": _share(filled, filled + vacant),
            "vacancy_rate": _share(vacant, sums["approved"]),
            "not_available_rate": _share(sums["not_available"], sums["approved"]),
            "children_per_household": {
                "including_empty": _ratio(len(children), len(here)),
                "excluding_empty": _ratio(len(children), len(with_child)),
            },
            "by_reason": _by_reason([one for _, on in here for one in on.taken]),
            **_parts(here, population, day, settings),
            **self._freshness(here, day, settings),
            **self._use(here, day, settings),
            "other_approvals": self._others(day),
        }

    def _freshness(
        self, here: Sequence[tuple[Home, DayOfHome]], day: date, settings: Settings
    ) -> dict[str, Any]:
        in_date = {day - timedelta(days=n) for n in range(settings.confirmation_days + 1)}
        confirmed = [
            home
            for home, _ in here
            if any(
                not mark and at.astimezone(LONDON).date() in in_date for at, mark in home.confirmed
            )
        ]
        runs = [self._run(home, day, nth) for home, on in here for nth in range(1, on.vacant + 1)]
        return {
            "confirmed": len(confirmed),
            "stale": len(here) - len(confirmed),
            "days_vacant": {"median": _median(runs), "longest": max(runs, default=None)},
        }

    def _run(self, home: Home, day: date, nth: int) -> int:
        """The days before this one since when the nth place has been vacant."""
        table, length = self.tables[home.id], 0
        while day > self.first and table[day - timedelta(days=1)].vacant >= nth:
            day -= timedelta(days=1)
            length += 1
        return length

    def _use(
        self, here: Sequence[tuple[Home, DayOfHome]], day: date, settings: Settings
    ) -> dict[str, Any]:
        never, waits = 0, []
        for home, _ in here:
            begun = [stay.from_on for stay in home.stays if not stay.mark and stay.from_on <= day]
            if begun:
                waits.append((min(begun) - home.approved_on).days)
            elif home.approved_on + timedelta(days=settings.never_used_days) < day:
                never += 1
        return {"never_used": never, "days_to_first_placement": {"median": _median(waits)}}

    def _others(self, day: date) -> dict[str, Any]:
        found = {}
        for approval in ("temporary", "adopter", "host"):
            homes = [home for home in self.homes if home.approval == approval and home.is_open(day)]
            stays = [stay for home in homes for stay in home.stays if stay.counts_on(day)]
            found[approval] = {"households": len(homes), "children": len({s.child for s in stays})}
        return found


def _sums(here: Sequence[tuple[Home, DayOfHome]]) -> tuple[int, ...]:
    return tuple(sum(getattr(on, name) for _, on in here) for name in STATES)


def _places(here: Sequence[tuple[Home, DayOfHome]]) -> dict[str, int]:
    return {"households": len(here), **dict(zip(STATES, _sums(here), strict=True))}


def _parts(
    here: Sequence[tuple[Home, DayOfHome]], population: str, day: date, settings: Settings
) -> dict[str, Any]:
    def holds(home: Home, skill: str) -> bool:
        return any(
            row.skill == skill and row.level != "willing" and row.counts_on(day)
            for row in home.skills
        )

    def takes(on: DayOfHome, youngest: int, oldest: int) -> bool:
        assert on.under
        low = 0 if on.under.age_min is None else on.under.age_min
        high = 130 if on.under.age_max is None else on.under.age_max
        return any(youngest <= age <= oldest for age in range(low, high + 1))

    return {
        "by_skill": {
            str(skill): _places([(home, on) for home, on in here if holds(home, skill)])
            for skill in Skill
        },
        "by_age_band": {
            code: _places([(home, on) for home, on in here if takes(on, youngest, oldest)])
            for code, youngest, oldest in settings.bands()
        },
        "by_carer_type": {
            str(one): _places(
                [(h, on) for h, on in here if on.under and on.under.carer_type == one]
            )
            for one in POPULATIONS[population]
        },
    }


def _by_reason(taken: Iterable[tuple[Hold, int]]) -> dict[str, dict[str, int]]:
    local = {str(reason): 0 for reason in UnavailableReason}
    ofsted = {str(reason): 0 for reason in OfstedReason}
    for hold, places in taken:
        local[hold.reason] += places
        ofsted[OFSTEDS.get(hold.reason, "unknown_or_other")] += places
    return {"local": local, "ofsted": ofsted}


def _half_up(numerator: int, denominator: int, places: str) -> float:
    exact = Decimal(numerator) / Decimal(denominator)
    return float(exact.quantize(Decimal(places), ROUND_HALF_UP))


def _share(numerator: int, denominator: int) -> dict[str, Any]:
    percent = _half_up(numerator * 100, denominator, "0.1") if denominator else None
    return {"numerator": numerator, "denominator": denominator, "percent": percent}


def _ratio(numerator: int, denominator: int) -> dict[str, Any]:
    ratio = _half_up(numerator, denominator, "0.01") if denominator else None
    return {"numerator": numerator, "denominator": denominator, "ratio": ratio}


def _median(values: Sequence[int]) -> float | None:
    return float(median(values)) if values else None
