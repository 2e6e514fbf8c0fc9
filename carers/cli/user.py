"""`flask user add`: let a person sign in."""

from __future__ import annotations

from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select

from carers.cli.acting import as_worker
from carers.db import db, set_viewer, transaction
from carers.domain.errors import DomainError
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
@click.option("--service", "code", prompt="Code of the service")
@click.option("--email", prompt="Email")
@as_worker
def add(code: str, email: str) -> None:
    """Let a person sign in, or give a password to one who was loaded without."""
    service_id = service_of(code)
    set_viewer([service_id])
    by = Viewer("flask user add", "flask user add", service_id, (service_id,))
    try:
        with transaction():
            membership = member(service_id, email) or newcomer(service_id, email, by)
            give_password(membership.user, by)
            name = membership.name
    except DomainError as error:
        raise click.ClickException(error.sentence) from error
    click.echo(f"{name} may sign in as {users.normal_email(email)}")


def service_of(code: str) -> UUID:
    found = db.session.scalar(select(FosteringService.id).where(FosteringService.code == code))
    if found is None:
        raise click.ClickException(f"There is no service with the code {code}")
    return found


def member(service_id: UUID, email: str) -> Membership | None:
    """Who works there already under this email."""
    query = select(Membership).join(Membership.user).where(Membership.service_id == service_id)
    found = db.session.scalar(query.where(User.email == users.normal_email(email)))
    if found is not None and found.user.password_hash is not None:
        raise click.ClickException(f"{found.name} already works there and has a password")
    if found is not None:
        click.echo(f"{found.name} works there, without a password")
    return found


def newcomer(service_id: UUID, email: str, by: Viewer) -> Membership:
    return users.add(
        service_id=service_id,
        ref=click.prompt("Reference of the person in the service"),
        name=click.prompt("Name"),
        email=email,
        roles=click.prompt("Roles, separated by ;", type=Roles()),
        by=by,
    )


def give_password(account: User, by: Viewer) -> None:
    """Ask twice; somebody who works elsewhere keeps the password they have."""
    if account.password_hash is not None:
        click.echo("They sign in with the password they have")
        return
    typed = click.prompt("Password", hide_input=True, confirmation_prompt="The password again")
    users.set_password(account, typed, by=by)
