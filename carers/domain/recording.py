"""What a person may record in a case now, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from carers.domain.errors import RuleBroken
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event
from carers.domain.roles import Role


@dataclass(frozen=True)
class Actor:
    """What somebody is to one case.

    ``is_assessor``: the case is allocated to them now, as assessing social worker.
    """

    roles: frozenset[Role]
    is_assessor: bool = False
    has_recommended: bool = False
    has_assessed: bool = False

    @classmethod
    def of(
        cls,
        roles: frozenset[Role],
        person: UUID | None,
        history: History,
        *,
        is_allocated: bool,
        was_allocated: bool = False,
    ) -> Self:
        """From who recorded what (``Happening.recorded_by``) and who has, or had, the case."""
        raise NotImplementedError


def allowed(history: History, *, actor: Actor, now: datetime) -> list[Event]:
    """The events that the graph, the guards and this person's roles allow now, in table order."""
    raise NotImplementedError


def refusal(history: History, event: Event, *, actor: Actor, now: datetime) -> RuleBroken | None:
    """Why an event may not be recorded now; none where it may."""
    raise NotImplementedError


def details(history: History, event: Event) -> Mapping[str, str]:
    """The codes, with their labels, that an event takes in this case; none where it takes none."""
    raise NotImplementedError


def check(history: History, happening: Happening, *, actor: Actor, now: datetime) -> History:
    """The history with the happening in it. Raises RuleBroken in words, with field at or detail."""
    raise NotImplementedError


def check_correction(
    history: History,
    mistaken: Happening,
    corrected: Happening | None,
    *,
    actor: Actor,
    now: datetime,
) -> History:
    """The history with one happening replaced, or voided where ``corrected`` is none."""
    raise NotImplementedError
