"""The national role: every service's places counted, no record read, nothing written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from carers import create_app, embedded
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.recruitment import ServiceKind
from carers.domain.register import Approval
from carers.embedded import NATIONAL, Addresses, Server
from carers.models import Base
from tests import server
from tests.factories import Make

DAY = date(2026, 11, 24)
OF_PEOPLE = {
    "household": ("name", "ref", "email", "phone", "address", "postcode", "bedrooms"),
    "terms": ("conditions",),
    "placement": ("ref", "child_id", "weekly_cost"),
    "unavailability": ("ref", "owner_id"),
    "confirmation": ("note", "recorded_by_id"),
    "person": ("given_name",),
    "child": ("ref",),
    "enquiry": ("applicant_1",),
    "membership": ("name",),
    "user_account": ("email",),
    "audit_entry": ("after",),
}


@pytest.fixture(scope="module")
def addresses() -> Iterator[Addresses]:
    with server.own_database() as addresses:
        yield addresses


@pytest.fixture(scope="module")
def app(addresses: Addresses) -> Iterator[Flask]:
    """Two councils with 3 homes, one of them over, and an agency with 1 home of full approval."""
    app = create_app(server.config_for(addresses).for_flask())
    with app.app_context():
        set_viewer([])
        Make.placement(Make.household(places=1))
        over = Make.household(places=2)
        Make.placement(over)
        Make.placement(over)
        over.terms[0].until_on = date(2026, 6, 1)
        Make.terms(over, places=1, from_on=date(2026, 6, 1))
        Make.hold(Make.household(over.service, places=3), places=2)
        agency = Make.service(kind=ServiceKind.INDEPENDENT_FOSTERING_AGENCY)
        Make.placement(Make.household(agency, places=3))
        Make.household(agency, places=2, approval=Approval.TEMPORARY)
        Make.household(agency, places=2, ended_on=DAY)
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def national(app: Flask, addresses: Addresses) -> Iterator[Connection]:
    engine = create_engine(addresses.national)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_b5_the_national_role_counts_the_places_of_every_service(app):
    result = app.test_cli_runner().invoke(args=["england", "--as-at", f"{DAY}", "--format", "json"])

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "as_at": "2026-11-24",
        "by_kind": {
            "independent_fostering_agency": {
                "services": 1,
                "households": 1,
                "households_with_vacancy": 1,
                "approved": 3,
                "over": 0,
                "filled": 1,
                "not_available": 0,
                "vacant": 2,
            },
            "local_authority": {
                "services": 2,
                "households": 3,
                "households_with_vacancy": 1,
                "approved": 5,
                "over": 1,
                "filled": 3,
                "not_available": 2,
                "vacant": 1,
            },
        },
    }


def test_england_is_printed_as_a_table_of_today_unless_told(app):
    result = app.test_cli_runner().invoke(args=["england"])

    assert result.exit_code == 0, result.output
    first, heads, agencies, councils = result.stdout.splitlines()
    assert first == f"As at {clock.today()}"
    assert heads.split()[:3] == ["Kind", "Services", "Households"]
    assert agencies.startswith("Independent fostering agency")
    assert councils.split()[-2:] == ["2", "1"]


def test_england_is_refused_by_name_where_the_roles_address_is_not_set(app, monkeypatch):
    monkeypatch.setitem(app.config, "CARERS_NATIONAL_DATABASE_URL", "")

    result = app.test_cli_runner().invoke(args=["england"])

    assert result.exit_code == 1
    assert "CARERS_NATIONAL_DATABASE_URL is not set" in result.output


def test_the_national_role_is_not_privileged_and_owns_nothing(national):
    is_privileged = national.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    owned = national.execute(
        text("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
    ).scalar_one()
    may_run = national.execute(
        text(
            "SELECT proname FROM pg_proc WHERE prosecdef"
            " AND pronamespace = 'public'::regnamespace AND has_function_privilege(oid, 'EXECUTE')"
        )
    ).scalars()

    assert (is_privileged, owned, list(may_run)) == (False, 0, [])


@pytest.mark.parametrize(
    ("table", "column"), [(table, one) for table, names in OF_PEOPLE.items() for one in names]
)
def test_the_national_role_reads_nothing_of_a_person(national, table, column):
    with pytest.raises(ProgrammingError) as refused:
        national.execute(select(sa.column(column)).select_from(sa.table(table)))

    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_the_national_role_writes_nothing(national, table):
    may = national.execute(
        text(
            "SELECT has_any_column_privilege(:table, 'INSERT, UPDATE, REFERENCES')"
            " OR has_table_privilege(:table, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')"
        ),
        {"table": table},
    ).scalar_one()

    assert may is False


def test_the_migration_names_the_role_that_is_missing_and_changes_nothing():
    """An installation that has three roles, as a superuser's renaming leaves it for a moment."""
    with server.own_folder() as folder:
        running = embedded.Server(folder)
        running.start()
        app = create_app(server.config_for(running.addresses()).for_flask())
        with app.app_context():
            flask_migrate.upgrade(revision="0001")
            rename(running, NATIONAL, "kept_aside")
            with pytest.raises(SystemExit):
                flask_migrate.upgrade(revision="0002")
            assert version(running) == "0001"
            rename(running, "kept_aside", NATIONAL)
            flask_migrate.upgrade(revision="0002")
            rename(running, NATIONAL, "kept_aside")
            flask_migrate.downgrade(revision="0001")
            assert version(running) == "0001"
            db.engine.dispose()
        running.stop()


def rename(running: Server, role: str, name: str) -> None:
    with running.as_superuser() as connection:
        connection.execute(
            sql.SQL("ALTER ROLE {} RENAME TO {}").format(sql.Identifier(role), sql.Identifier(name))
        )


def version(running: Server) -> str:
    engine = create_engine(running.addresses().owner)
    with engine.connect() as connection:
        found: str = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one()
    engine.dispose()
    return found
