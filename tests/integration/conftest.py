"""What tests of loads ask for: they commit, and so have a database of their own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from carers import create_app
from carers.db import db
from carers.embedded import Addresses
from tests import server


@pytest.fixture
def addresses() -> Iterator[Addresses]:
    with server.own_database() as found:
        yield found


@pytest.fixture
def loading(addresses: Addresses) -> Iterator[Flask]:
    """An application on a database of its own, without records."""
    app = create_app(server.config_for(addresses).for_flask())
    yield app
    with app.app_context():
        db.engine.dispose()
