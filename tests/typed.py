"""What people type into the forms of a home."""

from __future__ import annotations

from datetime import date, timedelta

from carers.domain import clock
from carers.models import Household


def path(household: Household, more: str = "") -> str:
    return f"/households/{household.id}{more}"


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-{box}": str(getattr(value, box)) for box in ("day", "month", "year")}


def blank(name: str) -> dict[str, str]:
    return {f"{name}-{box}": "" for box in ("day", "month", "year")}


def held(**given: str) -> dict[str, str]:
    """A hold as it is typed, from today for a fortnight."""
    return {
        "places": "1",
        "reason": "carer_break",
        **day("expected_until_on", clock.today() + timedelta(days=14)),
        **day("from_on", clock.today()),
        **given,
    }


def placed(**given: str) -> dict[str, str]:
    """A new child of 7 as they are typed."""
    return {
        "child_ref": "",
        **day("born_on", clock.today() - timedelta(days=7 * 366)),
        **day("from_on", clock.today()),
        "purpose": "short_term",
        "place_type": "U6",
        "places": "1",
        **given,
    }


def given(worker: object, **typed: str) -> dict[str, str]:
    """A home given to a worker, by their membership, from today."""
    return {"worker": str(worker), **day("from_on", clock.today()), **typed}
