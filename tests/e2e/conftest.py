"""A real browser, on a server of its own over a database of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from carers import create_app
from carers.db import db
from tests import server

NAMES = ("chromium", "chromium-browser", "google-chrome")
RULES = {"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}}


@dataclass(frozen=True)
class Live:
    """A running server: where it is, and its own application as the worker role."""

    address: str
    worker: Flask


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, Debian’s or Playwright’s own."""
    found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
    if not Path(found).exists():
        pytest.skip("there is no Chromium here")
    running = playwright.chromium.launch(executable_path=found)
    yield running
    running.close()


@pytest.fixture
def live() -> Iterator[Live]:
    """The service as its users meet it, with every guard on, and nothing in it."""
    with server.own_database() as addresses:
        config = server.config_for(addresses)
        served = create_app(config.for_flask())
        worker = create_app(config.for_flask() | {"SQLALCHEMY_DATABASE_URI": addresses.worker})
        running = make_server("127.0.0.1", 0, served, threaded=True)
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield Live(f"http://127.0.0.1:{running.port}", worker)
        finally:
            running.shutdown()
            thread.join()
            running.server_close()
            for app in (served, worker):
                with app.app_context():
                    db.engine.dispose()


def check_axe(page: Page) -> None:
    """Raise where axe finds anything; GOV.UK puts its back link outside the landmarks."""
    results = Axe().run(page, options=cast("dict[str, Any]", RULES))
    found = [
        f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']]}"
        for one in results.response["violations"]
    ]
    assert not found, f"{page.url}: {found}"
