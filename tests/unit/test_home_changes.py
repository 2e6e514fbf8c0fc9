"""Who may confirm and change a home, and in what capacity."""

from __future__ import annotations

import pytest

from carers.domain.capacity import ConfirmerRole
from carers.domain.home_changes import NotAllocated, check_may_change, confirmer_role
from carers.domain.roles import Role

SUPERVISOR, OFFICER, MANAGER = (
    Role.SUPERVISING_SOCIAL_WORKER,
    Role.PLACEMENTS_OFFICER,
    Role.TEAM_MANAGER,
)


@pytest.mark.parametrize(
    ("roles", "is_allocated", "said"),
    [
        ({SUPERVISOR}, True, ConfirmerRole.SUPERVISING_SOCIAL_WORKER),
        ({SUPERVISOR, MANAGER}, True, ConfirmerRole.SUPERVISING_SOCIAL_WORKER),
        ({SUPERVISOR, MANAGER}, False, ConfirmerRole.TEAM_MANAGER),
        ({OFFICER, MANAGER}, False, ConfirmerRole.TEAM_MANAGER),
        ({OFFICER}, False, ConfirmerRole.DUTY_WORKER),
        ({OFFICER, SUPERVISOR}, False, ConfirmerRole.DUTY_WORKER),
    ],
)
def test_a_home_is_confirmed_in_the_capacity_nearest_to_it(roles, is_allocated, said):
    assert confirmer_role(roles, is_allocated=is_allocated) is said


@pytest.mark.parametrize(
    ("roles", "is_allocated"),
    [({SUPERVISOR}, False), ({Role.HEAD_OF_SERVICE}, True), (set(), True)],
)
def test_a_home_is_not_for_everybody_to_confirm(roles, is_allocated):
    with pytest.raises(NotAllocated):
        confirmer_role(roles, is_allocated=is_allocated)


def test_a_placements_officer_confirms_and_puts_nothing_on_hold():
    with pytest.raises(NotAllocated):
        check_may_change({OFFICER}, is_allocated=True)
