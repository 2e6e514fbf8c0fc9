"""A home, and three people who work with it."""

from __future__ import annotations

from typing import Any

import pytest

from carers.domain.roles import Role
from carers.models import Household


@pytest.fixture
def home(make) -> Household:
    household: Household = make.household(places=3, ref="H-0231", name="Angela Foyle")
    return household


@pytest.fixture
def supervisor(make, home, sign_in) -> Any:
    viewer = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
    make.allocation(viewer, household=home)
    return sign_in(viewer)


@pytest.fixture
def officer(make, home, sign_in) -> Any:
    return sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service))


@pytest.fixture
def manager(make, home, sign_in) -> Any:
    return sign_in(make.viewer(Role.TEAM_MANAGER, works_for=home.service))
