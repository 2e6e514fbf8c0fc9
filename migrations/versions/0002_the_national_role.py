"""What the national role reads: the columns that places are counted from, of every service.

No name, reference, address or note is among them, and it may write nothing. Column by column, so
that a column added later is not read until a migration says so.
"""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

ROLE = "carers_national"
COUNTED = ("household_id", "is_void", "superseded_by_id")
READ = {
    "fostering_service": ("id", "name", "kind", "gss_code"),
    "household": ("id", "service_id", "approval", "approved_on", "ended_on"),
    "terms": (*COUNTED, "service_id", "from_on", "until_on", "places", "carer_type"),
    "placement": (*COUNTED, "household_service_id", "from_on", "until_on", "places_used"),
    "unavailability": (*COUNTED, "service_id", "from_on", "until_on", "places", "reason"),
    "confirmation": (*COUNTED, "service_id", "at"),
}
FENCED = sorted(READ.keys() - {"fostering_service"})


def upgrade() -> None:
    if not role_exists():
        raise RuntimeError(
            f"The role {ROLE} is missing. As a superuser, CREATE ROLE {ROLE} LOGIN NOSUPERUSER"
            " NOBYPASSRLS, as docs/deploy.md says, then migrate again: nothing was changed"
        )
    op.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    for table, columns in READ.items():
        op.execute(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {ROLE}")
    for table in FENCED:
        op.execute(f"CREATE POLICY national ON {table} FOR SELECT TO {ROLE} USING (true)")


def downgrade() -> None:
    for table in FENCED:
        op.execute(f"DROP POLICY IF EXISTS national ON {table}")
    if not role_exists():
        return
    for table, columns in READ.items():
        op.execute(f"REVOKE SELECT ({', '.join(columns)}) ON {table} FROM {ROLE}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {ROLE}")


def role_exists() -> bool:
    found = op.get_bind().execute(
        text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE}
    )
    return found.first() is not None
