"""Loads that are written: keys, absent columns, corrections, void rows, services that share."""

from __future__ import annotations

from datetime import date
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

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
    PipelineEvent,
    Placement,
    Setting,
    Terms,
    User,
)
from carers.services import cases
from tests import folders
from tests.folders import ask, changed, count, more


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
