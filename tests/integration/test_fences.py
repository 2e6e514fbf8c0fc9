"""Two fences around a service's records: the query's own, and the database's."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from carers.db import db, set_viewer, settle
from carers.domain.roles import Role
from carers.models import Base, Household
from carers.queries import households

MAY_NOT_CHANGE = {
    "pipeline_event": {"event", "at", "detail", "note", "enquiry_id", "is_void"},
    "terms": {"places", "from_on", "carer_type", "household_id", "is_void"},
    "placement": {"child_id", "household_id", "from_on", "places_used", "is_void"},
    "unavailability": {"places", "reason", "from_on", "household_id", "is_void"},
    "audit_entry": {"action", "by_ref", "before", "after"},
    "sign_in_try": {"account", "at", "came_from", "succeeded"},
    "user_account": {"email", "is_active", "id"},
    "access_log": {"at", "what", "record_id", "user_id", "service_id"},
}


@pytest.mark.parametrize("address", ["SQLALCHEMY_DATABASE_URI", "CARERS_WORKER_DATABASE_URL"])
def test_a6_no_connection_but_the_migrations_is_privileged(app, address):
    engine = create_engine(app.config[address])
    with engine.connect() as connection:
        is_privileged = connection.execute(
            text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).scalar_one()
        owned = connection.execute(
            text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        ).scalar_one()
    engine.dispose()

    assert (is_privileged, owned) == (False, 0)


def test_a6_every_table_of_a_service_has_a_policy(app):
    with app.app_context():
        fenced = set(
            db.session.scalars(
                text("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
            )
        )
    owned = {name for name, table in Base.metadata.tables.items() if "service_id" in table.c}

    assert fenced == owned | {"user_account"}  # whose password only its own person changes


def test_b5_no_policy_has_the_planner_expect_fewer_rows_than_the_query_does(app):
    """Beside the query's own fence a plain comparison is taken for another hundredth."""
    with app.app_context():
        rules = dict(
            db.session.execute(
                text("SELECT tablename, qual FROM pg_policies WHERE policyname = 'viewer'")
            )
            .tuples()
            .all()
        )

    assert {table for table, rule in rules.items() if not rule.startswith("COALESCE(")} == set()


def test_a6_without_the_querys_own_fence_the_second_one_holds(make):
    ours, theirs = make.household(), make.household()
    viewer = make.viewer(Role.TEAM_MANAGER, works_for=ours.service)
    careless = replace(viewer, service_ids=(ours.service_id, theirs.service_id))
    assert len(db.session.scalars(households.visible_to(careless)).all()) == 2
    set_viewer(viewer.service_ids)

    assert db.session.scalars(select(Household)).all() == [ours]
    assert db.session.scalars(households.visible_to(careless)).all() == [ours]


def test_nothing_set_no_rows(make):
    make.household()
    set_viewer([])
    db.session.expire_all()

    assert db.session.scalars(select(Household)).all() == []


def test_the_web_role_cannot_write_a_row_of_another_service(make):
    ours, theirs = make.household(), make.household()
    moved = {"theirs": theirs.service_id, "id": ours.id}
    set_viewer([ours.service_id])

    with pytest.raises(ProgrammingError), db.session.begin_nested():
        db.session.execute(text("UPDATE household SET service_id = :theirs WHERE id = :id"), moved)


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, columns in MAY_NOT_CHANGE.items() for column in sorted(columns)],
)
def test_the_web_role_may_not_change_a_fact(app, table, column):
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with (
        engine.connect() as connection,
        pytest.raises(ProgrammingError) as refused,
        connection.begin(),
    ):
        connection.execute(text(f'UPDATE {table} SET "{column}" = NULL'))
    engine.dispose()

    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_the_web_role_deletes_nothing(app, table):
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection, pytest.raises(ProgrammingError), connection.begin():
        connection.execute(text(f"DELETE FROM {table}"))
    engine.dispose()


def test_the_web_role_changes_no_password_but_of_the_person_it_acts_for(make):
    ours, theirs = make.viewer(Role.TEAM_MANAGER), make.viewer(Role.TEAM_MANAGER)
    changed = text("UPDATE user_account SET password_hash = 'x' WHERE id = :id RETURNING id")

    set_viewer(ours.service_ids)
    assert db.session.scalars(changed, {"id": ours.user_id}).all() == []
    set_viewer(ours.service_ids, user_id=ours.user_id)
    assert db.session.scalars(changed, {"id": theirs.user_id}).all() == []
    assert db.session.scalars(changed, {"id": ours.user_id}).all() == [ours.user_id]


def test_the_web_role_is_not_believed_when_it_says_that_it_loads(make):
    household = make.household(places=1)
    make.placement(household)
    db.session.execute(text("SELECT set_config('carers.loading', 'on', true)"))

    make.placement(household)

    with pytest.raises(IntegrityError, match="more places are used than are approved"):
        settle()
