"""A home’s register changed from its page: reaching it, people, skills and schemes."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from carers.access import requires, signed_in_viewer
from carers.blueprints.households import bp
from carers.blueprints.households import register_forms as forms
from carers.blueprints.households.editing import changing, last_change, mine_to_edit
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.domain.register import PersonRole
from carers.queries import register_rows
from carers.services import register

NO_SCHEMES = (
    "No scheme of the service is open. Schemes come with the files that are loaded: ask whoever"
    " loads them."
)


@bp.route("/households/<uuid:household_id>/edit", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def edit(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.EditForm(seen=last_change(household_id), data=forms.known_of(home))
    return changing(home, form, register.edit, "Change how to reach them", "Saved")


@bp.route("/households/<uuid:household_id>/people/add", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def add_person(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.PersonForm(seen=last_change(household_id))
    return changing(home, form, register.add_person, "Add a person", "The person is added")


@bp.route("/households/<uuid:household_id>/people/<uuid:person_id>", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_person(household_id: UUID, person_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    person = register_rows.person(household_id, person_id, viewer=signed_in_viewer())
    known = forms.known_of_person(person)
    form = forms.PersonForm(seen=last_change(household_id), data=known)
    act = register.change_person
    return changing(home, form, act, "Change a person", "Saved", person_id=person_id)


@bp.route("/households/<uuid:household_id>/people/<uuid:person_id>/left", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def person_left(household_id: UUID, person_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    person = register_rows.person(household_id, person_id, viewer=signed_in_viewer())
    form = forms.UntilForm(seen=last_change(household_id))
    name = person.name if person.role is PersonRole.CARER else person.role.label
    heading = f"{name} is no longer here"
    act = register.person_left
    return changing(home, form, act, heading, "Saved", person_id=person_id)


@bp.route("/households/<uuid:household_id>/skills/add", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def add_skill(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.SkillForm(seen=last_change(household_id))
    return changing(home, form, register.add_skill, "Add a skill", "The skill is added")


@bp.route("/households/<uuid:household_id>/skills/<uuid:skill_id>/end", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def end_skill(household_id: UUID, skill_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    skill = register_rows.skill(household_id, skill_id, viewer=signed_in_viewer())
    form = forms.UntilForm(seen=last_change(household_id))
    heading, act = f"End the skill: {skill.skill.label}", register.end_skill
    return changing(home, form, act, heading, "The skill is ended", skill_id=skill_id)


@bp.route("/households/<uuid:household_id>/schemes/join", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def join_scheme(household_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    form = forms.JoinForm(seen=last_change(household_id))
    schemes = register_rows.schemes_open_on(
        home.service_id, clock.today(), viewer=signed_in_viewer()
    )
    form.offer((one.id, one.name) for one in schemes)
    note = "" if schemes else NO_SCHEMES
    act = register.join_scheme
    return changing(home, form, act, "Join a scheme", "The home joined it", note=note)


@bp.route("/households/<uuid:household_id>/schemes/<uuid:member_id>/leave", methods=["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def leave_scheme(household_id: UUID, member_id: UUID) -> ResponseReturnValue:
    home = mine_to_edit(household_id)
    member = register_rows.member(household_id, member_id, viewer=signed_in_viewer())
    form = forms.UntilForm(seen=last_change(household_id))
    heading, act = f"Leave {member.scheme.name}", register.leave_scheme
    return changing(home, form, act, heading, "The home left it", member_id=member_id)
