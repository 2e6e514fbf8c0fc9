"""The details that a page offers for an event, and takes."""

from __future__ import annotations

from collections.abc import Mapping

from carers.domain.errors import RuleBroken
from carers.domain.guards import is_on_brief_report
from carers.domain.happenings import Happening, History, day_words
from carers.domain.labels import Code
from carers.domain.recruitment import ClosingReason, Event, Outcome, WithdrawalReason
from carers.domain.step_kinds import Silence, Takes
from carers.domain.steps import STEPS


class DetailNotRight(RuleBroken):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="detail")


def details(before: History, event: Event) -> Mapping[str, str]:
    """The codes that an event takes at this point of a case, with their labels."""
    return {code.value: code.label for code in _codes(before, event)}


def select_answer(event: Event) -> str:
    """What to say of a code that is missing, or is not offered."""
    return f"Select an answer to “{STEPS[event].detail.called}”"


def is_required(before: History, event: Event) -> bool:
    """Whether a page asks for the detail; an applicant's withdrawal has a code."""
    if event is Event.WITHDRAWN:
        return before.has(Event.APPLICATION_RECEIVED)
    return STEPS[event].detail.is_required_on_pages


def check_detail(before: History, happening: Happening) -> None:
    """Raise DetailNotRight where a page's detail is missing, or is not of this event."""
    event, detail = happening.event, happening.detail
    if not detail:
        if is_required(before, event):
            raise DetailNotRight(f"Answer “{STEPS[event].detail.called}”")
        return
    takes = STEPS[event].detail.takes
    if takes is Takes.NOTHING:
        raise DetailNotRight(f"“{event.label}” has no further detail")
    if takes is Takes.CODE and detail not in details(before, event):
        raise DetailNotRight(select_answer(event))
    if takes is Takes.DAY:
        _check_day(happening)


def _codes(before: History, event: Event) -> tuple[Code, ...]:
    if event is Event.WITHDRAWN:
        applied = before.has(Event.APPLICATION_RECEIVED)
        return tuple(WithdrawalReason) if applied else tuple(ClosingReason)
    if event is Event.PANEL_RECOMMENDED and is_on_brief_report(before):
        return Outcome.NOT_APPROVE, Outcome.DEFER
    kinds = STEPS[event].detail.codes
    return tuple(code for kind in kinds if kind is not Silence for code in kind)


def _check_day(happening: Happening) -> None:
    arranged = happening.detail_day
    if arranged is None:
        raise DetailNotRight("The day must be a real date")
    is_later = happening.event is Event.NOT_NOW
    if arranged < happening.day or (is_later and arranged == happening.day):
        words = "after" if is_later else "on or after"
        raise DetailNotRight(f"The day must be {words} {day_words(happening.day)}")
