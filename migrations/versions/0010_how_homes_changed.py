"""How a change of terms and an ending came about, who recorded them, and terms overridden."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OVERRIDE = "(override_reason IS NULL) = (override_by_id IS NULL)"
ADDED = {
    "terms": (
        ("change_route", sa.String(length=60)),
        ("proposed_on", sa.Date()),
        ("agreed_on", sa.Date()),
        ("decided_on", sa.Date()),
        ("recorded_by_id", sa.Uuid()),
        ("override_reason", sa.Text()),
        ("override_by_id", sa.Uuid()),
    ),
    "household": (("notice_received_on", sa.Date()), ("end_recorded_by_id", sa.Uuid())),
}


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
            if isinstance(kind, sa.Uuid):
                op.create_foreign_key(
                    op.f(f"fk_{table}_{name}"), table, "membership", [name], ["id"]
                )
    op.create_check_constraint(op.f("ck_terms_override"), "terms", OVERRIDE)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_terms_override"), "terms")
    for table, columns in ADDED.items():
        for name, _ in columns:
            op.drop_column(table, name)
