"""Targets in force on a day, and how far the service is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carers.domain.period import Days
from carers.domain.recruitment import ServiceKind
from carers.domain.register import CarerType, Skill, SkillLevel
from carers.domain.segments import SegmentNotUnderstood
from carers.domain.targets import Measure, Shape
from carers.models import Scheme, SchemeMember
from carers.queries import fostering_services
from carers.reports import targets
from carers.reports.targets import NotBuilt
from tests.statements import count_of

FIRST, LAST = date(2021, 4, 1), date(2022, 3, 31)
HALFWAY = date(2021, 9, 30)
MAY = date(2021, 5, 1)


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


@pytest.fixture
def target(make, service):
    def set_target(**given):
        return make.target(service, **({"first_on": FIRST, "last_on": LAST} | given))

    return set_target


def asked(viewer, as_at=LAST):
    return targets.answer(viewer, Days(as_at, as_at))


def row(viewer, as_at=LAST):
    (only,) = asked(viewer, as_at).plain()["targets"]
    return only


def test_bromley_is_eleven_of_twenty(make, service, viewer, target):
    target(label="Approve 20 households", value=20)
    for _ in range(11):
        make.household(service, approved_on=MAY)

    assert row(viewer) == {
        "label": "Approve 20 households",
        "measure": "households_approved",
        "segment": None,
        "shape": "count",
        "first_day": "2021-04-01",
        "last_day": "2022-03-31",
        "actual": 11,
        "target": 20,
        "percent": 55.0,
        "shortfall": 9.0,
        "state": "behind",
        "projected": 11.0,
        "last_year": 0,
    }


def test_a_target_is_on_track_while_it_keeps_the_pace(make, service, viewer, target):
    target(value=20)
    for _ in range(11):
        make.household(service, approved_on=MAY)

    assert (row(viewer, HALFWAY)["state"], row(viewer, HALFWAY)["projected"]) == ("on_track", 21.9)


def test_only_targets_in_force_are_listed_in_the_order_of_their_labels(viewer, target):
    target(label="b")
    target(label="Z")
    target(label="a", last_on=HALFWAY)
    target(label="c", first_on=LAST)

    listed = asked(viewer, HALFWAY).plain()["targets"]

    assert [one["label"] for one in listed] == ["Z", "a", "b"]
    assert asked(viewer, date(2023, 1, 1)).plain()["targets"] == []


def test_the_last_year_is_at_the_same_point(make, service, viewer, target):
    target(value=20)
    make.household(service, approved_on=date(2020, 5, 1))
    make.household(service, approved_on=date(2020, 12, 1))

    assert row(viewer, HALFWAY)["last_year"] == 1
    assert len(asked(viewer, HALFWAY).rows("targets.0.last_year")) == 1


def test_a_target_of_several_years_is_set_beside_itself_a_year_earlier(
    make, service, viewer, target
):
    target(value=60, first_on=date(2020, 4, 1))
    for approved_on in (date(2020, 3, 1), date(2020, 5, 1), date(2021, 5, 1)):
        make.household(service, approved_on=approved_on)

    assert (row(viewer)["actual"], row(viewer)["last_year"]) == (2, 1)


@pytest.mark.parametrize(
    ("measure", "actual"),
    [
        (Measure.HOUSEHOLDS_APPROVED, 1),
        (Measure.PLACES_APPROVED, 3),
        (Measure.HOUSEHOLDS_NET_GAIN, 0),
        (Measure.PLACES_NET_GAIN, 1),
        (Measure.HOUSEHOLDS, 2),
        (Measure.PLACES, 7),
    ],
)
def test_each_measure_counts_homes_or_places(make, service, viewer, target, measure, actual):
    target(measure=measure, value=20)
    make.household(service, places=4)
    make.household(service, places=3, approved_on=MAY)
    make.household(service, places=2, ended_on=MAY)

    assert row(viewer)["actual"] == actual


def test_actual_and_shortfall_open_to_rows_that_add_up_to_them(make, service, viewer, target):
    target(measure=Measure.PLACES_NET_GAIN, value=8)
    make.household(service, places=3, approved_on=MAY)
    make.household(service, places=2, ended_on=MAY)

    answer = asked(viewer)

    assert [one.amount for one in answer.rows("targets.0.actual")] in ([3, -2], [-2, 3])
    assert sum(one.amount for one in answer.rows("targets.0.shortfall")) == 7
    assert answer.figure("targets.0.shortfall") == 7.0


def test_a_target_that_is_met_has_no_shortfall_to_open(make, service, viewer, target):
    target(value=1)
    make.household(service, approved_on=MAY)

    assert (row(viewer)["state"], row(viewer)["shortfall"]) == ("met", 0.0)
    assert "targets.0.shortfall" not in asked(viewer).opens


@pytest.mark.parametrize(
    ("segment", "actual"),
    [
        ("carer_type:specialist", 1),
        ("population:connected_person", 1),
        ("age_band:16+", 1),
        ("age_band:0-4", 1),
        ("age_band:16+;carer_type:general", 0),
        ("population:all", 3),
    ],
)
def test_approvals_are_of_the_type_and_ages_of_the_first_terms(
    make, service, viewer, target, segment, actual
):
    target(segment=segment)
    given = {"approved_on": MAY, "age_min": 0, "age_max": 10}
    make.household(service, **given)
    make.household(
        service, **(given | {"carer_type": CarerType.SPECIALIST, "age_min": 11, "age_max": None})
    )
    make.household(service, **given, carer_type=CarerType.CONNECTED_PERSON)

    assert row(viewer)["actual"] == actual


def test_a_skill_counts_for_an_approval_if_it_was_held_on_some_day_up_to_the_day_asked(
    make, service, viewer, target
):
    target(segment="skill:babies")
    held, willing, later, lapsed = (make.household(service, approved_on=MAY) for _ in range(4))
    make.skill(held, Skill.BABIES, level=SkillLevel.TRAINED)
    make.skill(willing, Skill.BABIES, level=SkillLevel.WILLING)
    make.skill(later, Skill.BABIES, from_on=date(2021, 12, 1))
    make.skill(lapsed, Skill.BABIES, from_on=date(2021, 6, 1), until_on=date(2021, 7, 1))

    assert row(viewer, HALFWAY)["actual"] == 2
    assert row(viewer)["actual"] == 3


def test_a_skill_counts_for_a_stock_on_the_day_itself(make, service, viewer, target):
    target(measure=Measure.HOUSEHOLDS, segment="skill:babies")
    held, lapsed = make.household(service), make.household(service)
    make.skill(held, Skill.BABIES)
    make.skill(lapsed, Skill.BABIES, until_on=date(2021, 7, 1))

    assert row(viewer)["actual"] == 1


def test_an_ending_counts_in_a_segment_that_it_held_before_it_ended(make, service, viewer, target):
    target(measure=Measure.HOUSEHOLDS_NET_GAIN, segment="skill:babies", value=2)
    left = make.household(service, ended_on=MAY)
    make.skill(left, Skill.BABIES)
    make.household(service, ended_on=MAY)

    assert row(viewer)["actual"] == -1


def test_members_of_a_scheme_are_a_segment(make, service, viewer, target):
    target(measure=Measure.PLACES, segment="scheme:harbour", value=4)
    scheme = make.keep(Scheme(service_id=service.id, code="harbour", name="Harbour"))
    member = make.household(service, places=3)
    make.household(service, places=2)
    make.keep(
        SchemeMember(
            service_id=service.id, scheme_id=scheme.id, household_id=member.id, from_on=MAY
        )
    )

    assert row(viewer)["actual"] == 3


def test_a_shared_service_lists_its_own_targets_measured_over_the_sum(
    make, service, viewer, target
):
    target(label="The member’s own")
    shared = make.service(kind=ServiceKind.SHARED_SERVICE)
    service.parent_id = shared.id
    make.keep(service)
    make.target(shared, label="Together", first_on=FIRST, last_on=LAST)
    make.household(service, approved_on=MAY)
    make.household(shared, approved_on=MAY)
    sees = fostering_services.seen_from(shared.id)

    found = row(replace(viewer, service_id=shared.id, service_ids=sees))

    assert (found["label"], found["actual"]) == ("Together", 2)


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"shape": Shape.PAIRED, "upper": 10}, "shape"),
        ({"measure": Measure.NIGHTS_IFA}, "measure"),
    ],
)
def test_a_shape_or_measure_that_is_not_built_is_refused_in_words(viewer, target, given, column):
    target(label="Ten homes", **given)

    with pytest.raises(NotBuilt) as refused:
        asked(viewer)

    assert refused.value.field == column
    assert "“Ten homes”" in refused.value.sentence


def test_a_band_that_is_no_longer_the_services_is_refused(make, service, viewer, target):
    target(segment="age_band:5-9")
    make.setting(service, "age_bands", "0-10;11+")

    with pytest.raises(SegmentNotUnderstood):
        asked(viewer)


def test_the_same_statements_for_one_target_as_for_many(make, service, viewer, target):
    target()
    few = count_of(lambda: asked(viewer))
    for _ in range(5):
        target(segment="skill:babies")
        make.household(service)

    assert count_of(lambda: asked(viewer)) == few
