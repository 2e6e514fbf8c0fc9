"""Charts: the web asks for one and reads it, the worker draws it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"
ASKED = "id, created_at, service_id, report, parameters, audit_number, audit_entries"


def upgrade() -> None:
    op.create_table(
        "chart",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("audit_number", sa.BigInteger(), nullable=False),
        sa.Column("audit_entries", sa.BigInteger(), nullable=False),
        sa.Column("wide", sa.Text(), nullable=True),
        sa.Column("narrow", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_chart_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart")),
    )
    op.create_index(op.f("ix_chart_service_id"), "chart", ["service_id"])
    op.create_index(
        op.f("ix_chart_wanted"),
        "chart",
        ["created_at"],
        postgresql_where="drawn_at IS NULL AND failed_at IS NULL",
    )
    op.create_index(
        op.f("ix_audit_entry_service_id_number"), "audit_entry", ["service_id", "number"]
    )
    op.execute("ALTER TABLE chart ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON chart USING (service_id = ANY ({SEEN}))")
    op.execute(f"GRANT SELECT, INSERT ({ASKED}) ON chart TO carers_web")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON chart TO carers_worker")


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_service_id_number"), table_name="audit_entry")
    op.drop_table("chart")
