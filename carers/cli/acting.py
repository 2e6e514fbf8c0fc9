"""As whom a command signs in to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app

from carers.db import use_database

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def worker() -> Iterator[None]:
    """Sign in as the worker role for a while; refused where its address is not set."""
    address = current_app.config["CARERS_WORKER_DATABASE_URL"]
    if not address:
        raise click.ClickException(
            "CARERS_WORKER_DATABASE_URL is not set: commands act as the worker role"
        )
    use_database(address)
    try:
        yield
    finally:
        use_database(current_app.config["SQLALCHEMY_DATABASE_URI"])


def as_worker(command: Callable[P, R]) -> Callable[P, R]:
    """Declare, under ``with_appcontext``, that a command acts as the worker role."""

    @wraps(command)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        with worker():
            return command(*args, **kwargs)

    return act
