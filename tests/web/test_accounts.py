"""Signing in and out, whose pages somebody sees, and the headers of every page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from carers import access, create_app
from carers.access import public
from carers.db import db
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import User
from carers.services import users

PASSWORD = "a long enough password"
NOON = datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)


@pytest.fixture
def person(make):
    """A head of service who has a password."""
    viewer = make.viewer(Role.HEAD_OF_SERVICE)
    user = user_of(viewer)
    user.password_hash = users.hashed(PASSWORD)
    make.keep(user)
    return viewer


def user_of(viewer) -> User:
    return db.session.get_one(User, viewer.user_id)


def email_of(viewer) -> str:
    return user_of(viewer).email


@pytest.fixture
def demonstration(app, monkeypatch):
    monkeypatch.setitem(app.config, "CARERS_MODE", "demonstration")


def test_a_person_signs_in_and_begins_at_their_own_part(sign_in, person):
    page = sign_in().submit("/sign-in", {"email": email_of(person).upper(), "password": PASSWORD})

    assert page.heading == "Targets and net gain"
    assert person.name in page.html


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"email": "nobody@example.org"}])
def test_what_was_wrong_is_not_said(sign_in, person, wrong):
    answers = {"email": email_of(person), "password": PASSWORD} | wrong

    page = sign_in().submit("/sign-in", answers)

    assert page.errors == {"": "Check your email address and password"}
    assert page.all("input", name="email")[0].get("value") == answers["email"]
    assert page.all("input", name="password")[0].get("value") in (None, "")


def test_somebody_without_a_password_or_not_active_cannot_sign_in(make, sign_in, person):
    email = email_of(person)
    user = user_of(person)
    user.is_active = False
    make.keep(user)

    page = sign_in().submit("/sign-in", {"email": email, "password": PASSWORD})

    assert page.heading == "Sign in"


def test_somebody_who_works_nowhere_any_more_is_told_no_more_than_anybody(make, sign_in):
    user = make.keep(User(email="gone@example.org", password_hash=users.hashed(PASSWORD)))

    page = sign_in().submit("/sign-in", {"email": user.email, "password": PASSWORD})

    assert page.errors == {"": "Check your email address and password"}


def test_somebody_who_is_made_inactive_is_signed_out(make, sign_in, person):
    browser = sign_in(person)
    assert browser.get("/insight/targets").heading == "Targets and net gain"
    user = user_of(person)
    user.is_active = False
    make.keep(user)

    assert browser.get("/insight/targets").response.status_code == 302


def test_a_session_ends_when_the_password_changes(make, sign_in, person):
    here, elsewhere = sign_in(person), sign_in(person)

    page = here.submit("/change-password", new_password())

    assert page.heading == "Targets and net gain"
    assert "Your password is changed" in page.text
    assert here.get("/insight/targets").status == 200
    assert elsewhere.get("/insight/targets").response.status_code == 302
    entered = {"email": email_of(person), "password": "three blue whales"}
    assert sign_in().submit("/sign-in", entered).heading == "Targets and net gain"
    assert sign_in().submit("/sign-in", entered | {"password": PASSWORD}).heading == "Sign in"


def new_password(**given: str) -> dict[str, str]:
    return {
        "current": PASSWORD,
        "password": "three blue whales",
        "again": "three blue whales",
    } | given


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"current": "wrong"}, "current", "This is not your current password"),
        ({"current": ""}, "current", "Enter your current password"),
        ({"again": "other"}, "again", "This is not the same as the new password"),
        ({"password": "short", "again": "short"}, "password", "between 12 and 200 characters"),
        ({"password": "x" * 201, "again": "x" * 201}, "password", "between 12 and 200"),
        ({"password": "", "again": ""}, "password", "Enter a new password"),
    ],
)
def test_a_password_that_cannot_be_changed_to_is_refused_beside_its_field(
    sign_in, person, given, field, said
):
    browser = sign_in(person)
    assert "12 characters or more" in browser.get("/change-password").text

    page = browser.submit("/change-password", new_password(**given))

    assert said in page.errors[field]
    assert sign_in(person).get("/insight/targets").status == 200
    assert PASSWORD not in page.html


def test_guessing_the_current_password_waits_as_signing_in_does(sign_in, person):
    browser = sign_in(person)
    for _ in range(5):
        browser.submit("/change-password", new_password(current="wrong"))

    page = browser.submit("/change-password", new_password())

    assert "There were too many tries. Try again at" in page.errors[""]


def test_who_signed_in_without_a_password_has_none_to_change(make, sign_in):
    browser = sign_in(make.viewer(Role.HEAD_OF_SERVICE))

    assert "there is none to change" in browser.get("/change-password").text
    assert browser.post("/change-password", new_password()).errors == {}


@pytest.mark.parametrize("email", [None, "nobody@example.org"])
def test_too_many_tries_wait_and_tell_nothing_of_the_account(sign_in, person, email):
    wrong = {"email": email or email_of(person), "password": "wrong"}
    with time_machine.travel(NOON, tick=False) as time:
        for _ in range(5):
            page = sign_in().submit("/sign-in", wrong)
            assert page.errors == {"": "Check your email address and password"}

        page = sign_in().submit("/sign-in", wrong | {"password": PASSWORD})
        assert page.errors == {"": "There were too many tries. Try again at 12:15pm"}
        assert page.all("input", name="email")[0].get("value") == wrong["email"]

        time.move_to(NOON + timedelta(minutes=15))
        page = sign_in().submit("/sign-in", wrong | {"password": PASSWORD})
        assert page.heading == ("Sign in" if email else "Targets and net gain")


def test_a_forgotten_password_is_the_administrators_to_set(sign_in):
    page = sign_in().get("/sign-in")

    assert "Forgotten your password? Ask your administrator" in page.text


def test_the_network_address_is_that_before_the_proxies_we_trust(app):
    settings = {**app.config, "CARERS_PROXIES": 1}
    behind = create_app(settings)
    with behind.app_context():
        db.engine.dispose()

    @behind.get("/where")
    @public
    def where() -> str:
        return access.came_from()

    told = {"X-Forwarded-For": "192.0.2.66, 198.51.100.7"}
    assert behind.test_client().get("/where", headers=told).text == "198.51.100.7"


def test_whoever_was_not_signed_in_comes_to_the_page_they_asked_for(sign_in, person):
    browser = sign_in()
    answers = {"email": email_of(person), "password": PASSWORD}

    page = browser.submit("/sign-in?next=%2Fenquiries", answers)

    assert page.heading == "Enquiries"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "//[evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/%0A/evil.example",
    ],
)
def test_nobody_is_led_elsewhere(sign_in, person, elsewhere):
    answers = {"email": email_of(person), "password": PASSWORD}

    page = sign_in().submit(f"/sign-in?next={elsewhere}", answers)

    assert page.heading == "Targets and net gain"


def test_signing_out_ends_it(sign_in, person):
    browser = sign_in(person)

    assert "You are signed out" in browser.post("/sign-out").text
    assert browser.get("/insight/targets").response.status_code == 302


def test_a_demonstration_lists_one_account_for_each_role(make, sign_in, demonstration):
    service = make.service(name="Elmshire")
    invented = make.keep(User(email="margaret@elmshire.example"))
    first = make.member(Role.DECISION_MAKER, works_for=service, user=invented)
    other = make.keep(User(email="second@elmshire.example"))
    make.member(Role.DECISION_MAKER, works_for=service, user=other)
    make.member(Role.TEAM_MANAGER, works_for=service)  # loaded by somebody: not invented

    page = sign_in().get("/sign-in")
    assert page.text.count("Decision maker") == 1
    assert "Team manager" not in page.text
    assert "Everything here is invented" in page.text

    page = sign_in().post(f"/sign-in/{first.id}")
    assert page.heading == "Panel"


def test_elsewhere_nobody_signs_in_without_a_password(make, sign_in, person):
    assert "invented" not in sign_in().get("/sign-in").text
    assert sign_in().post(f"/sign-in/{person.membership_id}").status == 404


def test_somebody_of_two_services_chooses_and_sees_one_at_a_time(make, sign_in):
    here, there = make.service(name="Anwick"), make.service(name="Barlow")
    member = make.member(Role.TEAM_MANAGER, works_for=here)
    other = make.member(Role.SENIOR_READER, works_for=there, user=member.user)
    make.enquiry(there, applicant_1="Seen only there")
    browser = sign_in(make.viewer_of(member))

    page = browser.get("/enquiries")
    assert "Seen only there" not in page.text
    assert "Change service" in page.html

    page = browser.post(f"/choose-service/{other.id}")
    assert page.heading == "Targets and net gain"
    assert browser.get("/enquiries").status == 403


def test_nobody_works_in_a_service_that_is_not_theirs(make, sign_in, person):
    other = make.member(Role.TEAM_MANAGER)

    assert sign_in(person).post(f"/choose-service/{other.id}").status == 404


def test_a_role_without_pages_is_told_so(make, sign_in):
    page = sign_in(make.viewer(Role.AUDITOR)).get("/")

    assert page.response.headers["Location"].endswith("/no-pages")
    page = sign_in(make.viewer(Role.AUDITOR)).get("/no-pages")
    assert "no page here for auditor" in page.text
    assert "ask your administrator" in page.text


def test_an_administrator_is_not_sent_to_the_administrator(make, sign_in):
    page = sign_in(make.viewer(Role.ADMINISTRATOR)).get("/no-pages")

    assert "flask user add" in page.text
    assert "ask your administrator" not in page.text


@pytest.mark.parametrize("kept", ["nonsense", "a/b", f"{'0' * 32}/{'0' * 32}", "é/é/é"])
def test_a_cookie_that_names_nobody_signs_nobody_in(app, sign_in, kept):
    browser = sign_in()
    with browser.client.session_transaction() as session:
        session["_user_id"] = kept

    assert browser.get("/enquiries").response.status_code == 302


def test_every_page_keeps_to_a_strict_policy(sign_in, person):
    headers = sign_in(person).get("/insight/targets").response.headers
    policy = headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_refused(app, sign_in, person, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", value=True)

    page = sign_in(person).post("/sign-out")

    assert page.status == 400
    assert "open too long" in page.text


@pytest.mark.parametrize(
    "path", ["/privacy", "/accessibility", "/cookies", "/what-the-figures-mean"]
)
def test_the_pages_of_the_footer_are_open(sign_in, path):
    assert sign_in().get(path).status == 200


def test_what_cannot_be_done_has_a_page_of_its_own(sign_in, person, monkeypatch):
    browser = sign_in(person)

    assert browser.get("/nothing-here").heading == "Page not found"
    assert browser.get("/my-carers").heading == "You cannot open this page"
    assert browser.post("/privacy").heading == "This page cannot be used in that way"
