"""Every migration goes back and forward again: what is kept stays, and the schema is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from carers.db import db, set_viewer
from carers.domain.capacity import UnavailableReason
from carers.domain.roles import Role
from carers.embedded import Addresses
from tests.factories import Make

# The schema as PostgreSQL tells it, by what is asked of it.
SCHEMA: Mapping[str, str] = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual FROM pg_policies",
    "fenced": "SELECT relname, relrowsecurity FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "grants": "SELECT table_name, column_name, grantee, privilege_type"
    " FROM information_schema.column_privileges WHERE table_schema = 'public'",
    "functions": "SELECT proname, prosrc, proacl::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgfoid::regproc::text FROM pg_trigger"
    " WHERE NOT tgisinternal",
}
KEPT = ("fostering_service", "household", "terms", "child", "placement", "unavailability")


@pytest.mark.parametrize("back_to", ["0006", "0001"])
def test_what_is_kept_stays_and_the_schema_is_the_same(
    loading: Flask, addresses: Addresses, back_to: str
) -> None:
    with loading.app_context():
        _fill()
        schema, rows = _told(addresses), _rows(addresses)

        flask_migrate.downgrade(revision=back_to)
        assert _rows(addresses) == rows
        flask_migrate.upgrade()

        assert _rows(addresses) == rows
        after = _told(addresses)
        for what in SCHEMA:
            assert after[what] == schema[what], what


def _fill() -> None:
    set_viewer([])
    home = Make.household(places=2)
    Make.viewer(Role.TEAM_MANAGER, works_for=home.service)
    search = Make.search(Make.child(home.service))
    Make.hold(home, search_id=search.id, reason=UnavailableReason.RESERVED_PLACEMENT)
    Make.placement(home)
    db.session.remove()


def _told(addresses: Addresses) -> dict[str, Sequence[Any]]:
    return {what: _asked(addresses, query) for what, query in SCHEMA.items()}


def _rows(addresses: Addresses) -> dict[str, Sequence[Any]]:
    return {table: _asked(addresses, f"SELECT id FROM {table}") for table in KEPT}


def _asked(addresses: Addresses, query: str) -> list[Any]:
    engine = create_engine(addresses.owner)
    with engine.connect() as connection:
        found = sorted(map(str, connection.execute(text(query))))
    engine.dispose()
    return found
