"""What every test may ask for: an application, records inside a transaction, a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from carers import create_app
from carers.db import db, set_viewer
from tests.browser import Browser
from tests.factories import Make

pytest_plugins = ["tests.server", "tests.e2e_summary"]


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    """The application on this worker's own copy of the migrated database, as the web role."""
    from tests import server  # a plugin: pytest imports it first

    worker = os.environ.get("PYTEST_XDIST_WORKER", "master")
    config = server.config_for(server.database_for(worker))
    app = create_app(config.for_flask() | server.FOR_TESTS)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def make(app: Flask) -> Iterator[type[Make]]:
    """Factories inside a transaction that is undone at the end; code under test may commit."""
    with app.app_context():
        engines = db.engines
        engine = engines[None]
        with engine.connect() as connection, connection.begin() as undone:
            engines[None] = connection  # type: ignore[index]  # joined by create_savepoint
            set_viewer([])
            yield Make
            db.session.remove()
            engines[None] = engine  # type: ignore[index]
            undone.rollback()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., Browser]:
    """A browser of somebody signed in, each request in a context of its own."""
    return lambda membership=None: Browser(app, membership)
