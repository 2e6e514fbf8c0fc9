"""Skills, time in schemes and people’s dates put right, or removed as a mistake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.register import Skill, SkillLevel
from carers.models import AuditEntry, Household, Scheme, SchemeMember, SkillHeld
from carers.queries import household_rows
from tests.typed import blank, day, path

TODAY = clock.today()
SINCE, LATER = date(2026, 1, 1), date(2026, 5, 1)
MISTAKE = {"what": "mistake"}


def typed(from_on: date | None = SINCE, until_on: date | None = None, **given: str) -> Any:
    dated = (("from_on", from_on), ("until_on", until_on))
    days = [day(name, on) if on else blank(name) for name, on in dated]
    return {"what": "right", **days[0], **days[1], **given}


def skilled(**given: Any) -> Any:
    return typed(**given) | {"level": "approved", "evidence": "A course"}


@pytest.fixture
def member(make, home) -> SchemeMember:
    scheme = make.keep(Scheme(service_id=home.service_id, code="hub", name="Larkfield hub"))
    owned = {"service_id": home.service_id, "household_id": home.id, "from_on": SINCE}
    made: SchemeMember = make.keep(SchemeMember(scheme_id=scheme.id, **owned))
    return made


def held(home: Household, browser: Any) -> list[Skill]:
    found = household_rows.skills_held([home.id], TODAY, viewer=browser.viewer)
    return found.get(home.id, [])


def test_b6_a_skill_is_put_right(make, home, supervisor):
    skill = make.skill(home, Skill.BABIES, level=SkillLevel.WILLING)

    page = supervisor.submit(path(home, f"/skills/{skill.id}/correct"), skilled())

    assert "The entry is corrected" in page.text
    db.session.refresh(skill)
    assert (skill.level, skill.from_on, skill.evidence) == (SkillLevel.APPROVED, SINCE, "A course")
    assert held(home, supervisor) == [Skill.BABIES]
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == skill.id)).one()
    assert told.before == {"evidence": None, "from_on": "2020-04-01", "level": "willing"}


def test_b6_a_skill_that_was_a_mistake_is_held_on_no_day_and_may_be_recorded_again(
    make, home, supervisor
):
    skill = make.skill(home, Skill.BABIES, from_on=SINCE)

    page = supervisor.submit(path(home, f"/skills/{skill.id}/correct"), MISTAKE)

    assert "No skills are recorded" in page.text
    assert held(home, supervisor) == []
    again = {"skill": "babies", "level": "trained", "evidence": "", **day("from_on", SINCE)}
    page = supervisor.submit(path(home, "/skills/add"), again)
    assert "The skill is added" in page.text
    db.session.expire_all()
    rows = db.session.scalars(select(SkillHeld)).all()
    assert [(one.level, one.until_on) for one in rows] == [(SkillLevel.TRAINED, None)]


def test_b6_time_in_a_scheme_is_put_right(home, supervisor, member):
    page = supervisor.submit(path(home, f"/schemes/{member.id}/correct"), typed(until_on=LATER))

    assert "The entry is corrected" in page.text
    db.session.refresh(member)
    assert (member.from_on, member.until_on) == (SINCE, LATER)


def test_b6_time_in_a_scheme_that_was_a_mistake_is_on_no_day(home, supervisor, member):
    page = supervisor.submit(path(home, f"/schemes/{member.id}/correct"), MISTAKE)

    assert "In no scheme" in page.text
    again = {"scheme_id": str(member.scheme_id), **day("from_on", SINCE)}
    assert "The home joined it" in supervisor.submit(path(home, "/schemes/join"), again).text


def test_b6_when_a_person_came_and_left_is_put_right(make, home, supervisor):
    person = make.person(home, until_on=LATER)
    there = path(home, f"/people/{person.id}/correct")
    assert "Angela Foyle" in supervisor.get(there).heading

    page = supervisor.submit(there, typed())

    assert "The entry is corrected" in page.text
    db.session.refresh(person)
    assert (person.from_on, person.until_on) == (SINCE, None)
    supervisor.submit(there, typed(from_on=None))
    db.session.refresh(person)
    assert person.from_on is None


def test_b6_a_person_who_never_was_there_is_on_no_list(make, home, supervisor):
    person = make.person(home, given_name="Nobody")

    page = supervisor.submit(path(home, f"/people/{person.id}/correct"), MISTAKE)

    assert "No people are recorded" in page.text
    db.session.refresh(person)
    assert person.from_on == person.until_on == home.approved_on


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        (skilled(from_on=date(2020, 3, 1)), "from_on", "must be 1 April 2020 or later"),
        (skilled(from_on=TODAY + timedelta(days=1)), "from_on", "today or in the past"),
        (skilled(until_on=SINCE), "until_on", "must be after the first day"),
        (skilled(until_on=TODAY + timedelta(days=1)), "until_on", "today or in the past"),
        (skilled(from_on=date(2026, 6, 1)), "from_on", "on some of these days already"),
        (skilled() | {"level": ""}, "level", "Select a level"),
    ],
)
def test_a_skill_is_not_put_right_to_days_that_cannot_be(
    make, home, supervisor, answers, field, sentence
):
    make.skill(home, Skill.BABIES, from_on=date(2026, 7, 1))
    skill = make.skill(home, Skill.BABIES, from_on=LATER, until_on=date(2026, 7, 1))

    page = supervisor.submit(path(home, f"/skills/{skill.id}/correct"), answers)

    assert sentence in page.errors[field]


def test_time_in_a_scheme_is_put_right_to_days_of_its_own(make, home, supervisor, member):
    owned = {"service_id": home.service_id, "household_id": home.id, "from_on": LATER}
    make.keep(SchemeMember(scheme_id=member.scheme_id, **owned))
    member.until_on = LATER
    db.session.commit()

    page = supervisor.submit(path(home, f"/schemes/{member.id}/correct"), typed())

    assert "on some of these days already" in page.errors["from_on"]


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        (typed(until_on=date(2025, 12, 31)), "until_on", "they came then"),
        (typed(from_on=date(1960, 1, 1)), "from_on", "before they were born"),
    ],
)
def test_a_person_is_not_put_right_to_days_that_cannot_be(
    make, home, supervisor, answers, field, sentence
):
    person = make.person(home, born_on=date(1970, 3, 1))

    page = supervisor.submit(path(home, f"/people/{person.id}/correct"), answers)

    assert sentence in page.errors[field]


def test_a_skill_recorded_while_an_approval_ends_ends_with_it(home, supervisor):
    home.ended_on = TODAY + timedelta(days=9)
    db.session.commit()
    again = {"skill": "babies", "level": "trained", "evidence": "", **day("from_on", SINCE)}

    supervisor.submit(path(home, "/skills/add"), again)

    assert db.session.scalars(select(SkillHeld.until_on)).all() == [home.ended_on]


def test_nothing_is_recorded_of_a_home_from_the_day_its_approval_ended(home, supervisor):
    home.ended_on = LATER
    db.session.commit()
    late = {"skill": "babies", "level": "trained", "evidence": "", **day("from_on", LATER)}

    page = supervisor.submit(path(home, "/skills/add"), late)

    assert "This home’s approval ended on 1 May" in page.errors["from_on"]
