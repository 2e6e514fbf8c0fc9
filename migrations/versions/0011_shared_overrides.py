"""A shared service’s manager overrides in a member’s home."""

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


def upgrade() -> None:
    op.execute(overfill_before().replace(OWN, SHARED))


def downgrade() -> None:
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
