"""`flask demo`: serves, and leaves nothing behind however it is stopped."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import click
import psutil
import pytest
from flask import Flask

from carers import embedded
from carers.cli import demo
from tests import server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    with server.own_folder() as folder:
        yield folder


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind((demo.HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def running_demo(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    settings = {
        "CARERS_MODE": "demonstration",
        "CARERS_INSTANCE": str(folder),
        "CARERS_PORT": str(port),
        "CARERS_ALLOW_ROOT": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "demo"],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if wanted in line:
            return said
    pytest.fail(f"“{wanted}” was never said:\n{said}")


def test_a_demonstration_serves_and_four_signals_leave_no_process(folder: Path, port: int):
    with running_demo(folder, port) as process:
        said = lines_until(process, "until Ctrl-C")
        family = psutil.Process(process.pid).children(recursive=True)
        assert f"http://127.0.0.1:{port}" in said
        assert len(family) >= 1 + demo.WORKERS
        assert [one for one in family if one.cmdline()[-2:] == ["worker", "--quiet"]]

        with closing(HTTPConnection(demo.HOST, port)) as web:
            web.request("GET", "/")
            assert web.getresponse().status < 400

        for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGINT):
            process.send_signal(number)
        process.communicate(timeout=20)

    assert process.returncode == 0
    assert [left for left in family if left.is_running()] == []
    assert embedded.process_of(folder / "postgres") is None


def test_a_port_in_use_is_refused_by_name_before_anything_starts(port: int):
    with socket.socket() as taken:
        taken.bind((demo.HOST, port))
        taken.listen()

        with pytest.raises(click.ClickException, match=rf"Port {port} .*: set CARERS_PORT"):
            demo.check_port(port)


def test_the_demonstration_is_refused_in_another_mode():
    app = Flask(__name__)
    app.config["CARERS_MODE"] = "production"

    refused = app.test_cli_runner().invoke(demo.command)

    assert refused.exit_code == 1
    assert "CARERS_MODE=demonstration" in refused.output


def test_the_web_process_is_told_the_address_of_its_own_role_only(monkeypatch: pytest.MonkeyPatch):
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI="web's", CARERS_INSTANCE=Path("folder"))
    monkeypatch.setenv("CARERS_OWNER_DATABASE_URL", "owner's")
    monkeypatch.setenv("CARERS_WORKER_DATABASE_URL", "worker's")
    monkeypatch.setenv("CARERS_NATIONAL_DATABASE_URL", "national's")
    monkeypatch.setenv("KEPT", "as it was")

    with app.app_context():
        environment = demo.environment()

    assert environment["CARERS_DATABASE_URL"] == "web's"
    assert environment["CARERS_INSTANCE"] == "folder"
    assert environment["KEPT"] == "as it was"
    kept_back = {f"CARERS_{role}_DATABASE_URL" for role in ("OWNER", "WORKER", "NATIONAL")}
    assert not kept_back & set(environment)


def test_the_worker_is_told_the_address_of_its_own_role_only(monkeypatch: pytest.MonkeyPatch):
    app = Flask(__name__)
    app.config.update(CARERS_WORKER_DATABASE_URL="worker's", CARERS_INSTANCE=Path("folder"))
    monkeypatch.setenv("CARERS_OWNER_DATABASE_URL", "owner's")

    with app.app_context():
        environment = demo.worker_environment()

    told = {name: value for name, value in environment.items() if name.endswith("DATABASE_URL")}
    assert told == {
        "CARERS_DATABASE_URL": "worker's",
        "CARERS_WORKER_DATABASE_URL": "worker's",
    }
