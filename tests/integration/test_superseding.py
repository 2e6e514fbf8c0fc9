"""A correction of a row: what it changes, what it keeps, and whose it is."""

from __future__ import annotations

from carers.db import transaction
from carers.domain.roles import Role
from carers.services.superseding import supersede


def test_terms_are_superseded_by_terms_with_the_rest_of_their_facts(make):
    home = make.household(places=2, age_min=5)
    manager = make.viewer(Role.TEAM_MANAGER, works_for=home.service)
    (old,) = home.terms

    with transaction():
        new = supersede(old, by=manager, action="corrected the terms", places=3)

    assert old.superseded_by_id == new.id
    assert (new.places, new.age_min, new.from_on) == (3, 5, old.from_on)
    assert (old.recorded_by_id, new.recorded_by_id) == (None, manager.membership_id)
    assert new.is_current
    assert not old.is_current
