"""Indexes that answer by themselves: the ledger's rows, a home's last confirmation and change.

A service's rows lie scattered over pages that it shares with every other; what the ledger adds up
is kept beside the key, so that a council's day opens no page of a table.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

COUNTED = "service_id, from_on, until_on, superseded_by_id, is_void"
BESIDE = {
    "terms": f"{COUNTED}, places",
    "placement": f"{COUNTED}, household_service_id, places_used",
    "unavailability": f"{COUNTED}, places",
}


def upgrade() -> None:
    remake(
        households={table: f" INCLUDE ({columns})" for table, columns in BESIDE.items()},
        confirmation=" INCLUDE (service_id, by_role, recorded_by_id)",
        audit_entry=" INCLUDE (service_id)",
    )


def downgrade() -> None:
    remake(households=dict.fromkeys(BESIDE, ""), confirmation="", audit_entry="")


def remake(*, households: dict[str, str], confirmation: str, audit_entry: str) -> None:
    for table, beside in households.items():
        op.execute(f"DROP INDEX ix_{table}_household_id")
        op.execute(f"CREATE INDEX ix_{table}_household_id ON {table} (household_id){beside}")
    op.execute("DROP INDEX uq_confirmation_household_id_at")
    op.execute(
        "CREATE UNIQUE INDEX uq_confirmation_household_id_at ON confirmation (household_id, at)"
        f"{confirmation} WHERE superseded_by_id IS NULL AND NOT is_void"
    )
    op.execute("DROP INDEX ix_audit_entry_subject_id_number")
    op.execute(
        "CREATE INDEX ix_audit_entry_subject_id_number ON audit_entry (subject_id, number)"
        f"{audit_entry}"
    )
