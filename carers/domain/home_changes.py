"""Who may change what is recorded of a home, and in what capacity they do."""

from __future__ import annotations

from collections.abc import Collection

from carers.domain.capacity import ConfirmerRole
from carers.domain.errors import NotPermitted
from carers.domain.roles import Role


class NotAllocated(NotPermitted):
    """The home is another worker's: it may be read, and not changed."""

    def __init__(self) -> None:
        super().__init__(
            "This home is not allocated to you. Ask whoever has it, or your manager, to change it."
        )


class NotTheManager(NotPermitted):
    """It is a team manager's to do."""

    def __init__(self, act: str) -> None:
        super().__init__(f"Only a team manager may {act}")


def check_manager(roles: Collection[Role], act: str) -> None:
    """Raise NotTheManager for anybody but a team manager; ``act`` is what they were to do."""
    if Role.TEAM_MANAGER not in roles:
        raise NotTheManager(act)


def may_change(roles: Collection[Role], *, is_allocated: bool) -> bool:
    """Whether holds may be recorded: by whoever has the home, and by a team manager."""
    has_it = is_allocated and Role.SUPERVISING_SOCIAL_WORKER in roles
    return has_it or Role.TEAM_MANAGER in roles


def check_may_change(roles: Collection[Role], *, is_allocated: bool) -> None:
    """Raise NotAllocated unless the home is one's own to change."""
    if not may_change(roles, is_allocated=is_allocated):
        raise NotAllocated


def may_confirm(roles: Collection[Role], *, is_allocated: bool) -> bool:
    """Whether a position may be confirmed: by a placements officer too, as duty worker."""
    return Role.PLACEMENTS_OFFICER in roles or may_change(roles, is_allocated=is_allocated)


def confirmer_role(roles: Collection[Role], *, is_allocated: bool) -> ConfirmerRole:
    """In what capacity somebody confirms a home (EXCHANGE, confirmations.by_role).

    Raises NotAllocated where they may not.
    """
    if not may_confirm(roles, is_allocated=is_allocated):
        raise NotAllocated
    if is_allocated and Role.SUPERVISING_SOCIAL_WORKER in roles:
        return ConfirmerRole.SUPERVISING_SOCIAL_WORKER
    if Role.TEAM_MANAGER in roles:
        return ConfirmerRole.TEAM_MANAGER
    return ConfirmerRole.DUTY_WORKER
