"""Exemptions and temporary approvals are written from pages too: before, they came from files.

What they are of does not change: a page may put right whom they name, their days and who gave them.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

CHANGED = {
    "exemption": "from_on, until_on, granted_by, child_ids",
    "temporary_approval": (
        "child_ids, approved_by, extended_on, extension_reason, panel_views_on, iro_informed_on,"
        " extension_approved_by"
    ),
}


def upgrade() -> None:
    for table, columns in CHANGED.items():
        op.execute(f"GRANT INSERT, UPDATE ({columns}) ON {table} TO carers_web")


def downgrade() -> None:
    for table, columns in CHANGED.items():
        op.execute(f"REVOKE INSERT, UPDATE ({columns}) ON {table} FROM carers_web")
