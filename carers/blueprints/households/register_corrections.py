"""Entries of a home’s register put right, or removed: skills, schemes, people, the ending."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.correcting import known
from carers.blueprints.households import bp
from carers.blueprints.households import register_correction_forms as forms
from carers.blueprints.households.corrections import IN_PLACE, correct_or_remove
from carers.blueprints.households.ending_forms import CorrectEndingForm, known_of
from carers.blueprints.households.register import last_change, mine_to_edit
from carers.domain.ending import check_ended
from carers.domain.permissions import Permission
from carers.domain.register import PersonRole
from carers.queries import register_rows
from carers.services import ending_corrections, register_corrections

ENDING_NOTE = (
    "The terms, holds, skills, schemes and allocations that ended on its day move with it."
    " What it made void stays so: record that again."
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
@requires(Permission.ENDING_CORRECT)
def correct_ending(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    check_ended(home.ended_on)
    form = CorrectEndingForm(seen=last_change(household_id), data=known_of(home))
    acts, heading = (ending_corrections.correct, ending_corrections.remove), "Correct the ending"
    return correct_or_remove(home, form, acts, heading, note=ENDING_NOTE)
