"""`flask user add` and `flask user password`, and the passwords that sign-in asks about."""

from collections.abc import Iterator
from functools import partial

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from carers import create_app
from carers.cli.acting import worker
from carers.db import db, set_viewer, transaction
from carers.domain.errors import RuleBroken
from carers.domain.recruitment import ServiceKind
from carers.domain.viewer import Viewer
from carers.models import AuditEntry, FosteringService, Membership, User
from carers.services import users
from tests import server

PASSWORD = "correct horse battery"


@pytest.fixture
def app() -> Iterator[Flask]:
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def service(app: Flask) -> str:
    with app.app_context(), worker(), transaction():
        db.session.add(
            FosteringService(code="ELM", name="Elmshire", kind=ServiceKind.LOCAL_AUTHORITY)
        )
    return "ELM"


def add(app: Flask, *lines: str) -> Result:
    return user(app, "add", *lines)


def user(app: Flask, command: str, *lines: str) -> Result:
    args = ["user", *command.split()]
    return app.test_cli_runner().invoke(args=args, input="\n".join(lines) + "\n")


def test_a_person_added_by_hand_may_sign_in(app, service):
    result = add(
        app, "Ann@Example.test", "ELM", "W-1", "Ann", "team_manager;auditor", PASSWORD, PASSWORD
    )

    assert result.exit_code == 0, result.output
    assert "Ann may sign in as ann@example.test" in result.output
    with app.app_context():
        assert users.verify("ANN@example.test ", PASSWORD) is not None
        assert users.verify("ann@example.test", "wrong") is None
        assert users.verify("nobody@example.test", PASSWORD) is None
        assert users.verify("ann@example.test", PASSWORD + "x" * 200) is None


def test_what_was_done_is_audited_and_tells_neither_email_nor_password(app, service):
    add(app, "ann@example.test", "ELM", "W-1", "Ann", "team_manager", PASSWORD, PASSWORD)

    with app.app_context():
        service_id = db.session.scalars(select(FosteringService.id)).one()
        set_viewer([service_id])
        entries = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)))
        db.session.remove()
    assert [entry.action for entry in entries] == ["account made", "person added", "password set"]
    assert {entry.by_ref for entry in entries} == {"flask user add"}
    assert "ann@" not in str([entry.after for entry in entries])
    assert "argon2" not in str([entry.after for entry in entries])


def test_a_person_without_a_password_is_given_one_and_keeps_what_they_are(app, service):
    invite(app)

    result = add(app, "ann@example.test", "ELM", PASSWORD, PASSWORD)

    assert result.exit_code == 0, result.output
    with app.app_context():
        found = users.verify("ann@example.test", PASSWORD)
        assert found is not None
        db.session.remove()


def invite(app: Flask) -> None:
    with app.app_context(), worker(), transaction():
        service_id = db.session.scalars(select(FosteringService.id)).one()
        set_viewer([service_id])
        user = User(email="ann@example.test")
        db.session.add(user)
        db.session.flush()
        db.session.add(Membership(service_id=service_id, ref="W-1", name="Ann", user_id=user.id))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("ann@example.test", "NO"), "There is no service with the code NO"),
        (("b@example.test", "ELM", "W-1", "Bea", "auditor"), "This reference is already used"),
        (("b@example.test", "ELM", "W-2", "Bea", "wizard"), "Roles are, separated by ;:"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_writes_nothing(app, service, lines, said):
    add(app, "ann@example.test", "ELM", "W-1", "Ann", "auditor", PASSWORD, PASSWORD)

    result = add(app, *lines)

    assert result.exit_code != 0
    assert said in result.output
    with app.app_context():
        assert users.account_of("b@example.test") is None
        db.session.remove()


def test_a_password_that_may_not_be_one_is_asked_for_again(app, service):
    tries = ("short", "short", "password1234", "password1234", PASSWORD, PASSWORD)

    result = add(app, "ann@example.test", "ELM", "W-1", "Ann", "auditor", *tries)

    assert result.exit_code == 0, result.output
    assert "Password, 12 characters or more" in result.output
    assert "Password must be between 12 and 200 characters" in result.output
    assert "among the first that are tried" in result.output
    with app.app_context():
        assert users.verify("ann@example.test", PASSWORD) is not None
        db.session.remove()


def test_a_forgotten_password_is_replaced_and_the_change_is_audited(app, service):
    add(app, "ann@example.test", "ELM", "W-1", "Ann", "auditor", PASSWORD, PASSWORD)

    result = user(app, "password Ann@Example.test", "another long one", "another long one")

    assert result.exit_code == 0, result.output
    assert "ann@example.test has a new password, and is signed out everywhere" in result.output
    with app.app_context():
        assert users.verify("ann@example.test", PASSWORD) is None
        assert users.verify("ann@example.test", "another long one") is not None
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
        entry = db.session.scalars(newest).one()
        assert (entry.action, entry.by_ref) == ("password set", "flask user password")
        db.session.remove()


def test_an_email_that_is_nobodys_is_given_no_password(app, service):
    result = user(app, "password nobody@example.test")

    assert result.exit_code == 1
    assert "Nobody may sign in as nobody@example.test" in result.output


def test_somebody_with_a_password_is_not_given_another(app, service):
    add(app, "ann@example.test", "ELM", "W-1", "Ann", "auditor", PASSWORD, PASSWORD)

    result = add(app, "ann@example.test", "ELM")

    assert result.exit_code == 1
    assert "Ann already works there and has a password" in result.output


def test_somebody_who_works_elsewhere_keeps_the_password_they_have(app, service):
    add(app, "ann@example.org", "ELM", "W-1", "Ann", "auditor", PASSWORD, PASSWORD)
    with app.app_context(), worker(), transaction():
        kind = ServiceKind.LOCAL_AUTHORITY
        db.session.add(FosteringService(code="OAK", name="Oakham", kind=kind))

    result = add(app, "ann@example.org", "OAK", "A-1", "Ann", "auditor")

    assert "They sign in with the password they have" in result.output
    with app.app_context():
        assert users.verify("ann@example.org", PASSWORD) is not None
        db.session.remove()


def test_an_email_is_once_in_a_service(app, service):
    add(app, "ann@example.org", "ELM", "W-1", "Ann", "auditor", PASSWORD, PASSWORD)

    with app.app_context(), worker():
        service_id = db.session.scalars(select(FosteringService.id)).one()
        set_viewer([service_id])
        by = Viewer("test", "test", service_id, (service_id,))
        new = partial(users.add, service_id=service_id, ref="W-2", name="Ann", roles=[], by=by)
        with pytest.raises(RuleBroken, match="already works"):
            new(email="ANN@example.org")
        db.session.remove()
