"""Charts: asked for by a page, drawn by the worker, never an old one for a new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import psycopg
import pytest
import time_machine
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from carers import create_app
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.charts import ChartKey, Recorded
from carers.domain.errors import NotFound
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.jobs import charts as job
from carers.jobs import drawing, run
from carers.jobs.drawing import Canvas
from carers.models import Chart, Household
from carers.queries import charts as asked
from carers.services import audit, charts
from tests import server
from tests.factories import Make

PERIOD = {"first": "2026-04-01", "last": "2026-11-18", "population": "mainstream"}


@pytest.fixture
def addresses() -> Iterator[Addresses]:
    with server.own_database() as found:
        yield found


@pytest.fixture
def working(addresses: Addresses) -> Iterator[Flask]:
    config = replace(server.config_for(addresses), database_url=addresses.worker)
    app = create_app(config.for_flask())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def head(working: Flask) -> Iterator[Viewer]:
    """A head of service, whose service has a home; in an application context."""
    with working.app_context():
        set_viewer([])
        household = Make.household(places=2)
        Make.placement(household, from_on=date(2026, 6, 1))
        yield Make.viewer(Role.HEAD_OF_SERVICE, works_for=household.service)


def key_for(viewer: Viewer, **parameters: str) -> ChartKey:
    return ChartKey(viewer.service_id, "occupancy", PERIOD | parameters, asked.recorded(viewer))


def ask(viewer: Viewer, **parameters: str) -> ChartKey:
    key = key_for(viewer, **parameters)
    charts.ask(key)
    db.session.commit()
    return key


def kept(key: ChartKey) -> Chart | None:
    db.session.expire_all()
    return db.session.get(Chart, key.id)


def change(viewer: Viewer) -> None:
    """Any change of a record of the service."""
    home = db.session.scalars(select(Household)).first()
    assert home is not None
    before = audit.values_of(home)
    home.bedrooms = (home.bedrooms or 0) + 1
    audit.changed(home, before, by=viewer, action="counted the bedrooms")
    db.session.commit()


def test_what_is_asked_for_is_drawn_wide_and_narrow(working, head):
    key = ask(head)
    run(working, job.DRAW)

    chart = kept(key)
    assert chart
    assert chart.drawn_at
    assert "1 filled" in str(chart.wide)
    assert "1 filled" in str(chart.narrow)
    assert chart.narrow != chart.wide
    assert asked.wanted() == []


def test_of_the_homes_with_a_skill_it_is_another_picture(working, head):
    everybody, nobody = ask(head), ask(head, skill="babies")
    run(working, job.DRAW)

    drawn = [str(one.wide) for key in (everybody, nobody) if (one := kept(key))]
    assert ["1 filled" in one for one in drawn] == [True, False]


def test_what_is_asked_for_twice_is_drawn_once(working, head, monkeypatch):
    drawn: list[Canvas] = []

    def picture(_: object, canvas: Canvas) -> str:
        drawn.append(canvas)
        return "<svg/>"

    monkeypatch.setattr(drawing, "picture", picture)
    ask(head)
    ask(head)
    for _ in range(2):
        run(working, job.DRAW)
    job.draw(ask(head).id)

    assert drawn == [drawing.WIDE, drawing.NARROW]


def test_after_any_change_a_page_asks_for_another_picture(working, head):
    before = ask(head)
    run(working, job.DRAW)

    change(head)

    assert key_for(head).id != before.id
    assert kept(key_for(head)) is None


def test_a_new_picture_takes_the_place_of_the_one_before(working, head):
    before, other = ask(head), ask(head, population="all")
    run(working, job.DRAW)
    change(head)
    after = ask(head)
    run(working, job.DRAW)

    assert kept(before) is None
    assert kept(after)
    assert kept(other)


def test_a_picture_of_records_that_have_changed_since_is_not_drawn(working, head):
    stale = ask(head)
    change(head)

    run(working, job.DRAW)

    assert kept(stale) is None


def test_two_changes_committed_out_of_turn_are_both_seen(working, head, addresses):
    """The later number is committed first: the last number is the same before and after."""
    entry = text(
        "INSERT INTO audit_entry (id, created_at, at, service_id, by_ref, came_from, action,"
        " record_type, record_id) VALUES (gen_random_uuid(), now(), now(), :service, 'U-1', '',"
        " 'changed', 'household', gen_random_uuid())"
    )
    engine = create_engine(addresses.worker)
    with engine.connect() as slow:
        slow.execute(
            text("SELECT set_config('carers.services', :one, true)"), {"one": str(head.service_id)}
        )
        slow.execute(entry, {"service": head.service_id})
        change(head)
        before = asked.recorded(head)
        slow.commit()
    engine.dispose()
    db.session.rollback()

    after = asked.recorded(head)
    assert after == Recorded(before.number, before.entries + 1)


def test_what_another_service_records_in_our_home_counts_as_a_change(working, head):
    home = db.session.scalars(select(Household)).one()
    other = Make.service()
    seen = [asked.recorded(head)]

    stay = Make.placement(home, service=other, from_on=date(2026, 7, 1))
    seen.append(asked.recorded(head))
    stay.until_on = date(2026, 8, 1)
    db.session.commit()
    seen.append(asked.recorded(head))

    assert len(set(seen)) == 3


def test_a_picture_that_cannot_be_drawn_is_given_up_and_tried_no_more(working, head, monkeypatch):
    def break_down(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(drawing, "picture", break_down)
    broken = ask(head)

    run(working, job.DRAW)

    chart = kept(broken)
    assert chart
    assert chart.failed_at
    assert chart.drawn_at is None
    assert asked.wanted() == []


def test_a_picture_that_another_worker_has_in_hand_is_left_to_it(working, head, addresses):
    key = ask(head)
    engine = create_engine(addresses.owner)
    with engine.connect() as other:
        other.execute(text("SELECT 1 FROM chart FOR UPDATE"))
        job.draw(key.id)
        db.session.commit()
        other.rollback()
    engine.dispose()

    assert asked.wanted() == [key.id]


def test_what_nobody_has_asked_for_lately_is_forgotten(working, head):
    with time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=clock.LONDON)) as at:
        old = ask(head)
        at.shift(asked.KEPT_FOR - timedelta(minutes=1))
        run(working, job.FORGET)
        assert kept(old)
        at.shift(timedelta(minutes=2))
        run(working, job.FORGET)

    assert kept(old) is None


def test_a_picture_that_is_gone_by_then_is_neither_given_up_nor_forgotten(head):
    charts.give_up(key_for(head).id)
    charts.forget(key_for(head).id)

    assert kept(key_for(head)) is None


def test_a_picture_is_of_its_own_service(working, head):
    key = ask(head)
    stranger = Make.viewer(Role.HEAD_OF_SERVICE)

    assert asked.get(key.id, viewer=head).id == key.id
    with pytest.raises(NotFound):
        asked.get(key.id, viewer=stranger)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE chart SET wide = 'forged'",
        "DELETE FROM chart",
        "INSERT INTO chart (id, wide) VALUES (gen_random_uuid(), 'forged')",
    ],
)
def test_the_web_asks_and_reads_and_draws_nothing(addresses, act):
    engine = create_engine(addresses.web)
    with (
        engine.connect() as connection,
        pytest.raises(ProgrammingError) as refused,
        connection.begin(),
    ):
        connection.execute(text(act))
    engine.dispose()

    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)
