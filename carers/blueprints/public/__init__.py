"""The few pages that anybody may read."""

from __future__ import annotations

from flask import Blueprint, render_template

from carers.access import public
from carers.domain.definitions import DEFINITIONS

bp = Blueprint("public", __name__)


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("public/privacy.html", heading="Privacy")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("public/accessibility.html", heading="Accessibility")


@bp.get("/cookies")
@public
def cookies() -> str:
    return render_template("public/cookies.html", heading="Cookies")


@bp.get("/what-the-figures-mean")
@public
def figures() -> str:
    return render_template(
        "public/figures.html", heading="What the figures mean", definitions=DEFINITIONS
    )
