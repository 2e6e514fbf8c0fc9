"""What cannot be so in time is refused; history that breaks today's practice loads as a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from carers import create_app
from carers.db import db
from tests import folders, server
from tests.folders import FILES, changed, more


@pytest.fixture(scope="module")
def loading() -> Iterator[Flask]:
    """An application on a database that stays empty: nothing here is written."""
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


def faults_of(app: Flask, folder: Path, **files: str | None) -> list[tuple[object, ...]]:
    outcome = folders.load(app, folders.write(folder, **files), dry_run=True)
    return [(one.file, one.line, one.column, one.problem) for one in outcome.faults]


def findings_of(app: Flask, folder: Path, **files: str | None) -> list[tuple[object, ...]]:
    """Those that the small service does not have as it is."""
    usual = folders.load(app, folders.write(folder), dry_run=True).findings
    outcome = folders.load(app, folders.write(folder, **files), dry_run=True)
    assert outcome.faults == ()
    new = [one for one in outcome.findings if one not in usual]
    return [(one.file, one.line, one.column, one.value, one.finding) for one in new]


def test_a3_two_terms_in_force_on_one_day_are_refused(loading, tmp_path):
    terms = more("terms", "ELM,H-1,2021-06-01,,general,,3,,,,")

    outcome = folders.load(loading, folders.write(tmp_path, terms=terms))

    (fault,) = outcome.faults
    assert (fault.file, fault.line, fault.column, fault.value) == ("terms.csv", 4, None, None)
    assert fault.problem == "two terms are in force on 2021-06-01 for household H-1"
    assert fault.expected == "an until_on in the earlier row, such as 2021-06-01"


def test_terms_end_with_their_household(loading, tmp_path):
    late = more("terms", "ELM,H-2,2022-01-01,,general,,1,,,,").replace(
        "ELM,H-2,2020-01-01,,", "ELM,H-2,2020-01-01,2021-01-01,"
    )
    long = changed("terms", "ELM,H-2,2020-01-01,,", "ELM,H-2,2020-01-01,2022-01-02,")

    assert faults_of(loading, tmp_path, terms=late) == [
        (
            "terms.csv",
            4,
            "from_on",
            "household H-2 ended on 2022-01-01, and terms of it begin on 2022-01-01",
        )
    ]
    assert faults_of(loading, tmp_path, terms=long) == [
        (
            "terms.csv",
            3,
            "until_on",
            "household H-2 ended on 2022-01-01, and terms of it go on until 2022-01-02",
        )
    ]


def test_a_household_approved_and_ended_on_one_day_has_terms_of_that_day(loading, tmp_path):
    households = more("households", "ELM,H-3,One day,,,,,,2021-05-01,2021-05-01,")
    terms = more("terms", "ELM,H-3,2021-05-01,2021-05-01,general,,1,,,,")

    assert faults_of(loading, tmp_path, households=households, terms=terms) == []
    assert findings_of(loading, tmp_path, households=households, terms=terms) == []


def test_only_full_approval_needs_terms(loading, tmp_path):
    households = more(
        "households",
        "ELM,H-3,Full,,,,,,2021-05-01,,",
        "ELM,H-4,Family,temporary,,,,,2021-05-01,,",
    )

    assert faults_of(loading, tmp_path, households=households) == [
        ("households.csv", 4, None, "household H-3 has full approval and no terms")
    ]


PLACEMENTS = [
    ("H-1,,2021-04-01,", "H-1,,2019-12-31,", "from_on", "was approved on 2020-01-01"),
    ("H-1,,2021-04-01,", "H-2,,2022-01-01,", "from_on", "a child came on 2022-01-01"),
    ("H-1,,2021-04-01,", "H-2,,2021-04-01,", "until_on", "a placement in it goes on"),
    ("H-1,,2021-04-01,", "H-2,,2021-04-01,2022-01-02", "until_on", "a placement in it goes on"),
]


@pytest.mark.parametrize(("old", "new", "column", "problem"), PLACEMENTS)
def test_a3_a_child_lives_in_a_home_while_it_is_approved(
    loading, tmp_path, old, new, column, problem
):
    placements = changed("placements", old, new)

    found = faults_of(loading, tmp_path, placements=placements)

    assert [one[:3] for one in found] == [("placements.csv", 2, column)]
    assert problem in str(found[0][3])


STAYS = [
    ("P-3,C-1,,A-1,2021-05-01,2021-05-08,U6,,,", "child C-1 is in two places on the night of"),
    ("P-3,C-1,,A-1,2021-05-01,2021-05-08,U6,P-2,,", "placement P-2 is of another child"),
    ("P-3,C-1,,A-1,2021-03-30,2021-05-08,U6,P-1,,", "respite stay P-3 is outside its main"),
    ("P-3,C-2,,A-1,2021-09-01,2021-10-02,U6,P-2,,", "P-3 is a respite stay in the home of its own"),
    ("P-3,C-2,H-1,,2021-09-01,2021-10-02,U6,P-2,,", "respite stay P-3 is outside its main"),
    ("P-3,C-1,,A-1,2021-05-01,2021-05-08,U6,P-9,,", "there is no row of placements.csv with this"),
    ("P-3,C-1,,A-1,2021-05-01,2021-05-08,U6,P-3,,", "the row names itself"),
]


@pytest.mark.parametrize(("row", "problem"), STAYS)
def test_a3_a_child_is_in_one_place_a_night_but_for_respite(loading, tmp_path, row, problem):
    found = faults_of(loading, tmp_path, placements=more("placements", f"ELM,{row}"))

    assert [one[:2] for one in found] == [("placements.csv", 4)]
    assert str(found[0][3]).startswith(problem)


def test_two_respite_stays_of_a_child_at_once_are_refused(loading, tmp_path):
    placements = more(
        "placements",
        "ELM,P-3,C-1,,A-1,2021-05-01,2021-05-08,U6,P-1,,",
        "ELM,P-4,C-1,H-2,,2021-05-07,2021-05-09,U6,P-1,,",
    )

    (found,) = faults_of(loading, tmp_path, placements=placements)

    assert found[:3] == ("placements.csv", 5, None)
    assert "two respite stays on the night of 2021-05-07" in str(found[3])


def test_a_stay_may_follow_another_on_the_day_it_ends_and_one_of_no_night_is_nowhere(
    loading, tmp_path
):
    placements = more(
        "placements",
        "ELM,P-3,C-2,,A-1,2021-10-01,,U6,,,",
        "ELM,P-4,C-1,,A-1,2021-06-01,2021-06-01,U6,,,",
        "ELM,P-5,C-1,,A-1,2021-05-01,2021-05-08,U6,P-1,,",
        "ELM,P-6,C-1,H-2,,2021-05-08,2021-05-09,U6,P-1,,",
    )

    assert faults_of(loading, tmp_path, placements=placements) == []


CASES = [
    ("stage1_started,2021-04-30,", "event", "cannot come before"),
    ("application_received,2021-06-01,", "event", "is already recorded"),
    ("contacted,2021-03-31,", "at", "before the enquiry was received"),
    ("minutes_final,2021-06-01,", "event", "No panel has made a recommendation"),
    ("told_orally,2021-06-01,", "event", "Nothing has been decided"),
    ("resumed,2021-06-01,", "event", "not paused"),
    ("reopened,2021-06-01,", "event", "nothing to reopen"),
    ("irm_recommended,2021-06-01,approve", "event", "No independent review"),
    ("panel_recommended,2021-06-01,", "detail", "needs a detail"),
    ("initial_visit_booked,2021-06-01,2021-06-31", "detail", "not a real date"),
]


@pytest.mark.parametrize(("event", "column", "problem"), CASES)
def test_a3_an_event_that_the_graph_forbids_is_refused(loading, tmp_path, event, column, problem):
    pipeline = more("pipeline", f"ELM,E-1,{event},,")

    found = faults_of(loading, tmp_path, pipeline=pipeline)

    told = [one for one in found if problem in str(one[3])]
    assert [one[0] for one in told] == ["pipeline.csv"]
    assert told[0][2] == column


def test_nothing_follows_a_closing_but_reopening(loading, tmp_path):
    pipeline = more("pipeline", "ELM,E-2,contacted,2021-04-06,,,")

    (found,) = faults_of(loading, tmp_path, pipeline=pipeline)

    assert found[:3] == ("pipeline.csv", 7, "event")


def test_events_of_one_instant_are_in_the_order_of_the_file(loading, tmp_path):
    lines = FILES["pipeline"].splitlines()
    lines[3], lines[4] = lines[4], lines[3]

    (found,) = faults_of(loading, tmp_path, pipeline="\n".join(lines) + "\n")

    assert found[:3] == ("pipeline.csv", 4, "event")


def test_a3_a_gap_in_terms_is_a_finding_in_the_words_of_the_days(loading, tmp_path):
    terms = changed("terms", "ELM,H-1,2020-01-01,,", "ELM,H-1,2020-01-01,2021-05-02,") + (
        "ELM,H-1,2021-05-09,,general,,2,,,,\n"
    )

    found = findings_of(loading, tmp_path, terms=terms)

    assert found[-1] == (
        "terms.csv",
        4,
        "from_on",
        "2021-05-09",
        "household H-1 has no terms from 2021-05-02 to 2021-05-08: no places on those days",
    )


def test_terms_that_begin_before_the_approval_or_stop_before_the_ending_are_findings(
    loading, tmp_path
):
    terms = changed("terms", "ELM,H-2,2020-01-01,,", "ELM,H-2,2019-12-01,2021-12-31,")
    open_ended = changed("terms", "ELM,H-2,2020-01-01,,", "ELM,H-2,2020-01-02,,")

    assert [one[2:] for one in findings_of(loading, tmp_path, terms=terms)] == [
        (
            "from_on",
            "2019-12-01",
            (
                "terms of household H-2 begin on 2019-12-01, before its approval on 2020-01-01:"
                " they count from then"
            ),
        ),
        (
            "until_on",
            "2021-12-31",
            "household H-2 has no terms on 2021-12-31: no places on that day",
        ),
    ]
    assert [one[2:] for one in findings_of(loading, tmp_path, terms=open_ended)] == [
        (
            "from_on",
            "2020-01-02",
            "household H-2 has no terms on 2020-01-01: no places on that day",
        )
    ]


def test_more_children_than_places_and_more_withheld_than_are_left_are_findings(loading, tmp_path):
    children = more("children", "ELM,C-3,,,,", "ELM,C-4,,,,")
    placements = more(
        "placements",
        "ELM,P-3,C-3,H-1,,2021-05-01,2021-07-01,U6,,,",
        "ELM,P-4,C-4,H-1,,2021-06-15,2021-07-01,U6,,,",
    )

    found = findings_of(loading, tmp_path, children=children, placements=placements)

    assert ("placements.csv", 5, "from_on") in [one[:3] for one in found]
    assert [one[4] for one in found if one[0] in {"placements.csv", "unavailability.csv"}] == [
        "more children than places in household H-1 from 2021-06-15 to 2021-06-30",
        "more places withheld than are left in household H-1 from 2021-06-01 to 2021-06-30",
    ]


def test_a_confirmation_that_differs_from_the_ledger_is_a_finding(loading, tmp_path):
    confirmations = changed("confirmations", "carer,0,", "carer,2,")

    assert findings_of(loading, tmp_path, confirmations=confirmations) == [
        (
            "confirmations.csv",
            2,
            "vacant",
            "2",
            "household H-1 has 0 vacant by the records of that day",
        )
    ]


def test_a_home_with_a_place_type_that_is_not_fostering_is_a_finding(loading, tmp_path):
    placements = changed("placements", "H-1,,2021-04-01,,U6", "H-1,,2021-04-01,,K2")

    (found,) = findings_of(loading, tmp_path, placements=placements)

    assert found[:4] == ("placements.csv", 2, "place_type", "K2")


def test_what_a_case_lacks_is_a_finding_beside_its_event_or_its_enquiry(loading, tmp_path):
    pipeline = more(
        "pipeline",
        "ELM,E-1,decided,2021-09-01,approve,,",
        "ELM,E-1,approved,2021-09-01,,,",
    )

    found = findings_of(loading, tmp_path, pipeline=pipeline)

    assert {one[:4] for one in found} == {
        ("pipeline.csv", 7, "event", "decided"),
        ("pipeline.csv", 8, "event", "approved"),
    }


def test_a_code_of_applications_where_there_was_none_is_a_finding(loading, tmp_path):
    pipeline = changed("pipeline", "2021-04-05,no_contact", "2021-04-05,AW1")

    assert findings_of(loading, tmp_path, pipeline=pipeline) == [
        (
            "pipeline.csv",
            6,
            "event",
            "withdrawn",
            "AW1 is of applications: there was none",
        )
    ]


def test_an_approved_case_and_its_household_agree_on_the_day(loading, tmp_path):
    events = [f"ELM,E-1,{one},,," for one in ("approved,2021-09-01",)]
    on_the_day = more("households", "ELM,H-3,New,,,E-1,,,2021-09-01,,")
    day_after = more("households", "ELM,H-3,New,,,E-1,,,2021-09-02,,")
    terms = more("terms", "ELM,H-3,2021-09-02,,general,,1,,,,")
    agree = findings_of(
        loading,
        tmp_path,
        pipeline=more("pipeline", *events),
        households=on_the_day,
        terms=terms.replace("H-3,2021-09-02", "H-3,2021-09-01"),
    )

    differ = findings_of(
        loading, tmp_path, pipeline=more("pipeline", *events), households=day_after, terms=terms
    )

    assert "approved on two days" not in str(agree)
    assert "1 September 2021 here, 2 September 2021 in the register" in str(differ)


def test_events_on_a_duplicate_are_a_finding_of_the_enquiry(loading, tmp_path):
    enquiries = changed("enquiries", "Dan Carer,,,", "Dan Carer,,,E-1")

    (found,) = findings_of(loading, tmp_path, enquiries=enquiries)

    assert found[:4] == ("enquiries.csv", 3, None, None)
