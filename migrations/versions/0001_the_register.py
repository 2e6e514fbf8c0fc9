"""The records of recruitment and of the register, with both fences and the ledger's guards.

Who may see a row is decided by its service (row-level security); who may change which column, by
grants; that no place is filled twice, by exclusion constraints and one deferred trigger.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


# Facts of these do not change: an ending, and the row that supersedes, may be set.
KEPT = {
    "pipeline_event": ("superseded_by_id",),
    "confirmation": ("superseded_by_id",),
    "terms": ("until_on", "superseded_by_id"),
    "unavailability": ("until_on", "superseded_by_id"),
    "placement": ("until_on", "end_reason", "superseded_by_id"),
}
APPENDED = ("audit_entry", "submission")
READ_BY_WEB = ("fostering_service", "user_account", "membership", "setting", "scheme")
OWNED = (
    "allocation",
    "audit_entry",
    "campaign",
    "case_state",
    "child",
    "confirmation",
    "enquiry",
    "household",
    "person",
    "pipeline_event",
    "provider",
    "scheme",
    "scheme_member",
    "setting",
    "skill_held",
    "source",
    "submission",
    "target",
    "terms",
    "unavailability",
)

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"
SELF = "(SELECT NULLIF(current_setting('carers.user', true), '')::uuid)"

EXCLUSIONS = """
ALTER TABLE terms ADD CONSTRAINT ex_terms_one_at_a_time EXCLUDE USING gist (
  uuidrange(household_id, household_id, '[]') WITH &&, daterange(from_on, until_on) WITH &&
) WHERE (superseded_by_id IS NULL AND NOT is_void);
ALTER TABLE placement ADD CONSTRAINT ex_placement_one_home_a_night EXCLUDE USING gist (
  uuidrange(child_id, child_id, '[]') WITH &&, daterange(from_on, until_on) WITH &&
) WHERE (respite_of_id IS NULL AND superseded_by_id IS NULL AND NOT is_void);
ALTER TABLE placement ADD CONSTRAINT ex_placement_one_respite_a_night EXCLUDE USING gist (
  uuidrange(child_id, child_id, '[]') WITH &&, daterange(from_on, until_on) WITH &&
) WHERE (respite_of_id IS NOT NULL AND superseded_by_id IS NULL AND NOT is_void);
"""

# Adds the ledger up for the home of a new placement or hold, on every day that it newly covers.
# It sees every service's rows in that home, being the owner's; it locks the home, since two
# commits at once would each see the other's place as vacant. A load is believed only of the worker.
OVERFILL = """
CREATE FUNCTION refuse_overfill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  home household;
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
    it AS (SELECT * FROM used WHERE id = NEW.id AND superseded_by_id IS NULL),
    days AS (
      SELECT it.from_on AS day FROM it
      UNION SELECT from_on FROM used
      UNION SELECT from_on FROM approved
      UNION SELECT until_on FROM approved
      UNION SELECT until_on FROM used WHERE superseded_by_id = NEW.id
    )
    SELECT 1 FROM days JOIN it
      ON it.from_on <= days.day AND (it.until_on IS NULL OR days.day < it.until_on)
    WHERE NOT EXISTS (
      SELECT 1 FROM used AS mended
      WHERE mended.superseded_by_id = NEW.id AND mended.places >= it.places
        AND mended.from_on <= days.day AND (mended.until_on IS NULL OR days.day < mended.until_on)
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
REVOKE ALL ON FUNCTION refuse_overfill() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER tr_household_overfill AFTER INSERT ON placement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_overfill();
CREATE CONSTRAINT TRIGGER tr_household_overfill AFTER INSERT ON unavailability
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_overfill();
"""


def upgrade() -> None:
    op.execute("CREATE TYPE uuidrange AS RANGE (subtype = uuid)")
    make_tables()
    op.execute(EXCLUSIONS)
    op.execute(OVERFILL)
    fence()
    grant()


def downgrade() -> None:
    op.execute("DROP TRIGGER tr_household_overfill ON placement")
    op.execute("DROP TRIGGER tr_household_overfill ON unavailability")
    op.execute("DROP FUNCTION refuse_overfill()")
    drop_tables()
    op.execute("DROP TYPE uuidrange")


def fence() -> None:
    """Nothing set, no rows."""
    for table in (*OWNED, "membership", "placement"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table in OWNED:
        op.execute(f"CREATE POLICY viewer ON {table} USING (service_id = ANY ({SEEN}))")
    op.execute(
        f"CREATE POLICY viewer ON membership"
        f" USING (service_id = ANY ({SEEN}) OR user_id = {SELF})"
        f" WITH CHECK (service_id = ANY ({SEEN}))"
    )
    op.execute(  # another service's child in our home fills a place there
        f"CREATE POLICY viewer ON placement"
        f" USING (service_id = ANY ({SEEN}) OR household_service_id = ANY ({SEEN}))"
        f" WITH CHECK (service_id = ANY ({SEEN}))"
    )


def grant() -> None:
    op.execute("GRANT USAGE ON SCHEMA public TO carers_web, carers_worker")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO carers_web, carers_worker")
    op.execute("REVOKE ALL ON alembic_version FROM carers_web, carers_worker")
    changed = sorted({*OWNED, "membership", "placement", "fostering_service", "user_account"})
    for table in changed:
        columns = f" ({', '.join(KEPT[table])})" if table in KEPT else ""
        for role in ("carers_web", "carers_worker"):
            if role == "carers_web" and table in READ_BY_WEB:
                continue
            op.execute(f"GRANT INSERT ON {table} TO {role}")
            if table not in APPENDED:
                op.execute(f"GRANT UPDATE{columns} ON {table} TO {role}")


def make_tables() -> None:
    op.create_table(
        "fostering_service",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("gss_code", sa.Text(), nullable=True),
        sa.Column("ofsted_urn", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["fostering_service.id"], name=op.f("fk_fostering_service_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fostering_service")),
        sa.UniqueConstraint("code", name=op.f("uq_fostering_service_code")),
    )
    op.create_index(
        op.f("ix_fostering_service_parent_id"), "fostering_service", ["parent_id"], unique=False
    )
    op.create_table(
        "user_account",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("came_from", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record_type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_audit_entry_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_entry_number")),
    )
    op.create_index("ix_audit_entry_record_id", "audit_entry", ["record_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_service_id"), "audit_entry", ["service_id"], unique=False)
    op.create_index(
        "ix_audit_entry_subject_id_number", "audit_entry", ["subject_id", "number"], unique=False
    )
    op.create_table(
        "child",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=60), nullable=True),
        sa.Column("ethnicity", sa.String(length=60), nullable=True),
        sa.Column("uasc", sa.Boolean(), nullable=True),
        sa.Column("age_disputed", sa.Boolean(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=True),
        sa.Column("sibling_group", sa.Text(), nullable=True),
        sa.Column("home_postcode", sa.Text(), nullable=True),
        sa.Column("responsible_authority", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_child_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_child_service_id_ref")),
    )
    op.create_index(op.f("ix_child_service_id"), "child", ["service_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role_codes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_membership_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_membership_service_id_ref")),
        sa.UniqueConstraint("service_id", "user_id", name=op.f("uq_membership_service_id_user_id")),
    )
    op.create_index(op.f("ix_membership_service_id"), "membership", ["service_id"], unique=False)
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"], unique=False)
    op.create_table(
        "provider",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("route", sa.String(length=60), nullable=True),
        sa.Column("urn", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_provider_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_provider_service_id_ref")),
    )
    op.create_index(op.f("ix_provider_service_id"), "provider", ["service_id"], unique=False)
    op.create_table(
        "scheme",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_scheme_period")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_scheme_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("service_id", "code", name=op.f("uq_scheme_service_id_code")),
    )
    op.create_index(op.f("ix_scheme_service_id"), "scheme", ["service_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_setting_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint(
            "service_id", "key", "from_on", name=op.f("uq_setting_service_id_key_from_on")
        ),
    )
    op.create_index(op.f("ix_setting_service_id"), "setting", ["service_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_source_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("service_id", "code", name=op.f("uq_source_service_id_code")),
    )
    op.create_index(op.f("ix_source_service_id"), "source", ["service_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_submission_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_service_id"), "submission", ["service_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("segment", sa.Text(), nullable=True),
        sa.Column("shape", sa.String(length=60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("upper", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("ambition", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("baseline", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_target_period")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_target_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("service_id", "label", name=op.f("uq_target_service_id_label")),
    )
    op.create_index(op.f("ix_target_service_id"), "target", ["service_id"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_campaign_cost")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_campaign_period")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_campaign_service_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_campaign_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_campaign_service_id_ref")),
    )
    op.create_index(op.f("ix_campaign_service_id"), "campaign", ["service_id"], unique=False)
    op.create_index(op.f("ix_campaign_source_id"), "campaign", ["source_id"], unique=False)
    op.create_table(
        "enquiry",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("route", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("applicant_1", sa.Text(), nullable=True),
        sa.Column("applicant_2", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("interests", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("spare_bedrooms", sa.Integer(), nullable=True),
        sa.Column("duplicate_of_id", sa.Uuid(), nullable=True),
        sa.Column("returning_of_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("spare_bedrooms >= 0", name=op.f("ck_enquiry_spare_bedrooms")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_enquiry_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["enquiry.id"], name=op.f("fk_enquiry_duplicate_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["returning_of_id"], ["enquiry.id"], name=op.f("fk_enquiry_returning_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_enquiry_service_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_enquiry_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_enquiry_service_id_ref")),
    )
    op.create_index(
        op.f("ix_enquiry_duplicate_of_id"), "enquiry", ["duplicate_of_id"], unique=False
    )
    op.create_index(
        op.f("ix_enquiry_returning_of_id"), "enquiry", ["returning_of_id"], unique=False
    )
    op.create_index(op.f("ix_enquiry_service_id"), "enquiry", ["service_id"], unique=False)
    op.create_index(
        "ix_enquiry_service_id_received_at", "enquiry", ["service_id", "received_at"], unique=False
    )
    op.create_table(
        "case_state",
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("beside", sa.String(length=60), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("waits_for", sa.String(length=60), nullable=False),
        sa.Column("waits_on", sa.String(length=60), nullable=False),
        sa.Column("last_event", sa.String(length=60), nullable=True),
        sa.Column("last_event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported", sa.String(length=60), nullable=False),
        sa.Column("enquiry_on", sa.Date(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("initial_visit_on", sa.Date(), nullable=True),
        sa.Column("application_on", sa.Date(), nullable=True),
        sa.Column("stage1_complete_on", sa.Date(), nullable=True),
        sa.Column("stage2_on", sa.Date(), nullable=True),
        sa.Column("panel_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_contacted_on", sa.Date(), nullable=True),
        sa.Column("recorded_initial_visit_on", sa.Date(), nullable=True),
        sa.Column("recorded_application_on", sa.Date(), nullable=True),
        sa.Column("recorded_stage1_complete_on", sa.Date(), nullable=True),
        sa.Column("recorded_stage2_on", sa.Date(), nullable=True),
        sa.Column("recorded_panel_on", sa.Date(), nullable=True),
        sa.Column("contact_attempts", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_response_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_to", sa.Text(), nullable=True),
        sa.Column("visit_booked_for", sa.Date(), nullable=True),
        sa.Column("not_now_until_on", sa.Date(), nullable=True),
        sa.Column("application_received_on", sa.Date(), nullable=True),
        sa.Column("six_month_due_on", sa.Date(), nullable=True),
        sa.Column("eight_month_due_on", sa.Date(), nullable=True),
        sa.Column("applicant_paused_days", sa.Integer(), nullable=False),
        sa.Column("net_due_on", sa.Date(), nullable=True),
        sa.Column("paused_since", sa.Date(), nullable=True),
        sa.Column("paused_by", sa.String(length=60), nullable=True),
        sa.Column("stage1_started_on", sa.Date(), nullable=True),
        sa.Column("stage1_information_complete_on", sa.Date(), nullable=True),
        sa.Column("refusal_last_on", sa.Date(), nullable=True),
        sa.Column("stage2_started_on", sa.Date(), nullable=True),
        sa.Column("brief_report_on", sa.Date(), nullable=True),
        sa.Column("report_shared_on", sa.Date(), nullable=True),
        sa.Column("report_completed_on", sa.Date(), nullable=True),
        sa.Column("panel_booked_for", sa.Date(), nullable=True),
        sa.Column("papers_due_on", sa.Date(), nullable=True),
        sa.Column("recommended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recommendation", sa.String(length=60), nullable=True),
        sa.Column("first_recommended_on", sa.Date(), nullable=True),
        sa.Column("minutes_final_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_due_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=60), nullable=True),
        sa.Column("first_decided_on", sa.Date(), nullable=True),
        sa.Column("first_decision", sa.String(length=60), nullable=True),
        sa.Column("told_due_on", sa.Date(), nullable=True),
        sa.Column("told_orally_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_due_on", sa.Date(), nullable=True),
        sa.Column("notice_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("determination_sent_on", sa.Date(), nullable=True),
        sa.Column("representations_until_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=60), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("closing_decider", sa.String(length=60), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_case_state_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_case_state_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_state")),
        sa.UniqueConstraint("enquiry_id", name=op.f("uq_case_state_enquiry_id")),
    )
    op.create_index(op.f("ix_case_state_service_id"), "case_state", ["service_id"], unique=False)
    op.create_table(
        "household",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("approval", sa.String(length=60), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("enquiry_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("bedrooms", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("arrived_by", sa.String(length=60), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_initiated_by", sa.String(length=60), nullable=True),
        sa.Column("end_reason", sa.String(length=60), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("bedrooms >= 0", name=op.f("ck_household_bedrooms")),
        sa.CheckConstraint("ended_on >= approved_on", name=op.f("ck_household_period")),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_household_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["household.id"], name=op.f("fk_household_follows_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_household_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("id", "service_id", name=op.f("uq_household_id_service_id")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_household_service_id_ref")),
    )
    op.create_index(op.f("ix_household_enquiry_id"), "household", ["enquiry_id"], unique=False)
    op.create_index(op.f("ix_household_follows_id"), "household", ["follows_id"], unique=False)
    op.create_index(op.f("ix_household_service_id"), "household", ["service_id"], unique=False)
    op.create_table(
        "pipeline_event",
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_pipeline_event_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["membership.id"], name=op.f("fk_pipeline_event_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_pipeline_event_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["pipeline_event.id"],
            name=op.f("fk_pipeline_event_superseded_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipeline_event")),
    )
    op.create_index("ix_pipeline_event_enquiry_id", "pipeline_event", ["enquiry_id"], unique=False)
    op.create_index(
        op.f("ix_pipeline_event_service_id"), "pipeline_event", ["service_id"], unique=False
    )
    op.create_index(
        op.f("ix_pipeline_event_superseded_by_id"),
        "pipeline_event",
        ["superseded_by_id"],
        unique=False,
    )
    op.create_index(
        "uq_pipeline_event_enquiry_id_event_at",
        "pipeline_event",
        ["enquiry_id", "event", "at"],
        unique=True,
        postgresql_where="superseded_by_id IS NULL AND NOT is_void",
    )
    op.create_table(
        "allocation",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("enquiry_id", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("is_cover", sa.Boolean(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(enquiry_id, household_id) = 1", name=op.f("ck_allocation_one_record")
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_allocation_period")),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_allocation_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_allocation_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_allocation_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_allocation_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint(
            "membership_id",
            "enquiry_id",
            "household_id",
            "from_on",
            name=op.f("uq_allocation_membership_id_enquiry_id_household_id_from_on"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_allocation_enquiry_id"), "allocation", ["enquiry_id"], unique=False)
    op.create_index(
        op.f("ix_allocation_household_id"), "allocation", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_allocation_membership_id"), "allocation", ["membership_id"], unique=False
    )
    op.create_index(op.f("ix_allocation_service_id"), "allocation", ["service_id"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_role", sa.String(length=60), nullable=True),
        sa.Column("vacant", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("vacant >= 0", name=op.f("ck_confirmation_vacant")),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_confirmation_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["membership.id"], name=op.f("fk_confirmation_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_confirmation_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["confirmation.id"],
            name=op.f("fk_confirmation_superseded_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index("ix_confirmation_household_id", "confirmation", ["household_id"], unique=False)
    op.create_index(
        op.f("ix_confirmation_service_id"), "confirmation", ["service_id"], unique=False
    )
    op.create_index(
        op.f("ix_confirmation_superseded_by_id"), "confirmation", ["superseded_by_id"], unique=False
    )
    op.create_index(
        "uq_confirmation_household_id_at",
        "confirmation",
        ["household_id", "at"],
        unique=True,
        postgresql_where="superseded_by_id IS NULL AND NOT is_void",
    )
    op.create_table(
        "person",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("enquiry_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=60), nullable=True),
        sa.Column("ethnicity", sa.String(length=60), nullable=True),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("religion", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("tsd", sa.String(length=60), nullable=True),
        sa.Column("tsd_on", sa.Date(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(household_id, enquiry_id) > 0", name=op.f("ck_person_belongs")
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_person_period")),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"], name=op.f("fk_person_enquiry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_person_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_person_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("service_id", "ref", name=op.f("uq_person_service_id_ref")),
    )
    op.create_index(op.f("ix_person_enquiry_id"), "person", ["enquiry_id"], unique=False)
    op.create_index(op.f("ix_person_household_id"), "person", ["household_id"], unique=False)
    op.create_index(op.f("ix_person_service_id"), "person", ["service_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("household_service_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("place_type", sa.String(length=60), nullable=False),
        sa.Column("provider_type", sa.String(length=60), nullable=True),
        sa.Column("purpose", sa.String(length=60), nullable=True),
        sa.Column("places_used", sa.Integer(), nullable=False),
        sa.Column("weekly_cost", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("distance_miles", sa.Numeric(), nullable=True),
        sa.Column("in_area", sa.Boolean(), nullable=True),
        sa.Column("scheme_id", sa.Uuid(), nullable=True),
        sa.Column("respite_of_id", sa.Uuid(), nullable=True),
        sa.Column("end_reason", sa.String(length=60), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(household_id IS NULL) = (household_service_id IS NULL)",
            name=op.f("ck_placement_household_service"),
        ),
        sa.CheckConstraint("distance_miles >= 0", name=op.f("ck_placement_distance_miles")),
        sa.CheckConstraint(
            "num_nonnulls(household_id, provider_id) = 1", name=op.f("ck_placement_one_home")
        ),
        sa.CheckConstraint("places_used > 0", name=op.f("ck_placement_places_used")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_placement_period")),
        sa.CheckConstraint("weekly_cost >= 0", name=op.f("ck_placement_weekly_cost")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_placement_child_id")),
        sa.ForeignKeyConstraint(
            ["household_id", "household_service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_placement_household_id_household_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_placement_provider_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["membership.id"], name=op.f("fk_placement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["respite_of_id"], ["placement.id"], name=op.f("fk_placement_respite_of_id")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_placement_scheme_id")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_placement_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["placement.id"],
            name=op.f("fk_placement_superseded_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_child_id"), "placement", ["child_id"], unique=False)
    op.create_index("ix_placement_household_id", "placement", ["household_id"], unique=False)
    op.create_index(
        op.f("ix_placement_household_service_id"),
        "placement",
        ["household_service_id"],
        unique=False,
    )
    op.create_index(op.f("ix_placement_provider_id"), "placement", ["provider_id"], unique=False)
    op.create_index(
        op.f("ix_placement_respite_of_id"), "placement", ["respite_of_id"], unique=False
    )
    op.create_index(op.f("ix_placement_service_id"), "placement", ["service_id"], unique=False)
    op.create_index(
        op.f("ix_placement_superseded_by_id"), "placement", ["superseded_by_id"], unique=False
    )
    op.create_index(
        "uq_placement_service_id_ref",
        "placement",
        ["service_id", "ref"],
        unique=True,
        postgresql_where="superseded_by_id IS NULL",
    )
    op.create_table(
        "scheme_member",
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_scheme_member_period")),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_scheme_member_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_member_scheme_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_scheme_member_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_member")),
        sa.UniqueConstraint(
            "scheme_id",
            "household_id",
            "from_on",
            name=op.f("uq_scheme_member_scheme_id_household_id_from_on"),
        ),
    )
    op.create_index(
        op.f("ix_scheme_member_service_id"), "scheme_member", ["service_id"], unique=False
    )
    op.create_table(
        "skill_held",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=60), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_skill_held_period")),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_skill_held_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_skill_held_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_held")),
        sa.UniqueConstraint(
            "household_id",
            "skill",
            "from_on",
            name=op.f("uq_skill_held_household_id_skill_from_on"),
        ),
    )
    op.create_index(op.f("ix_skill_held_service_id"), "skill_held", ["service_id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("carer_type", sa.String(length=60), nullable=False),
        sa.Column("primary_offer", sa.String(length=60), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("genders", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("placement_types", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("siblings_only", sa.Boolean(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(carer_type = 'connected_person') = (primary_offer = 'family_and_friends') OR primary_offer IS NULL OR primary_offer = 'not_known'",
            name=op.f("ck_terms_primary_offer"),
        ),
        sa.CheckConstraint("age_min <= age_max", name=op.f("ck_terms_ages")),
        sa.CheckConstraint("age_min >= 0", name=op.f("ck_terms_age_min")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_terms_places")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_terms_period")),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_terms_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_terms_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["terms.id"],
            name=op.f("fk_terms_superseded_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_index("ix_terms_household_id", "terms", ["household_id"], unique=False)
    op.create_index(op.f("ix_terms_service_id"), "terms", ["service_id"], unique=False)
    op.create_index(op.f("ix_terms_superseded_by_id"), "terms", ["superseded_by_id"], unique=False)
    op.create_table(
        "unavailability",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("expected_until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expected_until_on >= from_on", name=op.f("ck_unavailability_expected")),
        sa.CheckConstraint("places > 0", name=op.f("ck_unavailability_places")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_unavailability_period")),
        sa.ForeignKeyConstraint(
            ["household_id", "service_id"],
            ["household.id", "household.service_id"],
            name=op.f("fk_unavailability_household_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["membership.id"], name=op.f("fk_unavailability_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["membership.id"], name=op.f("fk_unavailability_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["fostering_service.id"], name=op.f("fk_unavailability_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["unavailability.id"],
            name=op.f("fk_unavailability_superseded_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailability")),
    )
    op.create_index(
        "ix_unavailability_household_id", "unavailability", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_unavailability_service_id"), "unavailability", ["service_id"], unique=False
    )
    op.create_index(
        op.f("ix_unavailability_superseded_by_id"),
        "unavailability",
        ["superseded_by_id"],
        unique=False,
    )
    op.create_index(
        "uq_unavailability_service_id_ref",
        "unavailability",
        ["service_id", "ref"],
        unique=True,
        postgresql_where="superseded_by_id IS NULL",
    )


def drop_tables() -> None:
    op.drop_index(
        "uq_unavailability_service_id_ref",
        table_name="unavailability",
        postgresql_where="superseded_by_id IS NULL",
    )
    op.drop_index(op.f("ix_unavailability_superseded_by_id"), table_name="unavailability")
    op.drop_index(op.f("ix_unavailability_service_id"), table_name="unavailability")
    op.drop_index("ix_unavailability_household_id", table_name="unavailability")
    op.drop_table("unavailability")
    op.drop_index(op.f("ix_terms_superseded_by_id"), table_name="terms")
    op.drop_index(op.f("ix_terms_service_id"), table_name="terms")
    op.drop_index("ix_terms_household_id", table_name="terms")
    op.drop_table("terms")
    op.drop_index(op.f("ix_skill_held_service_id"), table_name="skill_held")
    op.drop_table("skill_held")
    op.drop_index(op.f("ix_scheme_member_service_id"), table_name="scheme_member")
    op.drop_table("scheme_member")
    op.drop_index(
        "uq_placement_service_id_ref",
        table_name="placement",
        postgresql_where="superseded_by_id IS NULL",
    )
    op.drop_index(op.f("ix_placement_superseded_by_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_service_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_respite_of_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_provider_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_household_service_id"), table_name="placement")
    op.drop_index("ix_placement_household_id", table_name="placement")
    op.drop_index(op.f("ix_placement_child_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_person_service_id"), table_name="person")
    op.drop_index(op.f("ix_person_household_id"), table_name="person")
    op.drop_index(op.f("ix_person_enquiry_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(
        "uq_confirmation_household_id_at",
        table_name="confirmation",
        postgresql_where="superseded_by_id IS NULL AND NOT is_void",
    )
    op.drop_index(op.f("ix_confirmation_superseded_by_id"), table_name="confirmation")
    op.drop_index(op.f("ix_confirmation_service_id"), table_name="confirmation")
    op.drop_index("ix_confirmation_household_id", table_name="confirmation")
    op.drop_table("confirmation")
    op.drop_index(op.f("ix_allocation_service_id"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_membership_id"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_household_id"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_enquiry_id"), table_name="allocation")
    op.drop_table("allocation")
    op.drop_index(
        "uq_pipeline_event_enquiry_id_event_at",
        table_name="pipeline_event",
        postgresql_where="superseded_by_id IS NULL AND NOT is_void",
    )
    op.drop_index(op.f("ix_pipeline_event_superseded_by_id"), table_name="pipeline_event")
    op.drop_index(op.f("ix_pipeline_event_service_id"), table_name="pipeline_event")
    op.drop_index("ix_pipeline_event_enquiry_id", table_name="pipeline_event")
    op.drop_table("pipeline_event")
    op.drop_index(op.f("ix_household_service_id"), table_name="household")
    op.drop_index(op.f("ix_household_follows_id"), table_name="household")
    op.drop_index(op.f("ix_household_enquiry_id"), table_name="household")
    op.drop_table("household")
    op.drop_index(op.f("ix_case_state_service_id"), table_name="case_state")
    op.drop_table("case_state")
    op.drop_index("ix_enquiry_service_id_received_at", table_name="enquiry")
    op.drop_index(op.f("ix_enquiry_service_id"), table_name="enquiry")
    op.drop_index(op.f("ix_enquiry_returning_of_id"), table_name="enquiry")
    op.drop_index(op.f("ix_enquiry_duplicate_of_id"), table_name="enquiry")
    op.drop_table("enquiry")
    op.drop_index(op.f("ix_campaign_source_id"), table_name="campaign")
    op.drop_index(op.f("ix_campaign_service_id"), table_name="campaign")
    op.drop_table("campaign")
    op.drop_index(op.f("ix_target_service_id"), table_name="target")
    op.drop_table("target")
    op.drop_index(op.f("ix_submission_service_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_source_service_id"), table_name="source")
    op.drop_table("source")
    op.drop_index(op.f("ix_setting_service_id"), table_name="setting")
    op.drop_table("setting")
    op.drop_index(op.f("ix_scheme_service_id"), table_name="scheme")
    op.drop_table("scheme")
    op.drop_index(op.f("ix_provider_service_id"), table_name="provider")
    op.drop_table("provider")
    op.drop_index(op.f("ix_membership_user_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_service_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_child_service_id"), table_name="child")
    op.drop_table("child")
    op.drop_index("ix_audit_entry_subject_id_number", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_service_id"), table_name="audit_entry")
    op.drop_index("ix_audit_entry_record_id", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("user_account")
    op.drop_index(op.f("ix_fostering_service_parent_id"), table_name="fostering_service")
    op.drop_table("fostering_service")
