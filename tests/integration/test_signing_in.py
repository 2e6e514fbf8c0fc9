"""Tries at signing in: kept, counted one after another, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from carers import create_app
from carers.db import db, set_viewer, transaction
from carers.domain import clock
from carers.domain.signing_in import OF_AN_ACCOUNT, TooManyTries
from carers.embedded import Addresses
from carers.jobs import run
from carers.jobs import signing_in as job
from carers.models import SignInTry, User
from carers.queries.signing_in import KEPT_FOR
from carers.services import signing_in, users
from tests import server
from tests.factories import Make

PASSWORD = "a long enough password"
WRONG = "not the password"
AT_ONCE = 12


@pytest.fixture
def person(make) -> str:
    """The email of an account with a password."""
    with_one = make.keep(User(email="ann@example.org", password_hash=users.hashed(PASSWORD)))
    return str(with_one.email)


def attempt(email: str, password: str = WRONG, came_from: str = "192.0.2.1") -> User | None:
    with transaction():
        return signing_in.attempt(email, password, came_from=came_from)


def kept() -> list[SignInTry]:
    return list(db.session.scalars(select(SignInTry).order_by(SignInTry.at)))


def test_each_try_is_kept_with_a_digest_in_place_of_the_email(person):
    assert attempt(person) is None
    user = attempt(" ANN@example.org ", PASSWORD)

    assert user is not None
    assert user.email == person
    assert [one.succeeded for one in kept()] == [False, True]
    assert {one.came_from for one in kept()} == {"192.0.2.1"}
    assert len({one.account for one in kept()}) == 1
    assert "ann" not in kept()[0].account


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_after_five_failures_the_right_password_waits_too_and_nothing_more_is_kept(person, email):
    for _ in range(OF_AN_ACCOUNT):
        assert attempt(email) is None

    with pytest.raises(TooManyTries):
        attempt(email, PASSWORD)

    assert len(kept()) == OF_AN_ACCOUNT


def test_a_success_begins_the_count_anew(person):
    for _ in range(OF_AN_ACCOUNT - 1):
        attempt(person)
    attempt(person, PASSWORD)
    for _ in range(OF_AN_ACCOUNT - 1):
        attempt(person)

    assert attempt(person, PASSWORD) is not None


def test_another_account_and_another_address_do_not_wait(person):
    for _ in range(OF_AN_ACCOUNT):
        attempt("bea@example.org")

    assert attempt(person, PASSWORD) is not None


def test_an_address_that_tries_many_accounts_waits(make, person, monkeypatch):
    monkeypatch.setattr("carers.domain.signing_in.FROM_AN_ADDRESS", 10)
    for n in range(10):
        attempt(f"person{n}@example.org")

    with pytest.raises(TooManyTries):
        attempt(person, PASSWORD)
    assert attempt(person, PASSWORD, came_from="198.51.100.7") is not None


def test_the_wait_is_over_when_it_was_said_to_be(person):
    with time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(OF_AN_ACCOUNT):
            attempt(person)
        with pytest.raises(TooManyTries) as refused:
            attempt(person, PASSWORD)
        time.move_to(refused.value.until)
        assert attempt(person, PASSWORD) is not None


def test_many_tries_at_once_are_no_more_than_many_in_turn(addresses: Addresses):
    settings = server.config_for(addresses).for_flask()
    app = create_app(settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": AT_ONCE}})

    def one(_: int) -> str:
        with app.app_context():
            try:
                attempt("ann@example.org")
            except TooManyTries:
                return "waits"
            finally:
                db.session.remove()
            return "tried"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(one, range(AT_ONCE)))
    with app.app_context():
        db.engine.dispose()

    assert results.count("tried") == OF_AN_ACCOUNT


@pytest.fixture
def working(addresses: Addresses) -> Iterator[Flask]:
    config = replace(server.config_for(addresses), database_url=addresses.worker)
    app = create_app(config.for_flask())
    yield app
    with app.app_context():
        db.engine.dispose()


def test_old_tries_are_forgotten_and_later_ones_kept(addresses: Addresses, working: Flask):
    web = create_app(server.config_for(addresses).for_flask())
    ages = [KEPT_FOR + timedelta(days=2), KEPT_FOR + timedelta(minutes=1), timedelta(days=89)]
    with web.app_context(), transaction():
        for age in ages:
            db.session.add(
                SignInTry(account="a", at=clock.now() - age, came_from="", succeeded=False)
            )

    for _ in range(2):
        run(working, job.FORGET)

    with web.app_context():
        assert len(kept()) == 1
        db.session.remove()
        db.engine.dispose()


def test_a_new_password_is_set_as_a_worker_too(working: Flask):
    with working.app_context():
        set_viewer([])
        viewer = Make.viewer()
        with transaction():
            user = db.session.get_one(User, viewer.user_id)
            users.set_password(user, PASSWORD, by=viewer)
        assert users.verify(user.email, PASSWORD) is not None
