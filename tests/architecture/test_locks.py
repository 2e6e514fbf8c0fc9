"""The locks hold names, versions and hashes, and no address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-node.lock",
    "package-lock.json",
]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_registry(name: str):
    assert re.findall(r"http|file:|index", (ROOT / name).read_text("utf-8")) == []


@pytest.mark.parametrize("name", [name for name in LOCKS if name.endswith(".lock")])
def test_every_locked_release_has_its_hashes(name: str):
    releases = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))

    assert [release for release in releases if "--hash=sha256:" not in release] == []


def test_every_locked_npm_package_has_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    assert [name for name, held in packages.items() if name and "integrity" not in held] == []


def test_the_web_and_the_developers_run_the_same_releases():
    runtime, developers = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime <= developers
