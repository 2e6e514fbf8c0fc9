"""What stands in the way of any child, whoever it is, at a home with a vacant place.

No child is described on a vacancy board, so that nothing here is about ages, needs or who would
get on with whom: those are a search's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from carers.domain.ages import age_on
from carers.domain.children import OTHERS_CHILD
from carers.domain.fostering_limit import USUAL_LIMIT, FosteredChild
from carers.domain.lateness import counted, day_month
from carers.domain.placing import OF_AGE
from carers.domain.register import CarerType, PlacementType
from carers.domain.vacancies import ChildThere, Show, VacantHome, Wanted, found

NUMBERS: Mapping[int, str] = {4: "four", 5: "five", 6: "six"}


@dataclass(frozen=True)
class Obstacle:
    """The one thing that stands in the way, and a line that explains it."""

    what: str
    why: str

    @property
    def sentence(self) -> str:
        return f"{self.what}: {self.why[0].lower()}{self.why[1:]}"


def obstacle(home: VacantHome, wanted: Wanted) -> Obstacle | None:
    """What bars any child, or any group as large as is asked for; none where nothing does.

    Where several things do it is the one about which least can be done.
    """
    return (
        _does_not_last(home, wanted)
        or _early_permanence(home, wanted)
        or _usual_limit(home, wanted)
        or _siblings_only(home, wanted)
    )


def to_know(home: VacantHome, day: date) -> list[str]:
    """What does not stand in the way of any child, and should be known before one comes."""
    said = []
    if home.staying < home.vacant:
        said.append(_tomorrow(home, day).sentence)
    elif home.ended_on:
        said.append(f"Approval ends on {day_month(home.ended_on, day)}")
    return [*said, "Only for brothers and sisters"] if home.siblings_only else said


@dataclass(frozen=True)
class Sides:
    """Homes with a vacant place: those that can take a child, and those that cannot for now."""

    can: Sequence[VacantHome]
    cannot: Sequence[VacantHome]
    obstacles: Mapping[UUID, Obstacle]  # by the home that cannot

    @classmethod
    def of(cls, homes: Iterable[VacantHome], wanted: Wanted) -> Sides:
        homes = list(homes)
        found = {home.id: one for home in homes if (one := obstacle(home, wanted))}
        return cls(
            [home for home in homes if home.id not in found],
            [home for home in homes if home.id in found],
            found,
        )

    def shown(self, wanted: Wanted) -> list[VacantHome]:
        """The homes of the sides that are asked for."""
        return [
            *(self.can if Show.CAN in wanted.show else ()),
            *(self.cannot if Show.CANNOT in wanted.show else ()),
        ]


def wider(homes: Sequence[VacantHome], wanted: Wanted) -> list[tuple[str, int]]:
    """What could be given up to find a home that can take a child, and how many each would find.

    Where only homes that cannot are asked for, those are what is counted.
    """
    counts = ((name, _would(homes, wanted, name)) for name in wanted.asked)
    return [(name, count) for name, count in counts if count]


def _would(homes: Sequence[VacantHome], wanted: Wanted, name: str) -> int:
    less = wanted.without(name)
    sides = Sides.of(homes, less)
    is_of_cannot = (Show.CAN in wanted.show) == (name == "show")
    return len(found(sides.cannot if is_of_cannot else sides.can, less))


def _does_not_last(home: VacantHome, wanted: Wanted) -> Obstacle | None:
    """A vacant place that is gone before the night is over."""
    return None if home.staying >= wanted.places else _tomorrow(home, wanted.day)


def _tomorrow(home: VacantHome, day: date) -> Obstacle:
    """Why fewer places are vacant on the next day."""
    tomorrow = day + timedelta(days=1)
    verb = "stays" if home.staying == 1 else "stay"
    left = f"{counted(home.staying, 'place')} {verb} vacant" if home.staying else "No place is left"
    coming = [child for child in home.children if child.from_on == tomorrow]
    if home.ended_on == tomorrow:
        return Obstacle(f"Approval ends on {day_month(tomorrow, day)}", left)
    if coming:
        said = f"{_listed(coming)} {'comes' if len(coming) == 1 else 'come'} tomorrow"
        return Obstacle(f"{said[0].upper()}{said[1:]}", left)
    if home.hold_to_come:
        return Obstacle("On hold from tomorrow", home.hold_to_come.label)
    return Obstacle("Terms change tomorrow", left)


def _early_permanence(home: VacantHome, wanted: Wanted) -> Obstacle | None:
    """Kept out of general vacancies (REQUIREMENTS, M057)."""
    is_asked = wanted.placement_type is PlacementType.FOSTERING_TO_ADOPT
    if home.carer_type is not CarerType.EARLY_PERMANENCE or is_asked:
        return None
    return Obstacle("Approved for early permanence", "For a child whom its carers may adopt")


def _usual_limit(home: VacantHome, wanted: Wanted) -> Obstacle | None:
    """As many foster children as the usual limit allows (RULES 2.2), tonight or tomorrow."""
    days = (wanted.day, wanted.day + timedelta(days=1))
    here = max((_counting(home, day) for day in days), key=len)
    would_be = len(here) + wanted.places
    if not here or would_be <= USUAL_LIMIT:
        return None
    exempt = "under an exemption that names them all"
    may_be_siblings = len({one.siblings for one in here} - {None}) < 2
    siblings = f"all {NUMBERS.get(would_be, would_be)} are brothers and sisters, or "
    why = f"Unless {siblings if may_be_siblings else ''}{exempt}"
    return Obstacle("Usual limit of three children", why)


def _siblings_only(home: VacantHome, wanted: Wanted) -> Obstacle | None:
    """Terms for brothers and sisters only, once children of one family live there."""
    here = [child for child in home.children if child.lives_there_on(wanted.day)]
    if not home.siblings_only or not here:
        return None
    return Obstacle("Brothers and sisters only", f"Only a brother or sister of {_listed(here)}")


def _counting(home: VacantHome, day: date) -> set[FosteredChild]:
    """The children there on a day who count against the limit: no adult does."""
    return {
        child.fostered
        for child in home.children
        if child.lives_there_on(day)
        and not (child.born_on and age_on(child.born_on, day) >= OF_AGE)
    }


def _listed(children: Sequence[ChildThere]) -> str:
    *first, last = (child.ref or OTHERS_CHILD for child in children)
    return f"{', '.join(first)} and {last}" if first else last
