"""A shared service’s manager overrides in a member’s home; our child in a home that is not ours.

Of a home of another service, where a child of ours lives or lived, the figures of our children
need its approval and its type of carer, which its own rows would tell only whole: a function tells
these alone, of the homes that our placements name.
"""

import importlib.util
from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"

OWN = "AND service_id IN (NEW.service_id, home.service_id)"
SHARED = """AND service_id IN (
        NEW.service_id, home.service_id,
        (SELECT parent_id FROM fostering_service WHERE id = home.service_id)
      )"""

SEEN = "(SELECT string_to_array(current_setting('carers.services', true), ',')::uuid[])::uuid[]"
ELSEWHERE = f"""
CREATE FUNCTION homes_of_our_children(asked uuid[]) RETURNS TABLE (
  household_id uuid, approval text, approved_on date, ended_on date,
  from_on date, until_on date, carer_type text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT home.id, home.approval, home.approved_on, home.ended_on,
         terms.from_on, terms.until_on, terms.carer_type
  FROM household AS home
  LEFT JOIN terms ON terms.household_id = home.id
    AND terms.superseded_by_id IS NULL AND NOT terms.is_void
  WHERE home.id IN (
    SELECT stay.household_id FROM placement AS stay
    WHERE stay.service_id = ANY (asked) AND stay.service_id = ANY ({SEEN})
      AND stay.household_service_id <> ALL ({SEEN})
      AND stay.superseded_by_id IS NULL AND NOT stay.is_void
  )
  ORDER BY home.id, terms.from_on
$$;
REVOKE ALL ON FUNCTION homes_of_our_children(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION homes_of_our_children(uuid[]) TO carers_web, carers_worker;
"""


def upgrade() -> None:
    op.execute(overfill_before().replace(OWN, SHARED))
    op.execute(ELSEWHERE)


def downgrade() -> None:
    op.execute("DROP FUNCTION homes_of_our_children(uuid[])")
    op.execute(overfill_before())


def overfill_before() -> str:
    """The function of the fourth migration, which this one’s takes the place of."""
    path = Path(__file__).with_name("0004_exemptions.py")
    spec = importlib.util.spec_from_file_location("exemptions", path)
    assert spec is not None and spec.loader is not None
    exemptions = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exemptions)
    assert OWN in exemptions.OVERFILL
    return str(exemptions.OVERFILL)
