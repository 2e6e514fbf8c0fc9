"""*Places over time*: its figures, its picture, and every figure opened to its rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.register import CarerType, Skill, SkillLevel
from carers.domain.roles import Role
from carers.models import Chart
from tests.browser import Page, words
from tests.statements import count_of

TODAY = datetime(2025, 11, 18, 9, 10, tzinfo=clock.LONDON)
PAGE = "/insight/places-over-time"
WIDTHS = ["299", "149"]  # of the bars: the longest, and half of it


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
def homes(make, service):
    """Two homes of five places, one of them approved in the year; and one of another population."""
    home = make.household(service, places=3)
    make.placement(home, from_on=date(2025, 2, 1), until_on=date(2025, 10, 1))
    make.placement(home, from_on=date(2025, 6, 1))
    make.hold(home, from_on=date(2025, 4, 11), until_on=date(2025, 4, 21))
    new = make.household(service, places=2, approved_on=date(2025, 9, 1))
    make.hold(new, from_on=date(2025, 10, 30), reason=UnavailableReason.STAYING_PUT)
    make.household(service, places=4, carer_type=CarerType.CONNECTED_PERSON)
    return home


def asked(first: date | None, last: date | None, **given: str) -> str:
    boxes = {
        f"{name}-{box}": getattr(day, box) if day else ""
        for name, day in (("first", first), ("last", last))
        for box in ("day", "month", "year")
    }
    return f"{PAGE}?{urlencode(boxes | given)}"


def numbers(text: str) -> float:
    return float(text.split(maxsplit=1)[0].replace(",", "").rstrip("%"))


def table(page: Page, labelled_by: str) -> list[list[str]]:
    (found,) = page.all("table", aria_labelledby=labelled_by)
    return [[words(cell) for cell in row] for body in found.iter("tbody") for row in body]


def test_every_figure_opens_to_rows_that_add_up_to_it(sign_in, head, homes):
    browser = sign_in(head)
    page = browser.get(PAGE)
    opened = [a for a in page.tree.iter("a") if "/insight/rows/" in (a.get("href") or "")]

    assert len(opened) == 6 + 9 * 5
    for link in opened:
        rows = browser.get(link.get("href"))
        assert rows.status == 200
        assert sum(numbers(row[-1]) for row in rows.rows) == numbers(words(link))
        assert f": {numbers(words(link)):,.0f} " in rows.heading


def test_every_row_adds_up_and_the_months_add_up_to_all(sign_in, head, homes):
    *months, together = table(sign_in(head).get(PAGE), "months")

    assert [row[0] for row in months] == [
        *("April", "May", "June", "July", "August", "September", "October"),
        "November (18 nights)",
    ]
    for row in [*months, together]:
        approved, over, filled, not_available, vacant = map(numbers, row[1:6])
        assert approved + over == filled + not_available + vacant
    for column in range(1, 6):
        assert sum(numbers(row[column]) for row in months) == numbers(together[column])
    assert numbers(together[1]) == 3 * 232 + 2 * 79


def test_the_sentence_and_the_title_say_what_changed(sign_in, head, homes):
    page = sign_in(head).get(PAGE)

    assert (
        "We have 2 more approved places than on 1 April, and 1 more that nobody can use."
        in page.text
    )
    assert "Filled places stayed at 1 while approved places rose by 2" in page.text
    assert "1 April to 18 November 2025, 232 nights. Mainstream homes. As at Tuesday" in page.text


@pytest.mark.parametrize(
    ("first", "last", "sentence", "title"),
    [
        (
            date(2025, 6, 1),
            date(2025, 9, 1),
            "On 1 September we had 2 more approved places than on 1 June, and as many that nobody",
            "Filled places stayed at 2 while approved places rose by 2",
        ),
        (
            date(2024, 6, 1),
            date(2025, 6, 1),
            "On 1 June 2025 we had as many approved places as on 1 June 2024, and as many that",
            "Filled places rose by 2 while approved places stayed at 3",
        ),
        (
            date(2025, 8, 31),
            date(2025, 11, 18),
            "We have 2 more approved places than on 31 August, and 1 more that nobody can use.",
            "Filled places fell by 1 while approved places rose by 2",
        ),
        (
            date(2025, 4, 12),
            date(2025, 4, 22),
            "On 22 April we had as many approved places as on 12 April, and 1 fewer that nobody",
            "Filled places stayed at 1 and approved places stayed at 3",
        ),
        (
            date(2025, 11, 18),
            date(2025, 11, 18),
            "5 approved places on 18 November: nobody could use 1.",
            "1 of 5 approved places filled",
        ),
    ],
)
def test_any_two_dates_may_be_asked_about(sign_in, head, homes, first, last, sentence, title):
    page = sign_in(head).get(asked(first, last))

    assert sentence in page.text
    assert title in page.text


def test_holds_and_placements_behind_a_figure_lead_to_their_home(make, sign_in, service, homes):
    browser = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=service))

    for figure in (
        "occupancy/nights_not_available?",
        "capacity/filled?",
        "capacity/not_available?",
    ):
        asked_of = "from=2025-04-01&to=2025-11-18" if "nights" in figure else "as_at=2025-11-18"
        rows = browser.get(f"/insight/rows/{figure}population=mainstream&{asked_of}")
        links = [link for link in rows.links if link.startswith("/households/")]
        assert len(links) == len(rows.rows) > 0
        assert browser.get(links[0]).status == 200


def test_only_the_homes_with_a_skill_are_counted_on_the_days_they_held_it(
    make, service, sign_in, head, homes
):
    make.skill(homes, Skill.ADOLESCENTS, from_on=date(2025, 4, 11), until_on=date(2025, 10, 1))
    make.skill(homes, Skill.BABIES, level=SkillLevel.WILLING)
    browser = sign_in(head)

    page = browser.get(asked(None, None, skill="adolescents"))

    *_, together = table(page, "months")
    assert numbers(together[1]) == 3 * 173
    assert numbers(together[4]) == 10
    assert "Only homes with the skill teenagers: each is counted on the days" in page.text
    nights = browser.get(page.link(together[1]))
    assert "Mainstream homes, with the skill teenagers." in nights.text
    assert sum(numbers(row[-1]) for row in nights.rows) == numbers(together[1])
    june = browser.get(page.link("June"))
    assert "Only homes with the skill teenagers" in june.text
    assert "No home with this skill was approved" in browser.get(f"{PAGE}?skill=babies").text


def test_a_skill_that_there_is_not_is_refused(sign_in, head, homes):
    browser = sign_in(head)

    assert "Choose a skill from the list" in browser.get(f"{PAGE}?skill=juggling").text
    for wrong in ("juggling", ""):
        rows = f"/insight/rows/occupancy/nights_filled?year=2025-26&skill={wrong}"
        assert browser.get(rows).status == 404
    of_cases = "/insight/rows/net-gain/households.approved?year=2025-26&skill=babies"
    assert browser.get(of_cases).status == 404


def test_the_places_of_the_last_day_are_those_with_the_skill_too(
    make, service, sign_in, head, homes
):
    make.skill(homes, Skill.ADOLESCENTS)
    make.hold(homes, from_on=date(2025, 11, 1), reason=UnavailableReason.CARER_BREAK)

    rows = table(sign_in(head).get(f"{PAGE}?skill=adolescents"), "lost")

    assert [(row[0], row[3].split(" ")[0]) for row in rows] == [
        ("Carers are taking a break", "1"),
        ("All not available", "1"),
    ]


def test_nights_lost_stand_by_reason_most_first_with_the_places_of_the_last_day(
    sign_in, head, homes
):
    page = sign_in(head).get(PAGE)

    rows = [[cell.split(" ")[0] for cell in row[1:4]] for row in table(page, "lost")]
    assert [row[0] for row in table(page, "lost")] == [
        "Staying put",
        "Carers are taking a break",
        "All not available",
    ]
    assert rows == [["20", "66.7%", "1"], ["10", "33.3%", "0"], ["30", "100.0%", "1"]]
    assert re.findall(r'width="([0-9]+)" height="15" fill="url\(#striped\)"', page.html) == WIDTHS


def test_places_of_which_none_was_lost_say_so(make, service, sign_in, head):
    make.household(service)

    page = sign_in(head).get(PAGE)

    assert "None: every place without a child in it could be used." in page.text


def test_a_month_leads_to_the_same_page_of_its_own_days(sign_in, head, homes):
    browser = sign_in(head)

    june = browser.get(browser.get(PAGE).link("June"))

    assert "1 June to 30 June 2025, 30 nights" in june.text
    assert [row[0] for row in table(june, "months")] == ["June", "All"]
    assert [link for link in june.links if "first-month=6" in link and PAGE + "?" in link]


def test_months_have_their_year_where_two_have_one_name(sign_in, head, homes):
    page = sign_in(head).get(asked(date(2024, 4, 15), date(2025, 4, 14)))

    labels = [row[0] for row in table(page, "months")]
    assert (labels[0], labels[-2]) == ("April 2024 (16 nights)", "April 2025 (14 nights)")


def test_a_year_and_other_homes_may_be_chosen(sign_in, head, homes):
    page = sign_in(head).get(f"{PAGE}?year=2024-25&population=connected_person")

    assert "1 April 2024 to 31 March 2025, 365 nights. Connected persons’ homes." in page.text
    assert numbers(table(page, "months")[-1][1]) == 4 * 365


def test_what_is_asked_stands_in_the_form(sign_in, head, homes):
    page = sign_in(head).get(asked(date(2025, 6, 1), date(2025, 9, 1), population="all"))

    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["first-month"], boxes["last-month"]) == ("6", "9")
    chosen = [words(one) for one in page.tree.iter("option") if one.get("selected") is not None]
    assert chosen == ["2025-26", "Every type", "All skills"]


@pytest.mark.parametrize(
    ("address", "errors"),
    [
        (f"{PAGE}?year=2021", {"year": "The year must be written like 2021-22, not 2021"}),
        (f"{PAGE}?year=2027-28", {"year": "The year must have begun"}),
        (f"{PAGE}?population=cats", {"population": "Choose which homes to count from the list"}),
        (f"{PAGE}?first-day=31&first-month=2&first-year=2025", "The first day must be a real date"),
        (asked(date(2025, 4, 1), None), "Enter the last day too"),
        (asked(None, date(2025, 4, 1)), "Enter the first day too"),
        (asked(date(2025, 4, 1), date(2025, 11, 19)), "The last day must be today or earlier"),
        (
            asked(date(2025, 4, 2), date(2025, 4, 1)),
            "The last day must be the same as or after the first day",
        ),
        (asked(date(2020, 4, 1), date(2025, 4, 1)), "The dates must be 5 years apart or less"),
        (
            asked(date(9999, 4, 1), date(2025, 4, 1)),
            "The first day must be 18 November 2027 or earlier",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(sign_in, head, homes, address, errors):
    browser = sign_in(head)
    page = browser.get(address)

    if isinstance(errors, str):
        assert errors in page.errors.values()
    else:
        assert page.errors == errors
    assert page.status == 200
    assert page.heading == "Places over time"
    assert browser.get(address.replace(PAGE, f"{PAGE}.csv")).status == 404


def test_five_years_to_the_day_may_be_asked(sign_in, head, homes):
    page = sign_in(head).get(asked(date(2020, 4, 1), date(2025, 3, 31)))

    assert page.errors == {}
    assert len(table(page, "months")) == 61


def test_an_empty_service_is_told_so_and_asks_for_no_picture(make, sign_in, head):
    page = sign_in(head).get(PAGE)

    assert "No home was approved in these dates." in page.text
    assert page.rows == []
    assert db.session.scalars(select(Chart)).all() == []


def test_days_without_terms_are_listed_under_the_picture(make, service, sign_in, head, homes):
    gap = make.household(service, places=None, name="Angela Foyle", ref="H-0012")
    make.terms(gap, places=2, until_on=date(2025, 6, 1))
    make.terms(gap, places=2, from_on=date(2025, 6, 11))
    reader = make.viewer(Role.SENIOR_READER, works_for=service)

    page = sign_in(head).get(PAGE)
    read = sign_in(reader).get(PAGE)

    said = "1 home had no terms in force on 10 days of these dates, and so no places."
    assert said in page.text
    assert table(page, "gaps") == [["Angela Foyle", "H-0012", "1 June 2025 to 10 June 2025", "10"]]
    assert page.link("Angela Foyle") == f"/households/{gap.id}"
    assert said in read.text
    assert "Foyle" not in read.text


def test_a_senior_reader_sees_the_figures_and_no_way_to_a_home(make, service, sign_in, homes):
    page = sign_in(make.viewer(Role.SENIOR_READER, works_for=service)).get(PAGE)

    assert page.status == 200
    assert not [link for link in page.links if "/insight/rows/" in link]


@pytest.mark.parametrize("role", [Role.SUPERVISING_SOCIAL_WORKER, Role.PLACEMENTS_OFFICER])
def test_a_role_without_insight_is_refused(make, service, sign_in, homes, role):
    browser = sign_in(make.viewer(role, works_for=service))
    assert browser.get(PAGE).status == 403
    assert browser.get(f"{PAGE}.csv").status == 403


def test_each_day_may_be_downloaded(sign_in, head, homes):
    browser = sign_in(head)
    page = browser.get(PAGE)
    answer = browser.get(page.link("Download each day (CSV)")).response

    first, heads, *days = list(csv.reader(answer.get_data(as_text=True).splitlines()))
    assert first == ["Not for publication"]
    assert heads == ["day", "approved", "over", "filled", "not_available", "vacant"]
    assert len(days) == 232
    assert days[0] == ["2025-04-01", "3", "0", "1", "0", "2"]
    assert days[-1] == ["2025-11-18", "5", "0", "1", "1", "3"]
    named = 'filename="places-over-time-2025-04-01-to-2025-11-18-not-for-publication.csv"'
    assert named in answer.headers["Content-Disposition"]


def test_a_figure_leads_back_to_the_page_it_was_opened_from(sign_in, head, homes):
    browser = sign_in(head)

    page = browser.get("/insight/rows/occupancy/nights_filled?year=2025-26")

    assert page.link("Back") == PAGE


def test_the_same_statements_for_three_homes_as_for_thirty(make, service, sign_in, head, homes):
    browser = sign_in(head)
    browser.get(PAGE)
    few = count_of(lambda: browser.get(PAGE))
    for number in range(27):
        home = make.household(service, places=2, approved_on=date(2025, 5, 1))
        make.hold(home, from_on=date(2025, 6, 1 + number))

    browser.get(PAGE)
    assert count_of(lambda: browser.get(PAGE)) == few
