"""Loads that are written: keys, absent columns, corrections, void rows, services that share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from carers import create_app
from carers.cli.acting import worker
from carers.db import db, set_viewer
from carers.domain.clock import at
from carers.exchange.findings import Counts
from carers.models import (
    AuditEntry,
    Enquiry,
    FosteringService,
    Household,
    KeptCase,
    Membership,
    PipelineEvent,
    Placement,
    Setting,
    Terms,
    User,
)
from carers.services import cases
from tests import folders, server
from tests.folders import changed, more


@pytest.fixture
def loading() -> Iterator[Flask]:
    """An application on a database of its own, since loads commit."""
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


def ask(app: Flask, statement: Any) -> Any:
    """Rows as somebody sees them who may see every service."""
    with app.app_context():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        rows = db.session.execute(statement).all()
        db.session.remove()
        return rows


def count(app: Flask, model: Any) -> int:
    return int(ask(app, select(func.count()).select_from(model))[0][0])


def test_a3_a_folder_loads_and_loaded_again_changes_nothing(loading, tmp_path):
    folder = folders.write(tmp_path)

    first = folders.load(loading, folder)
    entries = count(loading, AuditEntry)
    again = folders.load(loading, folder)

    assert first.written
    assert first.files["pipeline.csv"] == Counts(added=5)
    assert set(first.files) == {f"{name}.csv" for name in folders.FILES}
    assert again.written
    assert all(one.added == one.changed == 0 for one in again.files.values())
    assert again.files["pipeline.csv"] == Counts(unchanged=5)
    assert count(loading, AuditEntry) == entries


def test_every_row_is_audited_by_the_name_of_the_command_and_personal_values_are_digests(
    loading, tmp_path
):
    folders.load(loading, folders.write(tmp_path))

    rows = ask(loading, select(AuditEntry.by_ref, AuditEntry.action, AuditEntry.after))

    assert {(row.by_ref, row.action) for row in rows} == {("flask import", "loaded")}
    text = str([row.after for row in rows])
    assert "H-1" in text
    for personal in ("Cat Carer", "ann@example.org", "1970-01-31", "The Ashes"):
        assert personal not in text


def test_a3_the_kept_cases_equal_their_events_after_a_load(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    pipeline = more("pipeline", "ELM,E-1,stage1_information_complete,2021-05-20,,,")
    settings = more("settings", "ELM,assessment_target_months,8,2020-02-01")
    folder = folders.write(tmp_path, pipeline=pipeline, settings=settings)
    assert folders.load(loading, folder).written

    with loading.app_context():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        kept = db.session.scalars(select(KeptCase).order_by(KeptCase.received_at)).all()
        assert cases.differing([one.enquiry_id for one in kept]) == []
        assert kept[0].application_received_on == date(2021, 5, 1)
        assert kept[0].six_month_due_on == date(2022, 1, 1)
        db.session.remove()


def test_a_column_that_is_not_there_leaves_the_field_and_an_empty_cell_empties_it(
    loading, tmp_path
):
    folders.load(loading, folders.write(tmp_path))
    households = "service,ref,bedrooms\nELM,H-1,\nELM,H-2,5\n"

    outcome = folders.load(loading, folders.write(tmp_path, households=households))

    assert outcome.files["households.csv"] == Counts(changed=2)
    rows = ask(loading, select(Household.name, Household.bedrooms).order_by(Household.ref))
    assert [tuple(row) for row in rows] == [("The Ashes", None), ("The Birches", 5)]
    (entry,) = ask(
        loading,
        select(AuditEntry.before, AuditEntry.after)
        .where(AuditEntry.action == "changed by a load")
        .where(AuditEntry.after["bedrooms"].as_string() == "5"),
    )
    assert (entry.before, entry.after) == ({"bedrooms": 2}, {"bedrooms": 5})


def test_a_row_that_is_missing_from_a_later_folder_stays(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    services = folders.FILES["services"]
    for path in folders.write(tmp_path).iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text(services)

    assert folders.load(loading, tmp_path).files == {"services.csv": Counts(unchanged=1)}
    assert count(loading, Placement) == 2


def test_a3_an_ending_is_set_once_in_the_row_itself(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    placements = changed(
        "placements", "H-1,,2021-04-01,,U6,,,", "H-1,,2021-04-01,2021-07-01,U6,,E4A,"
    )

    outcome = folders.load(loading, folders.write(tmp_path, placements=placements))

    assert outcome.files["placements.csv"] == Counts(changed=1, unchanged=1)
    rows = ask(loading, select(Placement.until_on, Placement.superseded_by_id).order_by("ref"))
    assert rows[0] == (date(2021, 7, 1), None)
    assert count(loading, Placement) == 2


def test_a3_a_changed_fact_is_a_new_row_that_supersedes_the_old(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    terms = changed("terms", "general,permanent,2", "general,permanent,3")
    placements = changed("placements", "2021-10-01,U6,,CARPL", "2021-10-02,U6,,CARPL")

    outcome = folders.load(loading, folders.write(tmp_path, terms=terms, placements=placements))

    assert outcome.files["terms.csv"] == Counts(changed=1, unchanged=1)
    rows = ask(loading, select(Terms.id, Terms.places, Terms.superseded_by_id))
    (old,) = [row for row in rows if row.superseded_by_id]
    (new,) = [row for row in rows if row.id == old.superseded_by_id]
    assert (old.places, new.places) == (2, 3)
    (entry,) = ask(
        loading,
        select(AuditEntry.before, AuditEntry.after).where(AuditEntry.record_id == new.id),
    )
    assert (entry.before, entry.after) == ({"places": 2}, {"places": 3})
    again = folders.load(loading, tmp_path)
    assert all(one.changed == one.added == 0 for one in again.files.values())


def test_a_stay_goes_on_naming_the_placement_that_was_corrected(loading, tmp_path):
    placements = more("placements", "ELM,P-3,C-1,H-2,,2021-05-01,2021-05-08,U6,P-1,,")
    folders.load(loading, folders.write(tmp_path, placements=placements))
    corrected = placements.replace("C-1,H-1,,2021-04-01", "C-1,H-1,,2021-04-02")
    folders.load(loading, folders.write(tmp_path, placements=corrected))

    again = folders.load(loading, folders.write(tmp_path, placements=corrected))

    assert again.files["placements.csv"] == Counts(unchanged=3)


def test_a3_a_void_row_counts_in_nothing_and_stays_readable(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    pipeline = "service,enquiry,event,at,void\nELM,E-1,application_received,2021-05-01,true\n"

    first = folders.load(loading, folders.write(tmp_path, pipeline=pipeline))
    again = folders.load(loading, tmp_path)

    assert first.files["pipeline.csv"] == Counts(changed=1)
    assert again.files["pipeline.csv"] == Counts(unchanged=1)
    (case,) = ask(
        loading,
        select(KeptCase.application_received_on)
        .join(Enquiry, Enquiry.id == KeptCase.enquiry_id)
        .where(Enquiry.ref == "E-1"),
    )
    assert case.application_received_on is None
    rows = ask(
        loading,
        select(PipelineEvent.is_void, PipelineEvent.superseded_by_id)
        .where(PipelineEvent.event == "application_received")
        .order_by(PipelineEvent.position),
    )
    assert [row.is_void for row in rows] == [False, True]
    assert rows[0].superseded_by_id is not None


def test_of_a_void_row_only_its_key_and_the_form_of_its_cells_are_checked(loading, tmp_path):
    placements = more(
        "placements",
        "ELM,P-8,,,,2021-04-01,2020-04-01,,,,true",
        "ELM,P-9,C-1,H-1,,2021-04-01,,U6,,,true",
    )

    outcome = folders.load(loading, folders.write(tmp_path, placements=placements))
    again = folders.load(loading, tmp_path)
    wrong = folders.load(
        loading, folders.write(tmp_path, placements=more("placements", "ELM,P-9,,,,no,,,,,true"))
    )

    assert outcome.files["placements.csv"] == Counts(added=3, unchanged=1)
    assert again.files["placements.csv"] == Counts(unchanged=4)
    assert [(one.line, one.column) for one in wrong.faults] == [(4, "from_on")]


def test_nothing_may_refer_to_a_void_row(loading, tmp_path):
    placements = more(
        "placements",
        "ELM,P-3,C-1,H-1,,2019-04-01,,U6,,,true",
        "ELM,P-4,C-1,H-2,,2021-05-01,2021-05-08,U6,P-3,,",
    )

    outcome = folders.load(loading, folders.write(tmp_path, placements=placements))

    assert [(one.line, one.column, one.problem) for one in outcome.faults] == [
        (5, "respite_of", "the row that it names is void")
    ]


def test_a_row_that_is_not_void_any_more_counts_again(loading, tmp_path):
    void = changed("terms", "M;F,", "M;F,true")
    households = changed("households", "H-1,The Ashes,,", "H-1,The Ashes,host,")
    none = {"placements": None, "confirmations": None, "unavailability": None}
    folders.load(loading, folders.write(tmp_path, terms=void, households=households, **none))

    outcome = folders.load(loading, folders.write(tmp_path))

    assert outcome.written, outcome.faults
    assert outcome.files["terms.csv"] == Counts(changed=1, unchanged=1)
    assert outcome.files["households.csv"] == Counts(changed=1, unchanged=1)


def test_what_is_checked_is_the_records_as_they_would_stand(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text(folders.FILES["services"])
    (tmp_path / "households.csv").write_text("service,ref,ended_on\nELM,H-1,2021-05-01\n")
    (tmp_path / "placements.csv").write_text(
        "service,ref,child,household,from_on,place_type\nELM,P-3,C-1,H-2,2021-08-01,U6\n"
    )

    outcome = folders.load(loading, tmp_path)

    assert [(one.file, one.line, one.column) for one in outcome.faults] == [
        ("households.csv", 2, "ended_on"),
        ("placements.csv", 2, "until_on"),
        ("placements.csv", 2, None),
    ]
    assert count(loading, Placement) == 2


def test_a_corrected_event_keeps_its_place_among_those_of_its_instant(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    pipeline = changed(
        "pipeline", "application_received,2021-05-01,,,", "application_received,2021-05-01,,Late,"
    )

    outcome = folders.load(loading, folders.write(tmp_path, pipeline=pipeline))

    assert outcome.files["pipeline.csv"] == Counts(changed=2, unchanged=3)
    rows = ask(
        loading,
        select(PipelineEvent.event)
        .where(PipelineEvent.superseded_by_id.is_(None), PipelineEvent.at >= at(date(2021, 4, 30)))
        .order_by(PipelineEvent.at, PipelineEvent.position),
    )
    assert [row.event for row in rows] == ["application_received", "stage1_started"]
    assert folders.load(loading, tmp_path).files["pipeline.csv"] == Counts(unchanged=5)


def test_a_setting_emptied_is_the_default_again(loading, tmp_path):
    folders.load(
        loading, folders.write(tmp_path, settings=more("settings", "ELM,age_bands,0+,2021-01-01"))
    )

    folders.load(
        loading, folders.write(tmp_path, settings=more("settings", "ELM,age_bands,,2021-01-01"))
    )

    (row,) = ask(loading, select(Setting.value).where(Setting.key == "age_bands"))
    assert row.value == "0-4;5-9;10-12;13-15;16+"
    assert folders.load(loading, tmp_path).files["settings.csv"] == Counts(unchanged=2)


SHARED = {
    "services": (
        "code,name,kind,parent\nTRI,Tri,shared_service,\nELM,Elmshire,local_authority,TRI\n"
        "OAK,Oakham,local_authority,TRI\nFAR,Farshire,local_authority,\n"
    ),
    "households": more(
        "households",
        "TRI,S-1,Shared,,,,,,2020-01-01,,",
        "OAK,O-1,Oak,,,,,,2020-01-01,,",
        "FAR,F-1,Far,,,,,,2020-01-01,,",
    ),
    "terms": more(
        "terms",
        "TRI,S-1,2020-01-01,,general,,3,,,,",
        "OAK,O-1,2020-01-01,,general,,3,,,,",
        "FAR,F-1,2020-01-01,,general,,3,,,,",
    ),
}


def test_a3_a_home_is_looked_up_in_the_service_then_its_parent_then_another_members(
    loading, tmp_path
):
    children = more("children", "ELM,C-3,,,,", "ELM,C-4,,,,")
    placements = more(
        "placements",
        "ELM,P-3,C-3,S-1,,2021-04-01,,U6,,,",
        "ELM,P-4,C-4,OAK/O-1,,2021-04-01,,U6,,,",
    )
    folder = folders.write(tmp_path, **SHARED, children=children, placements=placements)

    outcome = folders.load(loading, folder)

    assert outcome.faults == ()
    rows = ask(
        loading,
        select(Placement.ref, FosteringService.code)
        .join(FosteringService, FosteringService.id == Placement.household_service_id)
        .order_by(Placement.ref),
    )
    assert [tuple(row) for row in rows] == [("P-1", "ELM"), ("P-3", "TRI"), ("P-4", "OAK")]
    assert all(
        one.added == one.changed == 0 for one in folders.load(loading, folder).files.values()
    )


@pytest.mark.parametrize("home", ["O-1", "FAR/F-1", "OAK/O-9", "TRI/O-1"])
def test_another_services_home_is_not_found_and_nothing_of_it_is_told(loading, tmp_path, home):
    placements = more("placements", f"ELM,P-3,C-2,{home},,2021-10-01,,U6,,,")

    outcome = folders.load(loading, folders.write(tmp_path, **SHARED, placements=placements))

    (fault,) = outcome.faults
    assert (fault.file, fault.line, fault.column) == ("placements.csv", 4, "household")
    assert fault.problem == (
        "there is no row of households.csv with this ref in service ELM or in its shared service"
    )


def test_a_member_loads_alone_against_what_its_shared_service_has(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **SHARED))
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text("code,name,kind\nOAK,Oakham,local_authority\n")
    (tmp_path / "children.csv").write_text("service,ref\nOAK,C-1\n")
    (tmp_path / "placements.csv").write_text(
        "service,ref,child,household,from_on,place_type\n"
        "OAK,P-1,C-1,ELM/H-1,2021-04-01,U6\nOAK,P-2,C-1,S-1,2020-06-01,U6\n"
    )

    outcome = folders.load(loading, tmp_path)

    assert [(one.file, one.line) for one in outcome.faults] == [("placements.csv", 2)]
    assert "child C-1 is in two places" in outcome.faults[0].problem


def test_what_is_wrong_with_another_services_home_is_said_without_quoting_it(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **SHARED))
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text("code,name,kind\nELM,Elmshire,local_authority\n")
    (tmp_path / "placements.csv").write_text(
        "service,ref,child,household,from_on,until_on,place_type\n"
        "ELM,P-9,C-2,S-1,2019-06-01,2019-07-01,U6\n"
    )
    (tmp_path / "terms.csv").write_text("service,household,from_on,until_on,carer_type,places\n")
    (tmp_path / "confirmations.csv").write_text(
        "service,household,at,vacant\nELM,S-1,2021-06-01,1\n"
    )

    (fault,) = folders.load(loading, tmp_path).faults
    (tmp_path / "placements.csv").unlink()
    (finding,) = folders.load(loading, tmp_path).findings

    assert fault.problem == "a child is there while household S-1 is not approved"
    assert fault.expected == "days on which it is approved"
    assert finding.finding == ("household S-1 has another number vacant by the records of that day")


def test_one_email_in_two_services_is_one_account_with_two_memberships(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,Ann@Example.org,auditor")

    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))

    rows = ask(loading, select(Membership.user_id, User.password_hash).join(Membership.user))
    assert len(rows) == 3
    assert len({row.user_id for row in rows}) == 2
    assert {row.password_hash for row in rows} == {None}


def test_an_email_that_changes_keeps_the_account_unless_it_is_used_elsewhere(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,ann@example.org,auditor")
    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))
    before = ask(loading, select(Membership.ref, Membership.user_id))
    moved = users.replace("bob@example.org", "rob@example.org").replace(
        "W-1,Ann Worker,ann@example.org", "W-1,Ann Worker,anne@example.org"
    )

    folders.load(loading, folders.write(tmp_path, **SHARED, users=moved))

    was = {row.ref: row.user_id for row in before}
    rows = ask(
        loading, select(Membership.ref, Membership.user_id, User.email).join(Membership.user)
    )
    now = {row.ref: (row.user_id, row.email) for row in rows}
    assert now["W-2"] == (was["W-2"], "rob@example.org")
    assert now["A-1"] == (was["A-1"], "ann@example.org")
    assert now["W-1"][1] == "anne@example.org"
    assert now["W-1"][0] != was["W-1"]
    assert folders.load(loading, tmp_path).files["users.csv"] == Counts(unchanged=3)


def test_both_of_a_persons_services_may_change_the_email_together(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,ann@example.org,auditor")
    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))
    moved = users.replace("ann@example.org", "anne@example.org")

    folders.load(loading, folders.write(tmp_path, **SHARED, users=moved))

    rows = ask(loading, select(User.email).order_by(User.email))
    assert [row.email for row in rows] == ["anne@example.org", "bob@example.org"]


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(loading, tmp_path):
    outcome = folders.load(loading, folders.write(tmp_path), dry_run=True)

    assert (outcome.written, outcome.dry_run) == (False, True)
    assert outcome.files["children.csv"] == Counts(added=2)
    assert count(loading, FosteringService) == 0


@pytest.mark.parametrize("inside", ["", "our records/"])
def test_a3_a_zip_loads_as_its_folder_does(loading, tmp_path, inside):
    packed = tmp_path / "records.zip"
    folder = folders.write(tmp_path / "records")
    with ZipFile(packed, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"{inside}{path.name}")
        archive.writestr(f"__MACOSX/{inside}._services.csv", "")

    assert folders.load(loading, packed).written
    assert folders.load(loading, folder).files["placements.csv"] == Counts(unchanged=2)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(loading, tmp_path):
    folder = folders.write(tmp_path)
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert folders.load(loading, folder).written


def test_an_overfill_of_a_load_is_written_where_the_web_role_would_be_refused(loading, tmp_path):
    children = more("children", "ELM,C-3,,,,", "ELM,C-4,,,,")
    placements = more(
        "placements", "ELM,P-3,C-3,H-1,,2021-05-01,,U6,,,", "ELM,P-4,C-4,H-1,,2021-05-01,,U6,,,"
    )

    outcome = folders.load(
        loading, folders.write(tmp_path, children=children, placements=placements)
    )

    assert outcome.written
    assert "more children than places in household H-1 from 2021-05-01 on" in [
        one.finding for one in outcome.findings
    ]


def test_progress_is_told_to_the_last_row(loading, tmp_path):
    told: list[tuple[int, int]] = []

    folders.load(
        loading, folders.write(tmp_path), progress=lambda done, total: told.append((done, total))
    )

    assert told == sorted(told)
    assert (
        told[-1][0]
        == told[-1][1]
        == 2 * sum(text.count("\n") - 1 for text in folders.FILES.values())
    )


def test_a_load_that_is_stopped_writes_nothing(loading, tmp_path):
    def stop(done: int, total: int) -> None:
        if done > 0.8 * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folders.load(loading, folders.write(tmp_path), progress=stop)

    assert count(loading, FosteringService) == 0
    with loading.app_context(), worker():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
        db.session.remove()
