"""Enquiries logged, given, taken, recorded in and corrected, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.errors import EntryRemoved, NotFound, RuleBroken
from carers.domain.recording import ForbiddenByGuard, InTheFuture, NotYoursToRecord
from carers.domain.recruitment import Channel, Event
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.viewer import Viewer
from carers.models import Allocation, AuditEntry, Enquiry, FosteringService, PipelineEvent
from carers.queries import enquiries as read
from carers.services import cases, enquiries
from carers.services.submissions import StalePage
from carers.services.superseding import supersede

NOW = datetime(2026, 11, 24, 15, tzinfo=clock.LONDON)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(make):
    return make.viewer(Role.RECRUITMENT_OFFICER)


@pytest.fixture
def service(officer):
    return db.session.get(FosteringService, officer.service_id)


def log(by: Viewer, **given: Any) -> Enquiry:
    facts: dict[str, Any] = {"received_at": NOW - HOUR, "applicant_1": "Marcus Bell"}
    with transaction():
        return enquiries.log(by=by, **(facts | given))


def record(enquiry: Enquiry, event: Event, by: Viewer, **given: Any) -> PipelineEvent:
    facts: dict[str, Any] = {"at": NOW, "detail": None, "note": None, "seen": None}
    with transaction():
        return enquiries.record_event(enquiry.id, event, by=by, **(facts | given))


def give(enquiry: Enquiry, worker: Viewer, by: Viewer) -> None:
    assert worker.membership_id
    with transaction():
        enquiries.allocate(enquiry.id, worker.membership_id, seen=None, by=by)


def holders(enquiry: Enquiry) -> set[Any]:
    query = select(Allocation).where(Allocation.enquiry_id == enquiry.id)
    return {one.membership_id for one in db.session.scalars(query) if one.period.covers(NOW.date())}


def test_enquiries_get_the_next_references_of_their_service(make, officer):
    make.enquiry(make.service(), ref="E-0900")

    refs = [log(officer).ref for _ in range(3)]

    assert refs == ["E-0001", "E-0002", "E-0003"]


def test_a_new_enquiry_is_folded_audited_and_its_officers(officer):
    enquiry = log(officer, channel=Channel.PHONE, phone="01632 960114")

    assert enquiry.case.stage is Stage.ENQUIRY
    assert holders(enquiry) == {officer.membership_id}
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == enquiry.id)).one()
    assert (told.by_ref, told.action) == (officer.ref, "logged the enquiry")
    after = told.after or {}
    assert after["phone"].startswith("hmac:")
    assert after["channel"] == "phone"


def test_what_a_manager_logs_is_nobodys_yet(make):
    assert holders(log(make.viewer(Role.TEAM_MANAGER))) == set()


def test_nobody_got_in_touch_in_the_future(officer):
    with pytest.raises(RuleBroken, match="must be now or in the past"):
        log(officer, received_at=NOW + HOUR)


def test_a_case_is_given_in_each_of_two_roles_and_leaves_whoever_had_it_in_one(
    make, officer, service
):
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    enquiry = log(officer)

    give(enquiry, assessor, officer)
    give(enquiry, other, officer)

    assert holders(enquiry) == {assessor.membership_id, other.membership_id}


def test_a_case_given_away_and_back_on_one_day_was_theirs_all_day(make, officer, service):
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    enquiry = log(officer)

    give(enquiry, other, officer)
    give(enquiry, officer, officer)

    assert holders(enquiry) == {officer.membership_id}


def test_cover_goes_on_when_a_case_is_given(make, officer, service):
    cover = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    enquiry = log(officer)
    make.allocation(cover, enquiry=enquiry, is_cover=True)

    give(enquiry, other, officer)

    assert holders(enquiry) == {cover.membership_id, other.membership_id}


def test_nobody_is_given_what_they_have(officer):
    enquiry = log(officer)

    with pytest.raises(RuleBroken, match="already has it"):
        give(enquiry, officer, officer)


def test_a_case_goes_to_a_worker_of_its_service_in_recruitment(make, officer, service):
    enquiry = log(officer)

    for stranger in (make.viewer(Role.RECRUITMENT_OFFICER), make.viewer(Role.DECISION_MAKER)):
        with pytest.raises(RuleBroken, match="Select who is to have it"):
            give(enquiry, stranger, officer)


def test_what_nobody_has_is_taken_once(make, officer, service):
    enquiry = make.enquiry(service)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)

    for _ in range(2):  # a second time it is theirs already
        with transaction():
            enquiries.take(enquiry.id, by=officer)

    assert holders(enquiry) == {officer.membership_id}
    with pytest.raises(RuleBroken, match=f"{officer.name} has it already"), transaction():
        enquiries.take(enquiry.id, by=other)


def test_a_manager_who_is_no_officer_takes_nothing(make, service):
    enquiry = make.enquiry(service)
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)

    with pytest.raises(RuleBroken, match="Select who is to have it"), transaction():
        enquiries.take(enquiry.id, by=manager)


def test_a_step_is_folded_into_the_case_and_audited(officer):
    enquiry = log(officer)

    event = record(enquiry, Event.CONTACTED, officer, note="Keen")

    db.session.refresh(enquiry.case)
    assert enquiry.case.stage is Stage.IN_CONTACT
    assert enquiry.case.answered_at == NOW
    assert cases.differing([enquiry.id]) == []
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == event.id)).one()
    assert told.action == "recorded “Conversation”"
    assert told.subject_id == enquiry.id
    assert (told.after or {})["note"].startswith("hmac:")


def test_what_the_role_the_graph_and_the_clock_forbid_is_refused(make, officer, service):
    enquiry = log(officer)

    with pytest.raises(NotYoursToRecord):
        record(enquiry, Event.STAGE1_STARTED, officer)
    with pytest.raises(InTheFuture):
        record(enquiry, Event.CONTACTED, officer, at=NOW + HOUR)
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)
    with pytest.raises(ForbiddenByGuard, match="Record the application first"):
        record(enquiry, Event.STAGE2_STARTED, manager)


def test_an_assessing_social_worker_records_in_their_own_cases(make, officer, service):
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    enquiry = log(officer)
    record(enquiry, Event.APPLICATION_RECEIVED, officer)
    with pytest.raises(NotFound):
        record(enquiry, Event.STAGE1_STARTED, assessor)

    give(enquiry, assessor, officer)
    record(enquiry, Event.STAGE1_STARTED, assessor)

    db.session.refresh(enquiry.case)
    assert enquiry.case.stage is Stage.STAGE1


def test_a_page_that_has_grown_stale_is_refused_with_what_changed(make, officer, service):
    enquiry = log(officer)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    record(enquiry, Event.CONTACT_ATTEMPTED, other)

    with pytest.raises(StalePage) as refused:
        record(enquiry, Event.CONTACTED, officer, seen=0)

    assert f"{other.name} recorded “Contact attempted, no conversation”, Today, 3pm" in (
        refused.value.changes
    )


def test_a_correction_supersedes_and_keeps_its_turn_among_steps_of_one_instant(officer):
    enquiry = log(officer)
    first = record(enquiry, Event.CONTACTED, officer, note="Asked for a pack")
    record(enquiry, Event.INFORMATION_SENT, officer)

    with transaction():
        mended = enquiries.correct_event(
            enquiry.id, first.id, at=NOW, detail=None, note="Two packs", seen=None, by=officer
        )

    assert first.superseded_by_id == mended.id
    assert (mended.position, mended.note) == (first.position, "Two packs")
    events = [one.event for one in cases.history_of(enquiry.id, viewer=officer)]
    assert events == [Event.CONTACTED, Event.INFORMATION_SENT]
    assert cases.differing([enquiry.id]) == []
    told = select(AuditEntry.record_id).where(AuditEntry.action == "corrected “Conversation”")
    assert set(db.session.scalars(told)) == {first.id, mended.id}


def test_a_step_that_was_a_mistake_counts_in_nothing_and_stays(officer):
    enquiry = log(officer)
    event = record(enquiry, Event.CONTACTED, officer)

    with transaction():
        enquiries.remove_event(enquiry.id, event.id, seen=None, by=officer)

    db.session.refresh(enquiry.case)
    assert enquiry.case.stage is Stage.ENQUIRY
    rows = db.session.scalars(select(PipelineEvent).where(PipelineEvent.enquiry_id == enquiry.id))
    assert sorted(row.is_void for row in rows) == [False, True]
    with pytest.raises(EntryRemoved):
        enquiries.remove_event(enquiry.id, event.id, seen=None, by=officer)


def test_a_history_is_read_for_a_viewer_of_its_service(make, officer):
    enquiry = log(officer)
    stranger = make.viewer(Role.TEAM_MANAGER)

    with pytest.raises(NotFound):
        cases.history_of(enquiry.id, viewer=stranger)


def test_a_step_that_others_rest_on_is_not_removed(make, officer, service):
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)
    enquiry = log(officer)
    applied = record(enquiry, Event.APPLICATION_RECEIVED, officer)
    record(enquiry, Event.STAGE1_STARTED, manager)

    with pytest.raises(ForbiddenByGuard), transaction():
        enquiries.remove_event(enquiry.id, applied.id, seen=None, by=manager)

    assert len(list(cases.history_of(enquiry.id, viewer=officer))) == 2


def test_an_enquiry_is_put_right_and_its_clock_with_it(officer):
    enquiry = log(officer)
    due = enquiry.case.first_response_due_at
    assert due

    with transaction():
        enquiries.correct(
            enquiry.id, received_at=NOW - 3 * HOUR, applicant_2="Tanya Bell", seen=None, by=officer
        )

    db.session.refresh(enquiry.case)
    assert enquiry.name == "Marcus Bell and Tanya Bell"
    assert enquiry.case.first_response_due_at == due - 2 * HOUR
    with pytest.raises(StalePage):
        enquiries.correct(enquiry.id, received_at=NOW, seen=0, by=officer)


def test_nobody_got_in_touch_after_the_first_step(officer):
    enquiry = log(officer)
    record(enquiry, Event.CONTACTED, officer, at=NOW - HOUR / 2)

    with pytest.raises(RuleBroken, match="“Conversation” is recorded before that, on 24 November"):
        enquiries.correct(enquiry.id, received_at=NOW, seen=None, by=officer)


def test_another_services_enquiry_is_not_found(make, officer):
    elsewhere = make.enquiry(make.service())

    with pytest.raises(NotFound):
        read.get(elsewhere.id, viewer=officer)
    with pytest.raises(NotFound):
        record(elsewhere, Event.CONTACTED, officer)


def test_whoever_recommended_does_not_decide_though_somebody_else_corrected_it(make):
    service = make.service()
    both = make.viewer(Role.PANEL_ADMINISTRATOR, Role.DECISION_MAKER, works_for=service)
    enquiry = make.enquiry(service)
    event = make.keep(
        PipelineEvent(
            service_id=service.id,
            enquiry_id=enquiry.id,
            event=Event.PANEL_RECOMMENDED,
            at=clock.now(),
            detail="approve",
            recorded_by_id=both.membership_id,
        )
    )
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)

    supersede(event, by=manager, action="corrected it", note="as agreed")

    assert enquiries.actor(enquiry.id, both).has_recommended


def test_whoever_assessed_in_another_service_or_role_does_not_decide(make):
    service = make.service()
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    enquiry = make.enquiry(service)
    make.allocation(assessor, enquiry=enquiry)
    decider = replace(assessor, roles=frozenset({Role.DECISION_MAKER}), membership_id=None)

    assert enquiries.actor(enquiry.id, decider).has_assessed
