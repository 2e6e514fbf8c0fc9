"""Places withheld and brought back, and positions confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.domain import clock, placing
from carers.domain.capacity import ConfirmerRole, UnavailableReason
from carers.domain.confirming import why_alone
from carers.domain.errors import RuleBroken
from carers.domain.home_changes import confirmer_role
from carers.domain.lateness import counted
from carers.domain.period import Period
from carers.domain.position import Position
from carers.domain.references import Kind
from carers.domain.register import Approval
from carers.domain.viewer import Viewer
from carers.models import Confirmation, Household, Membership, Unavailability
from carers.queries import household_rows, households, positions, since
from carers.services import audit, homes, references, reservations, room, submissions

CHANGED = "it was changed after you opened the page"


@dataclass(frozen=True)
class LeftOut:
    """A home that was not confirmed with the others, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class ConfirmedTogether:
    at: datetime
    homes: int
    left_out: tuple[LeftOut, ...]


def record_unavailability(
    household_id: UUID,
    *,
    places: int,
    reason: UnavailableReason,
    owner_id: UUID,
    from_on: date,
    expected_until_on: date,
    search_id: UUID | None = None,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Unavailability:
    """Take vacant places out of use, until they are brought back, or for a search until they come.

    Raises TooFewVacantPlaces where they are not vacant on every day from the first one on, and no
    manager overrides that: the home stays locked until the caller commits, so two people cannot
    both take its last place. Raises HomeIsNotOpen, NotAllocated, NotTheManager, SearchNotOpen,
    StalePage.
    """
    household = homes.get_to_change(household_id, seen=seen, by=by)
    _check_has_places(household)
    placing.check_open(household.approval_period, from_on, clock.today())
    if expected_until_on <= from_on:
        raise RuleBroken("The expected end must be after the first day", field="expected_until_on")
    check_answers_for_it(owner_id, household)
    reservations.check(search_id, reason, by=by)
    leave = room.find(
        household_id,
        [(Period(from_on), places)],
        called="Places on hold",
        override_reason=override_reason,
        by=by,
    )
    hold = Unavailability(
        service_id=household.service_id,
        household_id=household_id,
        ref=references.next_ref(Kind.UNAVAILABILITY, household.service_id),
        places=places,
        reason=reason,
        search_id=search_id,
        owner_id=owner_id,
        from_on=from_on,
        expected_until_on=expected_until_on,
        recorded_by_id=by.membership_id,
        **leave,
    )
    audit.added(hold, by=by, action=f"put {counted(places, 'place')} on hold")
    return hold


def _check_has_places(household: Household) -> None:
    if household.approval is not Approval.FULL:
        raise RuleBroken(
            f"Its approval is {household.approval.label.lower()}, which has no places to withhold",
            field="places",
        )


def bring_back(
    household_id: UUID, hold_id: UUID, *, until_on: date, seen: int | None, by: Viewer
) -> Unavailability:
    """Say on which day places that were withheld could be used again: once.

    Raises AlreadyEnded, NotAllocated, StalePage; NotFound where the hold is not this home's.
    """
    homes.get_to_change(household_id, seen=seen, by=by)
    hold = household_rows.hold(household_id, hold_id, viewer=by)
    placing.check_ending(hold.period, until_on, clock.today())
    action = f"brought {counted(hold.places, 'place')} back"
    audit.change(hold, until_on=until_on, by=by, action=action)
    return hold


def confirm(household_id: UUID, *, seen: int | None, by: Viewer) -> Confirmation:
    """Say, now, that what is recorded of a home's places is still true.

    Raises NotAllocated, StalePage; RuleBroken where the home has no position to confirm.
    """
    household = households.get_locked(household_id, viewer=by)
    today = clock.today()
    is_allocated = households.is_allocated(household_id, viewer=by, day=today)
    role = confirmer_role(by.roles, is_allocated=is_allocated)
    submissions.check_seen(household_id, seen, by=by)
    position = positions.of_home(household_id, viewer=by, day=today)
    if why := _no_position(household, position):
        raise RuleBroken(f"This home cannot be confirmed: {why}")
    return _confirm(household, position, role, clock.now(), by)


def confirm_all(
    seen: Mapping[UUID, int | None], *, looked_at: Collection[UUID] = (), by: Viewer
) -> ConfirmedTogether:
    """Confirm homes together, of each of which the page was opened at the change it was ``seen``.

    Those that were changed since, or whose records disagree, are left out and told; so are those
    that are asked one by one, unless they are among those ``looked_at``. Raises NotAllocated where
    one is somebody else's, and confirms none.
    """
    locked = households.get_all_locked(seen, viewer=by)
    today = clock.today()
    own = households.allocated_ids(by, today)
    lines = positions.of_homes(seen, viewer=by, day=today)
    came = since.of_homes(seen, viewer=by, day=today)
    at, left_out, confirmed = clock.now(), [], 0
    for home in locked:
        role = confirmer_role(by.roles, is_allocated=home.id in own)
        position = lines[home.id].position
        alone = None if home.id in looked_at else why_alone(came[home.id], today)
        if why := _why_left_out(home, position, seen[home.id]) or alone:
            left_out.append(LeftOut(home.name, why))
        else:
            _confirm(home, position, role, at, by)
            confirmed += 1
    return ConfirmedTogether(at, confirmed, tuple(sorted(left_out, key=lambda one: one.name)))


def _why_left_out(home: Household, position: Position, seen: int | None) -> str | None:
    if seen is None or position.changed > seen:
        return CHANGED
    return _no_position(home, position) or position.disagreement


def _no_position(home: Household, position: Position) -> str | None:
    if not position.has_places:
        return f"its approval is {home.approval.label.lower()}, which has no places to confirm"
    if not home.approval_period.covers(clock.today()):
        return "it is not approved today"
    return None


def _confirm(
    home: Household, position: Position, role: ConfirmerRole, at: datetime, by: Viewer
) -> Confirmation:
    confirmation = Confirmation(
        service_id=home.service_id,
        household_id=home.id,
        at=at,
        by_role=role,
        vacant=position.capacity.vacant,
        recorded_by_id=by.membership_id,
    )
    audit.added(confirmation, by=by, action="confirmed this home")
    return confirmation


def check_answers_for_it(owner_id: UUID, household: Household) -> None:
    """Raise RuleBroken unless somebody works in the service of a home."""
    query = select(Membership.id).where(
        Membership.id == owner_id, Membership.service_id == household.service_id
    )
    if db.session.scalars(query).first() is None:
        raise RuleBroken("Select somebody who works in this service", field="owner_id")
