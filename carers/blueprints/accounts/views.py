"""Signing in and out, and one's password. In a demonstration an invented account needs none."""

from __future__ import annotations

from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from carers import access
from carers.access import public, signed_in_only, signed_in_viewer
from carers.blueprints import shell
from carers.blueprints.accounts import bp
from carers.blueprints.accounts.forms import ChangePasswordForm, SignInForm
from carers.blueprints.forms import Form
from carers.blueprints.sending import carry_out
from carers.db import transaction
from carers.domain.errors import Busy, NotFound, RuleBroken
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.extensions import login_manager
from carers.models import User
from carers.queries import accounts
from carers.services import signing_in, users

DOES = {
    Role.RECRUITMENT_OFFICER: "Answers enquiries and takes them to an application",
    Role.ASSESSING_SOCIAL_WORKER: "Assesses the cases given to them, stages 1 and 2",
    Role.PANEL_ADMINISTRATOR: "Books panels, records recommendations and minutes",
    Role.DECISION_MAKER: "Decides, and so enters homes in the register",
    Role.SUPERVISING_SOCIAL_WORKER: "Keeps the places of their own homes true, by phone",
    Role.PLACEMENTS_OFFICER: "Finds homes with a vacant place, and places children",
    Role.TEAM_MANAGER: "Sees and may mend all of it but decisions",
    Role.HEAD_OF_SERVICE: "Holds recruitment against targets and net gain",
    Role.SENIOR_READER: "Reads figures, and no records",
}

login_manager.login_view = "accounts.sign_in"
login_manager.login_message = None


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"))
    return redirect(shell.begins_at(signed_in_viewer()))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        wrong = RuleBroken("Check your email address and password")
        person = _whose(form, form.email.data, form.password.data, wrong)
        if person and (signed_in := access.signed_in_as(person.id)):
            return _enter(signed_in)
        if not form.errors:
            form.refuse(wrong)
    people = accounts.for_demonstration() if is_demonstration() else []
    return render_template(
        "accounts/sign_in.html", form=form, people=people, does=DOES, heading="Sign in"
    )


@bp.post("/sign-in/<uuid:membership_id>")
@public
def sign_in_as(membership_id: UUID) -> ResponseReturnValue:
    """Sign in to an invented account, which only a demonstration has."""
    if not is_demonstration():
        abort(404)
    membership = accounts.demonstrated(membership_id)
    signed_in = access.signed_in_as(membership.user_id, membership.id)
    if signed_in is None:
        raise NotFound
    return _enter(signed_in)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash("You are signed out", "success")
    return redirect(url_for("accounts.sign_in"))


@bp.route("/change-password", methods=["GET", "POST"])
@signed_in_only
def change_password() -> ResponseReturnValue:
    """Whoever else is signed in to the account is signed out by it."""
    viewer = signed_in_viewer()
    account = accounts.of(viewer)
    heading, template = "Change your password", "accounts/change_password.html"
    if account.password_hash is None:
        return render_template(template, heading=heading)
    form = ChangePasswordForm()
    if form.validate_on_submit() and _changed(form, account, viewer):
        login_user(access.signed_in_as(account.id, viewer.membership_id))
        flash("Your password is changed, and you are signed out everywhere else", "success")
        return redirect(shell.begins_at(viewer))
    return render_template(template, heading=heading, form=form)


@bp.get("/choose-service")
@signed_in_only
def choose_service() -> ResponseReturnValue:
    viewer = signed_in_viewer()
    memberships = access.memberships_of(viewer.user_id) if viewer.user_id else []
    return render_template(
        "accounts/choose_service.html",
        heading="Choose a service",
        memberships=memberships,
        current=viewer.membership_id,
    )


@bp.post("/choose-service/<uuid:membership_id>")
@signed_in_only
def work_in(membership_id: UUID) -> ResponseReturnValue:
    user_id = signed_in_viewer().user_id
    signed_in = access.signed_in_as(user_id, membership_id) if user_id else None
    if signed_in is None:
        raise NotFound
    return _enter(signed_in)


@bp.get("/no-pages")
@signed_in_only
def nowhere() -> ResponseReturnValue:
    return render_template(
        "accounts/nowhere.html",
        heading="Your role has no pages yet",
        is_administrator=Role.ADMINISTRATOR in signed_in_viewer().roles,
    )


def is_our_own(address: str) -> bool:
    """Whether an address to go on to is a page of this service, and nobody else's."""
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    return is_plain and address.startswith("/") and not address.startswith("//")


def is_demonstration() -> bool:
    return bool(current_app.config["CARERS_MODE"] == "demonstration")


def _changed(form: ChangePasswordForm, account: User, viewer: Viewer) -> bool:
    """Whether the account has its new password; the form says why not."""
    wrong = RuleBroken("This is not your current password", field="current")
    if _whose(form, account.email, form.current.data, wrong) is None:
        return False
    password = form.password.data or ""
    return carry_out(form, lambda: users.set_password(account, password, by=viewer))


def _whose(form: Form, email: str | None, password: str | None, wrong: RuleBroken) -> User | None:
    """Whom an email and a password belong to, none with the refusal on the form.

    The try is kept, whatever comes of it.
    """
    try:
        with transaction():
            person = signing_in.attempt(email or "", password or "", came_from=access.came_from())
    except (RuleBroken, Busy) as error:
        form.refuse(error)
        return None
    if person is None:
        form.refuse(wrong)
    return person


def _enter(signed_in: access.SignedIn) -> ResponseReturnValue:
    asked = request.args.get("next", "")
    session.clear()
    session.permanent = True
    login_user(signed_in)
    if is_our_own(asked):
        return redirect(asked)
    return redirect(shell.begins_at(signed_in.viewer))
