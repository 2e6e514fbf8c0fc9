"""Room in a home: on which days places are short, and what lets a place be taken all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from carers.domain.errors import RuleBroken
from carers.domain.home_changes import check_manager
from carers.domain.period import Period
from carers.domain.position import VacantSpell
from carers.domain.roles import Role


def short_of(spells: Iterable[VacantSpell], period: Period, places: int) -> list[Period]:
    """The parts of a period in which fewer places than these are vacant.

    The spells are the ledger's, in order and without a gap; before the first there is no place.
    """
    short, reached = [], period.start
    for spell in spells:
        if spell.from_on > reached:
            short += _within(Period(reached, spell.from_on), period)
        if spell.vacant < places:
            short += _within(Period(spell.from_on, spell.until_on), period)
        if spell.until_on is None:
            return short
        reached = max(reached, spell.until_on)
    return short + _within(Period(reached), period)


def are_covered(short: Iterable[Period], exempt: Sequence[Period]) -> bool:
    """Whether on every day of some periods one of the others is in force."""
    return all(_is_covered(one, exempt) for one in short)


def growth(old: Period, old_places: int, new: Period, places: int) -> list[tuple[Period, int]]:
    """What a corrected row takes beyond the row that it corrects: places, and in which days."""
    if not old.overlaps(new):
        return [] if new.is_empty else [(new, places)]
    first = max(old.start, new.start)
    until = min((end for end in (old.end, new.end) if end), default=None)
    parts = [
        (Period(new.start, first), places),
        (Period(first, until), places - old_places),
        *([(Period(until, new.end), places)] if until else []),
    ]
    return [(part, more) for part, more in parts if more > 0 and not part.is_empty]


def check_override(roles: Collection[Role], reason: str) -> None:
    """Raise NotTheManager, or RuleBroken where no reason is given."""
    check_manager(roles, "go beyond the places that are there")
    if not reason.strip():
        raise RuleBroken("Enter why it is right to go over", field="override_reason")


def _within(part: Period, period: Period) -> list[Period]:
    start = max(part.start, period.start)
    end = min((one for one in (part.end, period.end) if one), default=None)
    found = Period(start, end)
    return [] if found.is_empty else [found]


def _is_covered(short: Period, exempt: Sequence[Period]) -> bool:
    day: date = short.start
    while True:
        ends = [one.end for one in exempt if one.covers(day)]
        if not ends:
            return False
        if None in ends:
            return True
        day = max(end for end in ends if end)
        if short.end is not None and day >= short.end:
            return True
