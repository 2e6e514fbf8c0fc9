"""The list for tonight, as it is printed: by area, with room for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carers import filters
from carers.blueprints.capacity.asking import TITLES, words
from carers.blueprints.capacity.board import skills_words
from carers.domain.ages import age_on
from carers.domain.placing import ages_words
from carers.domain.standing_in_the_way import Sides, to_know
from carers.domain.vacancies import ChildThere, VacantHome, Wanted, by_area, found

OTHERS_CHILD = "A child of another service"


@dataclass(frozen=True)
class TonightRow:
    """A home to ring. It has no address: the carer gives it once they say yes."""

    home: VacantHome
    ages: str
    genders: str
    skills: str
    know: str
    is_stale: bool


@dataclass(frozen=True)
class Tonight:
    areas: Sequence[tuple[str, Sequence[TonightRow]]]
    homes: int
    places: int
    cannot: int  # homes with a vacant place that are not listed
    only: Sequence[str]
    title: str

    @classmethod
    def of(cls, homes: Sequence[VacantHome], wanted: Wanted) -> Tonight:
        sides = Sides.of(homes, wanted)
        fitting = found(sides.can, wanted)
        return cls(
            [
                (area or "Area not known", [_row(one, wanted.day) for one in there])
                for area, there in by_area(fitting)
            ],
            len(fitting),
            sum(home.vacant for home in fitting),
            len(found(sides.cannot, wanted)),
            [words(name, wanted) for name in wanted.asked if name not in ("population", "show")],
            TITLES[wanted.population],
        )


def _row(home: VacantHome, day: date) -> TonightRow:
    is_stale = home.position.is_stale_on(day)
    genders = [one.label.lower() for one in sorted(home.genders)]
    return TonightRow(
        home,
        ages_words(home.age_min, home.age_max),
        filters.listed(genders) or "any",
        skills_words(home),
        _know(home, day, is_stale=is_stale),
        is_stale,
    )


def _know(home: VacantHome, day: date, *, is_stale: bool) -> str:
    """What to know before ringing."""
    said = [f"Ring first: {_not_confirmed(home, day)}"] if is_stale else []
    here = [_child(one, day) for one in home.children if one.lives_there_on(day)]
    if here:
        said.append(f"{filters.listed(here)} at home")
    said += to_know(home, day)
    if home.conditions:
        said.append(home.conditions.rstrip("."))
    return "".join(f"{one}. " for one in said).strip()


def _not_confirmed(home: VacantHome, day: date) -> str:
    days = home.position.freshness.days_ago(day)
    return "never confirmed" if days is None else f"not confirmed for {filters.count(days, 'day')}"


def _child(one: ChildThere, day: date) -> str:
    ref = one.ref or OTHERS_CHILD
    return f"{ref} ({age_on(one.born_on, day)})" if one.born_on else ref
