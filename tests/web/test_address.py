"""Where a home is, once it is asked for; and the asking stays, whatever becomes of the request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from carers import create_app
from carers.access import SignedIn, reading
from carers.blueprints.households import address as page_of_address
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.models import AccessLog, FosteringService, Household
from tests import server
from tests.browser import Browser
from tests.factories import Make
from tests.typed import path

MANAGER, SUPERVISOR = Role.TEAM_MANAGER, Role.SUPERVISING_SOCIAL_WORKER
OFFICER, HEAD = Role.PLACEMENTS_OFFICER, Role.HEAD_OF_SERVICE
NOON = datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)


@pytest.fixture
def addresses() -> Iterator[Addresses]:
    with server.own_database() as found:
        yield found


@pytest.fixture
def app(addresses: Addresses) -> Iterator[Flask]:
    """On a database of its own: what stays is committed, on two connections."""
    app = create_app(server.config_for(addresses).for_flask() | server.FOR_TESTS)
    with app.app_context():
        set_viewer([])
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def home(app: Flask) -> Household:
    made: Household = Make.household(address="7 Larch Road, Larkfield", name="Angela Foyle")
    return made


def somebody(home: Household, role: Role, **given: Any) -> Viewer:
    return Make.viewer_of(Make.member(role, works_for=home.service, **given))


def logged() -> list[AccessLog]:
    db.session.rollback()
    set_viewer(db.session.scalars(select(FosteringService.id)).all())
    return list(db.session.scalars(select(AccessLog).order_by(AccessLog.at)))


@time_machine.travel(NOON, tick=False)
def test_a_home_shows_its_address_when_asked_and_keeps_who_asked(app, home):
    viewer = somebody(home, SUPERVISOR)
    browser = Browser(app, viewer)
    shown = browser.get(path(home))
    assert "Larch" not in shown.html
    assert "Opening it is recorded" in shown.text
    assert logged() == []

    page = browser.get(shown.link("Show the address"))

    assert "7 Larch Road, Larkfield LF4 1AA" in page.text
    assert page.link("Back") == path(home)
    (one,) = logged()
    assert (one.service_id, one.record_type, one.record_id) == (
        home.service_id,
        "household",
        home.id,
    )
    assert (one.what, one.membership_id, one.user_id) == (
        "address",
        viewer.membership_id,
        viewer.user_id,
    )
    assert (one.at, one.came_from) == (NOON, "127.0.0.1")


def test_each_opening_is_a_reading(app, home):
    browser = Browser(app, somebody(home, OFFICER))

    for _ in range(3):
        browser.get(path(home, "/address"))

    assert len(logged()) == 3


def test_the_team_manager_sees_who_opened_it_and_nobody_else_does(app, home):
    officer = somebody(home, OFFICER, name="Olive Marsh")
    assert "Who opened it" not in Browser(app, officer).get(path(home, "/address")).text

    page = Browser(app, somebody(home, MANAGER, name="Tess Reed")).get(path(home, "/address"))

    assert [row[0] for row in page.rows] == ["Tess Reed", "Olive Marsh"]
    assert "Today" in page.rows[0][1]


def test_a_reader_of_a_shared_service_is_not_named_to_its_member(app, home):
    shared = Make.service()
    home.service.parent_id = shared.id
    Make.keep(home.service)
    from_above = Make.viewer(OFFICER, works_for=shared)
    assert Browser(app, from_above).get(path(home, "/address")).status == 200

    page = Browser(app, somebody(home, MANAGER)).get(path(home, "/address"))

    assert page.rows[1][0] == "Somebody of another service"


@pytest.mark.parametrize("role", [HEAD, Role.RECRUITMENT_OFFICER, Role.SENIOR_READER])
def test_who_does_not_need_the_address_is_refused_and_has_no_link(app, home, role):
    browser = Browser(app, somebody(home, role))

    assert browser.get(path(home, "/address")).status == 403
    assert "Show the address" not in browser.get(path(home)).html
    assert logged() == []


def test_another_services_home_is_not_found_and_nothing_is_logged(app, home):
    other = Make.viewer(MANAGER)

    assert Browser(app, other).get(path(home, "/address")).status == 404
    assert logged() == []


def test_a_home_without_an_address_says_so(app, home):
    home.address = home.postcode = None
    db.session.commit()

    page = Browser(app, somebody(home, OFFICER)).get(path(home, "/address"))

    assert "No address is recorded" in page.text
    assert len(logged()) == 1


def test_changing_how_a_home_is_reached_shows_no_address_and_logs_nothing(app, home):
    browser = Browser(app, somebody(home, MANAGER))

    assert "Larch" not in browser.get(path(home, "/edit")).html
    refused = browser.submit(path(home, "/edit"), {"name": ""})

    assert refused.errors
    assert "Larch" not in refused.html
    assert logged() == []


def test_the_log_stays_where_the_request_fails(app, home, monkeypatch):
    def fails(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(page_of_address, "render_template", fails)

    assert Browser(app, somebody(home, OFFICER)).get(path(home, "/address")).status == 500
    assert len(logged()) == 1


def test_the_log_stays_where_the_requests_own_transaction_is_rolled_back(app, home, monkeypatch):
    viewer = somebody(home, OFFICER)
    monkeypatch.setattr(
        "carers.access.current_user", SignedIn(viewer, "", works_elsewhere=False, identity="")
    )
    set_viewer(viewer.service_ids)
    ours = db.session.get_one(Household, home.id)
    ours.name = "Changed, and not kept"
    db.session.flush()

    reading(ours, "address")
    db.session.rollback()

    assert len(logged()) == 1
    assert db.session.get_one(Household, home.id).name == "Angela Foyle"


def test_what_cannot_be_logged_is_not_shown(app, addresses, home):
    viewer = somebody(home, OFFICER)
    owner = create_engine(addresses.owner)
    with owner.begin() as connection:
        connection.execute(text("REVOKE INSERT ON access_log FROM carers_web"))
    owner.dispose()

    page = Browser(app, viewer).get(path(home, "/address"))

    assert page.status == 500
    assert "Larch" not in page.html


def test_no_reading_can_be_kept_for_another_service(app, home):
    other = Make.viewer(OFFICER)
    theirs = {"service_id": home.service_id, "record_id": home.id}
    set_viewer(other.service_ids)
    db.session.add(AccessLog(**theirs, record_type="household", what="address", came_from=""))

    with pytest.raises(ProgrammingError, match="row-level security"):
        db.session.flush()
