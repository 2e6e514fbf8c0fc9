"""A foster carer recruitment and capacity tracking platform."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any]) -> Flask:
    """The application, wired to the settings handed in."""
    from carers import access, blueprints, cli, errors
    from carers.db import ENGINE_OPTIONS, db
    from carers.extensions import csrf, login_manager, migrate

    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(settings)
    app.config["CARERS_DIGEST_KEY"] = hmac.digest(
        app.config["SECRET_KEY"].encode(), b"audit digests", "sha256"
    )
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {}).update(ENGINE_OPTIONS)
    _believe_proxies(app)
    _load_templates(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    access.init_app(app)
    errors.init_app(app)
    blueprints.init_app(app)
    cli.register(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Take the network address of a request from as many proxies as stand before the service."""
    if proxies := app.config.get("CARERS_PROXIES", 0):
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=0
        )


def _load_templates(app: Flask) -> None:
    from carers.filters import FILTERS

    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    loaders = [FileSystemLoader(ROOT / "templates"), govuk]
    app.jinja_options = {
        **app.jinja_options,
        "loader": ChoiceLoader(loaders),
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.filters.update(FILTERS)
