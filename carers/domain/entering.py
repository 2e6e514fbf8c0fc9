"""What the decision to approve enters in the register, and from which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from carers.domain.clock import at, local_day
from carers.domain.errors import RuleBroken
from carers.domain.happenings import day_words
from carers.domain.register import ArrivedBy, CarerType, PrimaryOffer, Skill, SkillLevel
from carers.domain.working_days import add_years


@dataclass(frozen=True)
class Entry:
    """A home with its first terms, as the decision maker approves it.

    ``approved_on`` is none for the day of the decision; ages are whole years, both counted; empty
    ``genders`` are any; ``supervisor_id`` is a membership, none for nobody yet; ``follows_id`` is
    the home for the time being that this one is to follow, where there is one.
    """

    name: str
    carer_type: CarerType
    places: int
    arrived_by: ArrivedBy = ArrivedBy.RECRUITED
    approved_on: date | None = None
    primary_offer: PrimaryOffer | None = None
    age_min: int | None = None
    age_max: int | None = None
    genders: tuple[str, ...] = ()
    placement_types: tuple[str, ...] = ()
    siblings_only: bool = False
    conditions: str | None = None
    skills: Mapping[Skill, SkillLevel] = field(default_factory=dict)
    supervisor_id: UUID | None = None
    follows_id: UUID | None = None

    def first_day(self, decided_at: datetime) -> date:
        """The day of the decision unless a later one is given (DESIGN, The pipeline).

        Raises RuleBroken where it is earlier, or more than a year later, which is a slip.
        """
        decided_on = local_day(decided_at)
        if self.approved_on is None:
            return decided_on
        if not decided_on <= self.approved_on <= add_years(decided_on, 1):
            raise RuleBroken(
                "The first day in the register must be the day of the decision,"
                f" {day_words(decided_on)}, or within a year after it",
                field="approved_on",
            )
        return self.approved_on


def entered_at(approved_on: date, decided_at: datetime) -> datetime:
    """The instant of the entry: the decision’s own, or 00:00 of a later day."""
    return decided_at if approved_on == local_day(decided_at) else at(approved_on)
