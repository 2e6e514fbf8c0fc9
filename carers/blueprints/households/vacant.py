"""What the vacant places of a home can be used for, from the rows of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carers.blueprints.households.exemption_lines import fostered
from carers.domain import vacant_use
from carers.domain.lateness import day_month
from carers.domain.position import Position, VacantSpell
from carers.domain.register import Gender, PlacementType
from carers.models import Household
from carers.queries.household_rows import HouseholdRows


@dataclass(frozen=True)
class VacantUse:
    """A sentence in two parts, the first of them to be set in bold; and a line for each place."""

    lead: str
    said: str
    of_each: Sequence[str]


def use(
    household: Household,
    position: Position,
    rows: HouseholdRows,
    spells: Sequence[VacantSpell],
    day: date,
) -> VacantUse | None:
    """None where no place is vacant."""
    terms = next((one for one in rows.terms if one.counts_on(day)), None)
    if terms is None or not position.capacity.vacant:
        return None
    places = vacant_use.VacantPlaces(
        vacant=position.capacity.vacant,
        carer_type=terms.carer_type,
        age_min=terms.age_min,
        age_max=terms.age_max,
        genders=frozenset(map(Gender, terms.genders)),
        placement_types=list(map(PlacementType, terms.placement_types)),
        siblings_only=terms.siblings_only,
        conditions=terms.conditions,
        children=fostered(rows, day),
        bedrooms=household.bedrooms,
        next_fewer=_next_fewer(position.capacity.vacant, spells, day),
    )
    return VacantUse(vacant_use.lead(places), vacant_use.said(places), vacant_use.of_each(places))


def _next_fewer(vacant: int, spells: Sequence[VacantSpell], day: date) -> tuple[str, int] | None:
    for spell in spells:
        if spell.from_on > day and spell.vacant < vacant:
            return day_month(spell.from_on, day), spell.vacant
    return None
