"""The rules of the house: each is a failing build, not a paragraph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from sqlalchemy import text

from carers import access
from carers.access import declared_for
from carers.db import db
from carers.domain.permissions import GRANTS, Permission
from carers.domain.refusals import REFUSALS
from carers.domain.roles import Role

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for folder in ("carers", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# A sequence of the database's own numbers: nobody types one, so nobody can be refused one.
NUMBERED = {"uq_audit_entry_number"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_endpoint_declares_who_may_use_it(app: Flask) -> None:
    endpoints = set(app.view_functions) - {"static"}

    assert {endpoint for endpoint in endpoints if declared_for(app, endpoint) is None} == set()


def test_a_view_that_declares_nothing_is_refused_to_everyone(
    app: Flask, make, sign_in, monkeypatch
) -> None:
    view = app.view_functions["public.privacy"]
    monkeypatch.delitem(access._declared, view)  # noqa: SLF001  # as if it had been forgotten

    assert sign_in(make.viewer(*Role)).get("/privacy").status == 403


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in MODULES if path.stat().st_size], ids=named)
def test_every_module_opens_with_what_it_is_for(path: Path) -> None:
    assert path.read_text("utf-8").startswith('"""')


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_compiles_and_imports_nothing_unused(app: Flask, path: Path) -> None:
    source = path.read_text("utf-8")
    tree = app.jinja_env.parse(source)
    imported = {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    used = {node.name for node in tree.find_all(nodes.Name)}

    app.jinja_env.compile(source)
    assert imported <= used


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_has_an_inline_style(path: Path) -> None:
    assert not re.search(r"\sstyle=|<style", path.read_text("utf-8"))


def test_every_named_constraint_has_its_sentence(app: Flask) -> None:
    with app.app_context():
        constraints = db.session.scalars(
            text(
                "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
                " AND contype IN ('c', 'u', 'x', 't')"
                " UNION SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid"
                " WHERE indisunique AND relname LIKE 'uq%'"
            )
        ).all()

    assert set(constraints) - NUMBERED == set(REFUSALS)


def test_every_permission_is_granted_and_documented() -> None:
    printed = (ROOT / "docs" / "permissions.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", printed, re.MULTILINE))

    told = {role: {name.strip("` ") for name in rows[role].split(",")} - {"none"} for role in Role}
    assert told == {role: set(map(str, GRANTS[role])) for role in Role}
    assert set().union(*GRANTS.values()) == set(Permission)


def test_config_alone_reads_the_environment() -> None:
    passed_on = {"carers/cli/demo.py"}  # hands its own environment to gunicorn
    readers = {
        named(path)
        for path in MODULES
        if named(path).startswith("carers/")
        and re.search(r"os\.environ|os\.getenv|getenv\(", path.read_text("utf-8"))
    }

    assert readers <= passed_on


def test_the_clock_alone_asks_what_time_it_is() -> None:
    asking = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time)\(")
    askers = {named(path) for path in MODULES if asking.search(path.read_text("utf-8"))}

    assert {one for one in askers if one.startswith("carers/")} == {"carers/domain/clock.py"}


def test_the_head_of_the_migrations_is_in_its_file() -> None:
    versions = sorted(path.stem for path in (ROOT / "migrations" / "versions").glob("*.py"))

    assert (ROOT / "migrations" / "head").read_text("utf-8").strip() == versions[-1]
    assert [one[:4] for one in versions] == [f"{n:04}" for n in range(1, len(versions) + 1)]


def test_nothing_committed_names_another_place() -> None:
    """No registry, no path of one machine."""
    found = [
        named(path)
        for path in [*MODULES, *TEMPLATES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        if re.search(r"pypi\.org|npmjs|/root/|/home/", path.read_text("utf-8"))
        and path != Path(__file__).resolve()
    ]

    assert found == []
