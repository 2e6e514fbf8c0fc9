"""The shape of every change of a home from a page: who may, what they saw, and asking again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from carers.access import signed_in_viewer
from carers.blueprints.correcting import CorrectionForm
from carers.blueprints.forms import Form
from carers.blueprints.households.views import about
from carers.blueprints.sending import carry_out
from carers.blueprints.stay_forms import OverridableForm
from carers.domain import clock
from carers.domain.home_changes import check_may_change
from carers.models import Household
from carers.queries import changes, households

NOTE = "What was written stays in the history, struck through. It counts in nothing from now on."
IN_PLACE = (
    "What was written is kept in the audit alone. An entry that was a mistake stays in the history,"
    " struck through."
)


def mine_to_edit(household_id: UUID) -> Household:
    """Raises NotAllocated where the home is not one's own to change."""
    viewer = signed_in_viewer()
    household = households.get(household_id, viewer=viewer)
    is_allocated = households.is_allocated(household_id, viewer=viewer, day=clock.today())
    check_may_change(viewer.roles, is_allocated=is_allocated)
    return household


def last_change(household_id: UUID) -> int:
    return changes.last_number(household_id, viewer=signed_in_viewer())


def changing(
    home: Household,
    form: Form,
    act: Callable[..., Any],
    heading: str,
    done: str | Callable[[Any], str],
    *,
    note: str = "",
    **ids: UUID,
) -> ResponseReturnValue:
    """Ask with a form, act with its answers, and go back to the home; or ask again.

    ``done`` is what is said then, or says it of the form.
    """
    viewer = signed_in_viewer()
    if form.validate_on_submit() and carry_out(
        form,
        lambda: act(home.id, **ids, **form.answers, seen=form.seen_number, by=viewer),
    ):
        flash(done if isinstance(done, str) else done(form), "success")
        return redirect(url_for("households.show", household_id=home.id))
    return form_page("change", home, form, heading, note=note)


def correct_or_remove(
    home: Household,
    form: CorrectionForm,
    acts: tuple[Callable[..., Any], Callable[..., Any]],
    heading: str,
    *,
    note: str = NOTE,
    **ids: UUID,
) -> ResponseReturnValue:
    """Put right what was asked, or remove it; or ask again."""
    correct, remove = acts

    def act(household_id: UUID, *, seen: int | None, by: Any, **answers: Any) -> None:
        if form.is_mistake:
            remove(household_id, **ids, **answers, seen=seen, by=by)
        else:
            correct(household_id, **ids, **answers, seen=seen, by=by)

    done = "The entry is removed" if form.is_mistake else "The entry is corrected"
    return changing(home, form, act, heading, done, note=note)


def form_page(name: str, home: Household, form: Form, heading: str, **more: Any) -> str:
    viewer = signed_in_viewer()
    return render_template(
        f"households/{name}.html",
        **about(home, viewer)
        | {"heading": heading, "back_link": url_for(".show", household_id=home.id)}
        | {"caption": f"{home.name}, {home.ref}"}
        | more,
        form=form,
        asks_override=isinstance(form, OverridableForm) and form.asks_override(viewer),
    )
