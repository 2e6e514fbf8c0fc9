"""Exemptions and temporary approvals from files: children named, and days gone past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from carers.domain import clock
from carers.exchange.findings import Counts
from carers.models import (
    AuditEntry,
    Child,
    Exemption,
    FosteringService,
    Placement,
    TemporaryApproval,
)
from tests import folders
from tests.folders import ask, changed, more

EXEMPTIONS = """\
service,household,from_on,until_on,granted_by,children
ELM,H-1,2021-04-01,,Elmshire,C-1;C-2
"""
HEADER = (
    "service,household,children,approved_by,extended_on,extension_reason,panel_views_on,"
    "iro_informed_on,extension_approved_by\n"
)


def temporary(approval: str, approved_on: date, ended_on: date | None = None) -> str:
    return more(
        "households",
        f"ELM,H-3,Nan,{approval},,,EL3 3CC,1,{approved_on},{ended_on or ''},",
    )


def test_children_are_named_once_and_the_same_folder_changes_nothing(loading, tmp_path):
    rows = HEADER + "ELM,H-3,C-2,The nominated officer,,,,,\n"
    files = {
        "households": temporary("temporary", date(2021, 4, 1), date(2021, 5, 1)),
        "exemptions": EXEMPTIONS,
        "temporary_approvals": rows,
    }
    folder = folders.write(tmp_path, **files)

    outcome = folders.load(loading, folder)

    assert outcome.faults == ()
    assert outcome.files["exemptions.csv"] == Counts(added=1)
    refs = dict(ask(loading, select(Child.id, Child.ref)))
    [[named]] = ask(loading, select(Exemption.child_ids))
    assert [refs[one] for one in named] == ["C-1", "C-2"]
    [[named, by]] = ask(loading, select(TemporaryApproval.child_ids, TemporaryApproval.approved_by))
    assert ([refs[one] for one in named], by) == (["C-2"], "The nominated officer")
    again = folders.load(loading, folder)
    assert all(one.added == one.changed == 0 for one in again.files.values())
    fewer = folders.write(tmp_path, **files | {"exemptions": EXEMPTIONS.replace(";C-2", "")})
    assert folders.load(loading, fewer).files["exemptions.csv"] == Counts(changed=1)
    actions = ask(loading, select(AuditEntry.action).where(AuditEntry.record_type == "exemption"))
    assert sorted(action for (action,) in actions) == ["changed by a load", "loaded"]


@pytest.mark.parametrize(
    ("files", "column", "problem"),
    [
        (
            {"exemptions": EXEMPTIONS.replace("C-2", "C-9")},
            "children",
            "there is no row of children.csv with this ref in service ELM",
        ),
        (
            {"exemptions": EXEMPTIONS.replace("2021-04-01,", "2021-04-01,2021-03-01")},
            "until_on",
            "before from_on, which is 2021-04-01",
        ),
        (
            {"exemptions": EXEMPTIONS.replace("H-1", "H-9")},
            "household",
            "there is no row of households.csv with this ref in service ELM",
        ),
        ({"temporary_approvals": HEADER + "ELM,H-2,,,,,,,\n"}, "children", "empty, and required"),
        ({"temporary_approvals": HEADER + "ELM,H-2,;,,,,,,\n"}, "children", "empty, and required"),
        (
            {"temporary_approvals": HEADER + "ELM,H-2,C-1,,2021-05-01,because,,,\n"},
            "extension_reason",
            "“because” is not a code of this column",
        ),
        (
            {"exemptions": EXEMPTIONS + "ELM,H-1,2021-04-01,,Again,C-1\n"},
            None,
            "the same household and from_on as in line 2",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_a_fault(loading, tmp_path, files, column, problem):
    outcome = folders.load(loading, folders.write(tmp_path, **files))

    [fault] = outcome.faults
    assert (fault.column, fault.problem) == (column, problem)


WEEK = timedelta(weeks=1)
START = date(2021, 4, 1)


@pytest.mark.parametrize(
    ("approval", "ended_on", "extension", "last"),
    [
        ("temporary", START + 16 * WEEK, None, None),
        ("temporary", START + 16 * WEEK + timedelta(1), None, "2021-07-21"),
        ("temporary", None, None, "2021-07-21"),
        ("temporary", START + 24 * WEEK, "2021-07-22,assessment_not_complete", None),
        (
            "temporary",
            START + 24 * WEEK + timedelta(1),
            "2021-07-22,assessment_not_complete",
            "2021-09-15",
        ),
        ("temporary", None, "2021-07-22,review_of_determination", None),
        ("adopter", None, None, None),
        ("host", None, None, None),
    ],
)
def test_a_temporary_approval_that_went_on_past_its_last_day_is_a_finding(
    loading, tmp_path, approval, ended_on, extension, last
):
    rows = HEADER + f"ELM,H-3,C-2,,{extension or ','},,,\n"
    files = {"households": temporary(approval, START, ended_on), "temporary_approvals": rows}

    found = folders.load(loading, folders.write(tmp_path, **files)).findings

    words = f"the temporary approval of household H-3 went on after its last day, {last}"
    assert [one.finding for one in found if "last day" in one.finding] == [words] * bool(last)
    assert {one.file for one in found if "last day" in one.finding} <= {"temporary_approvals.csv"}


def test_one_that_is_not_over_yet_is_not_past_its_last_day_without_a_row_either(loading, tmp_path):
    today = clock.today()
    for approved_on, is_past in ((today - 16 * WEEK, True), (today - 16 * WEEK + WEEK, False)):
        folder = folders.write(tmp_path, households=temporary("temporary", approved_on))

        found = folders.load(loading, folder, dry_run=True).findings

        assert [one.file for one in found if "last day" in one.finding] == ["households.csv"] * (
            is_past
        )


def test_children_over_the_places_are_a_finding_whether_or_not_they_are_exempt(loading, tmp_path):
    placements = more(
        "placements", "ELM,P-3,C-2,H-1,,2021-10-01,,U6,,,", "ELM,P-4,C-3,H-1,,2021-10-01,,U6,,,"
    )
    children = more("children", "ELM,C-3,,,,")
    for exemptions in (None, EXEMPTIONS.replace("C-2", "C-2;C-3")):
        folder = folders.write(
            tmp_path, placements=placements, children=children, exemptions=exemptions
        )

        found = folders.load(loading, folder, dry_run=True).findings

        assert "more children than places in household H-1 from 2021-10-01 on" in [
            one.finding for one in found
        ]


def test_a_row_that_a_load_corrects_keeps_its_override(loading, tmp_path):
    folder = folders.write(tmp_path)
    folders.load(loading, folder)
    override(loading)

    folders.load(
        loading,
        folders.write(
            tmp_path, placements=changed("placements", "H-1,,2021-04-01,,U6", "H-1,,2021-04-01,,U4")
        ),
    )

    rows = ask(
        loading,
        select(Placement.place_type, Placement.override_reason).where(
            Placement.ref == "P-1", Placement.superseded_by_id.is_(None)
        ),
    )
    assert [tuple(row) for row in rows] == [("U4", "Brothers together")]


def override(app: Flask) -> None:
    """Say of a placement that is there that a manager let it in."""
    engine = create_engine(app.config["CARERS_OWNER_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE placement SET override_reason = 'Brothers together', override_by_id ="
                " (SELECT id FROM membership WHERE ref = 'W-1') WHERE ref = 'P-1'"
            )
        )
    engine.dispose()


def test_an_exemption_of_a_shared_services_home_names_a_members_child(loading, tmp_path):
    services = "code,name,kind,parent\nTRI,Tri,shared_service,\nELM,Elmshire,local_authority,TRI\n"
    files = {
        "services": services,
        "households": more("households", "TRI,S-1,Shared,,,,,,2020-01-01,,"),
        "terms": more("terms", "TRI,S-1,2020-01-01,,general,,1,,,,"),
        "exemptions": EXEMPTIONS.replace("H-1", "S-1"),
    }
    folder = folders.write(tmp_path, **files)

    assert folders.load(loading, folder).faults == ()

    rows = ask(
        loading,
        select(FosteringService.code, Exemption.child_ids).join(
            FosteringService, FosteringService.id == Exemption.service_id
        ),
    )
    refs = dict(ask(loading, select(Child.id, Child.ref)))
    assert [(code, [refs[one] for one in named]) for code, named in rows] == [
        ("TRI", ["C-1", "C-2"])
    ]
    again = folders.load(loading, folder)
    assert all(one.added == one.changed == 0 for one in again.files.values())
