"""What gunicorn serves and plain `flask` commands load."""

import gc
import os
from dataclasses import asdict

import click

from carers import create_app, embedded
from config import Config, SettingRefused, SettingsMissing

try:
    config = Config.from_environment(os.environ)
    if config.needs_embedded_server:
        addresses = embedded.serve(config.instance, allow_root=config.allow_root)
        config = config.using(**asdict(addresses))
except (SettingsMissing, SettingRefused, embedded.ServerRefused) as error:
    raise click.ClickException(str(error)) from error  # one line, where gunicorn stops too

app = create_app(config.for_flask())
gc.freeze()  # or every so many requests wait 60 ms while what start-up made is looked through again
