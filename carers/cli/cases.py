"""`flask cases rebuild`: the kept case rows, made anew from the events or proved equal to them."""

from __future__ import annotations

from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select

from carers.cli.acting import as_worker
from carers.db import db, set_viewer, transaction
from carers.models import Enquiry, FosteringService
from carers.services import cases

command = AppGroup("cases", help="The kept rows of what each case amounts to.")

AT_ONCE = 500
DIFFERENT = 2


@command.command("rebuild")
@click.option("--check", is_flag=True, help="Change nothing: list the rows that differ.")
@as_worker
def rebuild(*, check: bool) -> None:
    """Work out every case anew from its events."""
    set_viewer(db.session.scalars(select(FosteringService.id)).all())
    names = _names()
    if check:
        _prove(names)
        return
    for some in _batches(list(names)):
        with transaction():
            cases.keep_many(cases.fold_all(some))
    click.echo(f"{len(names)} cases rebuilt")


def _names() -> dict[UUID, str]:
    """Every enquiry there is, as CODE/REF."""
    query = (
        select(Enquiry.id, FosteringService.code, Enquiry.ref)
        .join(Enquiry.service)
        .order_by(FosteringService.code, Enquiry.ref)
    )
    names = {row.id: f"{row.code}/{row.ref}" for row in db.session.execute(query)}
    db.session.rollback()
    return names


def _prove(names: dict[UUID, str]) -> None:
    wrong: list[UUID] = []
    for some in _batches(list(names)):
        wrong += cases.differing(some)
        db.session.rollback()
        db.session.expunge_all()
    for one in wrong:
        click.echo(f"{names[one]} differs from its events")
    if wrong:
        raise click.exceptions.Exit(DIFFERENT)
    click.echo(f"{len(names)} cases are equal to their events")


def _batches(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
