"""Invented homes: who lives there, what they are approved for, and which places are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from carers.cli.sample.files import Records
from carers.cli.sample.names import Family

LANGUAGES = {
    "BAFR": ("English", "Yoruba"),
    "AIND": ("English", "Gujarati"),
    "APKN": ("English", "Urdu"),
    "ABAN": ("English", "Bengali"),
    "WOTH": ("English", "Polish"),
    "OOTH": ("English", "Arabic"),
}
TSD_WITHIN = timedelta(days=330)

AGES = (((0, 17), 9), ((0, 10), 4), ((5, 17), 3), ((8, 17), 3), ((0, 8), 2))
GENERAL_SKILLS = (
    "sibling_groups",
    "adolescents",
    "emergency",
    "respite",
    "babies",
    "uasc",
    "parent_and_child",
    "disability",
    "therapeutic",
    "complex_health",
)
SPECIALIST_SKILLS = ("therapeutic", "step_down", "adolescents", "exploitation", "remand")
LEVELS = ("approved", "trained", "trained", "willing")


@dataclass(frozen=True)
class Spell:
    """Places taken or withheld, from a day until the first on which they no longer are."""

    from_on: date
    until_on: date | None
    places: int = 1

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class Terms:
    """What a home was approved for, and from when."""

    from_on: date
    carer_type: str
    places: int
    age_min: int
    age_max: int
    offer: str
    kinds: tuple[str, ...]
    until_on: date | None = None
    siblings_only: bool = False
    genders: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass
class Home:
    """A household of the register. One with no terms is approved for a while and for one child."""

    family: Family
    approved_on: date
    terms: list[Terms]
    approval: str = "full"
    enquiry: str = ""
    postcode: str = ""
    bedrooms: int = 3
    arrived_by: str = "recruited"
    ended_on: date | None = None
    end_initiated_by: str | None = None
    end_reason: str | None = None
    skills: dict[str, str] = field(default_factory=dict)
    worker: str = ""
    ref: str = ""
    taken: list[Spell] = field(default_factory=list)

    @property
    def carer_type(self) -> str:
        return self.terms[-1].carer_type if self.terms else ""

    def is_open(self, day: date) -> bool:
        return self.approved_on <= day and (self.ended_on is None or day < self.ended_on)

    def terms_on(self, day: date) -> Terms | None:
        return next((terms for terms in self.terms if terms.covers(day)), None)

    def vacant_on(self, day: date) -> int:
        terms = self.terms_on(day)
        used = sum(spell.places for spell in self.taken if spell.covers(day))
        return (terms.places if terms and self.is_open(day) else 0) - used

    def vacant(self, from_on: date, until_on: date | None) -> int:
        """The fewest places vacant on any day of a period; none where the home ends inside it."""
        if self.ended_on and (until_on is None or until_on > self.ended_on):
            return 0
        changes = [spell.from_on for spell in self.taken] + [one.from_on for one in self.terms]
        within = [day for day in changes if day > from_on and (not until_on or day < until_on)]
        return min(self.vacant_on(day) for day in (from_on, *within))

    def takes(self, age: int, day: date) -> bool:
        """Whether the terms of a day are for a child of that age."""
        terms = self.terms_on(day)
        return terms is not None and terms.age_min <= age <= terms.age_max

    def write(self, records: Records, random: Random, *, since: date, today: date) -> None:
        """The home, its terms, people and skills, and the worker who supports it.

        Workers are allocated from ``since`` at the earliest; nothing is completed after ``today``.
        """
        records.add(
            "households",
            ref=self.ref,
            name=self.family.name,
            approval=self.approval,
            enquiry=self.enquiry,
            email=self.family.email,
            phone=self.family.phone,
            postcode=self.postcode,
            bedrooms=self.bedrooms,
            approved_on=self.approved_on,
            arrived_by=self.arrived_by,
            ended_on=self.ended_on,
            end_initiated_by=self.end_initiated_by,
            end_reason=self.end_reason,
        )
        for terms in self.terms:
            self._write_terms(records, terms)
        self._write_people(records, random, today)
        for skill, level in self.skills.items():
            records.add(
                "skills", household=self.ref, skill=skill, level=level, from_on=self.approved_on
            )
        if self.worker and (self.ended_on is None or self.ended_on >= since):
            records.add(
                "allocations",
                user=self.worker,
                household=self.ref,
                from_on=max(self.approved_on, since),
                until_on=self.ended_on,
            )

    def _write_terms(self, records: Records, terms: Terms) -> None:
        records.add(
            "terms",
            household=self.ref,
            from_on=terms.from_on,
            until_on=terms.until_on,
            carer_type=terms.carer_type,
            primary_offer=terms.offer,
            places=terms.places,
            age_min=terms.age_min,
            age_max=terms.age_max,
            genders=terms.genders,
            placement_types=terms.kinds,
            siblings_only=terms.siblings_only,
        )

    def _write_people(self, records: Records, random: Random, today: date) -> None:
        completed_on = self.approved_on + TSD_WITHIN
        for adult in self.family.adults:
            awaited = completed_on > today or random.random() < 0.05
            records.add(
                "people",
                household=self.ref,
                enquiry=self.enquiry,
                ref=f"P-{len(records['people']) + 1:04}",
                role="carer",
                given_name=adult.given_name,
                family_name=adult.family_name,
                born_on=adult.born_on,
                gender=adult.gender,
                ethnicity=adult.ethnicity,
                languages=LANGUAGES.get(adult.ethnicity, ("English",)),
                tsd="in_progress" if awaited else "completed",
                tsd_on=None if awaited else completed_on,
            )


def with_references(homes: list[Home]) -> list[Home]:
    """In the order approved, each with its reference."""
    ordered = sorted(homes, key=lambda home: (home.approved_on, home.family.name))
    for number, home in enumerate(ordered, 1):
        home.ref = f"H-{number:04}"
    return ordered


def usual_terms(
    random: Random, carer_type: str, from_on: date, places: int, ages: tuple[int, int] | None = None
) -> Terms:
    """Terms as homes of that type have them; of any usual ages where none are given."""
    if carer_type == "early_permanence":
        kinds = ("fostering_to_adopt", "short_term")
        return Terms(from_on, carer_type, places, 0, 4, "fostering_to_adopt", kinds)
    if carer_type == "respite":
        return Terms(from_on, carer_type, places, 0, 17, "other", ("respite",))
    if carer_type == "short_breaks":
        return Terms(from_on, carer_type, places, 4, 17, "short_breaks", ("short_breaks",))
    if carer_type == "specialist":
        kinds = ("short_term", "long_term")
        return Terms(from_on, carer_type, places, 8, 17, "non_permanent", kinds)
    lowest, highest = ages or random.choices([one for one, _ in AGES], [n for _, n in AGES])[0]
    kinds = ("short_term", "long_term", *(("emergency",) if random.random() < 0.4 else ()))
    offer = random.choice(("permanent", "non_permanent", "non_permanent"))
    return Terms(from_on, carer_type, places, lowest, highest, offer, kinds)


def usual_skills(random: Random, carer_type: str) -> dict[str, str]:
    """Skills, each with its level, as homes of that type have them."""
    if carer_type in {"respite", "short_breaks"}:
        return {"respite": "approved", "disability": random.choice(LEVELS)}
    if carer_type == "early_permanence":
        return {"babies": "approved"}
    if carer_type == "specialist":
        chosen = random.sample(SPECIALIST_SKILLS[2:], 1)
        return {"therapeutic": "approved", "step_down": "trained", chosen[0]: "trained"}
    chosen = random.sample(GENERAL_SKILLS, random.choice((0, 1, 1, 2, 2, 3)))
    return {skill: random.choice(LEVELS) for skill in sorted(chosen)}
