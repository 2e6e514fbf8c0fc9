"""The benchmarks' England: as much as was asked, the same every time, and never overfilled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select

from benchmarks import copying, nation, records
from benchmarks.copying import Calendar
from carers import create_app
from carers.db import db, set_viewer
from carers.domain.recruitment import ServiceKind
from carers.domain.viewer import Viewer
from carers.models import Confirmation, FosteringService, Household, Placement, Unavailability
from carers.queries import ledger
from tests import server

SIZES = nation.Sizes(services=6, homes=60, placements=350, holds=160, confirmations=200)
CALENDAR = Calendar(date(2026, 11, 24), records.YEARS)


def made(plan: nation.ServicePlan) -> dict[str, list[copying.Row]]:
    return records.Service(plan, SIZES.seed, CALENDAR).make()


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """Written with every foreign key checked and every home added up, as the benchmarks do not."""
    with server.own_database() as addresses:
        with psycopg.connect(addresses.owner.replace("+psycopg", "")) as connection:
            for plan in nation.plan(SIZES):
                copying.write(connection, made(plan))
        app = create_app(server.config_for(addresses).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


def seen() -> Viewer:
    set_viewer(db.session.scalars(select(FosteringService.id)).all())
    ids = tuple(db.session.scalars(select(FosteringService.id)))
    return Viewer(ref="test", name="test", service_id=ids[0], service_ids=ids)


def test_there_is_as_much_of_everything_as_was_asked(app):
    with app.app_context():
        seen()
        counts = [
            db.session.scalar(select(func.count()).select_from(kind).where(*so))
            for kind, *so in (
                (Household,),
                (Placement, Placement.superseded_by_id.is_(None), Placement.provider_id.is_(None)),
                (Unavailability, Unavailability.superseded_by_id.is_(None)),
                (Confirmation,),
            )
        ]
        others = [
            db.session.scalar(select(func.count()).select_from(Placement).where(so))
            for so in (Placement.superseded_by_id.is_not(None), Placement.provider_id.is_not(None))
        ]

    assert counts == [SIZES.homes, SIZES.placements, SIZES.holds, SIZES.confirmations]
    assert all(others)


def test_no_home_is_over_or_withholds_more_than_is_left_and_some_are_in_every_state(app):
    with app.app_context():
        spells = ledger.spells(seen())
        states = ("approved", "filled", "not_available", "vacant")
        over = select(func.count()).where(
            (spells.c.over > 0) | (spells.c.recorded > spells.c.not_available)
        )
        used = db.session.execute(select(*(func.sum(spells.c[name]) for name in states))).one()

        assert db.session.scalar(over) == 0
    assert min(used) > 0


def test_a_service_has_the_same_records_however_many_others_there_are():
    services = nation.plan(SIZES)
    few = nation.one_in(2, services)

    assert few[0] == services[0]
    assert [one.kind for one in few] == [
        ServiceKind.LOCAL_AUTHORITY,
        ServiceKind.INDEPENDENT_FOSTERING_AGENCY,
        ServiceKind.INDEPENDENT_FOSTERING_AGENCY,
    ]
    assert made(few[0]) == made(services[0])
