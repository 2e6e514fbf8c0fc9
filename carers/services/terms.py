"""Terms of approval changed: the present ones end on the day the new ones begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from carers.domain import clock
from carers.domain.errors import RuleBroken
from carers.domain.lateness import day_month
from carers.domain.register import Approval
from carers.domain.terms_change import Proposal, check_offer, check_room
from carers.domain.viewer import Viewer
from carers.models import Household, Terms
from carers.queries import terms_rows
from carers.services import audit, superseding
from carers.services.homes import get_to_change


def change(
    household_id: UUID,
    *,
    proposal: Proposal,
    places: int,
    seen: int | None,
    by: Viewer,
    **facts: Any,
) -> Terms:
    """Enter changed terms from the day on which they are in force by their route (RULES 2.1).

    ``facts`` are the other columns of the terms. Raises NotAllocated, StalePage; RuleBroken for
    the proposal, where later terms are recorded, where the home is not approved on that day, where
    they are the terms in force already, and where the children living there would be over on any
    day from it on.
    """
    household = get_to_change(household_id, seen=seen, by=by)
    today = clock.today()
    from_on = proposal.in_force_on(today)
    _check_home(household, from_on, today)
    present = terms_rows.of_home(household_id, viewer=by)
    _check_comes_last(present, from_on, today)
    _check_changes(present, from_on, facts | {"places": places})
    check_offer(facts["carer_type"], facts["primary_offer"])
    check_room(terms_rows.used_from(household_id, from_on, viewer=by), places, today)
    words = proposal.in_words(today)
    for one in present:
        if one.period.covers(from_on):
            action = f"ended the terms: a change was {words}"
            superseding.end(one, until_on=from_on, by=by, action=action)
    new = Terms(
        service_id=household.service_id,
        household_id=household_id,
        from_on=from_on,
        places=places,
        recorded_by_id=by.membership_id,
        **proposal.kept,
        **facts,
    )
    audit.added(new, by=by, action=f"changed the terms: {words}")
    return new


def _check_home(household: Household, from_on: date, today: date) -> None:
    if household.approval is not Approval.FULL:
        raise RuleBroken(
            f"Its approval is {household.approval.label.lower()}, which needs no terms"
        )
    if from_on < household.approved_on:
        raise RuleBroken("The home was not approved on that day", field="proposed_on")
    if household.ended_on and from_on >= household.ended_on:
        raise RuleBroken(
            f"The terms would be in force on {day_month(from_on, today)}, and the approval ends"
            f" on {day_month(household.ended_on, today)}",
            field="proposed_on",
        )


def _check_comes_last(present: Sequence[Terms], from_on: date, today: date) -> None:
    later = [one.from_on for one in present if one.from_on >= from_on]
    if later:
        raise RuleBroken(
            f"Terms are recorded from {day_month(min(later), today)} already, and these would be"
            f" in force on {day_month(from_on, today)}: correct those first",
            field="proposed_on",
        )


def _check_changes(present: Sequence[Terms], from_on: date, asked: dict[str, Any]) -> None:
    for one in present:
        in_force = one.period.covers(from_on)
        if in_force and all(getattr(one, name) == value for name, value in asked.items()):
            raise RuleBroken("These are the terms in force already: change what is to differ")
