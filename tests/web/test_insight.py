"""*Targets and net gain*, and every figure opened to its rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextvars import Context
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from carers.domain import clock
from carers.domain.recruitment import Event, ServiceKind
from carers.domain.register import CarerType
from carers.domain.roles import Role
from carers.domain.targets import Measure, Shape
from tests.browser import Page, words
from tests.statements import count_of

TODAY = datetime(2025, 11, 18, 9, 10, tzinfo=clock.LONDON)
YEAR = {"first_on": date(2025, 4, 1), "last_on": date(2026, 3, 31)}
PAGE = "/insight/targets"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def service(make):
    return make.service(name="Elmshire")


@pytest.fixture
def head(make, service):
    return make.viewer(Role.HEAD_OF_SERVICE, works_for=service)


@pytest.fixture
def year(make, service):
    """Three approved and one ended of six, one of which changes; two approved the year before."""
    for number in range(4):
        make.household(service, places=2, ended_on=date(2025, 6, 10) if number == 0 else None)
    for month in (5, 9, 11):
        make.household(service, places=1, approved_on=date(2025, month, 3), name="The Foyles")
    for month in (7, 12):
        make.household(service, places=1, approved_on=date(2024, month, 3))
    changes = make.household(service, places=None)
    make.terms(changes, places=2, until_on=date(2025, 8, 1))
    make.terms(changes, places=3, from_on=date(2025, 8, 1))
    moves = make.household(service, places=None)
    make.terms(moves, places=2, until_on=date(2025, 8, 1))
    make.terms(moves, from_on=date(2025, 8, 1), carer_type=CarerType.CONNECTED_PERSON)
    stay = make.placement(changes, from_on=date(2025, 4, 1))
    make.placement(moves, from_on=date(2025, 4, 1))
    make.placement(provider=make.provider(service), from_on=date(2025, 10, 1))
    make.target(service, label="Approve 24 households", value=24, **YEAR)
    make.target(service, label="12 places", measure=Measure.PLACES_NET_GAIN, value=12, **YEAR)
    return stay


def numbers(text: str) -> float:
    return float(text.split(maxsplit=1)[0].replace(",", "").replace("\N{MINUS SIGN}", "-"))


def test_a8_every_figure_on_targets_and_net_gain_opens_to_as_many_rows(sign_in, head, year):
    browser = sign_in(head)
    page = browser.get(PAGE)
    opened = [a for a in page.tree.iter("a") if "/insight/rows/" in (a.get("href") or "")]

    assert len(opened) == 38
    for link in opened:
        rows = browser.get(link.get("href"))
        assert rows.status == 200
        added = sum(numbers(row[-1]) for row in rows.rows)
        assert abs(added) == abs(numbers(words(link))), (words(link), link.get("href"))
        assert f"{abs(added):,.0f}" in rows.heading.replace("\N{MINUS SIGN}", "")


def test_the_sentence_says_where_the_target_stands_and_growth_in_both_units(sign_in, head, year):
    page = sign_in(head).get(PAGE)

    assert (
        "3 of 24 households approved: behind the pace of 15, and on course for 5. "
        "Net gain so far is 2 households but only 1 place." in page.text
    )
    assert "As at Tuesday 18 November 2025, 9:10am. Mainstream homes." in page.text
    assert page.link("What the figures mean") == "/what-the-figures-mean"


def test_a_target_has_a_tag_only_where_somebody_must_do_something(make, service, sign_in, head):
    make.target(service, label="a", value=0, **YEAR)
    make.target(service, label="b", value=20, **YEAR)
    make.target(service, label="c", value=2, **(YEAR | {"first_on": date(2025, 11, 1)}))
    make.household(service, approved_on=date(2025, 11, 3))

    page = sign_in(head).get(PAGE)

    tags = [
        (words(tag), tag.get("class"))
        for tag in page.all("strong")
        if "c-tag" in tag.get("class", "")
    ]
    assert tags == [("Met", "c-tag c-tag--green"), ("Behind", "c-tag c-tag--orange")]
    assert [
        cell.removesuffix(" actual, c").removesuffix(" shortfall, c")
        for row in page.rows
        if row[0] == "c"
        for cell in row[:6]
    ] == ["c", "1", "2", "50.0%", "1", "On track"]


def test_the_bridge_is_of_households_and_of_places_and_adds_up(sign_in, head, year):
    page = sign_in(head).get(PAGE)
    tables = [
        [[words(cell) for cell in row][:2] for row in table.iter("tr")][1:]
        for table in page.tree.iter("table")
        if "c-bridge" in (table.get("class") or "")
    ]

    for table in tables:
        first, *changes, last = [numbers(row[1]) for row in table]
        assert first + sum(changes) == last
    homes, places = tables
    assert [row[0] for row in homes] == [
        "At 31 March 2025",
        "Approved",
        "Ended",
        "Changed type, net",
        "At 18 November 2025",
    ]
    assert "Terms increased" in [row[0] for row in places]
    assert "Net gain: 2 more households, 1 more place" in page.text


def test_a_senior_reader_sees_the_figures_and_no_way_to_a_home(make, service, sign_in, year):
    reader = sign_in(make.viewer(Role.SENIOR_READER, works_for=service))

    page = reader.get(PAGE)

    assert "3 of 24 households approved" in page.text
    assert not [href for href in page.links if "/insight/rows" in href]
    assert reader.get("/insight/rows/net-gain/households/ended?year=2025-26").status == 403
    assert reader.get("/insight/rows.csv/net-gain/households/ended?year=2025-26").status == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.RECRUITMENT_OFFICER, 200),
        (Role.TEAM_MANAGER, 200),
        (Role.PLACEMENTS_OFFICER, 403),
        (Role.SUPERVISING_SOCIAL_WORKER, 403),
    ],
)
def test_only_those_with_insight_open_the_page(make, service, sign_in, role, status):
    viewer = make.viewer(role, works_for=service)

    assert sign_in(viewer).get(PAGE).status == status
    assert sign_in(viewer).get(f"{PAGE}.csv").status == status


def test_a_figure_opens_to_the_new_home_by_name(sign_in, head, year):
    page = sign_in(head).get("/insight/rows/net-gain/households/approved?year=2025-26")

    assert page.heading == "Approved: 3 households"
    assert all("The Foyles" in row for row in page.rows)
    assert "From 1 April 2025 to 31 March 2026. Mainstream homes." in page.text


@pytest.mark.parametrize(
    "path",
    [
        "net-gain/households/nothing?year=2025-26",
        "net-gain/households/approved",
        "net-gain/households/approved?year=twenty",
        "net-gain/households/approved?year=2025-26&population=everyone",
        "nothing/households/approved?year=2025-26",
        "targets/targets/99/actual?as_at=2025-11-18",
    ],
)
def test_a_figure_that_there_is_not_is_not_found(sign_in, head, path):
    assert sign_in(head).get(f"/insight/rows/{path}").status == 404
    assert sign_in(head).get(f"/insight/rows.csv/{path}").status == 404


def test_with_no_target_in_force_the_bridge_is_still_shown(make, service, sign_in, head):
    make.target(service, first_on=date(2021, 4, 1), last_on=date(2022, 3, 31))

    page = sign_in(head).get(PAGE)

    assert "No target is in force on 18 November 2025." in page.text
    assert "The latest is in force until 31 March 2022" in page.text
    assert page.link("see it on that day").startswith(f"{PAGE}?year=2021-22")
    assert "Net gain: as many households, as many places" in page.text
    assert "no data" in page.text


def test_a_target_that_cannot_be_measured_yet_says_so(make, service, sign_in, head):
    make.target(service, label="Ten homes", shape=Shape.CEILING, **YEAR)

    page = sign_in(head).get(PAGE)

    assert "The target “Ten homes” has the shape ceiling" in page.text


def test_a_past_year_is_told_as_over(make, service, sign_in, head, year):
    page = sign_in(head).get(f"{PAGE}?year=2024-25")

    assert "As at the end of 31 March 2025" in page.text
    assert "Net gain was 2 households and 2 places." in page.text


def asked(day: str, month: str, in_year: str, **given: str) -> str:
    boxes = {"day": day, "month": month, "year": in_year}
    query = given | {f"as_at-{box}": value for box, value in boxes.items()}
    return PAGE + "?" + "&".join(f"{name}={value}" for name, value in query.items())


@pytest.mark.parametrize(
    ("address", "field", "sentence"),
    [
        (asked("31", "2", "2025"), "as_at", "The day must be a real date"),
        (asked("3", "", "2025"), "as_at", "The day must include a month"),
        (asked("19", "11", "2025"), "as_at", "The day must be today or earlier"),
        (
            asked("3", "3", "2025", year="2025-26"),
            "as_at",
            "The day must be in 2025-26, 1 April 2025 to 31 March 2026",
        ),
        (f"{PAGE}?year=2025", "year", "The year must be written like 2021-22, not 2025"),
        (f"{PAGE}?year=2026-27", "year", "The year must have begun"),
        (f"{PAGE}?population=everyone", "population", "Choose which homes to count from the list"),
    ],
)
def test_what_cannot_be_shown_is_said_beside_its_field(sign_in, head, address, field, sentence):
    page = sign_in(head).get(address)

    assert page.errors == {field: sentence}
    assert sign_in(head).get(address.replace(PAGE, f"{PAGE}.csv")).status == 404


def test_what_was_typed_stays_typed(sign_in, head):
    page = sign_in(head).get(asked("31", "2", "2025"))

    assert page.all("input", name="as_at-day")[0].get("value") == "31"


def test_a_day_of_the_year_is_asked_for(sign_in, head, year):
    page = sign_in(head).get(asked("31", "5", "2025", year="2025-26", population="all"))

    assert "1 household approved and 0 ended." in page.text
    assert "As at the end of 31 May 2025. Homes of every type." in page.text


def test_both_downloads_say_that_they_are_not_for_publication(sign_in, head, year):
    browser = sign_in(head)
    figures = browser.get(f"{PAGE}.csv").response
    opened = browser.get("/insight/rows.csv/net-gain/places/ended?year=2025-26").response

    for response in (figures, opened):
        assert response.mimetype == "text/csv"
        assert "not-for-publication.csv" in response.headers["Content-Disposition"]
        assert response.text.splitlines()[0] == "Not for publication"
    rows = list(csv.reader(figures.text.splitlines()))
    assert ["net-gain", "households.approved", "3"] in rows
    assert ["targets", "targets.0.label", "12 places"] in rows
    assert "The Foyles" not in opened.text


def test_the_row_of_a_record_leads_to_it_only_for_whoever_may_open_it(sign_in, head, year):
    page = sign_in(head).get("/insight/rows/net-gain/households/approved?year=2025-26")

    homes = [urlsplit(href).path for href in page.links if href.startswith("/households/")]
    assert len(homes) == 3
    assert sign_in(head).get(homes[0]).status == 200


def test_a_shared_services_rows_say_which_service_each_is_of(make, service, sign_in, year):
    shared = make.service(kind=ServiceKind.SHARED_SERVICE)
    service.parent_id = shared.id
    make.keep(service)
    make.household(shared, approved_on=date(2025, 5, 1))
    head = make.viewer(Role.HEAD_OF_SERVICE, works_for=shared)

    page = sign_in(head).get("/insight/rows/net-gain/households/approved?year=2025-26")

    assert {row[2] for row in page.rows} == {service.code, shared.code}


def test_the_page_says_when_places_were_last_confirmed_and_by_whom(
    make, service, sign_in, head, year
):
    home = make.household(service, approved_on=date(2020, 4, 1))
    assert "No home’s places had been confirmed" in sign_in(head).get(PAGE).text

    make.confirmation(home, TODAY - timedelta(days=1), recorded_by_id=head.membership_id)

    assert "Places last confirmed Yesterday, 9:10am, by Worker" in sign_in(head).get(PAGE).text


def test_a8_the_same_statements_for_three_homes_as_for_thirty(make, service, sign_in, head, year):
    browser = sign_in(head)
    few = count_of(lambda: browser.get(PAGE))
    for _ in range(27):
        make.household(service, approved_on=date(2025, 5, 1))

    assert count_of(lambda: browser.get(PAGE)) == few


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("assessment-time/open?year=2025-26", "Open: 1 case"),
        ("assessment-time/mean_days?year=2025-26", "Mean days: 90 days"),
        (
            "assessment-time/within_six_months/numerator?year=2025-26",
            "Decided within six months: 1 case",
        ),
        ("targets/targets/1/shortfall?as_at=2025-11-18", "Approve 24 households, shortfall: 21"),
        ("in-house-share/weeks/ifa?year=2025-26", "With agencies: 26 weeks"),
    ],
)
def test_figures_of_the_other_reports_open_too(make, service, sign_in, head, year, path, heading):
    applied = clock.at(date(2025, 6, 1))
    decided = (Event.DECIDED, clock.at(date(2025, 8, 30)), "approve")
    for happened in ((), (decided,)):
        make.enquiry(service, (Event.APPLICATION_RECEIVED, applied), *happened, received_at=applied)

    page = sign_in(head).get(f"/insight/rows/{path}")

    assert page.heading.startswith(heading)
    assert page.rows


def test_back_leads_to_the_page_that_was_left(app, sign_in, head, year):
    browser = sign_in(head)
    left = f"{PAGE}?year=2024-25&population=all"
    opened = "/insight/rows/net-gain/households/approved?year=2024-25"

    response = Context().run(
        browser.client.get, opened, headers={"Referer": f"http://localhost{left}"}
    )

    assert left in Page(response, opened).links
    nowhere = Context().run(browser.client.get, opened, headers={"Referer": "http://["})
    assert nowhere.status_code == 200
    assert browser.get(opened).link("Back").startswith(f"{PAGE}?year=2024-25&as_at-day=31")


def test_a_met_target_and_one_ahead_are_told_in_the_sentence(make, service, sign_in, head, year):
    target = make.target(service, label="0", value=3, **YEAR)
    assert "3 of 3 households approved: the target is met." in sign_in(head).get(PAGE).text

    target.value = 4
    make.keep(target)

    assert "on or above the pace of 3, and on course for 5." in sign_in(head).get(PAGE).text


def test_a_loss_is_told_with_its_sign(make, service, sign_in, head):
    make.household(service, places=3, ended_on=date(2025, 6, 1))

    page = sign_in(head).get(PAGE)

    assert "Net gain so far is \N{MINUS SIGN}1 in households" in page.text
    assert "Net gain: 1 fewer household, 3 fewer places" in page.text
    assert "The home that ended held 3 places." in page.text


@pytest.mark.parametrize("year", ["9999-00", "0000-01", "abc"])
def test_a_year_that_cannot_be_is_refused_in_words(sign_in, head, year):
    page = sign_in(head).get(f"/insight/targets?year={year}")

    assert page.status == 200
    assert page.errors
