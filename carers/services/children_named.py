"""The children whom an exemption or a temporary approval names, found by their references."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from carers.domain.errors import RuleBroken
from carers.domain.exemptions import NobodyNamed, NoSuchChild
from carers.domain.viewer import Viewer
from carers.models import Child
from carers.queries import stays


def find(
    refs: Sequence[str], *, home_service_id: UUID, kept: Sequence[UUID] = (), by: Viewer
) -> list[UUID]:
    """The children of these references: of those ``kept``, of the home's service, or of another.

    Those kept whose references the viewer may not know stay named. Raises NoSuchChild,
    NobodyNamed; RuleBroken where it cannot be told which child is meant.
    """
    known = stays.children_called(refs, viewer=by)
    shown = stays.refs_of(kept, viewer=by)
    found = [child_id for child_id in kept if child_id not in shown]
    for ref in refs:
        meant = [one for one in known if one.ref == ref]
        found.append(_nearest(ref, meant, kept, home_service_id))
    if not found:
        raise NobodyNamed
    return found


def _nearest(ref: str, meant: Sequence[Child], kept: Sequence[UUID], home_service_id: UUID) -> UUID:
    near = [one for one in meant if one.id in kept]
    near = near or [one for one in meant if one.service_id == home_service_id] or list(meant)
    if not near:
        raise NoSuchChild(ref)
    if len(near) > 1:
        raise RuleBroken(f"More than one service has a child {ref}", field="children")
    return near[0].id
