"""When homes hold a skill: it narrows the days on which they are counted (METRICS, Skills)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain.period import Period
from carers.domain.register import HELD, Skill
from carers.domain.viewer import Viewer
from carers.models import SkillHeld
from carers.reports.register import Spell

Holding = Mapping[UUID, Sequence[Period]]


def load(viewer: Viewer, skill: Skill | None) -> Holding | None:
    """When each home holds a skill, trained or approved; none where no skill is asked for."""
    if skill is None:
        return None
    held = SkillHeld
    query = (
        select(held.household_id, held.from_on, held.until_on)
        .where(held.service_id.in_(viewer.service_ids), held.skill == skill, held.level.in_(HELD))
        .order_by(held.household_id, held.from_on)
    )
    found: dict[UUID, list[Period]] = defaultdict(list)
    for household_id, from_on, until_on in db.session.execute(query).tuples():
        found[household_id].append(Period(from_on, until_on))
    return {household_id: joined(periods) for household_id, periods in found.items()}


def joined(periods: Sequence[Period]) -> list[Period]:
    """Periods, the earliest first, with those that overlap or touch made one: no day is in two."""
    whole: list[Period] = []
    for one in periods:
        before = whole[-1] if whole else None
        if before is None or (before.end is not None and before.end < one.start):
            whole.append(one)
        else:
            whole[-1] = Period(before.start, _later(before.end, one.end))
    return whole


def parts(spell: Spell, holding: Holding | None) -> Iterator[Spell]:
    """The parts of a spell in which its home holds the skill; all of it where none is asked."""
    if holding is None:
        yield spell
        return
    for held in holding.get(spell.id, ()):
        from_on = max(spell.from_on, held.start)
        until_on = min((end for end in (spell.until_on, held.end) if end), default=None)
        if not Period(from_on, until_on).is_empty:
            yield spell._replace(from_on=from_on, until_on=until_on)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None
