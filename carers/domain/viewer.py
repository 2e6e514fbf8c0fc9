"""Who is asking, or acting: handed to every query and every service."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from carers.domain.permissions import GRANTS, Permission
from carers.domain.roles import Role


@dataclass(frozen=True)
class Viewer:
    """A person acting in one service, or a command acting by its name.

    ``service_id`` is where new records go; ``service_ids`` are all whose records may be seen:
    its own, and its members' where it is a shared service (DESIGN, Tenancy). ``ref`` is the
    person's reference in the service, or the command's name, and is what the audit keeps.
    """

    ref: str
    name: str
    service_id: UUID
    service_ids: tuple[UUID, ...]
    roles: frozenset[Role] = frozenset()
    membership_id: UUID | None = None
    user_id: UUID | None = None
    came_from: str = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(GRANTS[role] for role in self.roles))

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions
