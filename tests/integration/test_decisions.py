"""The decision, and the entry in the register that comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db, transaction
from carers.domain import clock
from carers.domain.entering import Entry
from carers.domain.errors import NotFound, RuleBroken
from carers.domain.recording import (
    DecidedByAssessor,
    DecidedByRecommender,
    ForbiddenByGraph,
    ForbiddenByGuard,
    NotYoursToRecord,
)
from carers.domain.recruitment import Event, Outcome
from carers.domain.register import (
    ArrivedBy,
    CarerType,
    PersonRole,
    PlacementType,
    PrimaryOffer,
    Skill,
    SkillLevel,
)
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.models import (
    Allocation,
    AuditEntry,
    FosteringService,
    Household,
    KeptCase,
    Person,
    PipelineEvent,
    SkillHeld,
    Terms,
)
from carers.queries import ledger
from carers.services import cases, decisions
from carers.services.submissions import StalePage
from tests.panel_cases import NOW, TO_DECISION, TO_MINUTES, on

DECIDED_AT = datetime(2026, 11, 24, 11, 30, tzinfo=clock.LONDON)


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decider(make):
    return make.viewer(Role.DECISION_MAKER)


@pytest.fixture
def service(decider):
    return db.session.get(FosteringService, decider.service_id)


@pytest.fixture
def supervisor(make, service):
    return make.member(Role.SUPERVISING_SOCIAL_WORKER, works_for=service)


@pytest.fixture
def enquiry(make, service):
    return make.enquiry(
        service,
        *TO_DECISION,
        received_at=on(1, 5),
        applicant_1="Marcus Bell",
        applicant_2="Tanya Bell",
        email="bells@example.org",
        phone="01632 960114",
        postcode="LF2 3CD",
    )


def entry(**given: Any) -> Entry:
    named: dict[str, Any] = {
        "name": "Marcus and Tanya Bell",
        "carer_type": CarerType.GENERAL,
        "places": 2,
        "age_min": 5,
        "age_max": 12,
        "placement_types": (PlacementType.SHORT_TERM.value,),
        "skills": {
            Skill.PARENT_AND_CHILD: SkillLevel.APPROVED,
            Skill.RESPITE: SkillLevel.TRAINED,
        },
    }
    return Entry(**(named | given))


def approve(enquiry, decider, *, at=DECIDED_AT, seen=None, **given) -> Household:
    with transaction():
        return decisions.approve(
            enquiry.id, entry(**given), at=at, note="Warm, steady", seen=seen, by=decider
        )


def decide(enquiry, decider, outcome, **given) -> None:
    with transaction():
        decisions.decide(
            enquiry.id,
            **({"outcome": outcome, "at": DECIDED_AT, "note": "", "seen": None} | given),
            by=decider,
        )


def events_of(enquiry) -> list[tuple[Event, datetime, str | None]]:
    query = select(PipelineEvent).where(PipelineEvent.enquiry_id == enquiry.id)
    found = db.session.scalars(query.order_by(PipelineEvent.at, PipelineEvent.position))
    return [(one.event, one.at, one.detail) for one in found]


def state_of(enquiry):
    return db.session.scalars(select(KeptCase).filter_by(enquiry_id=enquiry.id)).one().state


def test_to_approve_decides_and_enters_the_home_in_one_act(enquiry, decider):
    home = approve(enquiry, decider)

    assert events_of(enquiry)[-2:] == [
        (Event.DECIDED, DECIDED_AT, "approve"),
        (Event.APPROVED, DECIDED_AT, None),
    ]
    assert home.ref == "H-0001"
    assert home.name == "Marcus and Tanya Bell"
    assert home.approved_on == date(2026, 11, 24)
    assert (home.enquiry_id, home.arrived_by) == (enquiry.id, ArrivedBy.RECRUITED)
    assert (home.email, home.phone, home.postcode) == (
        "bells@example.org",
        "01632 960114",
        "LF2 3CD",
    )


def test_its_first_terms_skills_and_people_come_with_it(enquiry, decider):
    home = approve(enquiry, decider, primary_offer=PrimaryOffer.NON_PERMANENT)

    terms = db.session.scalars(select(Terms).filter_by(household_id=home.id)).one()
    assert (terms.from_on, terms.until_on, terms.places) == (date(2026, 11, 24), None, 2)
    assert (terms.carer_type, terms.primary_offer) == (
        CarerType.GENERAL,
        PrimaryOffer.NON_PERMANENT,
    )
    assert (terms.age_min, terms.age_max, terms.genders) == (5, 12, [])
    assert (terms.placement_types, terms.recorded_by_id) == (["short_term"], decider.membership_id)
    held = db.session.scalars(select(SkillHeld).filter_by(household_id=home.id))
    assert {(one.skill, one.level, one.from_on) for one in held} == {
        (Skill.PARENT_AND_CHILD, SkillLevel.APPROVED, date(2026, 11, 24)),
        (Skill.RESPITE, SkillLevel.TRAINED, date(2026, 11, 24)),
    }
    people = db.session.scalars(
        select(Person).filter_by(household_id=home.id).order_by(Person.ref)
    ).all()
    assert [(one.ref, one.given_name, one.family_name, one.role) for one in people] == [
        ("P-0001", "Marcus", "Bell", PersonRole.CARER),
        ("P-0002", "Tanya", "Bell", PersonRole.CARER),
    ]


def test_its_places_are_in_the_ledger_the_same_moment(enquiry, decider):
    home = approve(enquiry, decider)

    row = db.session.execute(select(ledger.on(decider, date(2026, 11, 24), [home.id]))).one()
    assert (row.approved, row.filled, row.not_available, row.vacant) == (2, 0, 0, 2)


def test_its_supervising_social_worker_has_it_from_the_first_day(enquiry, decider, supervisor):
    home = approve(enquiry, decider, supervisor_id=supervisor.id)

    given = db.session.scalars(select(Allocation).filter_by(household_id=home.id)).one()
    assert (given.membership_id, given.from_on) == (supervisor.id, date(2026, 11, 24))


def test_only_a_supervising_social_worker_of_the_service_may_have_it(make, enquiry, decider):
    elsewhere = make.member(Role.SUPERVISING_SOCIAL_WORKER)

    with pytest.raises(RuleBroken, match="Select the supervising social worker") as refused:
        approve(enquiry, decider, supervisor_id=elsewhere.id)

    assert refused.value.field == "supervisor"


def test_the_kept_case_says_what_its_events_amount_to(enquiry, decider):
    approve(enquiry, decider)

    state = state_of(enquiry)
    assert (state.stage, state.is_open, state.approved_on) == (
        Stage.APPROVED,
        False,
        date(2026, 11, 24),
    )
    assert state.first_decided_on == date(2026, 11, 24)
    assert cases.differing([enquiry.id]) == []


def test_everything_is_in_the_audit_by_the_decision_maker(enquiry, decider, supervisor):
    home = approve(enquiry, decider, supervisor_id=supervisor.id)

    told = db.session.scalars(select(AuditEntry).where(AuditEntry.by_id == decider.membership_id))
    assert sorted(one.record_type for one in told) == [
        "allocation",
        "household",
        "person",
        "person",
        "pipeline_event",
        "pipeline_event",
        "skill_held",
        "skill_held",
        "terms",
    ]
    of_home = select(AuditEntry).filter_by(record_id=home.id)
    kept = db.session.scalars(of_home).one().after
    assert kept is not None
    assert "Bell" not in str(kept)


def test_a_later_first_day_is_the_day_of_the_entry_and_of_the_home(enquiry, decider, supervisor):
    home = approve(enquiry, decider, approved_on=date(2026, 12, 1), supervisor_id=supervisor.id)

    assert home.approved_on == date(2026, 12, 1)
    assert events_of(enquiry)[-1] == (Event.APPROVED, clock.at(date(2026, 12, 1)), None)
    assert state_of(enquiry).first_decided_on == date(2026, 11, 24)
    assert db.session.scalars(select(Terms.from_on)).one() == date(2026, 12, 1)
    assert db.session.scalars(
        select(Allocation.from_on).filter_by(household_id=home.id)
    ).one() == date(2026, 12, 1)


@pytest.mark.parametrize("first_day", [date(2026, 11, 23), date(2027, 11, 25), date(2206, 1, 1)])
def test_a_first_day_before_the_decision_or_far_after_it_is_refused(enquiry, decider, first_day):
    with pytest.raises(RuleBroken, match="within a year after it") as refused:
        approve(enquiry, decider, approved_on=first_day)

    assert refused.value.field == "approved_on"
    assert Event.DECIDED not in [event for event, *_ in events_of(enquiry)]


def test_people_recorded_with_the_case_come_along(make, enquiry, decider):
    for number, role in enumerate((PersonRole.CARER, PersonRole.CHILD)):
        make.keep(
            Person(
                service_id=enquiry.service_id,
                ref=f"A-{number}",
                enquiry_id=enquiry.id,
                role=role,
                given_name="Marcus",
            )
        )

    home = approve(enquiry, decider)

    people = db.session.scalars(select(Person).order_by(Person.ref)).all()
    assert [(one.ref, one.household_id) for one in people] == [("A-0", home.id), ("A-1", home.id)]


def test_an_adult_at_home_is_not_a_carer_so_the_applicants_are_still_entered(
    make, enquiry, decider
):
    make.keep(
        Person(
            service_id=enquiry.service_id,
            ref="A-1",
            enquiry_id=enquiry.id,
            role=PersonRole.ADULT,
            given_name="Joy",
        )
    )

    home = approve(enquiry, decider)

    people = db.session.scalars(select(Person).filter_by(household_id=home.id)).all()
    assert sorted(one.name for one in people) == ["Joy", "Marcus Bell", "Tanya Bell"]


def test_whoever_recorded_the_recommendation_may_not_decide(make, service):
    both = make.viewer(Role.PANEL_ADMINISTRATOR, Role.DECISION_MAKER, works_for=service)
    enquiry = make.enquiry(service, *TO_DECISION, received_at=on(1, 5))
    recommended = db.session.scalars(
        select(PipelineEvent).filter_by(enquiry_id=enquiry.id, event=Event.PANEL_RECOMMENDED)
    ).one()
    make.keep(
        PipelineEvent(
            service_id=service.id,
            enquiry_id=enquiry.id,
            event=Event.PANEL_RECOMMENDED,
            at=recommended.at + timedelta(minutes=1),
            detail="approve",
            recorded_by_id=both.membership_id,
        )
    )

    with pytest.raises(DecidedByRecommender):
        approve(enquiry, both)
    with pytest.raises(DecidedByRecommender):
        decide(enquiry, both, Outcome.DEFER)


@pytest.mark.parametrize("until_on", [None, date(2026, 9, 1)])
def test_whoever_assessed_may_not_decide_even_if_they_no_longer_have_the_case(
    make, service, until_on
):
    both = make.viewer(Role.ASSESSING_SOCIAL_WORKER, Role.DECISION_MAKER, works_for=service)
    enquiry = make.enquiry(service, *TO_DECISION, received_at=on(1, 5))
    make.allocation(both, enquiry=enquiry, until_on=until_on)

    with pytest.raises(DecidedByAssessor):
        approve(enquiry, both)


@pytest.mark.parametrize("role", [Role.PANEL_ADMINISTRATOR, Role.TEAM_MANAGER])
def test_nobody_but_a_decision_maker_decides(make, enquiry, service, role):
    with pytest.raises(NotYoursToRecord):
        approve(enquiry, make.viewer(role, works_for=service))


def test_no_decision_before_the_minutes_are_final(make, service, decider):
    enquiry = make.enquiry(service, *TO_MINUTES, received_at=on(1, 5))

    with pytest.raises(ForbiddenByGuard, match="minutes of the panel are not final"):
        approve(enquiry, decider)


def test_a_second_decision_to_approve_is_refused(enquiry, decider):
    approve(enquiry, decider)

    with pytest.raises(RuleBroken):
        approve(enquiry, decider, at=DECIDED_AT + timedelta(hours=1))

    assert len(db.session.scalars(select(Household)).all()) == 1


def test_steps_after_a_decision_recorded_late_stand_in_its_way(make, service, decider):
    paused = (Event.PAUSED, on(20, 11), "applicant")
    enquiry = make.enquiry(service, *TO_DECISION, paused, received_at=on(1, 5))

    with pytest.raises(ForbiddenByGraph, match="nothing may follow"):
        approve(enquiry, decider, at=on(19, 11))

    assert db.session.scalars(select(Household)).all() == []


def test_another_services_case_is_not_found(make, enquiry):
    with pytest.raises(NotFound):
        approve(enquiry, make.viewer(Role.DECISION_MAKER))


def test_a_stale_page_is_refused_with_what_changed(make, enquiry, decider, service):
    other = make.viewer(Role.DECISION_MAKER, works_for=service)
    decide(enquiry, other, Outcome.DEFER)

    with pytest.raises(StalePage) as refused:
        approve(enquiry, decider, at=NOW, seen=0)

    assert any("recorded “Decision”" in change for change in refused.value.changes)


@pytest.mark.parametrize("outcome", [Outcome.DEFER, Outcome.NOT_APPROVE])
def test_a_decision_against_enters_nothing(enquiry, decider, outcome):
    decide(enquiry, decider, outcome, note="Two references are missing")

    assert state_of(enquiry).decision is outcome
    assert state_of(enquiry).is_open
    assert db.session.scalars(select(Household)).all() == []


def test_to_approve_without_an_entry_is_refused(enquiry, decider):
    with pytest.raises(RuleBroken, match="enter the home in the register"):
        decide(enquiry, decider, Outcome.APPROVE)


def test_a_case_decided_before_is_entered_under_that_decision(make, service, decider):
    decided = (Event.DECIDED, on(20, 11), "approve")
    enquiry = make.enquiry(service, *TO_DECISION, decided, received_at=on(1, 5))

    with transaction():
        home = decisions.enter(enquiry.id, entry(), seen=None, by=decider)

    assert home.approved_on == date(2026, 11, 20)
    assert events_of(enquiry)[-1] == (Event.APPROVED, on(20, 11), None)


def test_nothing_is_entered_before_a_decision(enquiry, decider):
    refused = pytest.raises(ForbiddenByGuard, match="The decision to approve comes first")
    with refused, transaction():
        decisions.enter(enquiry.id, entry(), seen=None, by=decider)
