"""`flask import` and `flask cases rebuild`, as somebody runs them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from carers.cli.acting import worker
from carers.db import db, set_viewer, transaction
from carers.domain.errors import Busy
from carers.exchange import load
from carers.models import AuditEntry, FosteringService, KeptCase, User
from carers.services import users
from tests import folders
from tests.folders import FILES, changed, more

ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import os, signal, sys
from pathlib import Path
from carers import create_app
from carers.cli.acting import worker
from carers.exchange.load import load_folder
from config import Config, Mode

web, worker_role, folder = sys.argv[1:]
config = Config(
    mode=Mode.TEST,
    secret_key="only-for-tests-" * 3,
    database_url=web,
    worker_database_url=worker_role,
)

def die(done, total):
    if done >= total:
        os.kill(os.getpid(), signal.SIGKILL)

with create_app(config.for_flask()).app_context(), worker():
    load_folder(Path(folder), progress=die)
"""


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a3_a_refused_load_answers_in_the_published_shape_and_exits_2(loading, tmp_path):
    terms = changed("terms", "ELM,H-1,2020-01-01,,", "ELM,H-1,2020-02-30,,")

    code, answer = folders.by_command(loading, folders.write(tmp_path, terms=terms))

    assert code == 2
    assert answer == {
        "written": False,
        "dry_run": False,
        "fault_count": 1,
        "faults": [
            {
                "file": "terms.csv",
                "line": 2,
                "column": "from_on",
                "value": "2020-02-30",
                "problem": "not a day in the calendar",
                "expected": "a date as YYYY-MM-DD, such as 2023-02-28",
            }
        ],
        "finding_count": 0,
        "findings": [],
        "files": {},
    }


def test_a3_an_accepted_load_answers_in_the_published_shape_and_exits_0(loading, tmp_path):
    for path in folders.write(tmp_path).iterdir():
        if path.stem not in {"services", "households", "terms"}:
            path.unlink()
    (tmp_path / "households.csv").write_text(FILES["households"].replace("E-1", ""))
    gap = changed("terms", "ELM,H-1,2020-01-01,,", "ELM,H-1,2020-01-09,,")
    (tmp_path / "terms.csv").write_text(gap)

    dry = folders.by_command(loading, tmp_path, "--dry-run")
    code, answer = folders.by_command(loading, tmp_path)

    assert code == 0
    assert answer == {
        "written": True,
        "dry_run": False,
        "fault_count": 0,
        "faults": [],
        "finding_count": 1,
        "findings": [
            {
                "file": "terms.csv",
                "line": 2,
                "column": "from_on",
                "value": "2020-01-09",
                "finding": "household H-1 has no terms from 2020-01-01 to 2020-01-08:"
                " no places on those days",
            }
        ],
        "files": {
            "households.csv": {"added": 2, "changed": 0, "unchanged": 0},
            "services.csv": {"added": 1, "changed": 0, "unchanged": 0},
            "terms.csv": {"added": 2, "changed": 0, "unchanged": 0},
        },
    }
    assert dry == (0, answer | {"written": False, "dry_run": True})


def test_the_table_tells_in_words_where_each_fault_is(loading, tmp_path):
    children = changed("children", "2012-06-01", "June")
    folder = folders.write(tmp_path, children=children, rates="service\n")

    code, output = run(loading, "import", str(folder))

    assert code == 2
    assert output.splitlines()[:2] == [
        "Refused: nothing was written. 2 faults:",
        (
            "  children.csv line 2, born_on “June”: not a date."
            " Expected: a date as YYYY-MM-DD, such as 2023-02-28"
        ),
    ]
    assert "rates.csv line 1: no file of this name can be loaded." in output


def test_the_table_shows_no_control_character_and_no_long_text_whole(loading, tmp_path):
    households = changed("households", "The Ashes", "The\0\x1b[2JAshes\u202e")
    children = changed("children", "2012-06-01", "June" * 30_000)
    folder = folders.write(tmp_path, households=households, children=children)

    _, output = run(loading, "import", str(folder))

    assert "households.csv line 2, name “The\\x00\\x1b[2JAshes\\u202e”: " in output
    assert "children.csv line 2, born_on “JuneJune" in output
    assert "…”: 120,000 characters long. Expected: 10,000 characters or fewer" in output
    assert max(map(len, output.splitlines())) < 700


def test_the_table_counts_what_was_done_and_lists_the_findings(loading, tmp_path):
    folder = folders.write(tmp_path)

    code, output = run(loading, "import", str(folder), "--dry-run")
    _, loaded = run(loading, "import", str(folder))

    assert code == 0
    assert output.startswith("Nothing was written: it would load.")
    assert loaded.startswith("Loaded.")
    assert "children.csv                     2         0         0" in loaded


def test_a_thousand_faults_are_listed_and_the_rest_counted(loading, tmp_path):
    children = more("children", *(f"ELM,C-{number},never,,," for number in range(10, 1512)))

    _, output = run(loading, "import", str(folders.write(tmp_path, children=children)))

    assert "1,502 faults:" in output
    assert output.endswith("  and 502 more\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Busy("Somebody else is changing this"), "changing this: nothing was written"),
        (KeyboardInterrupt(), "Stopped: nothing was written"),
    ],
)
def test_a_load_that_cannot_go_on_says_that_nothing_was_written(
    loading, tmp_path, monkeypatch, error, said
):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(load, "write", fail)

    code, output = run(loading, "import", str(folders.write(tmp_path)))

    assert code == 1
    assert said in output


def test_a_long_load_tells_its_progress_on_standard_error(loading, tmp_path):
    children = more("children", *(f"ELM,D-{number},,,," for number in range(10_000)))
    folder = folders.write(tmp_path, children=children)

    result = loading.test_cli_runner().invoke(args=["import", str(folder), "--format", "json"])

    assert result.stderr.splitlines()[0] == "Loading: 10 %"
    assert result.stderr.splitlines()[-1] == "Loading: 100 %"


def test_a7_a_load_killed_before_its_commit_leaves_nothing(loading, addresses, tmp_path):
    folder = folders.write(tmp_path)

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, addresses.web, addresses.worker, str(folder)],
        cwd=ROOT,
        check=False,
    )

    assert ended.returncode == -signal.SIGKILL
    with loading.app_context(), worker():
        for model in (FosteringService, User):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0
        db.session.remove()
    assert folders.load(loading, folder).written


def test_a_loaded_person_is_given_a_password_by_command(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    password = "correct horse battery"

    result = loading.test_cli_runner().invoke(
        args=["user", "add"], input=f"ann@example.org\nELM\n{password}\n{password}\n"
    )
    folders.load(loading, folders.write(tmp_path))

    assert "Ann Worker may sign in" in result.output
    with loading.app_context():
        assert users.verify("ann@example.org", password) is not None
        db.session.remove()


def test_kept_cases_are_proved_equal_to_their_events_and_rebuilt(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    equal = run(loading, "cases", "rebuild", "--check")
    with loading.app_context(), worker():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        with transaction():
            db.session.execute(update(KeptCase).values(contact_attempts=7))
        db.session.remove()

    differs = run(loading, "cases", "rebuild", "--check")
    rebuilt = run(loading, "cases", "rebuild")

    assert equal == (0, "2 cases are equal to their events\n")
    assert differs == (2, "ELM/E-1 differs from its events\nELM/E-2 differs from its events\n")
    assert rebuilt == (0, "2 cases rebuilt\n")
    assert run(loading, "cases", "rebuild", "--check") == equal


def test_the_audit_of_a_load_names_the_command_it_was_given(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path), by_name="flask demo")

    with loading.app_context():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        names = set(db.session.scalars(select(AuditEntry.by_ref)))
        db.session.remove()
    assert names == {"flask demo"}
