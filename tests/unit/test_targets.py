"""Targets of shape count (METRICS, Recruitment against target)."""

from decimal import Decimal

import pytest

from carers.domain.ages import AgeBands
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import CarerType, Skill
from carers.domain.segments import APPLIES, Segment, SegmentNotUnderstood
from carers.domain.standards import DEFAULTS
from carers.domain.targets import BUILT_MEASURES, BUILT_SHAPES, Measure, Shape, progress_of_count
from tests.unit.histories import day

BANDS = AgeBands.parse(DEFAULTS["age_bands"])


def progress(actual, value, as_at, last_on="2022-03-31"):
    return progress_of_count(
        actual, value, first_on=day("2021-04-01"), last_on=day(last_on), as_at=day(as_at)
    )


def test_bromleys_year_is_11_of_20():
    found = progress(11, 20, "2022-03-31")

    assert (found.actual, found.target) == (11, Decimal(20))
    assert (str(found.percent), str(found.shortfall)) == ("55.0", "9.0")
    assert (found.state, str(found.projected)) == ("behind", "11.0")


@pytest.mark.parametrize(
    ("actual", "as_at", "state"),
    [
        (20, "2021-04-01", "met"),
        (1, "2021-04-18", "on_track"),
        (0, "2021-04-18", "behind"),
        (19, "2022-03-30", "behind"),
        (19, "2022-03-31", "behind"),
        (20, "2022-03-31", "met"),
        (0, "2021-03-31", "not_started"),
    ],
)
def test_a_count_keeps_pace_with_the_days_both_counted(actual, as_at, state):
    assert progress(actual, 20, as_at).state == state


def test_pace_is_decided_on_unrounded_values():
    assert progress(1, 2, "2021-04-15", last_on="2021-04-30").state == "on_track"
    assert progress(1, 2, "2021-04-16", last_on="2021-04-30").state == "behind"


def test_a_target_carries_its_pace_on():
    assert str(progress(1, 20, "2021-04-30").projected) == "12.2"
    assert progress(0, 20, "2021-03-31").projected is None


def test_after_its_last_day_the_days_run_no_further():
    found = progress(11, 20, "2023-01-01")

    assert (found.state, str(found.projected)) == ("behind", "11.0")


def test_a_loss_is_short_of_more_than_the_value():
    found = progress(-2, 4, "2021-06-30")

    assert (str(found.percent), str(found.shortfall)) == ("-50.0", "6.0")


def test_a_value_of_nought_has_no_percentage():
    found = progress(0, 0, "2021-06-30")

    assert (found.percent, found.state, str(found.shortfall)) == (None, "met", "0.0")


def test_what_is_over_is_no_shortfall():
    assert str(progress(25, Decimal("20.5"), "2021-06-30").shortfall) == "0.0"


def test_what_is_built_is_part_of_what_files_may_name():
    assert set(Shape) >= BUILT_SHAPES
    assert set(Measure) >= BUILT_MEASURES
    assert set(APPLIES) == set(Measure)


def parsed(text, measure=Measure.HOUSEHOLDS_APPROVED, bands=BANDS):
    return Segment.parse(text, measure, bands)


@pytest.mark.parametrize("text", [None, "", " ; "])
def test_no_segment_is_mainstream(text):
    assert parsed(text) == Segment()
    assert parsed(text).carer_types == CARER_TYPES[Population.MAINSTREAM]


def test_all_parts_of_a_segment_are_read():
    found = parsed("skill:respite; skill:babies;carer_type:general;age_band:0-4;scheme:MOCK")

    assert found.skills == (Skill.RESPITE, Skill.BABIES)
    assert found.carer_types == {CarerType.GENERAL}
    assert found.values("age_band") == ("0-4",)
    assert found.values("scheme") == ("MOCK",)


def test_a_type_and_a_population_must_both_hold():
    found = parsed("population:respite;carer_type:short_breaks")

    assert found.carer_types == {CarerType.SHORT_BREAKS}


@pytest.mark.parametrize(
    ("text", "measure", "words"),
    [
        ("teenagers", Measure.HOUSEHOLDS, "must be written NAME:CODE"),
        ("skill:", Measure.HOUSEHOLDS, "must be written NAME:CODE"),
        ("region:north", Measure.HOUSEHOLDS, "age_band, carer_type, population, scheme, skill"),
        ("skill:knitting", Measure.HOUSEHOLDS, "knitting is not a skill"),
        ("carer_type:any", Measure.HOUSEHOLDS, "any is not a carer type"),
        ("age_band:0-5", Measure.HOUSEHOLDS, "0-5 must be one of 0-4, 5-9, 10-12, 13-15, 16+"),
        ("carer_type:general", Measure.ENQUIRIES, "carer_type does not apply to enquiries"),
        ("skill:respite", Measure.NIGHTS_IN_HOUSE, "skill does not apply"),
        ("skill:respite", Measure.NIGHTS_IFA, "skill does not apply"),
        ("", Measure.HOUSEHOLDS_WITH_SKILL, "needs a segment with skill:CODE"),
        ("skill:respite", Measure.SCHEME_MEMBERS, "needs a segment with scheme:CODE"),
    ],
)
def test_a_segment_that_cannot_be_or_does_not_apply_says_what_would(text, measure, words):
    with pytest.raises(SegmentNotUnderstood) as refused:
        parsed(text, measure)

    assert words in refused.value.sentence
    assert refused.value.field == "segment"


def test_without_the_services_bands_an_age_band_is_taken_as_written():
    assert parsed("age_band:0-5", bands=None).values("age_band") == ("0-5",)


def test_a_measure_takes_the_parts_that_apply_to_it():
    assert parsed("skill:respite", Measure.ENQUIRIES).skills == (Skill.RESPITE,)
    assert parsed("population:general", Measure.NIGHTS_IN_HOUSE)
    assert parsed("scheme:MOCK", Measure.SCHEME_MEMBERS)
    assert parsed("skill:uasc", Measure.HOUSEHOLDS_WITH_SKILL)
