"""A home’s register changed from its page: reaching it, people, skills, schemes, its worker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.register import Gender, PersonRole, Skill, SkillLevel, Tsd
from carers.domain.roles import Role
from carers.models import Allocation, AuditEntry, Person, Scheme, SchemeMember, SkillHeld
from tests.typed import blank, day, given, path

MANAGER, SUPERVISOR = Role.TEAM_MANAGER, Role.SUPERVISING_SOCIAL_WORKER
TODAY = clock.today()


@pytest.fixture
def manager(make, home, sign_in) -> Any:
    return sign_in(make.viewer(MANAGER, works_for=home.service))


@pytest.fixture
def scheme(make, home) -> Scheme:
    made: Scheme = make.keep(Scheme(service_id=home.service_id, code="hub-1", name="Larkfield hub"))
    return made


def person(**given: str) -> dict[str, str]:
    return {
        "role": "carer",
        "given_name": " Michael ",
        "family_name": "Foyle",
        **day("born_on", date(1970, 3, 1)),
        "gender": "M",
        "ethnicity": "WBRI",
        "languages": "English,  Irish,",
        "religion": "",
        **blank("from_on"),
        "tsd": "completed",
        **day("tsd_on", date(2021, 5, 6)),
        **given,
    }


def skilled(**given: str) -> dict[str, str]:
    return {
        "skill": "babies",
        "level": "trained",
        **day("from_on", TODAY),
        "evidence": "Course",
        **given,
    }


def test_reaching_a_home_is_changed_and_an_address_kept_unless_given_anew(home, supervisor):
    home.address = "7 Larch Road"
    db.session.commit()
    page = supervisor.get(path(home, "/edit"))
    assert "Larch" not in page.html
    assert "1AA" not in page.html
    typed = {"name": "Angela and Jo Foyle", "phone": " 01632 960999 ", "bedrooms": "4"}

    page = supervisor.submit(path(home, "/edit"), typed)

    assert "Saved" in page.text
    assert "Ring 01632 960999" in page.text
    assert "4 bedrooms" in page.text
    db.session.refresh(home)
    assert (home.address, home.postcode, home.email) == ("7 Larch Road", "LF4 1AA", None)
    moved = typed | {"address": "1 Elm Street", "postcode": "LF9 2BB"}
    assert "LF9" in supervisor.submit(path(home, "/edit"), moved).text
    db.session.refresh(home)
    assert (home.address, home.postcode) == ("1 Elm Street", "LF9 2BB")
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == home.id)).all()
    assert [one.action for one in told] == ["changed how the home is reached"] * 2
    assert "Elm" not in str(told[1].after)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter the carers’ names"),
        ({"email": "nobody"}, "email", "Enter an email address like"),
        ({"bedrooms": "31"}, "bedrooms", "Bedrooms must be 0 to 30"),
        ({"bedrooms": "few"}, "bedrooms", "Bedrooms must be a whole number"),
        ({"phone": "9" * 201}, "phone", "Telephone number must be 200 characters or fewer"),
    ],
)
def test_a_bad_way_of_reaching_a_home_is_refused(home, supervisor, typed, field, sentence):
    page = supervisor.submit(path(home, "/edit"), {"name": "Angela Foyle"} | typed)

    assert sentence in page.errors[field]


def test_a_person_is_added_changed_and_leaves(home, supervisor):
    page = supervisor.submit(path(home, "/people/add"), person())
    michael = db.session.scalars(select(Person)).one()

    assert "Michael Foyle, 56" in page.text
    assert (michael.household_id, michael.ref, michael.gender) == (home.id, "P-0001", Gender.M)
    assert (michael.languages, michael.tsd) == (["English", "Irish"], Tsd.COMPLETED)

    there = path(home, f"/people/{michael.id}")
    assert 'value="English, Irish"' in supervisor.get(there).html
    supervisor.submit(there, person(given_name="Mike", tsd="", **blank("tsd_on")))
    db.session.refresh(michael)
    assert (michael.name, michael.tsd, michael.tsd_on) == ("Mike Foyle", None, None)

    page = supervisor.submit(f"{there}/left", day("until_on", TODAY))
    assert "No people are recorded" in page.text
    again = supervisor.submit(f"{there}/left", day("until_on", TODAY))
    assert "An end is recorded already" in again.errors["until_on"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"role": ""}, "role", "Select what they are here"),
        (day("born_on", TODAY + timedelta(days=1)), "born_on", "must be in the past"),
        (day("from_on", date(1969, 1, 1)), "from_on", "before they were born"),
        (day("tsd_on", date(1969, 1, 1)), "tsd_on", "before they were born"),
    ],
)
def test_a_bad_person_is_refused(home, supervisor, typed, field, sentence):
    page = supervisor.submit(path(home, "/people/add"), person(**typed))

    assert sentence in page.errors[field]
    assert db.session.scalars(select(Person)).all() == []


def test_codes_that_nobody_offered_are_as_none(home, supervisor):
    supervisor.submit(path(home, "/people/add"), person(gender="X", ethnicity="?", tsd="done"))

    kept = db.session.scalars(select(Person)).one()
    assert (kept.gender, kept.ethnicity, kept.tsd) == (None, None, None)


def test_nobody_leaves_before_they_came_or_in_days_to_come(make, home, supervisor):
    child = make.person(home, role=PersonRole.CHILD, given_name="Tom", from_on=date(2026, 2, 1))
    there = path(home, f"/people/{child.id}/left")

    assert "Tom" not in supervisor.get(there).html
    early = supervisor.submit(there, day("until_on", date(2026, 1, 31)))
    late = supervisor.submit(there, day("until_on", TODAY + timedelta(days=1)))

    assert "must be 1 February or later: they came then" in early.errors["until_on"]
    assert "today or in the past" in late.errors["until_on"]


def test_somebody_who_left_cannot_have_come_later(make, home, supervisor):
    left = make.person(home, until_on=date(2026, 1, 1))

    page = supervisor.submit(
        path(home, f"/people/{left.id}"), person(**day("from_on", date(2026, 2, 1)))
    )

    assert "They left before that day" in page.errors["from_on"]


def test_a_skill_is_added_and_another_level_takes_its_place(home, supervisor):
    willing = skilled(level="willing", **day("from_on", TODAY - timedelta(days=9)))
    supervisor.submit(path(home, "/skills/add"), willing)
    page = supervisor.submit(path(home, "/skills/add"), skilled())

    first, second = db.session.scalars(select(SkillHeld).order_by(SkillHeld.from_on)).all()
    assert (first.until_on, second.until_on) == (TODAY, None)
    assert (second.skill, second.level) == (Skill.BABIES, SkillLevel.TRAINED)
    assert "Babies" in page.text
    again = supervisor.submit(path(home, "/skills/add"), skilled())
    assert "already" in again.errors["from_on"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"skill": "juggling"}, "skill", "Select a skill"),
        ({"level": ""}, "level", "Select a level"),
        (blank("from_on"), "from_on", "Enter the first day"),
        (day("from_on", date(2020, 3, 31)), "from_on", "must be 1 April 2020 or later"),
        (day("from_on", TODAY + timedelta(days=1)), "from_on", "today or in the past"),
    ],
)
def test_a_bad_skill_is_refused(home, supervisor, typed, field, sentence):
    page = supervisor.submit(path(home, "/skills/add"), skilled(**typed))

    assert sentence in page.errors[field]


def test_a_skill_ends_once(make, home, supervisor):
    held = make.skill(home, Skill.RESPITE)
    there = path(home, f"/skills/{held.id}/end")

    page = supervisor.submit(there, day("until_on", TODAY))

    assert f"until {TODAY.day} " in page.text
    assert "recorded already" in supervisor.submit(there, day("until_on", TODAY)).errors["until_on"]


def test_a_home_joins_a_scheme_and_leaves_it(home, supervisor, scheme):
    typed = {"scheme_id": str(scheme.id), **day("from_on", TODAY - timedelta(days=3))}
    page = supervisor.submit(path(home, "/schemes/join"), typed)
    assert "Larkfield hub" in page.text
    member = db.session.scalars(select(SchemeMember)).one()

    today = typed | day("from_on", TODAY)
    again = supervisor.submit(path(home, "/schemes/join"), today)
    assert "in this scheme already" in again.errors["scheme_id"]
    left = supervisor.submit(path(home, f"/schemes/{member.id}/leave"), day("until_on", TODAY))
    assert "The home left it" in left.text
    page = supervisor.submit(path(home, "/schemes/join"), today)
    assert [row[0] for row in page.rows].count("Larkfield hub") == 2


def test_a_scheme_that_is_not_there_or_not_open_is_not_joined(make, home, supervisor, scheme):
    closed = make.keep(
        Scheme(service_id=home.service_id, code="old", name="Old", until_on=date(2021, 1, 1))
    )
    page = supervisor.get(path(home, "/schemes/join"))
    assert ">Old<" not in page.html

    for one in (closed.id, uuid4(), "x"):
        typed = {"scheme_id": str(one), **day("from_on", TODAY)}
        refused = supervisor.submit(path(home, "/schemes/join"), typed)
        assert "Select a scheme" in refused.errors["scheme_id"]


def test_a_manager_gives_a_home_to_a_worker_and_back_on_one_day(make, home, manager, supervisor):
    other = make.viewer(SUPERVISOR, works_for=home.service)
    there = path(home, "/allocate")

    page = manager.submit(there, given(other.membership_id))
    assert other.name in page.text
    assert supervisor.get(path(home, "/edit")).status == 403
    again = manager.submit(there, given(other.membership_id))
    assert "has this home already" in again.errors["worker"]

    manager.submit(there, given(supervisor.viewer.membership_id))
    manager.submit(there, given(other.membership_id))

    rows = db.session.scalars(select(Allocation).where(Allocation.household_id == home.id)).all()
    open_now = [one for one in rows if one.until_on is None]
    assert [one.membership_id for one in open_now] == [other.membership_id]


def test_a_home_is_given_to_no_one_who_does_not_supervise_nor_after_its_end(make, home, manager):
    officer = make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service)
    for one in (officer.membership_id, uuid4(), ""):
        page = manager.submit(path(home, "/allocate"), given(one))
        assert "Select the supervising social worker" in page.errors["worker"]
    home.ended_on = TODAY
    db.session.commit()
    worker = make.viewer(SUPERVISOR, works_for=home.service)

    page = manager.submit(path(home, "/allocate"), given(worker.membership_id))

    assert "approval ended on" in page.errors["from_on"]


@pytest.mark.parametrize("more", ["edit", "people/add", "skills/add", "schemes/join"])
def test_only_whoever_has_the_home_and_managers_change_it(make, home, manager, sign_in, more):
    other = sign_in(make.viewer(SUPERVISOR, works_for=home.service))
    officer = sign_in(make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service))
    there = path(home, f"/{more}")

    assert other.get(there).status == 403
    assert officer.get(there).status == 403
    assert manager.get(there).status == 200
    assert "Add a skill" not in other.get(path(home)).text


def test_a_stale_form_changes_nothing_and_says_what_happened(home, supervisor):
    hidden = supervisor.get(path(home, "/edit")).hidden()
    supervisor.submit(path(home, "/skills/add"), skilled())

    page = supervisor.post(path(home, "/edit"), hidden | {"name": "Someone Else"})

    assert "Somebody changed this record" in page.errors[""]
    assert "recorded a skill" in page.text
    db.session.refresh(home)
    assert home.name == "Angela Foyle"


def test_a_skill_that_ended_before_begins_again(make, home, supervisor):
    make.skill(home, Skill.BABIES, until_on=date(2026, 1, 1))

    supervisor.submit(path(home, "/skills/add"), skilled())

    ends = db.session.scalars(select(SkillHeld.until_on).order_by(SkillHeld.from_on)).all()
    assert ends == [date(2026, 1, 1), None]
