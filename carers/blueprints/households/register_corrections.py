"""Entries of a home’s register put right, or removed: skills, people, the approval’s days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask.typing import ResponseReturnValue

from carers import filters
from carers.access import requires, signed_in_viewer
from carers.blueprints.correcting import known
from carers.blueprints.households import bp
from carers.blueprints.households import register_correction_forms as forms
from carers.blueprints.households.editing import (
    IN_PLACE,
    changing,
    correct_or_remove,
    last_change,
    mine_to_edit,
)
from carers.blueprints.households.ending_forms import CorrectEndingForm, known_of
from carers.domain.ending import check_ended
from carers.domain.permissions import Permission
from carers.domain.register import PersonRole
from carers.models import Household
from carers.queries import approval_rows, register_rows
from carers.services import approval_corrections, ending_corrections, register_corrections

ENDING_NOTE = (
    "The terms, holds, skills, schemes and allocations that ended on its day move with it."
    " What it made void stays so: record that again."
)
APPROVAL_NOTE = (
    "The terms, skills, schemes, allocations and exemptions that began on its day move with it."
)


@bp.route("/households/<uuid:household_id>/skills/<uuid:skill_id>/correct", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def correct_skill(household_id: UUID, skill_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    held = register_rows.skill(household_id, skill_id, viewer=viewer)
    data = known(held, forms.CorrectSkillForm)
    form = forms.CorrectSkillForm(seen=last_change(household_id), data=data)
    acts = register_corrections.correct_skill, register_corrections.remove_skill
    heading = f"Correct an entry: {held.skill.label}"
    return correct_or_remove(home, form, acts, heading, note=IN_PLACE, skill_id=skill_id)


@bp.route(
    "/households/<uuid:household_id>/schemes/<uuid:member_id>/correct", methods=["GET", "POST"]
)
@requires(Permission.HOUSEHOLD_EDIT)
def correct_member(household_id: UUID, member_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    member = register_rows.member(household_id, member_id, viewer=viewer)
    data = known(member, forms.CorrectMemberForm)
    form = forms.CorrectMemberForm(seen=last_change(household_id), data=data)
    acts = register_corrections.correct_member, register_corrections.remove_member
    heading = f"Correct an entry: {member.scheme.name}"
    return correct_or_remove(home, form, acts, heading, note=IN_PLACE, member_id=member_id)


@bp.route(
    "/households/<uuid:household_id>/people/<uuid:person_id>/correct", methods=["GET", "POST"]
)
@requires(Permission.HOUSEHOLD_EDIT)
def correct_person(household_id: UUID, person_id: UUID) -> ResponseReturnValue:
    home, viewer = mine_to_edit(household_id), signed_in_viewer()
    person = register_rows.person(household_id, person_id, viewer=viewer)
    data = known(person, forms.CorrectPersonForm)
    form = forms.CorrectPersonForm(seen=last_change(household_id), data=data)
    acts = register_corrections.correct_person, register_corrections.remove_person
    who = person.name if person.role is PersonRole.CARER else person.role.label
    heading = f"Correct an entry: {who}"
    return correct_or_remove(home, form, acts, heading, note=IN_PLACE, person_id=person_id)


@bp.route("/households/<uuid:household_id>/ending/correct", methods=["GET", "POST"])
@requires(Permission.APPROVAL_CORRECT)
def correct_ending(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    check_ended(home.ended_on)
    form = CorrectEndingForm(seen=last_change(household_id), data=known_of(home))
    acts, heading = (ending_corrections.correct, ending_corrections.remove), "Correct the ending"
    return correct_or_remove(home, form, acts, heading, note=ENDING_NOTE)


@bp.route("/households/<uuid:household_id>/approval/correct", methods=["GET", "POST"])
@requires(Permission.APPROVAL_CORRECT)
def correct_approval(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.CorrectApprovalForm(
        seen=last_change(household_id), data={"approved_on": home.approved_on}
    )
    note = ". ".join(filter(None, (_case_words(home, home.approved_on), APPROVAL_NOTE)))
    typed = form.approved_on.data or home.approved_on
    done = ". ".join(filter(None, ("The entry is corrected", _case_words(home, typed))))
    act, heading = approval_corrections.correct, "Correct the day of the approval"
    return changing(home, form, act, heading, done, note=note)


def _case_words(home: Household, approved_on: date) -> str:
    """That a home’s case has another day; nothing where they agree, or it has no case."""
    case = approval_rows.case_of(home, viewer=signed_in_viewer())
    if case is None or case.approved_on == approved_on:
        return ""
    return f"Its case {case.ref} says otherwise: approved on {filters.day(case.approved_on)}"
