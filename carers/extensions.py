"""Flask's extensions, unbound until create_app binds them."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate.api import AutogenContext
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import Enum

from carers.models.base import Instant

login_manager = LoginManager()
csrf = CSRFProtect()


def _plain(kind: str, item: Any, _: AutogenContext) -> str | bool:
    """Write our own types into migrations as what the database calls them."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


migrate = Migrate(render_item=_plain, compare_type=True, render_as_batch=False)
