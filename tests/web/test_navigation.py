"""The parts of the service that each role sees, and which of them and of their pages is open."""

from __future__ import annotations

import pytest

from carers.domain.roles import Role
from tests.browser import Page, words

BOARD, TIME = "/vacancies", "/insight/places-over-time"
CAPACITY = ["Vacancy board", "On hold", "With agencies", "Tonight"]
WITH_TIME = ["Vacancy board", "Places over time", "On hold", "With agencies", "Tonight"]


def parts(page: Page) -> list[str]:
    return [words(a) for nav in page.all("nav", class_="c-nav") for a in nav.iter("a")]


def pages(page: Page) -> list[str]:
    return [words(a) for nav in page.all("nav", class_="c-subnav") for a in nav.iter("a")]


def current(page: Page) -> list[str]:
    """The part and the page that are marked as open."""
    return [words(a) for a in page.tree.iter("a") if a.get("aria-current") in ("true", "page")]


@pytest.mark.parametrize(
    ("role", "path", "shown", "marked"),
    [
        (Role.TEAM_MANAGER, BOARD, WITH_TIME, ["Capacity", "Vacancy board"]),
        (Role.HEAD_OF_SERVICE, TIME, WITH_TIME, ["Capacity", "Places over time"]),
        (Role.HEAD_OF_SERVICE, "/insight/targets", [], ["Insight"]),
        (Role.PLACEMENTS_OFFICER, "/on-hold", CAPACITY, ["Capacity", "On hold"]),
        (Role.SUPERVISING_SOCIAL_WORKER, "/vacancies/tonight", CAPACITY, ["Capacity", "Tonight"]),
        (
            Role.SENIOR_READER,
            TIME,
            ["Targets and net gain", "Places over time"],
            ["Insight", "Places over time"],
        ),
        (
            Role.RECRUITMENT_OFFICER,
            TIME,
            ["Targets and net gain", "Places over time"],
            ["Insight", "Places over time"],
        ),
    ],
)
def test_each_page_stands_in_one_part_and_is_marked_there(make, sign_in, role, path, shown, marked):
    page = sign_in(make.viewer(role, works_for=make.service())).get(path)

    assert pages(page) == shown
    assert current(page) == marked


def test_a_page_of_a_part_that_is_in_no_list_marks_its_part(make, sign_in):
    home = make.household()
    manager = sign_in(make.viewer(Role.TEAM_MANAGER, works_for=home.service))

    page = manager.get(f"/households/{home.id}")

    assert current(page) == ["Carers"]
    assert pages(page) == ["My carers", "All homes"]


def test_who_reads_figures_alone_has_no_part_for_capacity(make, sign_in):
    page = sign_in(make.viewer(Role.SENIOR_READER)).get(TIME)

    assert parts(page) == ["Insight"]
