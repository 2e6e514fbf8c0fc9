"""`flask user add` lets a person sign in; `flask user password` is the way back for a lost one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select

from carers import access
from carers.cli.acting import as_worker
from carers.db import db, set_viewer, transaction
from carers.domain import passwords
from carers.domain.errors import DomainError, RuleBroken
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.models import FosteringService, Membership, User
from carers.services import users

command = AppGroup("user", help="The people who may sign in.")


class Roles(click.ParamType[frozenset[Role]]):
    name = "roles"

    def convert(self, value: str, _: object, __: object) -> frozenset[Role]:
        try:
            return frozenset(Role(code.strip()) for code in value.split(";"))
        except ValueError:
            return self.fail(f"Roles are, separated by ;: {', '.join(Role)}")


@command.command("add")
@click.option("--email", prompt="Email")
@click.option("--service", "code", prompt="Code of the service")
@as_worker
def add(email: str, code: str) -> None:
    """Let a person sign in, or give a password to one who was loaded without."""
    by = acting("flask user add", service_of(code))
    name = member(by.service_id, email)
    if name is None:
        asked = newcomer()
        with writing():
            name = users.add(service_id=by.service_id, email=email, by=by, **asked).name
    if password_of(email):
        click.echo("They sign in with the password they have")
    else:
        give_password(email, by)
    click.echo(f"{name} may sign in as {users.normal_email(email)}")


@command.command("password")
@click.argument("email")
@as_worker
def password(email: str) -> None:
    """Set a new password, which signs the account out wherever it is signed in."""
    account = users.account_of(email)
    works_in = access.memberships_of(account.id) if account else []
    if not works_in:
        raise click.ClickException(f"Nobody may sign in as {users.normal_email(email)}")
    give_password(email, acting("flask user password", works_in[0].service_id))
    click.echo(f"{users.normal_email(email)} has a new password, and is signed out everywhere")


def acting(name: str, service_id: UUID) -> Viewer:
    """A command at work for one service; from here on the session sees that service only."""
    set_viewer([service_id])
    return Viewer(name, name, service_id, (service_id,))


def service_of(code: str) -> UUID:
    found = db.session.scalar(select(FosteringService.id).where(FosteringService.code == code))
    if found is None:
        raise click.ClickException(f"There is no service with the code {code}")
    return found


def member(service_id: UUID, email: str) -> str | None:
    """The name of who works there already under this email."""
    query = select(Membership).join(Membership.user).where(Membership.service_id == service_id)
    found = db.session.scalar(query.where(User.email == users.normal_email(email)))
    if found is None:
        return None
    if found.user.password_hash is not None:
        raise click.ClickException(
            f"{found.name} already works there and has a password:"
            f" flask user password {found.user.email} sets a new one"
        )
    click.echo(f"{found.name} works there, without a password")
    return found.name


def newcomer() -> dict[str, Any]:
    db.session.rollback()  # the database ends a transaction that waits while somebody types
    return {
        "ref": click.prompt("Reference of the person in the service"),
        "name": click.prompt("Name"),
        "roles": click.prompt("Roles, separated by ;", type=Roles()),
    }


def password_of(email: str) -> str | None:
    account = users.account_of(email)
    return account.password_hash if account else None


def give_password(email: str, by: Viewer) -> None:
    db.session.rollback()  # as above
    typed = new_password()
    with writing():
        if account := users.account_of(email):
            users.set_password(account, typed, by=by)


def new_password() -> str:
    """Asked for twice, and again for as long as it may not be one."""
    prompt = f"Password, {passwords.SHORTEST} characters or more"
    while True:
        typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt="The same again")
        try:
            passwords.check(typed)
        except RuleBroken as error:
            click.echo(error.sentence)
        else:
            return typed


@contextmanager
def writing() -> Iterator[None]:
    """One transaction; what is refused ends the command in words."""
    try:
        with transaction():
            yield
    except DomainError as error:
        raise click.ClickException(error.sentence) from error
