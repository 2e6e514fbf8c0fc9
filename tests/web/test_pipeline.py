"""The pipeline, as a board and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from carers.db import db
from carers.domain import clock
from carers.domain.recruitment import Event, Route
from carers.domain.register import Skill
from carers.domain.roles import Role
from carers.models import Enquiry, FosteringService
from tests.browser import Page, words
from tests.statements import count_of

NOW = datetime(2026, 11, 24, 9, 10, tzinfo=clock.LONDON)


@pytest.fixture(autouse=True)
def _ten_past_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(make):
    return make.viewer(Role.RECRUITMENT_OFFICER)


@pytest.fixture
def service(officer):
    return db.session.get(FosteringService, officer.service_id)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def in_contact(make: Any, service: FosteringService, days: int, **given: Any) -> Enquiry:
    enquiry: Enquiry = make.enquiry(
        service, (Event.CONTACTED, ago(days)), received_at=ago(days + 1), **given
    )
    return enquiry


def in_stage_2(
    make: Any, service: FosteringService, days: int, *, since: int = 10, **given: Any
) -> Enquiry:
    """Applied so many days ago, and in stage 2 for ten days."""
    enquiry: Enquiry = make.enquiry(
        service,
        (Event.CONTACTED, ago(days)),
        (Event.APPLICATION_RECEIVED, ago(days)),
        (Event.STAGE1_STARTED, ago(days)),
        (Event.STAGE2_STARTED, ago(since)),
        received_at=ago(days),
        **given,
    )
    return enquiry


def column(page: Page, stage: str) -> str:
    return words(page.all("section", aria_labelledby=f"stage-{stage}")[0])


def test_a_case_stands_in_the_column_of_its_stage(make, sign_in, officer, service):
    in_contact(make, service, 41, applicant_1="Imran Sheikh")
    in_stage_2(make, service, 60, applicant_1="Nina Castell")

    page = sign_in(officer).get("/pipeline")

    assert "In contact 1 case" in column(page, "in_contact")
    assert "Imran Sheikh 41 days Initial visit: Recruitment officer" in column(page, "in_contact")
    assert "Nina Castell 10 days Assessment report" in column(page, "stage2")
    assert "No one at this stage" in column(page, "panel")
    assert "2 households are on the way. None is past the six-month target." in page.text


def test_marked_cases_stand_first_then_the_longest_and_past_four_are_counted(
    make, sign_in, officer, service
):
    for since, name in ((10, "Brief"), (40, "Long"), (30, "Middling"), (20, "Short")):
        in_stage_2(make, service, 100, since=since, applicant_1=name)
    in_stage_2(make, service, 200, applicant_1="Past")
    in_stage_2(make, service, 175, applicant_1="Soon")

    page = sign_in(officer).get("/pipeline")

    text = column(page, "stage2")
    order = [text.index(name) for name in ("Past ", "Soon ", "Long ", "Middling ")]
    assert order == sorted(order)
    assert "Past target by 16 days" in text
    assert "Target in 8 days" in text
    assert "2 more" in text
    assert "1 is past the six-month target and 1 reaches it within 14 days." in page.text
    rest = sign_in(officer).get(page.link("2 more at stage 2"))
    assert len(rest.rows) == 6
    assert "Stage 2 remove" in rest.text


def test_what_is_not_on_the_way_is_not_there(make, sign_in, officer, service):
    make.enquiry(service, applicant_1="Not answered")
    in_contact(make, service, 9, applicant_1="On the way")
    first = in_contact(make, service, 5, applicant_1="Withdrawn soon")
    make.enquiry(
        service, (Event.CONTACTED, ago(2)), received_at=ago(3), duplicate_of_id=first.id,
        applicant_1="A duplicate",
    )  # fmt: skip
    make.enquiry(
        service,
        (Event.CONTACTED, ago(5)),
        (Event.NOT_NOW, ago(4), "2026-12-10"),
        received_at=ago(6),
        applicant_1="Put off",
    )
    make.enquiry(
        service,
        (Event.CONTACTED, ago(5)),
        (Event.CLOSED_BY_SERVICE, ago(4), "no_spare_room"),
        received_at=ago(6),
        applicant_1="Closed",
    )

    page = sign_in(officer).get("/pipeline")

    assert "On the way" in page.text
    for name in ("Not answered", "A duplicate", "Put off", "Closed"):
        assert name not in column(page, "in_contact")
    assert "1 enquiry not yet answered and 1 case put off to a later day" in page.text


def test_the_table_has_every_case_marked_ones_first(make, sign_in, officer, service):
    in_contact(make, service, 3, applicant_1="Fresh")
    in_stage_2(make, service, 200, applicant_1="Past")
    in_stage_2(make, service, 60, applicant_1="In time")

    page = sign_in(officer).get("/pipeline?view=table")

    assert [row[0].split(" E-")[0] for row in page.rows] == ["Past", "In time", "Fresh"]
    assert page.rows[0][8] == "Past target by 16 days"
    assert page.rows[2][5:7] == ["No one yet", "Not started"]
    assert "Download all 3 (CSV)" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("route=connected_person", {"Aunt"}),
        ("skill=babies", {"Mainstream"}),
        ("worker=me", {"Aunt"}),
        ("worker=nobody", {"Mainstream"}),
        ("stage=panel", set()),
        ("route=nonsense&worker=x&skill=y&stage=z&page=99999999999", {"Aunt", "Mainstream"}),
    ],
)
def test_the_pipeline_is_filtered(make, sign_in, officer, service, query, found):
    aunt = in_contact(make, service, 3, applicant_1="Aunt", route=Route.CONNECTED_PERSON)
    make.allocation(officer, enquiry=aunt)
    in_contact(make, service, 2, applicant_1="Mainstream", interests=[Skill.BABIES.value])
    browser = sign_in(officer)

    page = browser.get(f"/pipeline?view=table&{query}")

    assert {row[0].split(" E-")[0] for row in page.rows} == found
    lines = browser.get(f"/pipeline.csv?{query}").html.splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == found


def test_those_past_a_limit_may_be_looked_at_alone(make, sign_in, officer, service):
    in_stage_2(make, service, 200, applicant_1="Past")
    in_stage_2(make, service, 175, applicant_1="Soon")
    in_contact(make, service, 3, applicant_1="Fresh")
    browser = sign_in(officer)

    page = browser.get("/pipeline?view=table&late=y")

    assert [row[0].split(" E-")[0] for row in page.rows] == ["Past"]
    assert "Past a limit remove" in page.text
    assert len(browser.get("/pipeline.csv?late=y").html.splitlines()) == 2
    assert "Past" in column(browser.get("/pipeline?late=y"), "stage2")
    assert "Soon" not in browser.get("/pipeline?late=y").text


@pytest.mark.parametrize(
    ("sort", "words_of_link", "order"),
    [
        ("days", "longest in their stage", ["Carol", "Alan", "Beth"]),
        ("target", "nearest target", ["Beth", "Alan", "Carol"]),
        ("stage", "stage", ["Carol", "Beth", "Alan"]),
        ("name", "name", ["Alan", "Beth", "Carol"]),
    ],
)
def test_the_table_is_sorted(make, sign_in, officer, service, sort, words_of_link, order):
    in_stage_2(make, service, 60, since=20, applicant_1="Alan")
    in_contact(make, service, 40, applicant_1="Carol")
    in_stage_2(make, service, 190, since=10, applicant_1="Beth")
    browser = sign_in(officer)

    page = browser.get(browser.get("/pipeline?view=table").link(words_of_link))

    assert [row[0].split(" E-")[0] for row in page.rows] == order
    names = [
        line.split(",")[1]
        for line in browser.get(page.link("Download all 3 (CSV)")).html.splitlines()
    ]
    assert names[1:] == order


def test_a_card_says_the_day_of_the_panel_and_of_the_decision(make, sign_in, officer, service):
    booked = (Event.PANEL_BOOKED, ago(20), "2026-12-03")
    recommended = (Event.PANEL_RECOMMENDED, ago(8), "approve")
    started = [(Event.APPLICATION_RECEIVED, ago(90)), (Event.STAGE2_STARTED, ago(60))]
    make.enquiry(service, *started, booked, received_at=ago(100))
    make.enquiry(
        service, *started, booked, recommended, (Event.MINUTES_FINAL, ago(7)), received_at=ago(100)
    )

    page = sign_in(officer).get("/pipeline")

    assert "Panel 3 December: Panel administrator" in column(page, "panel")
    assert "Decision by 26 November: Decision maker" in column(page, "decision")


def test_the_usual_days_are_the_median_of_the_stages_that_ended(make, sign_in, officer, service):
    for days in (10, 20, 60):
        make.enquiry(
            service,
            (Event.CONTACTED, ago(100)),
            (Event.INITIAL_VISIT, ago(100 - days)),
            received_at=ago(101),
        )
    in_contact(make, service, 21, applicant_1="Over")
    in_contact(make, service, 20, applicant_1="Not over")

    text = column(sign_in(officer).get("/pipeline"), "in_contact")

    assert "usually 20 days" in text
    assert text.count("Over usual") == 1


def test_an_assessing_social_worker_sees_their_own_cases(make, sign_in, service):
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    make.allocation(assessor, enquiry=in_stage_2(make, service, 60, applicant_1="Mine"))
    in_stage_2(make, service, 60, applicant_1="Elsewhere")

    page = sign_in(assessor).get("/pipeline")

    assert "Mine 10 days Assessment report: " + assessor.name in page.text
    assert "Elsewhere" not in page.text


def test_an_empty_service_says_what_to_do(sign_in, officer):
    assert "No household is on the way." in sign_in(officer).get("/pipeline").text
    table = sign_in(officer).get("/pipeline?view=table")
    assert "A case appears here after its first conversation." in table.text
    none = sign_in(officer).get("/pipeline?view=table&route=transfer")
    assert "No case matches." in none.text


@pytest.mark.parametrize("path", ["/pipeline", "/pipeline?view=table", "/pipeline.csv"])
def test_a8_the_pipeline_makes_the_same_statements_for_3_rows_as_for_300(
    make, sign_in, officer, service, path
):
    def fill(rows: int) -> None:
        for number in range(rows):
            enquiry = in_contact(make, service, number + 1)
            make.allocation(officer, enquiry=enquiry, from_on=date(2026, 11, 1))

    browser = sign_in(officer)
    fill(3)
    browser.get(path)
    few = count_of(lambda: browser.get(path))
    fill(297)

    assert count_of(lambda: browser.get(path)) == few
