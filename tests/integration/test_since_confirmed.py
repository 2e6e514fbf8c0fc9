"""What came after a home’s last confirmation, as the records tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.confirming import SinceConfirmed
from carers.domain.roles import Role
from carers.exchange.journal import Journal
from carers.models import AuditEntry, Household, Placement
from carers.queries import since
from carers.services import capacity
from carers.services.superseding import supersede
from tests.factories import as_worker

TODAY = clock.today()
MONDAY = TODAY - timedelta(days=5)


def on(day: date) -> datetime:
    return clock.at(day, time(9))


@pytest.fixture
def home(make: Any) -> Household:
    """Confirmed five days ago, and loaded then."""
    made: Household = make.household(places=3)
    make.confirmation(made, on(MONDAY), created_at=on(MONDAY))
    return made


@pytest.fixture
def manager(make: Any, home: Household) -> Any:
    return make.viewer(Role.TEAM_MANAGER, works_for=home.service)


def of(home: Household, viewer: Any) -> SinceConfirmed:
    return since.of_homes([home.id], viewer=viewer, day=TODAY)[home.id]


CAME: dict[str, Callable[[Any, Household], Any]] = {
    "a child came": lambda make, home: make.placement(home, from_on=MONDAY + timedelta(days=1)),
    "a child left": lambda make, home: make.placement(home, until_on=TODAY),
    "a hold began": lambda make, home: make.hold(home, from_on=TODAY),
    "a hold ended": lambda make, home: make.hold(home, until_on=TODAY),
    "terms ended": lambda make, home: make.terms(
        home, from_on=date(2019, 1, 1), until_on=date(2020, 1, 1)
    ),
}


@pytest.mark.parametrize("what", [name for name in CAME if name != "terms ended"])
def test_what_begins_or_ends_after_it_has_happened_since(make, home, manager, what):
    assert not of(home, manager).has_happened

    CAME[what](make, home)

    assert of(home, manager).has_happened


def test_what_was_so_before_or_is_still_to_come_has_not(make, home, manager):
    make.placement(home, from_on=MONDAY)
    make.placement(home, from_on=TODAY + timedelta(days=1))
    make.hold(home, from_on=TODAY, is_void=True)
    CAME["terms ended"](make, home)

    assert not of(home, manager).has_happened


def test_a_home_never_confirmed_has_had_nothing_since(make, home, manager):
    new = make.household(home.service)
    make.placement(new)

    assert of(new, manager) == SinceConfirmed()


def test_what_somebody_recorded_since_has_happened_however_it_is_dated(make, home, manager):
    with transaction():
        capacity.record_unavailability(
            home.id,
            places=1,
            reason=UnavailableReason.CARER_BREAK,
            owner_id=manager.membership_id,
            from_on=MONDAY - timedelta(days=30),
            expected_until_on=TODAY + timedelta(days=9),
            seen=None,
            by=manager,
        )

    found = of(home, manager)

    assert found == SinceConfirmed(has_happened=True, hold_ended_on=TODAY + timedelta(days=9))
    with transaction():
        capacity.confirm(home.id, seen=None, by=manager)
    assert not of(home, manager).has_happened


def test_a_correction_since_has_happened(make, home, manager):
    stay = make.placement(home, from_on=MONDAY - timedelta(days=9))
    with as_worker():
        supersede(stay, by=manager, action="corrected it", places_used=2)
        db.session.flush()
    db.session.commit()

    assert of(home, manager).has_happened


def test_what_a_load_brought_beside_the_confirmation_is_not_after_it(make, home, manager):
    loaded = make.household(home.service)
    make.confirmation(loaded, on(MONDAY))  # recorded now, by the same load
    stay = make.placement(loaded, from_on=MONDAY - timedelta(days=9))
    journal = Journal("a load")
    row = {"id": stay.id, "household_id": loaded.id, "from_on": stay.from_on}
    journal.added(Placement, row, loaded.service_id)
    db.session.add_all(AuditEntry(**entry) for entry in journal.entries)
    db.session.commit()
    assert not of(loaded, manager).has_happened

    later = [entry | {"at": clock.now() + timedelta(hours=2)} for entry in journal.entries]
    db.session.add_all(AuditEntry(**entry) for entry in later)
    db.session.commit()

    assert of(loaded, manager).has_happened
