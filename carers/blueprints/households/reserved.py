"""Places reserved for a search: how they read, and the searches that a form offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from carers import filters
from carers.domain.viewer import Viewer
from carers.models import Search, Unavailability
from carers.queries import searches, stays


def why(hold: Unavailability, refs: Mapping[UUID, str]) -> str:
    """“Reserved for C-0412 (search S-0007)”; for any other hold, its reason."""
    if hold.search_id is None:
        return hold.reason.label
    if hold.search is None:
        return "Reserved for a child of another service"
    children = filters.listed(searches.refs_in(hold.search, refs)) or "a child not known"
    closed = ", closed" if hold.search.closed_at else ""
    return f"Reserved for {children} (search {hold.search.ref}{closed})"


def offered(viewer: Viewer, hold: Unavailability | None = None) -> Iterator[tuple[UUID, str]]:
    """The open searches, after the one that a hold names where it is none of them."""
    found = searches.open_ones(viewer)
    if hold and hold.search_id and hold.search_id not in {one.id for one in found}:
        yield hold.search_id, _named_already(hold.search, viewer)
    for one in found:
        yield one.id, _words(one.ref, one.children, one.needed_by)


def _named_already(search: Search | None, viewer: Viewer) -> str:
    if search is None:
        return "A search of another service"
    refs = stays.refs_of(search.child_ids, viewer=viewer)
    return _words(f"{search.ref}, closed", searches.refs_in(search, refs), search.needed_by)


def _words(ref: str, children: Sequence[str], needed_by: date | None) -> str:
    needed = f", needed by {filters.day(needed_by)}" if needed_by else ""
    return f"{ref}: {filters.listed(children) or 'a child not known'}{needed}"
