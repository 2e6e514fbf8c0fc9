"""Names as people type them."""

from __future__ import annotations

import pytest

from carers.domain import names


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Marcus Bell", "Marcus", "Bell"),
        ("  Marcus   Bell ", "Marcus", "Bell"),
        ("Mrs. Tanya Bell", "Tanya", "Bell"),
        ("Mary Ann O’Neill", "Mary Ann", "O’Neill"),
        ("Jo van der Berg", "Jo", "van der Berg"),
        ("Bell, Marcus", "Marcus", "Bell"),
        ("de Souza, Ana Maria", "Ana Maria", "de Souza"),
        ("Bell,", "Bell,", None),
        ("Marcus", "Marcus", None),
        ("Van Morrison", "Van", "Morrison"),
        ("Dr", "Dr", None),
        ("", None, None),
    ],
)
def test_a_typed_name_has_a_given_and_a_family_part(typed, given, family):
    assert names.split(typed) == (given, family)


@pytest.mark.parametrize(
    ("typed", "home"),
    [
        (["Angela Foyle", "Michael Foyle"], "Angela and Michael Foyle"),
        (["Angela Foyle", "Jo  Reed"], "Angela Foyle and Jo Reed"),
        (["Angela Foyle"], "Angela Foyle"),
        (["Angela", "Michael Foyle"], "Angela and Michael Foyle"),
        ([], ""),
    ],
)
def test_a_home_takes_its_carers_names(typed, home):
    assert names.of_home(typed) == home
