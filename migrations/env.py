"""Migrations run as the owner, with timeouts, so that one cannot hold a service up for long."""

import click
from alembic import context
from flask import current_app
from sqlalchemy import NullPool, create_engine, text

migrate = current_app.extensions["migrate"]


def run() -> None:
    address = current_app.config["CARERS_OWNER_DATABASE_URL"]
    if not address:
        raise click.ClickException("CARERS_OWNER_DATABASE_URL is not set: migrations act as owner")
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.execute(text("SET statement_timeout = '15min'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
