"""The settings: what is read, what is refused and what is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from config import Config, Mode, SettingRefused, SettingsMissing, kept_secret

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "CARERS_DATABASE_URL": "postgresql://web@db.example/carers",
    "CARERS_SECRET_KEY": "x" * 32,
}


def test_the_mode_is_production_unless_another_is_said():
    assert Config.from_environment(PRODUCTION).mode is Mode.PRODUCTION


def test_production_names_every_setting_that_it_needs_and_lacks():
    with pytest.raises(SettingsMissing) as refused:
        Config.from_environment({})

    assert refused.value.names == ["CARERS_DATABASE_URL", "CARERS_SECRET_KEY"]
    assert "CARERS_DATABASE_URL, CARERS_SECRET_KEY" in str(refused.value)


def test_an_empty_setting_is_a_missing_one():
    with pytest.raises(SettingsMissing) as refused:
        Config.from_environment(PRODUCTION | {"CARERS_SECRET_KEY": ""})

    assert refused.value.names == ["CARERS_SECRET_KEY"]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("CARERS_MODE", "prod", "be one of production, demonstration, test"),
        ("CARERS_SECRET_KEY", "x" * 31, "have 32 characters or more"),
        ("CARERS_DATABASE_URL", "sqlite:///carers.db", "begin postgresql://"),
        ("CARERS_WORKER_DATABASE_URL", "postgresql", "begin postgresql://"),
        ("CARERS_PORT", "http", "be a whole number from 1 to 65535"),
        ("CARERS_PORT", "0", "be a whole number from 1 to 65535"),
        ("CARERS_PORT", "65536", "be a whole number from 1 to 65535"),
        ("CARERS_PORT", "٨٠٨٠", "be a whole number from 1 to 65535"),
        ("CARERS_POOL_SIZE", "-1", "be a whole number from 1 to 1000"),
        ("CARERS_PROXIES", "many", "be a whole number from 0 to 10"),
        ("CARERS_ALLOW_ROOT", "yes", "be 1 or 0"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_by_name(name: str, value: str, rule: str):
    with pytest.raises(SettingRefused) as refused:
        Config.from_environment(PRODUCTION | {name: value})

    assert str(refused.value) == f"{name} must {rule}"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_are_given_the_driver_that_is_installed(scheme: str):
    names = ("CARERS_DATABASE_URL", "CARERS_WORKER_DATABASE_URL", "CARERS_OWNER_DATABASE_URL")
    given = dict.fromkeys(
        names, f"{scheme}://someone:p%40ss@db.example:5433/carers?sslmode=require"
    )

    config = Config.from_environment(PRODUCTION | given)

    expected = "postgresql+psycopg://someone:p%40ss@db.example:5433/carers?sslmode=require"
    assert config.database_url == expected
    assert config.worker_database_url == expected
    assert config.owner_database_url == expected


def test_the_embedded_server_is_for_demonstration_and_tests_without_an_address(tmp_path: Path):
    demonstration = {"CARERS_MODE": "demonstration", "CARERS_INSTANCE": str(tmp_path)}
    with_address = demonstration | {"CARERS_DATABASE_URL": "postgresql://db.example/carers"}

    assert Config.from_environment(demonstration).needs_embedded_server
    assert not Config.from_environment(with_address).needs_embedded_server
    assert not Config().needs_embedded_server


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path):
    instance = tmp_path / "instance"
    environ = {"CARERS_MODE": "demonstration", "CARERS_INSTANCE": str(instance)}

    first = Config.from_environment(environ)
    second = Config.from_environment(environ)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert [path.name for path in instance.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_secret_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [tmp_path] * 8))

    assert len(keys) == 1


def test_a_secret_key_that_is_given_is_used_and_none_is_made(tmp_path: Path):
    environ = {
        "CARERS_MODE": "test",
        "CARERS_INSTANCE": str(tmp_path),
        "CARERS_SECRET_KEY": "given",
    }

    assert Config.from_environment(environ).secret_key == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_session_cookie_travels_over_https_only_in_production(tmp_path: Path):
    production = Config.from_environment(PRODUCTION).for_flask()
    demonstration = Config.from_environment(
        {"CARERS_MODE": "demonstration", "CARERS_INSTANCE": str(tmp_path)}
    ).for_flask()

    assert production["SESSION_COOKIE_SECURE"] is True
    assert demonstration["SESSION_COOKIE_SECURE"] is False
    for settings in (production, demonstration):
        assert settings["SESSION_COOKIE_HTTPONLY"] is True
        assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_flask_is_given_the_address_of_each_role():
    settings = Config().using(web="w", worker="k", owner="o", national="n").for_flask()

    assert settings["SQLALCHEMY_DATABASE_URI"] == "w"
    assert settings["CARERS_WORKER_DATABASE_URL"] == "k"
    assert settings["CARERS_OWNER_DATABASE_URL"] == "o"
    assert settings["CARERS_NATIONAL_DATABASE_URL"] == "n"
    assert settings["CARERS_MODE"] == "production"


def test_secrets_are_not_shown_with_the_settings():
    shown = repr(Config.from_environment(PRODUCTION))

    assert PRODUCTION["CARERS_SECRET_KEY"] not in shown
    assert "db.example" not in shown


def test_every_setting_is_documented():
    documented = (ROOT / "docs" / "deploy.md").read_text("utf-8")

    assert [
        field.name for field in fields(Config) if f"`CARERS_{field.name.upper()}`" not in documented
    ] == []
