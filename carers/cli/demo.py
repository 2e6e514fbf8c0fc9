"""`flask demo`: everything with sample data inside, in one command that leaves nothing behind."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from carers.cli import processes
from carers.cli.acting import worker
from carers.db import db
from carers.domain import clock
from carers.models.service import FosteringService
from carers.queries import accounts

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4
ANSWERS_WITHIN = 30  # seconds
OF_A_ROLE = {
    "CARERS_OWNER_DATABASE_URL",
    "CARERS_WORKER_DATABASE_URL",
    "CARERS_NATIONAL_DATABASE_URL",
}


@click.command("demo")
@with_appcontext
def command() -> None:
    """Serve sample data until Ctrl-C."""
    if current_app.config["CARERS_MODE"] != "demonstration":
        raise click.ClickException("flask demo runs with CARERS_MODE=demonstration only")
    port = current_app.config["CARERS_PORT"]
    check_port(port)
    processes.stop_when_told()
    started: list[subprocess.Popen[bytes]] = []
    try:
        flask_migrate.upgrade()
        fill()
        started.append(start_web(port))
        wait_until_it_answers(port, started[0])
        started.append(start_worker())
        announce(port)
        processes.wait_for_any(started)
        raise click.ClickException("One of the processes ended by itself")
    except KeyboardInterrupt:
        click.echo("Stopping")
    finally:
        processes.end(started)


def check_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be used ({error.strerror}): set CARERS_PORT to another"
            ) from error


def fill() -> None:
    """Load the sample, unless there is a service already."""
    from carers.cli import sample
    from carers.exchange import load

    with worker():
        if db.session.scalar(select(FosteringService.id).limit(1)) is not None:
            return
        click.echo("Loading the sample, once")
        with tempfile.TemporaryDirectory(prefix="carers-sample-") as folder:
            now = clock.now()
            sample.write(Path(folder), now.date(), at=now.time())
            load.load_folder(Path(folder), by_name="flask demo")


def start_web(port: int) -> subprocess.Popen[bytes]:
    """Gunicorn, knowing the web role's address and no other's."""
    return processes.start(
        [
            *(sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}"),
            *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
            *("--no-control-socket", "--graceful-timeout", "3", "--log-level", "warning"),
            "wsgi:app",
        ],
        folder=Path(current_app.root_path).parent,
        environment=environment(),
    )


def start_worker() -> subprocess.Popen[bytes]:
    """The jobs, knowing the worker role's address and no other's."""
    return processes.start(
        [*(sys.executable, "-m", "flask", "--app", "wsgi"), "worker", "--quiet"],
        folder=Path(current_app.root_path).parent,
        environment=worker_environment(),
    )


def environment() -> dict[str, str]:
    """This process's environment passed on, with the settings of a web process."""
    return _passed_on() | {"CARERS_DATABASE_URL": current_app.config["SQLALCHEMY_DATABASE_URI"]}


def worker_environment() -> dict[str, str]:
    """The same, with the settings of the worker."""
    address = current_app.config["CARERS_WORKER_DATABASE_URL"]
    return _passed_on() | {"CARERS_DATABASE_URL": address, "CARERS_WORKER_DATABASE_URL": address}


def _passed_on() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_ROLE}
    return kept | {"CARERS_INSTANCE": str(current_app.config["CARERS_INSTANCE"])}


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return at the first answer, or when the process ends instead."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(ConnectionError), closing(HTTPConnection(HOST, port)) as web:
            web.request("HEAD", "/")
            web.getresponse()
            return
        time.sleep(processes.LOOKS_EVERY)


def announce(port: int) -> None:
    """The address and the accounts, which sign in from the sign-in page without a password."""
    click.echo("The sign-in page lists these invented people:")
    for account in accounts.for_demonstration():
        click.echo(f"  {account.service}: {account.name}, {account.role.label.lower()}")
    db.session.remove()
    db.engine.dispose()
    click.echo(f"Serving on http://{HOST}:{port} until Ctrl-C")
