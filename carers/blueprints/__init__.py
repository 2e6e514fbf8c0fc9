"""The pages: one package for each part of the service."""

from __future__ import annotations

from flask import Flask

from carers.blueprints import (
    accounts,
    capacity,
    enquiries,
    households,
    insight,
    panel,
    public,
    shell,
    today,
)

PARTS = (accounts, capacity, enquiries, households, insight, panel, public, today)


def init_app(app: Flask) -> None:
    shell.init_app(app)
    for part in PARTS:
        app.register_blueprint(part.bp)
