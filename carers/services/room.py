"""Whether there is room for a stay or a hold, or leave to go without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from carers.db import db
from carers.domain import room
from carers.domain.capacity import TooFewVacantPlaces
from carers.domain.period import Period
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Household
from carers.queries import positions, stays

Taking = Sequence[tuple[Period, int]]  # places more than now, and in which days


class Override(TypedDict, total=False):
    """What a row keeps of the manager who let it in; nothing, where there was room."""

    override_reason: str
    override_by_id: UUID | None


def find(
    household_id: UUID,
    taking: Taking,
    *,
    called: str,
    child_id: UUID | None = None,
    override_reason: str | None = None,
    by: Viewer,
) -> Override:
    """See that places are vacant on every day, or may be taken beyond those that are.

    They may under an exemption that names the child on every day they are short, or where a team
    manager overrides with a reason. A home that is approved otherwise than in full has no places
    to run out of (METRICS, Approval). Call it with the home locked. Raises TooFewVacantPlaces,
    NotTheManager.
    """
    if db.session.get_one(Household, household_id).approval is not Approval.FULL:
        return {}
    spells = positions.spells_of(household_id, viewer=by)
    for period, places in taking:
        short = room.short_of(spells, period, places)
        if not short:
            continue
        exempt = stays.exempt_days(household_id, child_id, viewer=by) if child_id else []
        if room.are_covered(short, exempt):
            continue
        if override_reason:
            room.check_override(by.roles, override_reason)
            return {"override_reason": override_reason, "override_by_id": by.membership_id}
        vacant = positions.fewest_vacant(household_id, period, viewer=by)
        raise TooFewVacantPlaces(asked=places, vacant=vacant, called=called)
    return {}
