"""What stands around every page: the navigation of a role, the field renderer, the headers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import current_user

from carers import access, filters
from carers.blueprints.fields import error_links, gov
from carers.domain import clock
from carers.domain.permissions import Permission
from carers.domain.roles import Role
from carers.domain.viewer import Viewer

PRODUCT = "Fostering recruitment and capacity"
PLACES_OVER_TIME = {"insight.places_over_time": "Places over time"}


@dataclass(frozen=True)
class Part:
    """A part of the service, with its pages: the first that a viewer may open is its front.

    A page stands once, in the first part that has it and that a viewer sees. A part's other pages
    are those of its front's blueprint.
    """

    name: str
    pages: Mapping[str, str]  # a page's name by its endpoint
    needs: Permission | None = None  # to be seen at all

    @property
    def blueprint(self) -> str:
        return next(iter(self.pages)).split(".")[0]


PARTS = (
    Part("Today", {"today.show": "Today"}),
    Part("Recruitment", {"enquiries.index": "Enquiries", "enquiries.pipeline": "Pipeline"}),
    Part("Panel", {"panel.index": "Panel"}),
    Part("Carers", {"households.mine": "My carers", "households.index": "All homes"}),
    Part(
        "Capacity",
        {
            "capacity.vacancies": "Vacancy board",
            **PLACES_OVER_TIME,
            "capacity.on_hold": "On hold",
            "capacity.agencies": "With agencies",
            "capacity.tonight": "Tonight",
        },
        needs=Permission.CAPACITY_READ,
    ),
    Part("Insight", {"insight.targets": "Targets and net gain", **PLACES_OVER_TIME}),
)

BEGINS: Mapping[Role, str] = {
    Role.RECRUITMENT_OFFICER: "enquiries.index",
    Role.ASSESSING_SOCIAL_WORKER: "enquiries.index",
    Role.PANEL_ADMINISTRATOR: "panel.index",
    Role.DECISION_MAKER: "panel.index",
    Role.SUPERVISING_SOCIAL_WORKER: "households.mine",
    Role.PLACEMENTS_OFFICER: "capacity.vacancies",
    Role.TEAM_MANAGER: "today.show",
    Role.HEAD_OF_SERVICE: "insight.targets",
    Role.SENIOR_READER: "insight.targets",
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def begins_at(viewer: Viewer) -> str:
    """Where a person starts: the part in bold of PAGES.md for the first of their roles."""
    for role, endpoint in BEGINS.items():
        if role in viewer.roles and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for("accounts.nowhere")


def init_app(app: Flask) -> None:
    app.context_processor(_around)
    app.jinja_env.globals.update(gov=gov, error_links=error_links, today=clock.today)
    app.before_request(_nonce)
    app.after_request(_guarded)


def _around() -> dict[str, Any]:
    viewer = current_user.viewer if current_user.is_authenticated else None
    return {
        "product": PRODUCT,
        "demonstration": current_app.config["CARERS_MODE"] == "demonstration",
        "viewer": viewer,
        "service_name": current_user.service_name if viewer else "",
        "works_elsewhere": current_user.works_elsewhere if viewer else False,
        "navigation": _navigation(viewer) if viewer else [],
        "roles_in_words": filters.listed(sorted(r.label.lower() for r in viewer.roles))
        if viewer
        else "",
        "now": clock.now(),
        "csp_nonce": g.get("csp_nonce", ""),
    }


def _navigation(viewer: Viewer) -> list[dict[str, Any]]:
    """The parts a role sees, in one order always, and the pages of the part that is open."""
    seen: dict[str, str] = {}  # the part of each page, by its endpoint
    for part in PARTS:
        if part.needs is None or viewer.can(part.needs):
            for endpoint in filter(partial(_may_open, viewer), part.pages):
                seen.setdefault(endpoint, part.name)
    open_part = seen.get(request.endpoint or "")
    return [
        {
            "name": part.name,
            "url": url_for(pages[0]),
            "current": part.name == open_part if open_part else part.blueprint == request.blueprint,
            "pages": [
                {
                    "name": part.pages[one],
                    "url": url_for(one),
                    "current": one == request.endpoint,
                }
                for one in pages
            ],
        }
        for part in PARTS
        if (pages := [one for one, name in seen.items() if name == part.name])
    ]


def _may_open(viewer: Viewer, endpoint: str) -> bool:
    is_there = endpoint in current_app.view_functions
    return is_there and access.may_open(current_app, endpoint, viewer)


def _nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'nonce-{g.get('csp_nonce', '')}' 'strict-dynamic'",
            "style-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
