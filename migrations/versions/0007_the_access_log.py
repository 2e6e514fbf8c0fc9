"""Who read what is restricted: appended by the web, changed and removed by nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record_type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("came_from", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_access_log_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_record_id_at", "access_log", ["record_id", "at"])
    op.create_index(op.f("ix_access_log_service_id"), "access_log", ["service_id"])
    op.execute("ALTER TABLE access_log ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY viewer ON access_log USING (COALESCE(service_id = ANY ({SEEN}), false))"
    )
    op.execute("GRANT SELECT, INSERT ON access_log TO carers_web")
    op.execute("GRANT SELECT ON access_log TO carers_worker")


def downgrade() -> None:
    op.drop_table("access_log")
