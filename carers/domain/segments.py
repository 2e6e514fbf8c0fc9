"""Which homes a target is of: the parts of its segment, all of which must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from carers.domain.ages import AgeBands
from carers.domain.errors import RuleBroken
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import CarerType, Skill
from carers.domain.targets import Measure

PARTS = frozenset({"skill", "carer_type", "age_band", "scheme", "population"})
OF_NIGHTS = frozenset({"carer_type", "population"})
APPLIES: Mapping[Measure, frozenset[str]] = {
    Measure.HOUSEHOLDS_APPROVED: PARTS,
    Measure.PLACES_APPROVED: PARTS,
    Measure.HOUSEHOLDS_NET_GAIN: PARTS,
    Measure.PLACES_NET_GAIN: PARTS,
    Measure.HOUSEHOLDS: PARTS,
    Measure.PLACES: PARTS,
    Measure.SCHEME_MEMBERS: PARTS,
    Measure.HOUSEHOLDS_WITH_SKILL: PARTS,
    Measure.ENQUIRIES: frozenset({"skill"}),
    Measure.APPLICATIONS: frozenset({"skill"}),
    Measure.NIGHTS_IN_HOUSE: OF_NIGHTS,
    Measure.NIGHTS_IFA: frozenset(),
    Measure.IN_HOUSE_SHARE_OF_NIGHTS: frozenset(),
    Measure.IN_HOUSE_SHARE_OF_PLACEMENTS: frozenset(),
    Measure.SHARE_WITHIN_20_MILES: frozenset(),
}
NEEDS: Mapping[Measure, str] = {
    Measure.HOUSEHOLDS_WITH_SKILL: "skill",
    Measure.SCHEME_MEMBERS: "scheme",
}
CODES: Mapping[str, frozenset[str]] = {
    "skill": frozenset(Skill),
    "carer_type": frozenset(CarerType),
    "population": frozenset(Population),
}


class SegmentNotUnderstood(RuleBroken):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="segment")


@dataclass(frozen=True)
class Segment:
    """Parts by name, as METRICS writes them (Recruitment against target: Segment)."""

    parts: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def parse(cls, text: str | None, measure: Measure, bands: AgeBands | None = None) -> Self:
        """``skill:babies;carer_type:general``, or nothing.

        The codes of schemes are looked up by the caller; those of age bands are checked where
        ``bands`` are given. Raises SegmentNotUnderstood for a part that is unknown or does not
        apply to the measure, and for a measure without the part that it needs.
        """
        parts = tuple(_part(one.strip(), measure) for one in (text or "").split(";") if one.strip())
        needed = NEEDS.get(measure)
        if needed and needed not in {name for name, _ in parts}:
            raise SegmentNotUnderstood(f"{measure} needs a segment with {needed}:CODE")
        known = bands.codes if bands else ()
        for name, value in parts:
            if bands and name == "age_band" and value not in known:
                raise SegmentNotUnderstood(f"{value} must be one of {', '.join(known)}")
        return cls(parts)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for part, value in self.parts if part == name)

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(map(Skill, self.values("skill")))

    @property
    def carer_types(self) -> frozenset[CarerType]:
        """A type or population named takes the place of the default, mainstream."""
        named = [frozenset({CarerType(code)}) for code in self.values("carer_type")]
        named += [CARER_TYPES[Population(code)] for code in self.values("population")]
        return frozenset(CarerType).intersection(*(named or [CARER_TYPES[Population.MAINSTREAM]]))


def _part(text: str, measure: Measure) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not value or name not in PARTS:
        raise SegmentNotUnderstood(
            f"{text} must be written NAME:CODE, with one of {', '.join(sorted(PARTS))}"
        )
    if name not in APPLIES[measure]:
        raise SegmentNotUnderstood(f"{name} does not apply to {measure}")
    if name in CODES and value not in CODES[name]:
        raise SegmentNotUnderstood(f"{value} is not a {name.replace('_', ' ')}")
    return name, value
