"""`flask report`: what it prints, and what it refuses in words."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date

import pytest
from click.testing import Result
from flask import Flask

from carers import create_app
from carers.db import db, set_viewer
from tests import server
from tests.factories import Make

YEAR = ("--year", "2021-22")


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """A service of one home, approved in May 2021 of a target of two."""
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask())
        with app.app_context():
            set_viewer([])
            service = Make.service(code="elmshire")
            Make.household(service, approved_on=date(2021, 5, 1), places=2)
            Make.target(
                service,
                label="Approve two",
                value=2,
                first_on=date(2021, 4, 1),
                last_on=date(2022, 3, 31),
            )
            db.session.remove()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def report(app):
    def ask(name: str, *asked: str, service: str = "elmshire") -> Result:
        run: Result = app.test_cli_runner().invoke(
            args=["report", name, "--service", service, *asked]
        )
        return run

    return ask


def test_json_is_the_answer_of_reports(report):
    result = report("net-gain", *YEAR, "--format", "json")

    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["report"] == "net-gain"
    assert answer["service"] == "elmshire"
    assert answer["population"] == "mainstream"
    assert (answer["first_day"], answer["last_day"]) == ("2021-04-01", "2022-03-31")
    assert answer["households"]["approved"] == 1
    assert answer["households"]["turnover"] == {"numerator": 0, "denominator": 0, "percent": None}


def test_csv_is_a_row_for_each_figure_under_its_path(report):
    result = report("net-gain", *YEAR, "--format", "csv")

    rows = dict(csv.reader(result.stdout.splitlines()))
    assert rows["path"] == "value"
    assert rows["places.approved"] == "2"
    assert rows["households.turnover.percent"] == ""


def test_a_table_is_for_reading(report):
    lines = report("net-gain", *YEAR).stdout.splitlines()

    assert lines[0] == "net-gain, elmshire, mainstream, 2021-22"
    assert ["Approved", "1"] in [line.split() for line in lines]
    assert any("Turnover" in line and "no data (0 of 0)" in line for line in lines)


def test_capacity_is_of_a_day_and_of_any_population(report):
    by_day = json.loads(report("capacity", "--as-at", "2022-03-31", "--format", "json").stdout)
    by_year = json.loads(report("capacity", *YEAR, "--format", "json").stdout)

    assert by_day["as_at"] == "2022-03-31"
    assert "first_day" not in by_day
    assert by_day | {"as_known_at": ""} == by_year | {"as_known_at": ""}
    assert (by_day["approved"], by_day["vacant"], by_day["days_vacant"]["longest"]) == (2, 2, 334)
    lines = report("capacity", *YEAR, "--population", "respite").stdout.splitlines()
    assert lines[0] == "capacity, elmshire, respite, as at 2022-03-31"


def test_occupancy_is_of_a_period(report):
    answer = json.loads(report("occupancy", *YEAR, "--format", "json").stdout)

    assert (answer["first_day"], answer["last_day"]) == ("2021-04-01", "2022-03-31")
    assert answer["nights_approved"] == answer["nights_vacant"] == 2 * 335
    assert answer["utilisation"] == {"numerator": 0, "denominator": 670, "percent": 0.0}


def test_targets_are_of_a_day_and_of_the_last_day_of_a_period(report):
    by_day = json.loads(report("targets", "--as-at", "2022-03-31", "--format", "json").stdout)
    by_year = json.loads(report("targets", *YEAR, "--format", "json").stdout)

    assert by_day["as_at"] == "2022-03-31"
    assert "first_day" not in by_day
    assert by_day["targets"] == by_year["targets"]
    assert by_day["targets"][0]["percent"] == 50.0
    assert "Approve two" in report("targets", *YEAR).stdout
    assert "none" in report("targets", "--as-at", "2019-01-01").stdout


@pytest.mark.parametrize(
    ("name", "population"), [("in-house-share", "all"), ("assessment-time", "mainstream")]
)
def test_the_other_reports_answer_for_a_service_without_records(report, name, population):
    result = report(name, "--from", "2021-04-01", "--to", "2021-04-30", "--format", "json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["population"] == population
    assert report(name, *YEAR).exit_code == 0


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("net-gains", YEAR, "There is no report net-gains"),
        ("net-gain", (), "net-gain is of a period"),
        ("net-gain", ("--as-at", "2021-09-30"), "not of a day"),
        ("net-gain", ("--year", "2021-23"), "must be written like 2021-22"),
        ("net-gain", ("--year", "1800-01"), "must be between 1900 and 2199"),
        ("net-gain", (*YEAR, "--from", "2021-04-01"), "not both"),
        ("net-gain", ("--from", "2021-04-01"), "Give the last day too"),
        ("net-gain", ("--to", "2021-04-01"), "Give the first day too"),
        ("net-gain", ("--from", "2021-02-30", "--to", "2021-04-01"), "must be a real date"),
        ("net-gain", ("--from", "2021-04-02", "--to", "2021-04-01"), "the same as or after"),
        ("net-gain", (*YEAR, "--population", "everyone"), "does not take the population everyone"),
        ("targets", (), "targets is of a day"),
        ("capacity", (), "capacity is of a day"),
        ("capacity", (*YEAR, "--population", "host"), "does not take the population host"),
        ("occupancy", ("--as-at", "2021-09-30"), "occupancy is of a period"),
        ("targets", (*YEAR, "--as-at", "2021-09-30"), "not both"),
        ("targets", ("--as-at", "2021-09-30", "--population", "all"), "it takes mainstream"),
        ("in-house-share", (*YEAR, "--population", "mainstream"), "it takes all"),
        ("assessment-time", (*YEAR, "--population", "respite"), "it takes mainstream"),
    ],
)
def test_what_a_report_does_not_take_is_refused_in_words(report, name, asked, words):
    result = report(name, *asked)

    assert result.exit_code == 2
    assert words in result.output


def test_an_unknown_service_is_refused(report):
    result = report("net-gain", *YEAR, service="nowhere")

    assert result.exit_code == 2
    assert "There is no fostering service with the code nowhere" in result.output
