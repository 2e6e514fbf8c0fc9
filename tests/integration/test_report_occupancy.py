"""Place-nights over a period, as a viewer reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from carers.domain.capacity import OfstedReason, UnavailableReason
from carers.domain.period import Days
from carers.domain.register import CarerType
from carers.reports import occupancy
from carers.reports.occupancy import PlacesOnDay

JANUARY = Days(date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


def test_the_answer_has_every_key_that_reports_promise(service, viewer):
    plain = occupancy.answer(viewer, JANUARY).plain()

    assert isinstance(plain.pop("as_known_at"), str)
    states = ("approved", "over", "filled", "not_available", "vacant")
    nothing = {"numerator": 0, "denominator": 0, "percent": None}
    assert plain == {
        "report": "occupancy",
        "service": service.code,
        "population": "mainstream",
        "first_day": "2026-01-01",
        "last_day": "2026-01-31",
        **{f"nights_{name}": 0 for name in states},
        "by_reason": {
            "local": dict.fromkeys(UnavailableReason, 0),
            "ofsted": dict.fromkeys(OfstedReason, 0),
        },
        "utilisation": nothing,
        "utilisation_available": nothing,
        **{f"weeks_{name}": 0.0 for name in states if name != "over"},
    }


def test_the_first_day_counts_and_the_last_does_not(make, service, viewer):
    home = make.household(service, places=2)
    make.placement(home, until_on=date(2026, 1, 4))
    make.placement(home, from_on=date(2026, 1, 9), until_on=date(2026, 1, 9))
    make.hold(home, from_on=date(2026, 1, 30), reason=UnavailableReason.NOTICE_GIVEN)

    answer = occupancy.answer(viewer, JANUARY)

    keys = ("approved", "over", "filled", "not_available", "vacant")
    assert [answer.figure(f"nights_{key}") for key in keys] == [62, 0, 3, 2, 57]
    assert answer.figure("by_reason.ofsted.carer_break_or_pending_resignation") == 2
    assert answer.figure("utilisation") == {"numerator": 3, "denominator": 62, "percent": 4.8}
    assert answer.figure("utilisation_available.denominator") == 60
    assert answer.figure("weeks_approved") == 8.9
    assert [row.amount for row in answer.rows("weeks_filled")] == [Decimal(3) / 7]


def test_a_parent_and_child_on_two_places_and_a_respite_stay_are_place_nights(
    make, service, viewer
):
    home, away = make.household(service, places=2), make.household(service)
    main = make.placement(home, places_used=2)
    make.placement(
        away,
        child=main.child,
        respite_of_id=main.id,
        from_on=date(2026, 1, 10),
        until_on=date(2026, 1, 12),
    )

    answer = occupancy.answer(viewer, JANUARY)

    assert answer.figure("nights_filled") == 2 * 31 + 2
    assert [(row.ref, row.amount) for row in answer.rows("nights_filled")] == sorted(
        [(home.ref, 62), (away.ref, 2)]
    )


def test_each_night_is_of_the_terms_in_force_that_night(make, service, viewer):
    home = make.household(service, places=None)
    make.terms(home, places=2, until_on=date(2026, 1, 11))
    connected = CarerType.CONNECTED_PERSON
    make.terms(home, places=1, from_on=date(2026, 1, 21), carer_type=connected)
    make.placement(home, from_on=date(2025, 6, 1))
    make.hold(home, places=2)

    mainstream = occupancy.answer(viewer, JANUARY)
    kin = occupancy.answer(viewer, JANUARY, "connected_person")

    assert mainstream.figure("nights_approved") == 20  # ten days of two, ten of a gap
    assert mainstream.figure("nights_over") == 10
    assert mainstream.figure("nights_filled") == 20
    assert mainstream.figure("nights_not_available") == 10
    assert kin.figure("nights_approved") == kin.figure("nights_filled") == 11
    assert kin.figure("by_reason.local.carer_break") == 0


def test_the_days_of_a_period_are_one_after_another(make, service, viewer):
    make.household(service, places=2, approved_on=date(2026, 1, 2))
    home = make.household(service, approved_on=date(2026, 1, 3), ended_on=date(2026, 1, 4))
    make.placement(home, from_on=date(2026, 1, 3), until_on=date(2026, 1, 4))

    days = occupancy.daily(viewer, Days(date(2026, 1, 1), date(2026, 1, 4)))

    assert days == [
        PlacesOnDay(date(2026, 1, 1), 0, 0, 0, 0, 0),
        PlacesOnDay(date(2026, 1, 2), 2, 0, 0, 0, 2),
        PlacesOnDay(date(2026, 1, 3), 3, 0, 1, 0, 2),
        PlacesOnDay(date(2026, 1, 4), 2, 0, 0, 0, 2),
    ]
