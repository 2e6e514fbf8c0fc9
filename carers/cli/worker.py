"""`flask worker`: what runs on time, in a process of its own."""

from __future__ import annotations

import logging

import click
from flask.cli import ScriptInfo, pass_script_info, with_appcontext

from carers.cli import processes
from carers.cli.acting import as_worker

TOLD = "%(asctime)s %(levelname)s %(message)s"

logger = logging.getLogger(__name__)


@click.command("worker")
@click.option("--quiet", is_flag=True, help="Say only what goes wrong.")
@pass_script_info
@with_appcontext
@as_worker
def command(info: ScriptInfo, *, quiet: bool) -> None:
    """Do what is due on time and draw charts, until Ctrl-C. A second one waits for the first."""
    from carers.jobs import alone

    logging.basicConfig(level=logging.WARNING if quiet else logging.INFO, format=TOLD)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    processes.stop_when_told()
    app = info.load_app()
    try:
        alone.work(app, app.config["CARERS_WORKER_DATABASE_URL"])
    except KeyboardInterrupt:
        logger.info("Stopped")
