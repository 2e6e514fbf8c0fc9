"""The usual fostering limit of three children (Children Act 1989, Schedule 7; RULES 2.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from carers.domain.labels import Code
from carers.domain.lateness import day_month

USUAL_LIMIT = 3


class LimitStanding(Code):
    WITHIN = "within"
    SIBLING_GROUP = "sibling_group"
    EXEMPT = "exempt"
    OVER = "over", "Over the usual fostering limit"


@dataclass(frozen=True)
class FosteredChild:
    """``siblings`` is the group that a child is of, none where it is not known."""

    id: UUID
    siblings: tuple[UUID, str] | None = None


def standing(children: Collection[FosteredChild], named: Collection[UUID]) -> LimitStanding:
    """How the fostered children in a home stand to the limit; an exemption names every one."""
    ids = {child.id for child in children}
    groups = {child.siblings for child in children}
    if len(ids) <= USUAL_LIMIT:
        return LimitStanding.WITHIN
    if len(groups) == 1 and None not in groups:
        return LimitStanding.SIBLING_GROUP
    return LimitStanding.EXEMPT if ids <= set(named) else LimitStanding.OVER


@dataclass(frozen=True)
class LimitDay:
    """The children in a home on a day, and those that an exemption names on it."""

    day: date
    children: Sequence[FosteredChild]
    named: frozenset[UUID]


def alert(days: Sequence[LimitDay], today: date) -> str | None:
    """What to say where a home is over the limit on one of some days, the first of them."""
    over = (one for one in days if standing(one.children, one.named) is LimitStanding.OVER)
    first = next(over, None)
    if first is None:
        return None
    number = len({child.id for child in first.children})
    when = (
        f"From {day_month(first.day, today)} {number} children will"
        if (first.day > today)
        else f"{number} children"
    )
    return (
        f"{when} live here, over the usual fostering limit of {USUAL_LIMIT}. They are not all"
        " brothers and sisters, and no exemption names every one of them. Without one, from the"
        " authority where the carers live, the home counts as a children’s home"
    )


def next_child_note(children: Collection[FosteredChild]) -> str | None:
    """What to say before another child is placed with as many as the limit allows."""
    number = len({child.id for child in children})
    if number < USUAL_LIMIT:
        return None
    return (
        f"{number} children live here. Another needs an exemption that names them all, from the"
        " authority where the carers live, unless all are brothers and sisters"
    )
