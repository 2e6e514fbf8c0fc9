"""Ages and age bands."""

import pytest

from carers.domain.ages import AgeBand, AgeBands, BandsNotUnderstood, age_on
from carers.domain.standards import DEFAULTS
from tests.unit.histories import day

BANDS = AgeBands.parse(DEFAULTS["age_bands"])


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        ("2010-05-10", "2021-05-09", 10),
        ("2010-05-10", "2021-05-10", 11),
        ("2012-02-29", "2021-02-28", 8),
        ("2012-02-29", "2021-03-01", 9),
        ("2021-03-01", "2021-03-01", 0),
    ],
)
def test_an_age_is_in_whole_years_completed(born_on, on, age):
    assert age_on(day(born_on), day(on)) == age


def test_the_bands_unless_changed():
    assert BANDS.codes == ("0-4", "5-9", "10-12", "13-15", "16+")
    assert AgeBands.parse(" 0-9 ; 10-17").codes == ("0-9", "10-17")


@pytest.mark.parametrize(
    ("age", "code"), [(0, "0-4"), (4, "0-4"), (5, "5-9"), (15, "13-15"), (16, "16+"), (40, "16+")]
)
def test_every_age_is_in_one_band(age, code):
    assert [band.code for band in BANDS.bands if band.holds(age)] == [code]


def test_an_age_past_bands_that_stop_is_in_none():
    assert not any(band.holds(18) for band in AgeBands.parse("0-9;10-17").bands)


@pytest.mark.parametrize(
    ("age_min", "age_max", "codes"),
    [
        (None, None, ("0-4", "5-9", "10-12", "13-15", "16+")),
        (5, 12, ("5-9", "10-12")),
        (0, 0, ("0-4",)),
        (16, None, ("16+",)),
        (None, 4, ("0-4",)),
    ],
)
def test_a_home_is_in_every_band_that_its_ages_reach_into(age_min, age_max, codes):
    found = [band.code for band in BANDS.bands if band.overlaps(age_min, age_max)]
    assert tuple(found) == codes


@pytest.mark.parametrize(
    "text", ["", "0-4;6-9", "0-4;4-9", "1-4", "0-4;5+;6-9", "0-4;5-2", "nought", "0-4;", "0-٤"]
)
def test_bands_that_do_not_follow_on_are_refused(text):
    with pytest.raises(BandsNotUnderstood):
        AgeBands.parse(text)


def test_a_band_without_an_oldest_is_open():
    assert AgeBand(16, None).holds(99)
