"""The panel's entries put right, or removed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain.recruitment import Event, Outcome
from carers.domain.roles import Role
from carers.models import KeptCase, PipelineEvent
from tests.panel_cases import NOW, TO_DECISION, TO_MINUTES, TO_PANEL, TODAY, case, on


@pytest.fixture(autouse=True)
def _three_o_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(make):
    return make.service()


@pytest.fixture
def administrator(make, service):
    return make.viewer(Role.PANEL_ADMINISTRATOR, works_for=service)


def entry(enquiry, event: Event) -> PipelineEvent:
    query = select(PipelineEvent).filter_by(enquiry_id=enquiry.id, event=event)
    found = db.session.scalars(query.order_by(PipelineEvent.position.desc())).first()
    assert found is not None
    return found


def state(enquiry):
    return db.session.scalars(select(KeptCase).filter_by(enquiry_id=enquiry.id)).one().state


def path_of(event: PipelineEvent, act: str = "correct") -> str:
    return f"/panel/{event.enquiry_id}/events/{event.id}/{act}"


def test_a_recommendation_is_put_right_and_the_old_one_stays_readable(
    make, sign_in, service, administrator
):
    enquiry = case(make, service, *TO_MINUTES)
    wrong = entry(enquiry, Event.PANEL_RECOMMENDED)
    browser = sign_in(administrator)
    assert path_of(wrong) in browser.get(f"/panel/{enquiry.id}").links

    form = browser.get(path_of(wrong))
    assert form.all("input", name="detail", checked="")[0].get("value") == "approve"
    assert form.all("input", name="on-day")[0].get("value") == "16"
    page = browser.submit(path_of(wrong), TODAY | {"detail": "defer", "time": "1pm"})

    assert "Corrected: Panel’s recommendation" in page.text
    assert state(enquiry).recommendation is Outcome.DEFER
    db.session.expire_all()
    assert wrong.superseded_by_id is not None


def test_the_panels_day_is_put_right(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_PANEL)
    booked = entry(enquiry, Event.PANEL_BOOKED)
    browser = sign_in(administrator)
    assert browser.get(path_of(booked)).all("input", name="detail-day")[0].get("value") == "16"

    day = {"detail-day": "1", "detail-month": "12", "detail-year": "2026"}
    browser.submit(path_of(booked), TODAY | day)

    assert str(state(enquiry).panel_booked_for) == "2026-12-01"


def test_what_never_happened_is_removed(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_DECISION)
    minutes = entry(enquiry, Event.MINUTES_FINAL)

    page = sign_in(administrator).submit(path_of(minutes), {}, action=path_of(minutes, "remove"))

    assert "Removed: Panel minutes final" in page.text
    assert state(enquiry).minutes_final_at is None


def test_what_others_rest_on_is_not_removed(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_DECISION)
    recommended = entry(enquiry, Event.PANEL_RECOMMENDED)

    page = sign_in(administrator).submit(
        path_of(recommended), {}, action=path_of(recommended, "remove")
    )

    assert "there are no minutes to be final" in page.errors[""]
    assert state(enquiry).recommendation is Outcome.APPROVE


def test_a_decision_to_defer_is_mended_by_a_decision_maker_only(
    make, sign_in, service, administrator
):
    decider = make.viewer(Role.DECISION_MAKER, works_for=service)
    enquiry = case(make, service, *TO_DECISION, (Event.DECIDED, on(20, 11), "defer"))
    decided = entry(enquiry, Event.DECIDED)

    assert path_of(decided) not in sign_in(administrator).get(f"/panel/{enquiry.id}").links
    refused = sign_in(administrator).post(path_of(decided), TODAY | {"detail": "not_approve"})
    assert refused.errors == {"": "Only a decision maker may record this"}

    sign_in(decider).submit(path_of(decided), TODAY | {"detail": "not_approve"})
    assert state(enquiry).decision is Outcome.NOT_APPROVE


def test_what_is_wrong_is_kept_and_said(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    recommended = entry(enquiry, Event.PANEL_RECOMMENDED)
    browser = sign_in(administrator)

    page = browser.submit(
        path_of(recommended), TODAY | {"detail": "maybe", "on-month": "13", "note": "Kept"}
    )

    assert page.errors == {
        "on": "The day it happened must be a real date",
        "detail": "Select an answer to “What did the panel recommend?”",
    }
    assert page.all("input", name="on-month")[0].get("value") == "13"
    assert "Kept" in page.text


def test_a_stale_correction_says_what_changed(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    recommended = entry(enquiry, Event.PANEL_RECOMMENDED)
    browser = sign_in(administrator)
    form = browser.get(path_of(recommended)).hidden()
    browser.submit(f"/panel/{enquiry.id}/record/minutes_final", TODAY)

    page = browser.post(path_of(recommended), form | TODAY | {"detail": "defer", "time": "1pm"})

    assert "Somebody changed this record" in page.errors[""]
    assert "recorded “Panel minutes final”" in page.text


def test_only_the_panels_own_entries_have_the_page(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    elsewhere = case(make, make.service(), *TO_MINUTES)

    browser = sign_in(administrator)
    for event in (
        entry(enquiry, Event.STAGE2_STARTED),
        entry(elsewhere, Event.PANEL_RECOMMENDED),
    ):
        assert browser.get(path_of(event)).status == 404
        assert browser.post(path_of(event, "remove")).status == 404


def test_the_form_of_a_correction_holds_a_time_that_it_takes(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_MINUTES)
    wrong = entry(enquiry, Event.PANEL_RECOMMENDED)
    browser = sign_in(administrator)
    shown = browser.get(path_of(wrong)).all("input", name="time")[0].get("value")
    assert browser.post(path_of(wrong), {}).status == 200  # nothing at all was sent

    page = browser.submit(path_of(wrong), TODAY | {"detail": "defer", "time": shown})

    assert "Corrected: Panel’s recommendation" in page.text


def test_an_entry_corrected_meanwhile_is_found_in_its_new_place(
    make, sign_in, service, administrator
):
    enquiry = case(make, service, *TO_MINUTES)
    wrong = entry(enquiry, Event.PANEL_RECOMMENDED)
    browser = sign_in(administrator)
    browser.submit(path_of(wrong), TODAY | {"detail": "defer", "time": "1pm"})

    form = browser.get(path_of(wrong))

    assert form.all("input", name="detail", checked="")[0].get("value") == "defer"


def test_an_entry_that_was_removed_leads_to_its_case(make, sign_in, service, administrator):
    enquiry = case(make, service, *TO_DECISION)
    minutes = entry(enquiry, Event.MINUTES_FINAL)
    browser = sign_in(administrator)
    remove = path_of(minutes, "remove")
    sent = browser.get(path_of(minutes)).hidden(remove)

    pages = [browser.post(remove, sent) for _ in range(2)]

    assert "Removed: Panel minutes final" in pages[0].text
    assert "That entry was removed, it was a mistake" in pages[1].text
    assert pages[1].heading == pages[0].heading
