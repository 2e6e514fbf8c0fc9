"""An approval ended from the page of a home: the day worked out, and what ends with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from carers import filters
from carers.db import db
from carers.domain import clock
from carers.domain.errors import Busy
from carers.domain.register import EndInitiator, EndReason, Skill
from carers.domain.roles import Role
from carers.models import (
    Allocation,
    AuditEntry,
    Household,
    Scheme,
    SchemeMember,
    SkillHeld,
    Terms,
    Unavailability,
)
from carers.queries import positions
from carers.services import endings
from tests.browser import Browser, Page
from tests.typed import blank, day, path

TODAY = clock.today()
ENDS = TODAY + timedelta(days=28)
UNTIL_THEN = "Until then a vacant place counts: put it on hold if no child should come"


def typed(**given: str) -> dict[str, str]:
    """A resignation received today, as it is typed."""
    return {
        "initiated_by": "carer",
        "reason": "retired",
        **day("notice_received_on", TODAY),
        **blank("ended_on"),
        **given,
    }


def on_a_day(ended_on: date, **given: str) -> dict[str, str]:
    return (
        typed(
            initiated_by="service",
            reason="standards_of_care",
            **blank("notice_received_on"),
            **day("ended_on", ended_on),
        )
        | given
    )


def checked(browser: Browser, home: Household, answers: dict[str, str]) -> Page:
    return browser.submit(path(home, "/end-approval"), answers)


def ended(browser: Browser, home: Household, answers: dict[str, str]) -> Page:
    """Both pages: the answers, and the day that follows from them."""
    page = checked(browser, home, answers)
    assert not page.errors
    button = next(one for one in page.all("button") if one.get("name") == "agreed")
    agreed = {"agreed": str(button.get("value"))}
    return browser.post(path(home, "/end-approval"), page.hidden() | agreed)


def test_a_resignations_28_days_are_worked_out_and_shown_before_anything_ends(home, supervisor):
    page = checked(supervisor, home, typed())

    assert f"ends on {ENDS.day} {ENDS:%B %Y}: 28 days after the notice received on" in page.text
    assert "1 row of terms and 1 allocation to a worker" in page.text
    db.session.refresh(home)
    assert home.ended_on is None
    again = supervisor.post(path(home, "/end-approval"), page.hidden() | {"again": "yes"})
    radios = again.all("input", type="radio")
    assert [one.get("value") for one in radios if "checked" in one.attrib] == ["carer", "retired"]


def test_it_ends_with_its_terms_holds_skills_schemes_and_allocations(make, home, supervisor):
    owned = {"service_id": home.service_id, "household_id": home.id, "from_on": date(2026, 1, 1)}
    scheme = make.keep(Scheme(service_id=home.service_id, code="hub", name="Hub"))
    make.keep(SchemeMember(scheme_id=scheme.id, **owned))
    make.skill(home, Skill.BABIES)
    make.skill(home, Skill.RESPITE, until_on=date(2026, 3, 1))
    make.hold(home)
    make.hold(home, until_on=ENDS + timedelta(days=9), ref="N-LATER")
    make.hold(home, from_on=ENDS + timedelta(days=2), ref="N-COMING")

    page = ended(supervisor, home, typed())

    assert f"The approval ends on {filters.day(ENDS)}. {UNTIL_THEN}" in page.text
    db.session.refresh(home)
    assert (home.ended_on, home.end_initiated_by) == (ENDS, EndInitiator.CARER)
    assert home.end_reason is EndReason.RETIRED
    assert home.notice_received_on == TODAY
    assert home.end_recorded_by_id == supervisor.viewer.membership_id
    assert f"Notice received {filters.day(TODAY)}; ends 28 days later" in page.text
    for row in (Terms, SchemeMember, Allocation):
        assert db.session.scalars(select(row.until_on)).all() == [ENDS]
    skills = db.session.scalars(select(SkillHeld.until_on).order_by(SkillHeld.until_on)).all()
    assert skills == [date(2026, 3, 1), ENDS]
    current = select(Unavailability).where(
        Unavailability.superseded_by_id.is_(None), ~Unavailability.is_void
    )
    assert {one.until_on for one in db.session.scalars(current)} == {ENDS}
    on_the_day = positions.of_home(home.id, viewer=supervisor.viewer, day=ENDS).capacity
    assert (on_the_day.approved, on_the_day.not_available) == (0, 0)
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == home.id)).one()
    assert "ended the approval: retired; 28 days after the notice" in told.action


def test_children_who_live_there_after_the_day_are_named_and_it_is_refused(make, home, supervisor):
    make.placement(home, child=make.child(home.service, ref="C-0412"))
    make.placement(
        home, child=make.child(home.service, ref="C-0007"), from_on=ENDS + timedelta(days=3)
    )
    leaves = make.child(home.service, ref="C-0099")
    make.placement(home, child=leaves, until_on=ENDS)

    page = checked(supervisor, home, typed())

    assert "C-0007 and C-0412 live there on that day or later" in page.errors[""]
    assert "C-0099" not in page.text


def test_a_notice_is_told_with_an_end_that_does_not_follow_from_it(make, home, supervisor):
    home.notice_received_on = TODAY
    db.session.commit()
    assert "Notice received" not in supervisor.get(path(home)).text
    home.ended_on = TODAY
    db.session.commit()

    page = supervisor.get(path(home))

    assert f"Notice received {filters.day(TODAY)}." in page.text


def test_another_services_child_is_told_of_without_a_reference(make, home, supervisor):
    make.placement(home, service=make.service())

    assert "a child of another service lives there" in checked(supervisor, home, typed()).errors[""]


def test_the_service_ends_it_on_a_day_and_terms_to_come_are_void(make, home, supervisor):
    home.terms[0].until_on = TODAY + timedelta(days=60)
    db.session.commit()
    make.terms(home, from_on=TODAY + timedelta(days=60))

    page = ended(supervisor, home, on_a_day(TODAY))

    assert "The approval ended on" in page.text
    rows = db.session.scalars(
        select(Terms).where(Terms.superseded_by_id.is_(None)).order_by(Terms.from_on)
    ).all()
    assert [(one.until_on, one.is_void) for one in rows] == [(TODAY, False), (None, True)]


def test_permanence_stands_apart_from_loss(home, supervisor):
    page = checked(supervisor, home, on_a_day(TODAY, initiated_by="carer", reason="adopted"))
    assert "A child’s home for good: it is shown apart" in page.text
    lost = checked(supervisor, home, on_a_day(TODAY))
    assert "Counted among the homes that leave" in lost.text

    page = ended(supervisor, home, on_a_day(TODAY, initiated_by="carer", reason="adopted"))

    assert "adopted. A child’s home for good, which is no loss" in page.text


def test_a_home_approved_and_ended_on_one_day_keeps_its_terms(make, supervisor, home):
    brief = make.household(home.service, approved_on=TODAY)
    make.allocation(supervisor.viewer, household=brief)

    ended(supervisor, brief, on_a_day(TODAY))

    terms = db.session.scalars(select(Terms).where(Terms.household_id == brief.id)).one()
    assert (terms.from_on, terms.until_on, terms.is_void) == (TODAY, TODAY, False)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"initiated_by": "them"}, "initiated_by", "Select who began it"),
        ({"reason": ""}, "reason", "Select why the approval ends"),
        (blank("notice_received_on"), "notice_received_on", "Enter the day their written notice"),
        (day("ended_on", TODAY), "ended_on", "Leave this empty"),
        ({"notice_received_on-month": "13"}, "notice_received_on", "must be a real date"),
    ],
)
def test_a_bad_ending_is_refused_beside_the_field(home, supervisor, given, field, sentence):
    assert sentence in checked(supervisor, home, typed(**given)).errors[field]


def test_it_ends_once_and_a_day_that_nobody_saw_ends_nothing(home, supervisor):
    page = checked(supervisor, home, typed())
    other = supervisor.post(path(home, "/end-approval"), page.hidden() | {"agreed": "2030-01-01"})
    assert "28 days after the notice" in other.text
    db.session.refresh(home)
    assert home.ended_on is None
    ended(supervisor, home, typed())

    assert "An end is recorded already" in checked(supervisor, home, typed()).errors[""]
    assert "End the approval" not in supervisor.get(path(home)).text


def test_a_child_placed_meanwhile_stops_it(make, home, supervisor):
    page = checked(supervisor, home, typed())
    make.placement(home)

    refused = supervisor.post(
        path(home, "/end-approval"), page.hidden() | {"agreed": ENDS.isoformat()}
    )

    assert "lives there on that day or later" in refused.errors[""]


def test_somebody_else_changing_it_at_the_same_moment_is_told(home, supervisor, monkeypatch):
    def busy(*_: object, **__: object) -> None:
        raise Busy("Somebody else is changing this at the same moment")

    monkeypatch.setattr(endings, "end", busy)

    assert "at the same moment" in ended(supervisor, home, typed()).errors[""]


def test_only_whoever_has_the_home_ends_it(make, home, sign_in):
    other = sign_in(make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service))

    assert other.get(path(home, "/end-approval")).status == 403
