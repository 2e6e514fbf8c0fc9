"""The tests' own server: what killed runs left is removed, and what is in use stays."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from carers.embedded import Server, process_of
from tests import server


@pytest.fixture
def own_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore the run's own folder, which ``start`` names afresh."""
    monkeypatch.setenv(server.FOLDER, os.environ[server.FOLDER])


@pytest.mark.usefixtures("own_run")
def test_the_server_and_folder_of_a_killed_run_are_removed_at_the_next_start():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    folder = Path(tempfile.gettempdir()).resolve() / f"{server.PREFIX}{ended.pid}"
    folder.mkdir()
    left = Server(folder)
    left.start()

    server.start()

    assert process_of(left.data) is None
    assert not folder.exists()
    left.stop()


@pytest.mark.usefixtures("own_run")
def test_the_folder_of_a_run_that_goes_on_stays():
    with server.own_folder() as folder:
        server.start()

        assert folder.exists()
