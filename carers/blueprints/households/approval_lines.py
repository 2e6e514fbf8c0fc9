"""How it reads what a home is approved for, how that changed, and how the approval ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from carers import filters
from carers.domain.ending import NOTICE_DAYS
from carers.domain.placing import ages_words
from carers.domain.register import Gender, PlacementType
from carers.domain.terms_change import FULL_DAYS, TermsRoute
from carers.models import Household, Terms
from carers.queries.household_rows import HouseholdRows


@dataclass(frozen=True)
class TermsLine:
    id: UUID
    from_on: date
    note: str
    places: int
    ages: str
    kind: str
    types: str
    conditions: str
    how: str


def terms(rows: HouseholdRows, day: date) -> list[TermsLine]:
    """What the home is and was approved for, the last first."""
    return [_terms_line(one, day) for one in reversed(rows.terms) if one.is_current]


def _terms_line(one: Terms, day: date) -> TermsLine:
    note = "in force" if one.counts_on(day) else ""
    if one.until_on and not note:
        note = f"until {filters.day(one.until_on)}"
    genders = [Gender(code).label.lower() for code in one.genders]
    siblings = ["brothers and sisters only"] if one.siblings_only else []
    return TermsLine(
        one.id,
        one.from_on,
        note,
        one.places,
        f"{ages_words(one.age_min, one.age_max)}, {filters.listed(genders) or 'any gender'}",
        one.carer_type.label,
        filters.listed([*map(_type_words, one.placement_types), *siblings])
        or "kinds of placement not recorded",
        one.conditions or "None",
        how_changed(one, day),
    )


def how_changed(one: Terms, day: date) -> str:
    """How terms came to be changed to these; nothing where it is not known, or they are the first.

    By agreement they need no 28 days (Fostering Services Regulations 2011, 28(9A)).
    """
    if one.change_route is TermsRoute.AGREED and one.agreed_on:
        return f"Agreed in writing on {filters.day(one.agreed_on)} under regulation 28(9A)"
    if one.proposed_on is None:
        return ""
    proposed = f"Proposed on {filters.day(one.proposed_on)}"
    if one.decided_on:
        return f"{proposed}, decided on {filters.day(one.decided_on)} after representations"
    if one.from_on > day:
        return f"{proposed}: {FULL_DAYS} days for representations"
    return f"{proposed}: {FULL_DAYS} days without representations"


def notice_words(household: Household, day: date) -> str:
    """When a resignation was received, where that is known, and that its end follows from it."""
    received_on = household.notice_received_on
    if received_on is None or household.ended_on is None:
        return ""
    received = f"Notice received {filters.day(received_on)}"
    if household.ended_on != received_on + timedelta(days=NOTICE_DAYS):
        return received
    verb = "ended" if household.ended_on <= day else "ends"
    return f"{received}; {verb} {NOTICE_DAYS} days later"


def _type_words(code: str) -> str:
    return PlacementType(code).label.lower()


def approved_for(rows: HouseholdRows, day: date) -> str | None:
    """What the terms in force are for, in one sentence."""
    one = next((terms for terms in rows.terms if terms.counts_on(day)), None)
    return terms_words(one, day) if one else None


def terms_words(one: Terms, day: date) -> str:
    line = _terms_line(one, day)
    return f"children aged {line.ages}: {line.types}"
