"""As whom a command signs in to the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app

from carers.db import use_database

P = ParamSpec("P")
R = TypeVar("R")


def worker() -> AbstractContextManager[None]:
    """Sign in as the worker role for a while; refused where its address is not set."""
    return _signed_in("CARERS_WORKER_DATABASE_URL", "commands act as the worker role")


def national() -> AbstractContextManager[None]:
    """Sign in as the national role for a while: every service's places, and no record."""
    return _signed_in("CARERS_NATIONAL_DATABASE_URL", "England is read as the national role")


@contextmanager
def _signed_in(setting: str, why: str) -> Iterator[None]:
    address = current_app.config[setting]
    if not address:
        raise click.ClickException(f"{setting} is not set: {why}")
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
