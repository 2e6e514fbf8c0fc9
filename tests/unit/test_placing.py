"""Ages and codes of a child who comes to a home."""

from __future__ import annotations

from datetime import date

import pytest

from carers.domain.children import FOSTERING, PlaceType
from carers.domain.placing import age_warning, ages_words, place_types_for
from carers.domain.register import Approval, CarerType

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("age_min", "age_max", "is_said"),
    [(5, 12, False), (7, 7, False), (None, None, False), (8, None, True), (None, 6, True)],
)
def test_an_age_outside_the_terms_is_said_and_both_ends_count(age_min, age_max, is_said):
    said = age_warning("C-0412", date(2019, 3, 1), DAY, age_min, age_max)

    assert (said is not None) == is_said


def test_a_child_of_unknown_age_gives_no_warning():
    assert age_warning("C-0412", None, DAY, 5, 12) is None


@pytest.mark.parametrize(
    ("age_min", "age_max", "said"),
    [(5, 12, "5 to 12"), (5, None, "5 and over"), (None, 12, "up to 12"), (None, None, "any")],
)
def test_ages_in_words(age_min, age_max, said):
    assert ages_words(age_min, age_max) == said


def test_a_connected_home_takes_relatives_codes_and_every_fostering_code_has_a_home():
    connected = place_types_for(CarerType.CONNECTED_PERSON)

    assert PlaceType.U1 in connected
    assert PlaceType.U6 not in connected
    assert {*connected, *place_types_for(CarerType.GENERAL)} == FOSTERING
    assert place_types_for(None) == place_types_for(CarerType.RESPITE)
    assert place_types_for(None, Approval.TEMPORARY) == connected
    assert place_types_for(None, Approval.ADOPTER) == (PlaceType.U2, PlaceType.U5)
    assert place_types_for(None, Approval.HOST) == place_types_for(None)
