"""A council reads its own rows of the ledger in one stretch, and plans for as many as there are.

The ledger's indexes begin with the service, so that a council's day is three stretches of them
and not three searches for every home. And a query names its services, as the policy does again:
the planner took the second time for another tenth or hundredth, expected a home or two of a
thousand, and joined what it adds up to them over and over. Inside COALESCE the policy decides as
before, and is taken to let through every other row.
"""

from alembic import op
from sqlalchemy import text

revision = "0006"
down_revision = "0005"

COUNTED = "from_on, until_on, superseded_by_id, is_void"
LEDGER = {
    "terms": f"(service_id, household_id) INCLUDE ({COUNTED}, places)",
    "placement": f"(household_service_id, household_id) INCLUDE ({COUNTED}, service_id, places_used)",
    "unavailability": f"(service_id, household_id) INCLUDE ({COUNTED}, places)",
}
BEFORE = {
    "terms": f"service_id, {COUNTED}, places",
    "placement": f"service_id, {COUNTED}, household_service_id, places_used",
    "unavailability": f"service_id, {COUNTED}, places",
}
OPENS, ENDS = "COALESCE(", ", false)"


def upgrade() -> None:
    for table, columns in LEDGER.items():
        op.execute(f"CREATE INDEX ix_{table}_ledger ON {table} {columns}")
        op.execute(f"DROP INDEX ix_{table}_household_id")
        op.execute(f"CREATE INDEX ix_{table}_household_id ON {table} (household_id)")
    op.execute("DROP INDEX ix_placement_household_service_id")
    for table, rule in policies():
        op.execute(f"ALTER POLICY viewer ON {table} USING ({OPENS}{rule}{ENDS})")


def downgrade() -> None:
    for table, rule in policies():
        plain = rule.removeprefix(OPENS).removesuffix(ENDS)
        op.execute(f"ALTER POLICY viewer ON {table} USING ({plain})")
    op.execute("CREATE INDEX ix_placement_household_service_id ON placement (household_service_id)")
    for table, columns in BEFORE.items():
        op.execute(f"DROP INDEX ix_{table}_household_id")
        op.execute(
            f"CREATE INDEX ix_{table}_household_id ON {table} (household_id) INCLUDE ({columns})"
        )
        op.execute(f"DROP INDEX ix_{table}_ledger")


def policies() -> list[tuple[str, str]]:
    """Each fenced table with its rule, as the database writes it."""
    found = op.get_bind().execute(
        text(
            "SELECT tablename, qual FROM pg_policies"
            " WHERE schemaname = 'public' AND policyname = 'viewer' ORDER BY tablename"
        )
    )
    return [(table, rule) for table, rule in found]
