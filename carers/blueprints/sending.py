"""The shape of every change from a page: take the form once, change, or say why not."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from carers.access import signed_in_viewer
from carers.blueprints.forms import Form
from carers.db import AlreadySent, transaction
from carers.domain.errors import Busy, EntryRemoved, RuleBroken
from carers.services import submissions


def carry_out(form: Form, change: Callable[[], object]) -> bool:
    """Do a change in one transaction, and say whether it is done.

    A form sent a second time has done its work already. A rule that it breaks is put beside its
    field, with what was typed kept; a page that had grown stale shows what changed.
    """
    try:
        with transaction():
            submissions.once(form.sent, by=signed_in_viewer())
            change()
    except AlreadySent:
        return True
    except (RuleBroken, Busy) as error:
        form.refuse(error)
        form.changes = getattr(error, "changes", [])
        return False
    return True


def lead_from_removed(bp: Blueprint, endpoint: str, record: str) -> None:
    """Lead whoever asks for an entry that was removed to its record, and say so there.

    ``record`` is what the record's identifier is called in the addresses of both pages.
    """

    @bp.errorhandler(EntryRemoved)
    def lead(error: EntryRemoved) -> ResponseReturnValue:
        flash(error.sentence, "warning")
        return redirect(url_for(endpoint, **{record: (request.view_args or {})[record]}))
