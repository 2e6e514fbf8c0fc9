"""What `flask` does from the command line: one module for each command."""

from flask import Flask

from carers.cli import cases, demo, load, national, report, user, worker

COMMANDS = (
    cases.command,
    demo.command,
    load.command,
    national.command,
    report.command,
    user.command,
    worker.command,
)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
