"""Lists of what still goes on, of years of holds and of placements with providers."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index(
        "ix_placement_with_provider",
        "placement",
        ["service_id", "until_on"],
        postgresql_where="provider_id IS NOT NULL",
    )
    op.create_index(
        "ix_unavailability_service_id_until_on", "unavailability", ["service_id", "until_on"]
    )


def downgrade() -> None:
    op.drop_index("ix_unavailability_service_id_until_on", table_name="unavailability")
    op.drop_index("ix_placement_with_provider", table_name="placement")
