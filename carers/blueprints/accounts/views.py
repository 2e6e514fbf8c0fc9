"""Signing in and out. In demonstration mode an invented account may be signed in to by name."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from carers import access
from carers.access import public, signed_in_only, signed_in_viewer
from carers.blueprints import shell
from carers.blueprints.accounts import bp
from carers.blueprints.accounts.forms import SignInForm
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.roles import Role
from carers.extensions import login_manager
from carers.queries import accounts
from carers.services import users

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
        person = users.verify(form.email.data or "", form.password.data or "")
        if person and (signed_in := access.signed_in_as(person.id)):
            return _enter(signed_in)
        form.refuse(RuleBroken("Check your email address and password"))
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
    return render_template("accounts/nowhere.html", heading="Your role has no pages yet")


def is_our_own(address: str) -> bool:
    """Whether an address to go on to is a page of this service, and nobody else's."""
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    parts = urlsplit(address) if is_plain else None
    return parts is not None and parts.path.startswith("/") and not (parts.scheme or parts.netloc)


def is_demonstration() -> bool:
    return bool(current_app.config["CARERS_MODE"] == "demonstration")


def _enter(signed_in: access.SignedIn) -> ResponseReturnValue:
    asked = request.args.get("next", "")
    session.clear()
    session.permanent = True
    login_user(signed_in)
    if is_our_own(asked):
        return redirect(asked)
    return redirect(shell.begins_at(signed_in.viewer))
