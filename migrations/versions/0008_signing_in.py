"""Tries at signing in, and a password that is changed by whoever it is of.

The web role may change one column of one account: the password of the person it acts for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SELF = "(SELECT NULLIF(current_setting('carers.user', true), '')::uuid)"


def upgrade() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_from", sa.Text(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    op.create_index("ix_sign_in_try_account_at", "sign_in_try", ["account", "at"])
    op.create_index("ix_sign_in_try_came_from_at", "sign_in_try", ["came_from", "at"])
    op.create_index("ix_sign_in_try_at", "sign_in_try", ["at"])
    op.execute("GRANT SELECT, INSERT ON sign_in_try TO carers_web")
    op.execute("GRANT SELECT, DELETE ON sign_in_try TO carers_worker")
    op.execute("ALTER TABLE user_account ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY reader ON user_account FOR SELECT USING (true)")
    op.execute("CREATE POLICY worker ON user_account TO carers_worker USING (true)")
    op.execute(
        f"CREATE POLICY oneself ON user_account FOR UPDATE TO carers_web USING (id = {SELF})"
    )
    op.execute("GRANT UPDATE (password_hash) ON user_account TO carers_web")


def downgrade() -> None:
    op.execute("REVOKE UPDATE (password_hash) ON user_account FROM carers_web")
    for policy in ("oneself", "worker", "reader"):
        op.execute(f"DROP POLICY {policy} ON user_account")
    op.execute("ALTER TABLE user_account DISABLE ROW LEVEL SECURITY")
    op.drop_table("sign_in_try")
