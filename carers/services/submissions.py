"""A form does its work once, and never on a record that has changed unseen."""

from __future__ import annotations

from uuid import UUID

from carers.db import db
from carers.domain.errors import RuleBroken
from carers.domain.viewer import Viewer
from carers.models import Submission
from carers.queries import changes


class StalePage(RuleBroken):
    """The record was changed after the page was opened: ``changes`` says how, in words."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("Somebody changed this record while you had the page open. Look again")
        self.changes = found


def once(form_id: UUID, *, by: Viewer) -> None:
    """Take this copy of a form. A second of the same, even at the same moment, is AlreadySent."""
    db.session.add(Submission(id=form_id, service_id=by.service_id))
    db.session.flush()


def check_seen(subject_id: UUID, seen: int | None, *, by: Viewer) -> None:
    """Raise StalePage where a record has changed since its change number ``seen``.

    Call it with the record locked. A form that does not say what it saw is not checked.
    """
    if seen is None:
        return
    if found := changes.since(subject_id, seen, viewer=by):
        raise StalePage(found)
