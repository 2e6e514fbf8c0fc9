"""What the vacant places of a home can be used for, in words, from what its records know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from carers.domain.fostering_limit import USUAL_LIMIT, FosteredChild
from carers.domain.lateness import counted
from carers.domain.placing import ages_words
from carers.domain.register import CarerType, Gender, PlacementType

CHILDREN_OF: Mapping[Gender, str] = {Gender.M: "boys", Gender.F: "girls"}
ONLY_FOR: Mapping[CarerType, str] = {
    CarerType.CONNECTED_PERSON: "Only for a child of the carers’ family or friends",
    CarerType.EARLY_PERMANENCE: "Only for a child whom the carers may adopt",
}
NUMBERS = ("no", "one", "two", "three")
EXEMPTION = "under an exemption that names them all"


@dataclass(frozen=True)
class VacantPlaces:
    """The vacant places of a home on a day, the terms in force, and the children there.

    Ages are whole years, both counted. Ages, genders, kinds and bedrooms that are not given do
    not limit. ``children`` are those who count against the usual fostering limit (RULES 2.2);
    ``next_fewer`` says from which day fewer are vacant, and how many.
    """

    vacant: int
    carer_type: CarerType
    age_min: int | None = None
    age_max: int | None = None
    genders: frozenset[Gender] = frozenset()
    placement_types: Sequence[PlacementType] = ()
    siblings_only: bool = False
    conditions: str | None = None
    children: Collection[FosteredChild] = ()
    bedrooms: int | None = None
    next_fewer: tuple[str, int] | None = None

    @property
    def living_here(self) -> int:
        return len({child.id for child in self.children})

    @property
    def are_of_one_family(self) -> bool:
        """Whether the children there are known to be brothers and sisters of each other."""
        groups = {child.siblings for child in self.children}
        return len(groups) == 1 and None not in groups

    @property
    def may_be_of_one_family(self) -> bool:
        return len({child.siblings for child in self.children} - {None}) < 2

    @property
    def for_anybody(self) -> int:
        """How many of the places the usual limit leaves to children of any family."""
        if self.siblings_only and self.children:
            return 0
        return min(self.vacant, max(USUAL_LIMIT - self.living_here, 0))


def lead(home: VacantPlaces) -> str:
    """“The vacant place can be used”."""
    places = f"{home.vacant} vacant places" if home.vacant > 1 else "vacant place"
    return f"The {places} can be used"


def said(home: VacantPlaces) -> str:
    """“for one child aged 8 to 16, of any gender: short term”, and then what else bars a child."""
    return ". ".join([_whom(home), *_bars(home), *_to_know(home)]) + "."


def of_each(home: VacantPlaces) -> list[str]:
    """What each vacant place can be used for, in the fewest words."""
    rest = home.vacant - home.for_anybody
    return ["can be used for one child"] * home.for_anybody + [f"only {_beyond(home)}"] * rest


def _whom(home: VacantPlaces) -> str:
    whom = "for one child" if home.vacant == 1 else f"for up to {home.vacant} children"
    is_any_age = home.age_min is None and home.age_max is None
    ages = "of any age" if is_any_age else f"aged {ages_words(home.age_min, home.age_max)}"
    kinds = _listed([kind.label.lower() for kind in home.placement_types])
    return f"{whom} {ages}, {_genders(home.genders)}" + (f": {kinds}" if kinds else "")


def _genders(genders: frozenset[Gender]) -> str:
    """Terms that name no gender, or every one, are for any."""
    if not genders or genders == frozenset(Gender):
        return "of any gender"
    said = [CHILDREN_OF.get(one, "those of another gender") for one in Gender if one in genders]
    return f"{_listed(said)} only"


def _bars(home: VacantPlaces) -> Iterator[str]:
    if home.carer_type in ONLY_FOR:
        yield ONLY_FOR[home.carer_type]
    if home.siblings_only:
        yield f"Only {_beyond(home)}" if home.children else "Only for brothers and sisters"
    elif home.for_anybody < home.vacant:
        yield _limit(home)


def _limit(home: VacantPlaces) -> str:
    here = counted(home.living_here, "child", "children")
    if home.for_anybody:
        return f"More than {NUMBERS[home.for_anybody]} only {_beyond(home)}"
    return f"With {here} here, only {_beyond(home)}"


def _beyond(home: VacantPlaces) -> str:
    """For whom a place is that the usual limit, or the terms, keep from any child."""
    if home.siblings_only:
        return "for a brother or sister of the children living here"
    if not home.may_be_of_one_family:
        return EXEMPTION
    if home.are_of_one_family:
        whose = "theirs" if home.living_here > 1 else "the child’s"
        return f"for a brother or sister of {whose}, or {EXEMPTION}"
    return f"if all are brothers and sisters, or {EXEMPTION}"


def _to_know(home: VacantPlaces) -> Iterator[str]:
    if home.conditions:
        yield f"Condition: {home.conditions.rstrip('.')}"
    if home.bedrooms is not None:
        yield f"The home has {counted(home.bedrooms, 'bedroom')}"
    if home.next_fewer:
        day, vacant = home.next_fewer
        verb = "is" if vacant == 1 else "are"
        yield f"From {day} {vacant or 'no'} {'place' if vacant == 1 else 'places'} {verb} vacant"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
