"""The stage graph's table is whole."""

from carers.domain.graph import RULES
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from carers.domain.stages import Beside, Stage
from carers.domain.step_kinds import ROLE_OF, Need, Page, Recorder, Takes
from carers.domain.steps import STEPS
from carers.domain.waits import BESIDE, BY_STAGE, WAITS, WaitsFor

REQUIRED = {"panel_recommended", "decided", "irm_recommended", "paused", "closed_by_service"}


def test_every_event_is_a_row_in_the_order_of_the_codes():
    assert list(STEPS) == list(Event)


def test_every_need_has_its_rule():
    assert set(RULES) == set(Need)


def test_the_details_that_files_require():
    assert {event.value for event, step in STEPS.items() if step.detail.is_required} == REQUIRED


def test_every_detail_that_a_page_asks_for_has_its_question():
    asked = [step.detail for step in STEPS.values() if step.detail.takes is not Takes.NOTHING]

    assert [detail for detail in asked if not detail.called and detail.is_required_on_pages] == []


def test_every_recorder_is_a_role_and_every_event_by_hand_has_one():
    assert set(ROLE_OF) == set(Recorder)
    assert set(ROLE_OF.values()) <= set(Role)
    assert all(step.by for step in STEPS.values())
    assert [event for event, step in STEPS.items() if step.page is Page.NOWHERE] == [Event.APPROVED]


def test_the_table_of_waits_is_whole():
    assert set(WAITS) == set(WaitsFor)
    assert set(BY_STAGE) == set(Stage)
    assert set(BESIDE) == set(Beside)
