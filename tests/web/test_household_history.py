"""The history of a home: every kind of entry, who recorded it, and the way to put it right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from carers.db import db
from carers.domain import clock
from carers.domain.register import EndReason, PersonRole, Skill
from carers.domain.roles import Role
from carers.domain.terms_change import TermsRoute
from carers.models import Scheme, SchemeMember
from tests.browser import words
from tests.statements import count_of
from tests.typed import path

TODAY = clock.today()
SINCE, UNTIL = date(2026, 1, 1), date(2026, 5, 1)


def entries(browser: Any, home: Any) -> list[str]:
    (told,) = browser.get(path(home, "?history=all")).all("ol", class_="c-timeline")
    return [words(one) for one in told.iter("li")]


def told(browser: Any, home: Any, start: str) -> str:
    """The one entry that begins so."""
    (found,) = [one for one in entries(browser, home) if one.startswith(start)]
    return found


def in_scheme(make: Any, home: Any, **given: Any) -> SchemeMember:
    scheme = make.keep(Scheme(service_id=home.service_id, code="hub", name="Larkfield hub"))
    owned = {"service_id": home.service_id, "household_id": home.id, "from_on": SINCE}
    made: SchemeMember = make.keep(SchemeMember(scheme_id=scheme.id, **owned | given))
    return made


def test_skills_schemes_people_and_workers_are_in_the_history(make, home, manager, supervisor):
    make.skill(home, Skill.BABIES, from_on=SINCE, until_on=UNTIL)
    in_scheme(make, home, until_on=UNTIL)
    make.person(home, from_on=SINCE, until_on=UNTIL)
    make.person(home, role=PersonRole.CHILD, given_name="Secret", from_on=SINCE)
    cover = make.viewer_of(make.member(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service))
    make.allocation(cover, household=home, is_cover=True, from_on=SINCE, until_on=UNTIL)

    for start in (
        "Skill: Babies, approved 1 January 2026",
        "Skill ended: Babies, approved 1 May 2026",
        "Joined Larkfield hub 1 January 2026",
        "Left Larkfield hub 1 May 2026",
        "Angela Foyle came 1 January 2026",
        "Angela Foyle left 1 May 2026",
        "Child at home came 1 January 2026",
        f"Given to {supervisor.viewer.name} 1 April 2020",
        f"{cover.name} covers it 1 January 2026",
        f"{cover.name} covers it no more 1 May 2026",
    ):
        assert told(manager, home, start)
    assert not any("Secret" in one for one in entries(manager, home))


def test_a_worker_who_has_a_home_no_more_is_told(make, home, manager):
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
    make.allocation(worker, household=home, until_on=UNTIL)

    assert told(manager, home, f"{worker.name} has it no more 1 May 2026")


def test_what_is_to_end_is_told_once_it_has(make, home, manager):
    make.skill(home, Skill.BABIES, until_on=TODAY + timedelta(days=1))

    assert not any(one.startswith("Skill ended") for one in entries(manager, home))


def test_what_was_a_mistake_is_struck_through_without_a_link(make, home, manager):
    make.skill(home, Skill.BABIES, from_on=SINCE, until_on=SINCE)

    entry = told(manager, home, "Skill: Babies")

    assert "it counts on no day" in entry
    assert "Correct" not in entry
    struck = manager.get(path(home, "?history=all")).all("s")
    assert [words(one) for one in struck] == ["Skill: Babies, approved"]


def test_somebody_who_was_there_from_the_approval_is_put_right_where_they_left(
    make, home, supervisor
):
    make.person(home, until_on=UNTIL)

    assert "Correct this entry" in told(supervisor, home, "Angela Foyle left")
    assert not any(one.startswith("Angela Foyle came") for one in entries(supervisor, home))


def test_terms_and_an_ending_say_who_recorded_them_and_how_they_came_about(make, home, manager):
    terms = make.terms(
        make.household(home.service, places=None),
        change_route=TermsRoute.AGREED,
        proposed_on=SINCE,
        agreed_on=SINCE,
        recorded_by_id=manager.viewer.membership_id,
    )
    other = terms.household
    other.ended_on, other.end_reason = TODAY + timedelta(days=5), EndReason.RETIRED
    other.end_recorded_by_id = manager.viewer.membership_id
    db.session.commit()

    entry = told(manager, other, "Terms: 1 place, general")
    assert f"{manager.viewer.name}. Agreed in writing on 1 January 2026" in entry
    ending = told(manager, other, "Approval ends: retired")
    assert f"{manager.viewer.name} Correct this entry" in ending


def test_each_kind_of_entry_and_row_leads_to_putting_it_right(make, home, manager):
    stay, hold, terms = make.placement(home), make.hold(home), home.terms[0]
    skill, member = make.skill(home, Skill.BABIES), in_scheme(make, home)
    person = make.person(home, from_on=SINCE)
    given = make.allocation(
        make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service), household=home
    )
    links = manager.get(path(home, "?history=all")).links

    for there in (
        f"/placements/{stay.id}",
        f"/holds/{hold.id}",
        f"/terms/{terms.id}",
        f"/skills/{skill.id}",
        f"/schemes/{member.id}",
        f"/people/{person.id}",
        f"/allocations/{given.id}",
    ):
        assert links.count(path(home, f"{there}/correct")) == 2, there  # its row, and the history


def test_whoever_may_not_change_a_home_is_led_to_no_correction(make, home, sign_in):
    make.skill(home, Skill.BABIES)
    make.placement(home, service=make.service())
    head = sign_in(make.viewer(Role.HEAD_OF_SERVICE, works_for=home.service))

    assert not [one for one in head.get(path(home, "?history=all")).links if "correct" in one]


def test_the_statements_of_a_home_do_not_grow_with_its_history(make, home, manager):
    few = count_of(lambda: manager.get(path(home, "?history=all")))
    for skill in (Skill.BABIES, Skill.RESPITE, Skill.REMAND):
        make.skill(home, skill)
        make.person(home, from_on=SINCE)
        worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
        make.allocation(worker, household=home)
    in_scheme(make, home)

    assert count_of(lambda: manager.get(path(home, "?history=all"))) == few
