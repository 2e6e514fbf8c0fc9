"""A home taken hold of by whoever may change it."""

from __future__ import annotations

from uuid import UUID

from carers.domain import clock
from carers.domain.home_changes import check_may_change
from carers.domain.viewer import Viewer
from carers.models import Household
from carers.queries import households
from carers.services import submissions


def get_to_change(household_id: UUID, *, seen: int | None, by: Viewer) -> Household:
    """Fetch a home afresh and keep it from changing until the transaction ends.

    Raises NotAllocated, StalePage, NotFound.
    """
    household = households.get_locked(household_id, viewer=by)
    is_allocated = households.is_allocated(household_id, viewer=by, day=clock.today())
    check_may_change(by.roles, is_allocated=is_allocated)
    submissions.check_seen(household_id, seen, by=by)
    return household
