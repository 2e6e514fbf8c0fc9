"""Exemptions, temporary approvals and overrides; an overfill is let in under one of them alone."""

import importlib.util
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"
MADE = ("exemption", "temporary_approval")
OVERRIDABLE = ("placement", "unavailability")

# As before, but that a day is passed over on which an exemption in force names the child who
# comes, and that a row which a team manager of its service overrides is let in whole.
OVERFILL = """
CREATE OR REPLACE FUNCTION refuse_overfill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  home household;
  comes uuid;
BEGIN
  IF NEW.household_id IS NULL OR NEW.is_void THEN
    RETURN NULL;
  END IF;
  IF current_setting('carers.loading', true) = 'on'
     AND pg_has_role(session_user, 'carers_worker', 'USAGE') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO home FROM household WHERE id = NEW.household_id FOR NO KEY UPDATE;
  IF home.approval <> 'full' THEN
    RETURN NULL;
  END IF;
  IF NEW.override_reason IS NOT NULL AND EXISTS (
    SELECT 1 FROM membership
    WHERE id = NEW.override_by_id AND 'team_manager' = ANY (role_codes)
      AND service_id IN (NEW.service_id, home.service_id)
  ) THEN
    RETURN NULL;
  END IF;
  comes := (to_jsonb(NEW) ->> 'child_id')::uuid;
  IF EXISTS (
    WITH
    approved AS (
      SELECT greatest(from_on, home.approved_on) AS from_on,
             least(until_on, home.ended_on) AS until_on, places
      FROM terms WHERE household_id = home.id AND superseded_by_id IS NULL AND NOT is_void
    ),
    used AS (
      SELECT id, from_on, until_on, places_used AS places, superseded_by_id FROM placement
      WHERE household_id = home.id AND NOT is_void
      UNION ALL
      SELECT id, from_on, until_on, places, superseded_by_id FROM unavailability
      WHERE household_id = home.id AND NOT is_void
    ),
    exempt AS (
      SELECT from_on, until_on FROM exemption
      WHERE household_id = home.id AND comes = ANY (child_ids)
    ),
    it AS (SELECT * FROM used WHERE id = NEW.id AND superseded_by_id IS NULL),
    days AS (
      SELECT it.from_on AS day FROM it
      UNION SELECT from_on FROM used
      UNION SELECT from_on FROM approved
      UNION SELECT until_on FROM approved
      UNION SELECT until_on FROM exempt
      UNION SELECT until_on FROM used WHERE superseded_by_id = NEW.id
    )
    SELECT 1 FROM days JOIN it
      ON it.from_on <= days.day AND (it.until_on IS NULL OR days.day < it.until_on)
    WHERE NOT EXISTS (
      SELECT 1 FROM used AS mended
      WHERE mended.superseded_by_id = NEW.id AND mended.places >= it.places
        AND mended.from_on <= days.day AND (mended.until_on IS NULL OR days.day < mended.until_on)
    )
    AND NOT EXISTS (
      SELECT 1 FROM exempt
      WHERE exempt.from_on <= days.day AND (exempt.until_on IS NULL OR days.day < exempt.until_on)
    )
    AND (
      SELECT coalesce(sum(places), 0) FROM used
      WHERE superseded_by_id IS NULL AND from_on <= days.day
        AND (until_on IS NULL OR days.day < until_on)
    ) > (
      SELECT coalesce(sum(places), 0) FROM approved
      WHERE from_on <= days.day AND (until_on IS NULL OR days.day < until_on)
    )
  ) THEN
    RAISE EXCEPTION 'more places are used than are approved'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tr_household_overfill';
  END IF;
  RETURN NULL;
END $$;
"""


def upgrade() -> None:
    make_tables()
    for table in MADE:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING (service_id = ANY ({SEEN}))")
        op.execute(f"GRANT SELECT ON {table} TO carers_web")  # they open the ledger: files alone
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO carers_worker")
    for table in OVERRIDABLE:
        op.add_column(table, sa.Column("override_reason", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("override_by_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_{table}_override_by_id"), table, "membership", ["override_by_id"], ["id"]
        )
        op.create_check_constraint(
            op.f(f"ck_{table}_override"),
            table,
            "(override_reason IS NULL) = (override_by_id IS NULL)",
        )
    op.execute(OVERFILL)


def downgrade() -> None:
    op.execute(overfill_before())
    for table in OVERRIDABLE:
        op.drop_constraint(op.f(f"ck_{table}_override"), table)
        op.drop_constraint(op.f(f"fk_{table}_override_by_id"), table)
        op.drop_column(table, "override_by_id")
        op.drop_column(table, "override_reason")
    for table in MADE:
        op.drop_table(table)


def overfill_before() -> str:
    """The function of the first migration, in place of this one’s."""
    path = Path(__file__).with_name("0001_the_register.py")
    spec = importlib.util.spec_from_file_location("the_register", path)
    assert spec is not None and spec.loader is not None
    first = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(first)
    function = first.OVERFILL.split("REVOKE ALL")[0]
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def make_tables() -> None:
    op.create_table(
        "exemption",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=True),
        sa.Column("child_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        *kept("exemption"),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_exemption_period")),
        sa.UniqueConstraint(
            "household_id", "from_on", name=op.f("uq_exemption_household_id_from_on")
        ),
    )
    op.create_table(
        "temporary_approval",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("child_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.String(length=60), nullable=True),
        sa.Column("panel_views_on", sa.Date(), nullable=True),
        sa.Column("iro_informed_on", sa.Date(), nullable=True),
        sa.Column("extension_approved_by", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        *kept("temporary_approval"),
        sa.UniqueConstraint("household_id", name=op.f("uq_temporary_approval_household_id")),
    )
    for table in MADE:
        op.create_index(op.f(f"ix_{table}_service_id"), table, ["service_id"])


def kept(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What every row of a household has."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f(f"fk_{table}_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f(f"fk_{table}_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
