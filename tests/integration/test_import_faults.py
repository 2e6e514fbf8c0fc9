"""What refuses a load: each fault with its file, line, column and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from carers import create_app
from carers.db import db
from carers.exchange.formats import A_DAY, AN_INSTANT
from tests import folders, server
from tests.folders import changed, more


@pytest.fixture(scope="module")
def loading() -> Iterator[Flask]:
    """An application on a database that stays empty, since every load of it is refused."""
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


def faults_of(app: Flask, folder: Path, **files: str | None) -> list[tuple[object, ...]]:
    outcome = folders.load(app, folders.write(folder, **files))
    assert not outcome.written
    assert outcome.fault_count == len(outcome.faults)
    return [(one.file, one.line, one.column, one.value, one.problem) for one in outcome.faults]


CELLS = [
    ("households", "2020-01-01,,\nELM,H-2", "2020-02-30,,\nELM,H-2", 2, "approved_on", A_DAY),
    ("households", "2020-01-01,,\nELM,H-2", "1/1/2020,,\nELM,H-2", 2, "approved_on", A_DAY),
    ("enquiries", "2021-04-01T09:00", "2021-04-01T25:00", 2, "received_at", AN_INSTANT),
    ("enquiries", "2021-04-01T09:00", "2021-03-28T01:30", 2, "received_at", AN_INSTANT),
    ("enquiries", "2021-04-01T09:00", "last week", 2, "received_at", AN_INSTANT),
    ("enquiries", "2021-04-01T09:00", "0201-04-01", 2, "received_at", AN_INSTANT),
    ("terms", "permanent,2", "permanent,-1", 2, "places", "a whole number, 0 or more, such as 2"),
    ("terms", "permanent,2", "permanent,2.5", 2, "places", "a whole number, 0 or more, such as 2"),
    (
        "terms",
        "permanent,2",
        "permanent,99999999999",
        2,
        "places",
        "a whole number, 0 or more, such as 2",
    ),
    (
        "unavailability",
        "U-1,1",
        "U-1,0",
        2,
        "places",
        "a whole number, 1 or more, such as 3",
    ),
    (
        "campaigns",
        "512.50",
        "£500",
        2,
        "cost",
        "a plain decimal, nought or more, such as 12.5",
    ),
    ("campaigns", "512.50", "512.505", 2, "cost", "at most two decimals, such as 512.50"),
    ("allocations", ",false", ",no", 3, "cover", "true or false"),
    ("children", "C-1,2012-06-01,F", "C-1,2012-06-01,X", 2, "gender", "one of M, F, U"),
    (
        "terms",
        "general,permanent",
        "specalist,permanent",
        2,
        "carer_type",
        (
            "one of general, specialist, connected_person, respite, short_breaks,"
            " early_permanence: perhaps specialist"
        ),
    ),
    ("terms", "M;F", "M;Q", 2, "genders", "one of M, F, U"),
    ("people", "PE-1,carer", "PE-1,", 2, "role", "a role"),
    ("users", "ann@example.org", "ann", 2, "email", "an email address, such as ann@example.org"),
    ("children", "C-2", "C" * 201, 3, "ref", "200 characters or fewer"),
    ("households", "The Ashes", "The\0Ashes", 2, "name", "the text without it"),
    ("children", "C-1,2012-06-01,F", "C-1,2012-06-01,\0", 2, "gender", "the text without it"),
    ("households", "The Ashes", "x" * 10_001, 2, "name", "10,000 characters or fewer"),
    (
        "terms",
        "general,permanent",
        "x" * 200_000 + ",permanent",
        2,
        "carer_type",
        "10,000 characters or fewer",
    ),
    ("allocations", "W-2,,H-1", "W-9,,H-1", 3, "user", "the ref of a row of users.csv"),
    (
        "terms",
        "ELM,H-2",
        "ELM,H-9",
        3,
        "household",
        "the ref of a row of households.csv, or CODE/REF for another member of its shared service",
    ),
    ("skills", "ELM,H-1", "OAK,H-1", 2, "service", "the code of a row of services.csv"),
    (
        "unavailability",
        "carer_break,,",
        "carer_break,S-1,",
        2,
        "search",
        "the ref of a row of searches.csv",
    ),
    (
        "pipeline",
        "withdrawn,2021-04-05,no_contact",
        "withdrawn,2021-04-05,bored",
        6,
        "detail",
        None,
    ),
    ("pipeline", "E-1,initial_visit,", "E-1,inital_visit,", 3, "event", None),
    (
        "settings",
        "assessment_target_months,6",
        "assessment_target_months,half a year",
        2,
        "value",
        "a whole number from 1 to 999, such as 6",
    ),
    ("settings", "assessment_target_months,6", "age_bands,5-9", 2, "value", None),
    ("settings", "assessment_target_months,6", "review_week,6", 2, "key", None),
    (
        "targets",
        "households_approved,skill:babies,count",
        "enquiries,,count",
        2,
        "measure",
        (
            "one of households, households_approved, households_net_gain, places, places_approved,"
            " places_net_gain"
        ),
    ),
    ("targets", "skill:babies,count", "skill:babies,range", 2, "shape", "count"),
    ("targets", "skill:babies", "skill:flying", 2, "segment", None),
    ("targets", "skill:babies", "scheme:none", 2, "segment", "scheme:CODE of a row of schemes.csv"),
    ("targets", "skill:babies", "route:mainstream", 2, "segment", None),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "column", "expected"), CELLS)
def test_a3_a_cell_that_cannot_be_is_told_by_file_line_and_column(
    loading, tmp_path, name, old, new, line, column, expected
):
    folder = folders.write(tmp_path, **{name: changed(name, old, new)})

    outcome = folders.load(loading, folder)

    assert not outcome.written
    first = outcome.faults[0]
    assert (first.file, first.line, first.column) == (f"{name}.csv", line, column)
    assert first.problem
    assert expected is None or first.expected == expected
    assert first.expected


def test_every_cell_at_fault_is_told_and_what_hangs_on_it_is_not(loading, tmp_path):
    households = changed("households", "H-1,The Ashes,,,", ",,half,,")

    assert faults_of(loading, tmp_path, households=households) == [
        ("households.csv", 2, "ref", "", "empty, and required"),
        ("households.csv", 2, "name", "", "empty, and required"),
        ("households.csv", 2, "approval", "half", "“half” is not a code of this column"),
    ]


ROWS = [
    ("placements", "P-2,C-2,,A-1", "P-2,C-2,,", 3, "neither household nor provider"),
    ("placements", "P-2,C-2,,A-1", "P-2,C-2,H-1,A-1", 3, "both household and provider"),
    ("allocations", "W-2,,H-1", "W-2,,", 3, "neither enquiry nor household"),
    ("people", "ELM,,E-1,PE-2", "ELM,,,PE-2", 3, "neither household nor enquiry"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "problem"), ROWS)
def test_a3_a_row_that_belongs_nowhere_or_twice_is_told_in_no_one_column(
    loading, tmp_path, name, old, new, line, problem
):
    found = faults_of(loading, tmp_path, **{name: changed(name, old, new)})

    assert found == [(f"{name}.csv", line, None, None, problem)]


OF_A_RECORD = [
    ("terms", "general,permanent", "general,family_and_friends", 2, "primary_offer"),
    ("terms", "general,permanent", "connected_person,permanent", 2, "primary_offer"),
    ("terms", "2,0,17", "2,12,5", 2, "age_min"),
    ("terms", "2020-01-01,,general,permanent", "2020-01-01,2019-01-01,general,", 2, "until_on"),
    ("households", "2020-01-01,2022-01-01", "2020-01-01,2019-01-01", 3, "ended_on"),
    ("unavailability", "2021-06-30", "2021-05-30", 2, "expected_until_on"),
    ("targets", "2022-03-31", "2021-03-31", 2, "last_on"),
    ("campaigns", "2021-06-01", "2021-03-31", 2, "until_on"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "column"), OF_A_RECORD)
def test_a3_a_record_that_contradicts_itself_is_refused(
    loading, tmp_path, name, old, new, line, column
):
    found = faults_of(loading, tmp_path, **{name: changed(name, old, new)})

    assert next(one[:3] for one in found) == (f"{name}.csv", line, column)


def test_a3_a_file_in_another_encoding_is_a_fault_at_the_line_where_it_begins(loading, tmp_path):
    folder = folders.write(tmp_path)
    text = more("users", "ELM,W-3,Zoë,zoe@example.org,")
    (folder / "users.csv").write_bytes(text.encode("latin-1"))

    outcome = folders.load(loading, folder)

    assert [(one.file, one.line, one.problem) for one in outcome.faults] == [
        ("users.csv", 4, "not UTF-8")
    ]


def test_a3_a_missing_column_is_a_fault_of_the_header(loading, tmp_path):
    children = "ref,born_on\nC-1,2012-06-01\n"
    providers = "service,ref,kind\nELM,A-1,ifa\n"

    found = faults_of(loading, tmp_path, children=children, providers=providers)

    assert found == [
        ("children.csv", 1, "service", None, "the column is missing"),
        (
            "providers.csv",
            1,
            "name",
            None,
            "the column is missing, and the record of line 2 is not known yet",
        ),
    ]


def test_what_hangs_on_a_missing_column_is_not_told_as_well(loading, tmp_path):
    households = "service,ref,name\nELM,H-1,The Ashes\nELM,H-2,The Birches\n"

    found = faults_of(loading, tmp_path, households=households)

    assert [one[:3] for one in found] == [("households.csv", 1, "approved_on")]


def test_an_unknown_column_is_told_with_the_nearest_that_is_known(loading, tmp_path):
    children = changed("children", "born_on", "birth_on")

    outcome = folders.load(loading, folders.write(tmp_path, children=children))

    (fault,) = outcome.faults
    assert (fault.file, fault.line, fault.column) == ("children.csv", 1, "birth_on")
    assert fault.expected == "one of its columns: the nearest is born_on"


def test_a_column_twice_in_the_header_is_a_fault(loading, tmp_path):
    children = "service,ref,ref\nELM,C-1,C-1\n"

    found = faults_of(loading, tmp_path, children=children, placements=None)

    assert found == [
        ("children.csv", 1, "ref", None, "the column stands in the header more than once")
    ]


def test_a3_a_row_too_long_or_too_short_is_a_fault(loading, tmp_path):
    sources = more("sources", "ELM,fair,Fair,other,more", "ELM,walk,Walk")

    assert faults_of(loading, tmp_path, sources=sources) == [
        ("sources.csv", 3, None, None, "too many cells: 5, where the header has 4"),
        ("sources.csv", 4, None, None, "too few cells: 3, where the header has 4"),
    ]


def test_a_line_is_counted_where_its_row_begins_though_cells_have_lines_of_their_own(
    loading, tmp_path
):
    households = changed("households", "The Ashes", '"The\nAshes"').replace(
        "2020-01-01,2022-01-01", "2020-13-01,"
    )

    found = faults_of(loading, tmp_path, households=households)

    assert [one[:3] for one in found] == [("households.csv", 4, "approved_on")]


def test_what_is_not_csv_and_what_is_empty_is_a_fault(loading, tmp_path):
    found = faults_of(loading, tmp_path, sources='service,code,name\nELM,"web"x,Web\n', schemes="")

    assert [one[:2] for one in found] == [("schemes.csv", 1), ("sources.csv", 2)]


@pytest.mark.parametrize(
    "name", ["rates", "search_options", "visits", "reviews", "checks", "Services"]
)
def test_a3_a_file_that_is_not_built_yet_or_not_known_is_a_fault_at_its_line_1(
    loading, tmp_path, name
):
    found = faults_of(loading, tmp_path, **{name: "service,ref\nELM,1\n"})

    assert found == [(f"{name}.csv", 1, None, None, "no file of this name can be loaded")]


def test_without_services_nothing_is_known(loading, tmp_path):
    found = faults_of(loading, tmp_path, services=None)

    assert ("services.csv", 1, None, None, "the file is missing") in found


def test_the_same_key_twice_in_a_folder_is_a_fault_that_names_the_first(loading, tmp_path):
    found = faults_of(
        loading,
        tmp_path,
        children=more("children", "ELM,C-1,,,,"),
        pipeline=more("pipeline", "ELM,E-1,contacted,2021-04-01T09:00Z,,,"),
        users=more("users", "ELM,W-3,Cy,ANN@example.org,"),
    )

    assert found == [
        ("children.csv", 4, "ref", "C-1", "the same ref as in line 2"),
        ("pipeline.csv", 7, None, None, "the same enquiry and event and at as in line 2"),
        ("users.csv", 4, "email", "ANN@example.org", "the email of W-1 too, in the same service"),
    ]


def test_a_row_may_name_neither_itself_nor_round_in_a_circle(loading, tmp_path):
    enquiries = more(
        "enquiries",
        "ELM,E-3,2021-05-01,,,,,,,,E-3",
        "ELM,E-4,2021-05-01,,,,,,,,E-5",
        "ELM,E-5,2021-05-01,,,,,,,,E-4",
    )

    assert faults_of(loading, tmp_path, enquiries=enquiries) == [
        ("enquiries.csv", 4, "duplicate_of", "E-3", "the row names itself"),
        ("enquiries.csv", 6, "duplicate_of", "E-4", "the rows name one another in a circle"),
    ]


def test_faults_are_in_the_order_of_file_and_line_and_after_a_thousand_counted(loading, tmp_path):
    children = more("children", *(f"ELM,C-{number},never,,," for number in range(10, 1211)))
    terms = changed("terms", "permanent,2", "permanent,two")

    outcome = folders.load(loading, folders.write(tmp_path, children=children, terms=terms))

    assert outcome.fault_count == 1202
    assert len(outcome.faults) == 1000
    assert [one.line for one in outcome.faults] == list(range(4, 1004))


def test_a_shared_service_has_no_parent_and_only_it_is_one(loading, tmp_path):
    services = more("services", "OAK,Oakham,local_authority,ELM,", "TRI,Tri,shared_service,ELM,")

    assert faults_of(loading, tmp_path, services=services) == [
        ("services.csv", 3, "parent", "ELM", "not a shared service"),
        ("services.csv", 4, "parent", "ELM", "a shared service has no parent"),
    ]


def test_a_zip_that_is_none_is_a_fault(loading, tmp_path):
    packed = tmp_path / "records.zip"
    packed.write_text("not a zip")

    outcome = folders.load(loading, packed)

    assert [(one.file, one.problem) for one in outcome.faults] == [
        ("records.zip", "not a zip that can be read")
    ]
