"""Children placed with agencies and other providers: placed, moved, ended and corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from carers.db import db
from carers.domain import clock, entry_changes, placing
from carers.domain.children import (
    PlacementEnd,
    PlaceProvider,
    PlaceType,
    ProviderKind,
    ProviderRoute,
    Purpose,
)
from carers.domain.errors import RuleBroken
from carers.domain.period import Period
from carers.domain.references import Kind
from carers.domain.viewer import Viewer
from carers.models import Child, Placement, Provider
from carers.queries import agencies, households, stays
from carers.services import arrivals, audit, references, submissions
from carers.services.arrivals import Arrival
from carers.services.superseding import supersede


@dataclass(frozen=True)
class Agreed:
    """What is agreed with a provider for a child. The cost is in pounds a week."""

    provider_id: UUID
    place_type: PlaceType
    purpose: Purpose | None = None
    provider_type: PlaceProvider | None = None
    weekly_cost: Decimal | None = None
    distance_miles: Decimal | None = None
    in_area: bool | None = None

    @property
    def particulars(self) -> dict[str, Any]:
        """The columns that only a placement with a provider has on a page."""
        return {
            "provider_type": self.provider_type,
            "weekly_cost": self.weekly_cost,
            "distance_miles": self.distance_miles,
            "in_area": self.in_area,
        }


def add(
    *, name: str, kind: ProviderKind, route: ProviderRoute | None, urn: str | None, by: Viewer
) -> Provider:
    """Add an agency to the service. Raises RuleBroken where one has this name already."""
    ref = references.next_ref(Kind.PROVIDER, by.service_id)
    if there := agencies.named(name, by.service_id, viewer=by):
        raise RuleBroken(f"{there.name} is there already, as {there.ref}", field="name")
    provider = Provider(
        service_id=by.service_id, ref=ref, name=name, kind=kind, route=route, urn=urn
    )
    audit.added(provider, by=by, action=f"added the agency {name}")
    return provider


def place(
    *,
    child_ref: str | None,
    born_on: date | None,
    from_on: date,
    until_on: date | None,
    agreed: Agreed,
    by: Viewer,
) -> Placement:
    """Let a child live with an agency from a day on: a known one, or a new one with a birth date.

    Raises ChildNotKnown, ChildIsElsewhere; RuleBroken for the birth date or the days; NotFound
    where the agency is not of this service.
    """
    placing.check_identified(child_ref, born_on)
    provider = agencies.provider(agreed.provider_id, by.service_id, viewer=by)
    known = arrivals.known(child_ref, by) if child_ref else None
    period = Period(from_on, until_on)
    _check_days(known.born_on if known else born_on, period, age_field="born_on")
    child = known or arrivals.new(born_on, by)
    return _begin(provider, child, period, agreed, is_respite=False, by=by)


def end(
    placement_id: UUID, *, until_on: date, end_reason: PlacementEnd, seen: int | None, by: Viewer
) -> Placement:
    """Say on which day a child no longer lived with an agency, and why: once.

    Raises AlreadyEnded, RespiteGoesOn, StalePage, EntryRemoved, NotFound.
    """
    stay = _locked(placement_id, seen, by)
    placing.check_ending(stay.period, until_on, clock.today())
    return arrivals.leave(stay, until_on, end_reason, by)


def move_home(
    placement_id: UUID,
    *,
    to_id: UUID,
    on: date,
    end_reason: PlacementEnd,
    place_type: PlaceType,
    purpose: Purpose,
    places: int = 1,
    override_reason: str | None = None,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Let a child leave an agency and live in one of our homes from a day on: both or neither.

    Raises what ``arrivals.move_in`` does, StalePage, EntryRemoved; NotFound where either is
    not there.
    """
    home = households.get_locked(to_id, viewer=by)
    stay = _locked(placement_id, seen, by)
    is_respite = stay.respite_of_id is not None
    arrival = Arrival(Period(on), place_type, purpose, places, is_respite, override_reason)
    return arrivals.move_in(home, stay, arrival, end_reason, by=by)


def move(
    placement_id: UUID,
    *,
    on: date,
    end_reason: PlacementEnd,
    agreed: Agreed,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Let a child leave one of our homes, or an agency, and live with an agency from a day on.

    The same agency will do: it may have found another carer. Raises AlreadyEnded, RespiteGoesOn,
    ChildIsElsewhere, StalePage, EntryRemoved; RuleBroken for the day; NotFound where any is not
    there.
    """
    found = agencies.placement_anywhere(placement_id, viewer=by)
    if found.household_id:
        households.get_locked(found.household_id, viewer=by)
    stays.lock_child(found.child_id, viewer=by)
    stay = agencies.placement_anywhere(placement_id, viewer=by)
    submissions.check_seen(stay.household_id or stay.id, seen, by=by)
    placing.check_move(stay.period, on, clock.today())
    _check_days(stay.child.born_on, Period(on), field="on", age_field="on")
    provider = agencies.provider(agreed.provider_id, stay.service_id, viewer=by)
    arrivals.leave(stay, on, end_reason, by)
    is_respite = stay.respite_of_id is not None
    return _begin(provider, stay.child, Period(on), agreed, is_respite=is_respite, by=by)


def correct(
    placement_id: UUID,
    *,
    from_on: date,
    until_on: date | None,
    end_reason: PlacementEnd | None,
    agreed: Agreed,
    seen: int | None,
    by: Viewer,
) -> Placement:
    """Put a placement with an agency right; without an end the child lives there still.

    Raises ChildIsElsewhere, RespiteGoesOn, StalePage, EntryRemoved, NotFound; RuleBroken
    for the days.
    """
    old = _locked(placement_id, seen, by)
    period = Period(from_on, until_on)
    _check_days(old.child.born_on, period)
    entry_changes.check_ended(until_on, end_reason)
    if old.respite_of_id is None:
        arrivals.check_nowhere_else(old.child, period, by=by, besides=old.id)
    provider = agencies.provider(agreed.provider_id, old.service_id, viewer=by)
    new = supersede(
        old,
        by=by,
        action="corrected where a child lived",
        provider_id=provider.id,
        from_on=from_on,
        until_on=until_on,
        end_reason=end_reason,
        place_type=agreed.place_type,
        purpose=agreed.purpose,
        **agreed.particulars,
    )
    db.session.flush()
    arrivals.check_respite_stays(old.child_id, by=by)
    return new


def remove(placement_id: UUID, *, seen: int | None, by: Viewer) -> None:
    """Say that a child never lived with this agency.

    Raises RespiteGoesOn, StalePage, EntryRemoved, NotFound.
    """
    old = _locked(placement_id, seen, by)
    supersede(old, by=by, action="removed where a child lived: a mistake", is_void=True)
    db.session.flush()
    arrivals.check_respite_stays(old.child_id, by=by, field=None)


def _begin(
    provider: Provider,
    child: Child,
    period: Period,
    agreed: Agreed,
    *,
    is_respite: bool,
    by: Viewer,
) -> Placement:
    arrival = Arrival(period, agreed.place_type, agreed.purpose, is_respite=is_respite)
    return arrivals.begin(provider, child, arrival, by=by, **agreed.particulars)


def _locked(placement_id: UUID, seen: int | None, by: Viewer) -> Placement:
    """A placement with an agency, read afresh once nobody else can place or move its child."""
    child_id = agencies.placement(placement_id, viewer=by).child_id
    stays.lock_child(child_id, viewer=by)
    stay = agencies.placement(placement_id, viewer=by)
    submissions.check_seen(stay.id, seen, by=by)
    return stay


def _check_days(
    born_on: date | None, period: Period, *, field: str = "from_on", age_field: str = "from_on"
) -> None:
    placing.check_ends_later(period.start, period.end)
    placing.check_near(period, clock.today(), field=field)
    placing.check_is_child(born_on, period.start, field=age_field)
