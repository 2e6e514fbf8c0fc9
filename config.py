"""The settings, read from the environment once; nothing else in the project reads it."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

SHORTEST_SECRET = 32
LARGEST_REQUEST = 1024 * 1024
SESSION_LASTS = timedelta(hours=8)
QUICK_ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}  # a quarter second each else


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


class SettingsMissing(Exception):
    """Production lacks settings that it cannot start without."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"Production needs these settings: {', '.join(names)}")
        self.names = names


class SettingRefused(Exception):
    """A setting has a value that cannot be what was meant."""

    def __init__(self, name: str, rule: str) -> None:
        super().__init__(f"{name} must {rule}")
        self.name = name


@dataclass(frozen=True)
class Config:
    """Every setting, as docs/deploy.md describes them.

    The database addresses are empty where none were given: outside production the embedded
    server's take their place (``using``).
    """

    mode: Mode = Mode.PRODUCTION
    database_url: str = field(default="", repr=False)
    worker_database_url: str = field(default="", repr=False)
    owner_database_url: str = field(default="", repr=False)
    national_database_url: str = field(default="", repr=False)
    instance: Path = Path("instance")
    secret_key: str = field(default="", repr=False)
    port: int = 8000
    pool_size: int = 5
    proxies: int = 0
    allow_root: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; raises SettingsMissing, naming all, or SettingRefused.

        Outside production a secret key is made once and kept in the instance folder.
        """
        mode = _mode(environ)
        if mode is Mode.PRODUCTION:
            _check_production(environ)
        instance = Path(environ.get("CARERS_INSTANCE") or "instance").resolve()
        return cls(
            mode=mode,
            database_url=_address(environ, "CARERS_DATABASE_URL"),
            worker_database_url=_address(environ, "CARERS_WORKER_DATABASE_URL"),
            owner_database_url=_address(environ, "CARERS_OWNER_DATABASE_URL"),
            national_database_url=_address(environ, "CARERS_NATIONAL_DATABASE_URL"),
            instance=instance,
            secret_key=environ.get("CARERS_SECRET_KEY") or kept_secret(instance),
            port=_number(environ, "CARERS_PORT", default=8000, largest=65535),
            pool_size=_number(environ, "CARERS_POOL_SIZE", default=5, largest=1000),
            proxies=_number(environ, "CARERS_PROXIES", default=0, largest=10),
            allow_root=_switch(environ, "CARERS_ALLOW_ROOT"),
        )

    @property
    def needs_embedded_server(self) -> bool:
        return self.mode is not Mode.PRODUCTION and not self.database_url

    def using(self, *, web: str, worker: str, owner: str, national: str) -> Self:
        """The same settings with the addresses of the embedded server."""
        return replace(
            self,
            database_url=web,
            worker_database_url=worker,
            owner_database_url=owner,
            national_database_url=national,
        )

    def for_flask(self) -> dict[str, Any]:
        return {
            "CARERS_MODE": str(self.mode),
            "CARERS_INSTANCE": self.instance,
            "CARERS_PORT": self.port,
            "CARERS_PROXIES": self.proxies,
            "CARERS_WORKER_DATABASE_URL": self.worker_database_url,
            "CARERS_OWNER_DATABASE_URL": self.owner_database_url,
            "CARERS_NATIONAL_DATABASE_URL": self.national_database_url,
            "CARERS_ARGON2": QUICK_ARGON2 if self.mode is Mode.TEST else {},
            "SECRET_KEY": self.secret_key,
            "TESTING": self.mode is Mode.TEST,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": self.pool_size, "pool_pre_ping": True},
            "SESSION_COOKIE_SECURE": self.mode is Mode.PRODUCTION,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": SESSION_LASTS,
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        }


def kept_secret(instance: Path) -> str:
    """The secret key of this instance folder, made by whichever process asks first."""
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=instance) as made:  # 0600 from the start
            made.write(secrets.token_hex(SHORTEST_SECRET))
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, kept)
    return kept.read_text("utf-8")


def _mode(environ: Mapping[str, str]) -> Mode:
    said = environ.get("CARERS_MODE") or Mode.PRODUCTION
    try:
        return Mode(said)
    except ValueError:
        raise SettingRefused("CARERS_MODE", f"be one of {', '.join(Mode)}") from None


def _check_production(environ: Mapping[str, str]) -> None:
    needed = ("CARERS_DATABASE_URL", "CARERS_SECRET_KEY")
    if missing := [name for name in needed if not environ.get(name)]:
        raise SettingsMissing(missing)
    if len(environ["CARERS_SECRET_KEY"]) < SHORTEST_SECRET:
        raise SettingRefused("CARERS_SECRET_KEY", f"have {SHORTEST_SECRET} characters or more")


def _address(environ: Mapping[str, str], name: str) -> str:
    """The address with the driver that the project uses, or nothing where none is given."""
    given = environ.get(name, "")
    scheme, separator, rest = given.partition("://")
    if given and (scheme not in {"postgres", "postgresql", "postgresql+psycopg"} or not separator):
        raise SettingRefused(name, "begin postgresql://")
    return f"postgresql+psycopg://{rest}" if given else ""


def _number(environ: Mapping[str, str], name: str, *, default: int, largest: int) -> int:
    given = environ.get(name) or str(default)
    smallest = min(default, 1)
    if not (given.isascii() and given.isdigit() and smallest <= int(given) <= largest):
        raise SettingRefused(name, f"be a whole number from {smallest} to {largest}")
    return int(given)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    given = environ.get(name) or "0"
    if given not in {"0", "1"}:
        raise SettingRefused(name, "be 1 or 0")
    return given == "1"
