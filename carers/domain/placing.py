"""What must be so for a child to come to a home and to leave it, and for places to come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers.domain.ages import age_on
from carers.domain.children import PlaceType
from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.period import Period
from carers.domain.register import Approval, CarerType
from carers.domain.working_days import add_years

OF_AGE = 18  # nobody is looked after from then on (Children Act 1989, section 105)

BY_RELATIVES = (PlaceType.U1, PlaceType.U2, PlaceType.U3)
BY_OTHERS = (PlaceType.U4, PlaceType.U5, PlaceType.U6)
BY_ADOPTERS = (PlaceType.U2, PlaceType.U5)


def place_types_for(
    carer_type: CarerType | None, approval: Approval = Approval.FULL
) -> tuple[PlaceType, ...]:
    """The fostering codes of relatives and friends, of adopters, or of others (RULES 3, 6.2)."""
    if approval is Approval.ADOPTER:
        return BY_ADOPTERS
    is_relative = carer_type is CarerType.CONNECTED_PERSON or approval is Approval.TEMPORARY
    return BY_RELATIVES if is_relative else BY_OTHERS


class HomeIsNotOpen(RuleBroken):
    """The days are before the home's approval, or it ends."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="from_on")


@dataclass(frozen=True)
class Elsewhere:
    """A placement that stands in the way of another: ``where`` says whose home it is.

    ``household_id`` is none with an agency.
    """

    placement_id: UUID
    household_id: UUID | None
    where: str
    may_move: bool


class ChildIsElsewhere(RuleBroken):
    """A child has one home a night."""

    def __init__(self, ref: str, found: Elsewhere) -> None:
        way_on = "move them, or end that first" if found.may_move else "end or correct that first"
        super().__init__(
            f"{ref} lives {found.where} on one of these nights: {way_on}", field="child_ref"
        )
        self.ref = ref
        self.found = found


class ChildNotKnown(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            "Enter a reference of a child in this service, or leave it empty for a new child",
            field="child_ref",
        )


class AlreadyEnded(RuleBroken):
    """An ending is set once: another is a correction."""

    def __init__(self, ended_on: date, today: date) -> None:
        super().__init__(
            f"An end is recorded already, on {day_month(ended_on, today)}", field="until_on"
        )


def check_open(approval: Period, from_on: date, today: date, until_on: date | None = None) -> None:
    """Raise HomeIsNotOpen where a stay or hold cannot be in a home's approval (EXCHANGE).

    One without an end goes on, so it cannot be where an ending is known.
    """
    if from_on < approval.start:
        first = day_month(approval.start, today)
        raise HomeIsNotOpen(f"The first day must be {first} or later: they were approved then")
    if approval.end is not None and (until_on is None or until_on > approval.end):
        word = "ended" if approval.end <= today else "ends"
        raise HomeIsNotOpen(f"This home’s approval {word} on {day_month(approval.end, today)}")


def check_ends_later(from_on: date, until_on: date | None) -> None:
    """Raise RuleBroken where an end agreed already is before the first day."""
    if until_on is not None and until_on < from_on:
        raise RuleBroken("The end must not be before the first day", field="until_on")


def check_near(period: Period, today: date, *, field: str = "from_on") -> None:
    """Raise RuleBroken for days that no child’s placement has: they are a slip.

    It began within a childhood, begins within a year, and ends within a childhood.
    """
    first, last = add_years(today, -OF_AGE), add_years(today, 1)
    if not first <= period.start <= last:
        words = f"{day_month(first, today)} and {day_month(last, today)}"
        raise RuleBroken(f"The first day must be between {words}", field=field)
    if period.end is not None and period.end > add_years(period.start, OF_AGE):
        raise RuleBroken(
            f"The end must be within {OF_AGE} years of the first day", field="until_on"
        )


def check_respite(stay: Period, main: Period | None, *, is_same_home: bool) -> None:
    """Raise RuleBroken unless a respite stay is within its main placement, in another home."""
    if main is None:
        raise RuleBroken(
            "This child has no home that goes on meanwhile: it is no respite stay",
            field="is_respite",
        )
    if is_same_home:
        raise RuleBroken(
            "A respite stay is in another home: this is the child’s own", field="is_respite"
        )
    if main.end is not None and (stay.end is None or stay.end > main.end):
        raise RuleBroken(
            "A respite stay must end by the day the child leaves their own home",
            field="until_on",
        )


class RespiteGoesOn(RuleBroken):
    def __init__(self, field: str | None = "until_on") -> None:
        super().__init__(
            "A respite stay of this child would be left without the home it is a rest from:"
            " end or correct that first",
            field=field,
        )


def check_move(stay: Period, on: date, today: date) -> None:
    """Raise AlreadyEnded, or RuleBroken for a day before the child came; one ahead is allowed."""
    if stay.end is not None:
        raise AlreadyEnded(stay.end, today)
    if on < stay.start:
        first = day_month(stay.start, today)
        raise RuleBroken(f"The day must be {first} or later: they came then", field="on")


def check_identified(child_ref: str | None, born_on: date | None) -> None:
    """Raise RuleBroken unless a child is known by a reference, or is new with a birth date."""
    if child_ref and born_on:
        raise RuleBroken(
            "Leave the date of birth empty for a child who has a reference", field="born_on"
        )
    if not child_ref and not born_on:
        raise RuleBroken("Enter the date of birth of a new child", field="born_on")


def check_is_child(born_on: date | None, from_on: date, *, field: str = "born_on") -> None:
    """Raise RuleBroken unless a child of this birth date is born and under 18 on a day.

    Whose birth date is not known is not refused for it.
    """
    if born_on is None:
        return
    if born_on > from_on:
        raise RuleBroken("The date of birth must not be after the first day", field=field)
    if age_on(born_on, from_on) >= OF_AGE:
        raise RuleBroken(f"The child must be under {OF_AGE} on the first day", field=field)


def check_ending(period: Period, until_on: date, today: date) -> None:
    """Raise AlreadyEnded, or RuleBroken where the end is before the start or still to come."""
    if period.end is not None:
        raise AlreadyEnded(period.end, today)
    if until_on < period.start:
        first = day_month(period.start, today)
        raise RuleBroken(f"The day must be {first} or later: it began then", field="until_on")
    if until_on > today:
        raise RuleBroken("The day must be today or in the past", field="until_on")


def age_warning(
    ref: str, born_on: date | None, day: date, age_min: int | None, age_max: int | None
) -> str | None:
    """What to say of a child whose age the terms do not cover: a warning, never a refusal."""
    if born_on is None:
        return None
    age = age_on(born_on, day)
    if (age_min is None or age_min <= age) and (age_max is None or age <= age_max):
        return None
    return f"{ref} is {age}: outside the ages {ages_words(age_min, age_max)} of the approval"


def ages_words(age_min: int | None, age_max: int | None) -> str:
    """“5 to 12”, “5 and over”, “up to 12”, “any”."""
    if age_min is None and age_max is None:
        return "any"
    if age_max is None:
        return f"{age_min} and over"
    return f"up to {age_max}" if age_min is None else f"{age_min} to {age_max}"
