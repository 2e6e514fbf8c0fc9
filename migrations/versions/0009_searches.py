"""Searches for a home, and the reservations that name one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("child_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closed_at >= opened_at", name=op.f("ck_search_period")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_search_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_search_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_search_service_id_ref")),
    )
    op.create_index(op.f("ix_search_service_id"), "search", ["service_id"])
    op.create_index(op.f("ix_search_placement_id"), "search", ["placement_id"])
    op.execute("ALTER TABLE search ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON search USING (COALESCE(service_id = ANY ({SEEN}), false))")
    op.execute("GRANT SELECT ON search TO carers_web")  # no page writes one: files alone
    op.execute("GRANT SELECT, INSERT, UPDATE ON search TO carers_worker")
    op.add_column("unavailability", sa.Column("search_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_unavailability_search_id"), "unavailability", "search", ["search_id"], ["id"]
    )
    op.create_index(op.f("ix_unavailability_search_id"), "unavailability", ["search_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_unavailability_search_id"), table_name="unavailability")
    op.drop_constraint(op.f("fk_unavailability_search_id"), "unavailability")
    op.drop_column("unavailability", "search_id")
    op.drop_table("search")
