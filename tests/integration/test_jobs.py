"""Jobs: an item at a time, safe to run twice, none held up by another."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from carers import create_app
from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.recruitment import Event, ServiceKind
from carers.jobs import Job, acting_in, run, silence, timetable
from carers.models import AuditEntry, Enquiry, FosteringService, KeptCase, PipelineEvent
from carers.queries import fostering_services
from carers.services import cases
from tests import server
from tests.factories import Make

COMPLETE = datetime(2026, 10, 26, 12, tzinfo=clock.LONDON)  # the window closes on 9 November
DAY_AFTER = datetime(2026, 11, 10, 0, 10, tzinfo=clock.LONDON)
ASSESSED = (
    (Event.APPLICATION_RECEIVED, datetime(2026, 9, 1, 9, tzinfo=clock.LONDON)),
    (Event.STAGE1_STARTED, datetime(2026, 9, 2, 9, tzinfo=clock.LONDON)),
    (Event.STAGE1_INFORMATION_COMPLETE, COMPLETE),
)


@pytest.fixture
def working() -> Iterator[Flask]:
    """An application on a database of its own, signed in as the worker role."""
    with server.own_database() as addresses:
        config = server.config_for(addresses)
        app = create_app(replace(config, database_url=addresses.worker).for_flask())
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def service(working: Flask) -> Iterator[FosteringService]:
    with working.app_context():
        set_viewer([])
        yield Make.service()


def assessed(service: FosteringService, *more: tuple[Event, datetime], **given) -> Enquiry:
    received_at = datetime(2026, 8, 3, 9, tzinfo=clock.LONDON)
    return Make.enquiry(service, *ASSESSED, *more, received_at=received_at, **given)


def steps(enquiry: Enquiry, event: Event) -> list[PipelineEvent]:
    query = select(PipelineEvent).where(
        PipelineEvent.enquiry_id == enquiry.id, PipelineEvent.event == event
    )
    return list(db.session.scalars(query))


def rename(to: str, *, fail_on: UUID | None = None, due=fostering_services.every_id) -> Job:
    """A job that changes a service, and may fail after it did."""

    def do(service_id: UUID) -> None:
        db.session.get_one(FosteringService, service_id).name = to
        db.session.flush()
        if service_id == fail_on:
            raise ZeroDivisionError

    return Job("rename", due, do)


def name_of(service: FosteringService) -> str:
    db.session.expire_all()
    return db.session.get_one(FosteringService, service.id).name


def test_an_item_that_fails_leaves_nothing_and_holds_up_no_other(working, service, caplog):
    caplog.set_level(logging.INFO)
    others = [Make.service(), Make.service()]
    before = name_of(service)

    run(working, rename("Changed", fail_on=service.id))

    assert name_of(service) == before
    assert [name_of(one) for one in others] == ["Changed", "Changed"]
    assert "Job rename started: 3 due" in caplog.text
    assert f"Job rename failed on {service.id}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert f"Job rename did {others[0].id}" in caplog.text
    assert "Job rename ended: 2 done, 1 failed" in caplog.text


def test_what_is_to_be_done_after_a_failure_is_done_in_a_transaction_of_its_own(working, service):
    def note(service_id: UUID) -> None:
        db.session.get_one(FosteringService, service_id).name = "Failed"

    run(working, replace(rename("Changed", fail_on=service.id), failed=note))

    assert name_of(service) == "Failed"


def test_what_is_due_is_asked_at_every_run(working, service):
    asked: list[int] = []

    def due() -> list[UUID]:
        asked.append(1)
        return []

    for _ in range(2):
        run(working, rename("Changed", due=due))

    assert len(asked) == 2


def test_a_job_that_cannot_ask_what_is_due_does_nothing(working, service):
    def due() -> list[UUID]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(working, rename("Changed", due=due))
    assert name_of(service) != "Changed"


def test_a_quiet_job_says_nothing_where_nothing_is_due(working, caplog):
    caplog.set_level(logging.INFO)
    nothing = rename("Changed", due=list)

    run(working, replace(nothing, is_quiet=True))
    assert caplog.text == ""

    run(working, nothing)
    assert "Job rename ended: 0 done, 0 failed" in caplog.text


def test_the_system_acts_in_one_service_and_its_members(working, service):
    member = Make.service(parent_id=service.id, kind=ServiceKind.LOCAL_AUTHORITY)
    Make.household(Make.service())

    viewer = acting_in(service.id)

    assert set(viewer.service_ids) == {service.id, member.id}
    assert db.session.scalars(text("SELECT count(*) FROM household")).one() == 0


def test_every_job_has_a_name_of_its_own_and_a_place_in_the_timetable(working):
    jobs = timetable.scheduler(working).get_jobs()

    names = ["draw-charts", "forget-charts", "forget-tries", "start-stage-2"]
    assert sorted(job.id for job in jobs) == names


@time_machine.travel(DAY_AFTER, tick=False)
def test_stage_2_begins_by_silence_at_midnight_after_the_last_day_of_a_refusal(working, service):
    enquiry = assessed(service)

    run(working, silence.START_STAGE_2)

    (event,) = steps(enquiry, Event.STAGE2_STARTED)
    assert event.at == datetime(2026, 11, 10, tzinfo=clock.LONDON)
    assert (event.detail, event.recorded_by_id) == ("silence", None)
    kept = db.session.scalars(select(KeptCase).where(KeptCase.enquiry_id == enquiry.id)).one()
    assert kept.stage2_started_on == date(2026, 11, 10)
    assert cases.differing([enquiry.id]) == []
    written = db.session.scalars(select(AuditEntry)).all()
    assert [(one.by_ref, one.action, one.subject_id) for one in written] == [
        ("the system", "recorded “Stage 2 started”", enquiry.id)
    ]


@time_machine.travel(DAY_AFTER, tick=False)
def test_silence_is_written_once_however_often_the_job_runs(working, service):
    enquiry = assessed(service)

    for _ in range(3):
        run(working, silence.START_STAGE_2)

    assert len(steps(enquiry, Event.STAGE2_STARTED)) == 1


@time_machine.travel(datetime(2026, 11, 9, 23, 59, tzinfo=clock.LONDON), tick=False)
def test_no_silence_is_written_on_the_last_day_of_a_refusal(working, service):
    enquiry = assessed(service)

    run(working, silence.START_STAGE_2)

    assert steps(enquiry, Event.STAGE2_STARTED) == []


@time_machine.travel(DAY_AFTER, tick=False)
def test_a_case_that_was_refused_or_withdrawn_in_time_is_left_alone(working, service):
    at = datetime(2026, 11, 2, 9, tzinfo=clock.LONDON)
    gone = [assessed(service, (Event.STAGE1_REFUSED, at)), assessed(service, (Event.WITHDRAWN, at))]

    run(working, silence.START_STAGE_2)

    assert [steps(one, Event.STAGE2_STARTED) for one in gone] == [[], []]


@time_machine.travel(DAY_AFTER, tick=False)
def test_the_job_looks_again_at_a_case_that_changed_after_it_was_due(working, service):
    enquiry = assessed(service)
    silence.do(enquiry.id)
    db.session.commit()

    silence.do(enquiry.id)
    silence.do(uuid4())
    db.session.commit()

    assert len(steps(enquiry, Event.STAGE2_STARTED)) == 1


@time_machine.travel(DAY_AFTER, tick=False)
def test_silence_is_written_in_each_service_by_its_own_records(working, service):
    there = [assessed(service), assessed(Make.service())]

    run(working, silence.START_STAGE_2)

    assert [len(steps(one, Event.STAGE2_STARTED)) for one in there] == [1, 1]
