"""What `flask` does from the command line, each command a module of its own."""

from flask import Flask

from carers.cli.demo import demo


def register(app: Flask) -> None:
    app.cli.add_command(demo)
