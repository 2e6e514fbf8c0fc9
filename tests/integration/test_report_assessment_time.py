"""How long assessments took, from the events of each case."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from carers.domain import clock
from carers.domain.period import Days
from carers.domain.recruitment import Event, Route
from carers.reports import assessment_time
from tests.statements import count_of

YEAR = Days(date(2021, 4, 1), date(2022, 3, 31))
APPLIED = Event.APPLICATION_RECEIVED
DECIDED = Event.DECIDED


def at(day: date) -> datetime:
    return clock.at(day, time(10))


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def viewer(make, service):
    return make.viewer(works_for=service)


@pytest.fixture
def case(make, service):
    """A case with the events of some days: (event, day) or (event, day, detail)."""

    def enquire(*events, **given):
        happened = [(event, at(day), *detail) for event, day, *detail in events]
        named = {"received_at": at(date(2020, 6, 1))}
        return make.enquiry(service, *happened, **(named | given))

    return enquire


def asked(viewer, days=YEAR, population=Route.MAINSTREAM):
    return assessment_time.answer(viewer, days, population)


@pytest.mark.parametrize(("decided_on", "in_time"), [((2022, 2, 28), 1), ((2022, 3, 1), 0)])
def test_a4_an_application_of_31_august_is_due_on_28_february(viewer, case, decided_on, in_time):
    case((APPLIED, date(2021, 8, 31)), (DECIDED, date(*decided_on), "approve"))

    answer = asked(viewer)

    assert answer.figure("within_six_months") == {
        "numerator": in_time,
        "denominator": 1,
        "percent": 100.0 * in_time,
    }
    days = (date(*decided_on) - date(2021, 8, 31)).days
    assert [answer.figure(f"{name}_days") for name in ("mean", "median", "longest")] == [days] * 3


def test_the_answer_has_the_share_in_time_beside_mean_median_and_longest(viewer, case):
    case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 10, 1), "approve"))
    case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 10, 4), "not_approve"))

    plain = asked(viewer).plain()

    assert plain["decided"] == 2
    assert plain["within_six_months"] == {"numerator": 1, "denominator": 2, "percent": 50.0}
    lengths = [plain[f"{name}_days"] for name in ("mean", "median", "longest")]
    assert lengths == [184.5, 184.5, 186]
    assert plain["net_of_applicant_pauses"].keys() == {
        "within_six_months",
        "mean_days",
        "median_days",
        "longest_days",
    }
    assert plain["panel_within_eight_months"] == {
        "numerator": 0,
        "denominator": 0,
        "percent": None,
    }


def test_a_deferral_does_not_stop_the_clock_nor_does_a_second_decision(viewer, case):
    case(
        (APPLIED, date(2021, 1, 1)),
        (DECIDED, date(2021, 3, 1), "defer"),
        (DECIDED, date(2021, 5, 1), "not_approve"),
        (DECIDED, date(2021, 8, 1), "approve"),
    )

    assert asked(viewer).figure("longest_days") == 120
    later = Days(date(2021, 7, 1), date(2021, 8, 31))
    assert asked(viewer, later).figure("decided") == 0


def test_the_days_of_the_applicants_pauses_are_taken_off_and_added_to_the_due_day(viewer, case):
    case(
        (APPLIED, date(2021, 4, 1)),
        (Event.PAUSED, date(2021, 5, 1), "applicant"),
        (Event.RESUMED, date(2021, 5, 11)),
        (Event.PAUSED, date(2021, 6, 1), "service"),
        (Event.RESUMED, date(2021, 7, 1)),
        (DECIDED, date(2021, 10, 11), "approve"),
    )

    answer = asked(viewer)

    assert answer.figure("within_six_months.numerator") == 0
    assert answer.figure("net_of_applicant_pauses.within_six_months.numerator") == 1
    assert (
        answer.figure("longest_days") - answer.figure("net_of_applicant_pauses.longest_days") == 10
    )


def test_a_pause_that_still_runs_counts_up_to_the_decision(viewer, case):
    case(
        (APPLIED, date(2021, 4, 1)),
        (Event.PAUSED, date(2021, 9, 1), "applicant"),
        (DECIDED, date(2021, 9, 11), "approve"),
    )

    answer = asked(viewer)

    assert answer.figure("net_of_applicant_pauses.longest_days") == 153
    assert answer.figure("longest_days") == 163


def test_open_cases_are_as_they_stood_at_the_end_of_the_period(viewer, case):
    case((APPLIED, date(2021, 10, 1)))  # due on 1 April 2022: soon
    case((APPLIED, date(2021, 9, 30)))  # due on 30 March: overdue
    case((APPLIED, date(2022, 3, 1)), (DECIDED, date(2022, 5, 1), "approve"))  # decided later
    case(
        (APPLIED, date(2022, 1, 1)),
        (Event.WITHDRAWN, date(2022, 3, 1)),
        (Event.REOPENED, date(2022, 6, 1)),
    )  # closed on the day
    case((APPLIED, date(2022, 1, 1)), (Event.WITHDRAWN, date(2022, 6, 1)))  # open on the day
    case((APPLIED, date(2022, 1, 1)), (Event.APPROVED, date(2022, 2, 1)))  # approved
    case((APPLIED, date(2022, 4, 1)))  # not yet

    answer = asked(viewer)

    assert answer.figure("open") == 4
    assert answer.figure("open_overdue") == 1
    assert answer.figure("open_due_within_28_days") == 1
    assert len(answer.rows("open")) == 4


def test_due_on_the_last_day_is_not_overdue(viewer, case):
    case((APPLIED, date(2021, 9, 30)))

    answer = asked(viewer, Days(date(2021, 4, 1), date(2022, 3, 30)))

    assert answer.figure("open_overdue") == 0
    assert answer.figure("open_due_within_28_days") == 1


def test_the_panel_has_eight_months_of_its_own(viewer, case):
    case(
        (APPLIED, date(2021, 1, 1)),
        (Event.PANEL_RECOMMENDED, date(2021, 8, 1), "defer"),
        (Event.PANEL_RECOMMENDED, date(2021, 9, 1), "approve"),
        (DECIDED, date(2021, 9, 20), "approve"),
    )
    case(
        (APPLIED, date(2021, 1, 1)),
        (Event.PANEL_RECOMMENDED, date(2021, 9, 2), "approve"),
        (DECIDED, date(2021, 9, 20), "approve"),
    )

    assert asked(viewer).figure("panel_within_eight_months") == {
        "numerator": 1,
        "denominator": 2,
        "percent": 50.0,
    }


def test_the_services_own_target_in_force_on_the_last_day_moves_the_due_day(
    make, service, viewer, case
):
    case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 8, 2), "approve"))
    assert asked(viewer).figure("within_six_months.numerator") == 1

    make.setting(service, "assessment_target_months", "4")

    assert asked(viewer).figure("within_six_months.numerator") == 0


def test_a_case_without_an_application_and_a_duplicate_are_in_no_figure(viewer, case):
    first = case((DECIDED, date(2021, 8, 2), "approve"))
    case(
        (APPLIED, date(2021, 4, 1)),
        (DECIDED, date(2021, 8, 2), "approve"),
        duplicate_of_id=first.id,
    )

    assert asked(viewer).figure("decided") == 0


@pytest.mark.parametrize(
    ("population", "decided"), [("mainstream", 1), ("transfer", 1), ("all", 2)]
)
def test_a_population_is_the_cases_of_a_route(viewer, case, population, decided):
    for route in (Route.MAINSTREAM, Route.TRANSFER):
        case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 8, 2), "approve"), route=route)

    assert asked(viewer, population=population).figure("decided") == decided


def test_every_figure_opens_to_its_cases(viewer, case):
    one = case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 8, 2), "approve"))
    case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 12, 2), "approve"))

    answer = asked(viewer)

    assert [row.ref for row in answer.rows("within_six_months.numerator")] == [one.ref]
    assert sum(row.amount for row in answer.rows("mean_days")) / 2 == answer.figure("mean_days")
    (longest,) = answer.rows("longest_days")
    assert longest.amount == answer.figure("longest_days") == 245


def test_the_same_statements_for_one_case_as_for_many(viewer, case):
    case((APPLIED, date(2021, 4, 1)))
    few = count_of(lambda: asked(viewer))
    for _ in range(6):
        case((APPLIED, date(2021, 4, 1)), (DECIDED, date(2021, 8, 2), "approve"))

    assert count_of(lambda: asked(viewer)) == few
