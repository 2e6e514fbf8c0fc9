"""Rows to the database by COPY, as the owner: values are text as COPY reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
from psycopg import sql

NULL = r"\N"
Row = Sequence[str]

TABLES = {
    "fostering_service": ("id", "created_at", "code", "name", "kind"),
    "user_account": ("id", "created_at", "email", "is_active"),
    "membership": ("id", "created_at", "service_id", "ref", "name", "user_id", "role_codes"),
    "household": (
        *("id", "created_at", "service_id", "ref", "name", "approval", "phone", "postcode"),
        *("bedrooms", "approved_on", "ended_on"),
    ),
    "person": (
        *("id", "created_at", "service_id", "ref", "household_id", "role", "given_name"),
        *("family_name", "languages"),
    ),
    "terms": (
        *("id", "created_at", "service_id", "household_id", "from_on", "until_on", "is_void"),
        *("carer_type", "places", "age_min", "age_max", "genders", "placement_types"),
        "siblings_only",
    ),
    "skill_held": (
        *("id", "created_at", "service_id", "household_id", "from_on", "skill", "level"),
    ),
    "allocation": (
        *("id", "created_at", "service_id", "membership_id", "household_id", "from_on"),
        *("until_on", "is_cover"),
    ),
    "child": ("id", "created_at", "service_id", "ref", "born_on"),
    "exemption": ("id", "created_at", "service_id", "household_id", "from_on", "child_ids"),
    "provider": ("id", "created_at", "service_id", "ref", "name", "kind"),
    "placement": (
        *("id", "created_at", "service_id", "ref", "child_id", "household_id"),
        *("household_service_id", "provider_id", "place_type", "places_used", "from_on"),
        *("until_on", "is_void", "recorded_by_id", "superseded_by_id"),
    ),
    "unavailability": (
        *("id", "created_at", "service_id", "ref", "household_id", "places", "reason"),
        *("owner_id", "expected_until_on", "from_on", "until_on", "is_void", "recorded_by_id"),
        "superseded_by_id",
    ),
    "confirmation": (
        *("id", "created_at", "service_id", "household_id", "at", "by_role", "vacant"),
        *("is_void", "recorded_by_id"),
    ),
    "audit_entry": (
        *("id", "created_at", "service_id", "at", "by_ref", "came_from", "action"),
        *("record_type", "record_id", "subject_id", "after"),
    ),
}


class Calendar:
    """Days counted from one, as text: looked up, since millions are written."""

    def __init__(self, last: date, years: int) -> None:
        self.last = years * 365
        self.first_day = last - timedelta(days=self.last)
        self._days = [
            (self.first_day + timedelta(days=number)).isoformat() for number in range(self.last + 1)
        ]

    def text(self, day: int | None) -> str:
        """Of a day within the calendar, the last among them."""
        return NULL if day is None else self._days[day]


def write(connection: psycopg.Connection, rows: dict[str, list[Row]]) -> int:
    """Append rows, a COPY for each table in the order of their foreign keys; how many."""
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            lines = "".join(["\t".join(row) + "\n" for row in rows.get(table, ())])
            if not lines:
                continue
            command = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with cursor.copy(command) as copy:
                copy.write(lines)
    return sum(map(len, rows.values()))


@contextmanager
def bare(connection: psycopg.Connection) -> Iterator[None]:
    """Without the indexes that no key needs, which are quicker made at the end, all at once."""
    indexes = connection.execute(
        "SELECT format('DROP INDEX %I', relname), pg_get_indexdef(indexrelid)"
        " FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"
    ).fetchall()
    exclusions = connection.execute(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
        " format('ALTER TABLE %s ADD CONSTRAINT %I %s',"
        " conrelid::regclass, conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE contype = 'x'"
    ).fetchall()
    for drop, _ in indexes + exclusions:
        connection.execute(drop)
    yield
    for _, make in indexes + exclusions:
        connection.execute(make)


def scatter(connection: psycopg.Connection) -> None:
    """Lay the rows out as years of every service at work leave them, not service by service.

    In the order of their random keys, so that a service's rows lie on as many pages as they can.
    """
    for table in TABLES:
        connection.execute(
            sql.SQL("CLUSTER {} USING {}").format(
                sql.Identifier(table), sql.Identifier(f"pk_{table}")
            )
        )


def trust(connection: psycopg.Connection) -> None:
    """Check no foreign key and add no home up, row by row: a test does so of a small England.

    Whoever writes has to be allowed to; exclusion and check constraints still hold.
    """
    connection.execute("SET session_replication_role = replica")
