"""Today's work on enquiries, until the application: a table, first row that applies first."""

from __future__ import annotations

from carers.domain.lateness import counted, when_words
from carers.domain.roles import Role
from carers.domain.stages import Beside
from carers.domain.today_work import Asked, CaseOfToday, Due, Target, Whose, Work, on, say

OFFICER = frozenset({Role.RECRUITMENT_OFFICER})
ASSESSOR = frozenset({Role.ASSESSING_SOCIAL_WORKER})
MANAGER = frozenset({Role.TEAM_MANAGER})


def _unanswered(case: CaseOfToday, _: Asked) -> bool:
    state = case.state
    return state.is_open and not state.is_answered and state.beside is not Beside.NOT_NOW


def _unanswered_late(case: CaseOfToday, asked: Asked) -> bool:
    return _unanswered(case, asked) and case.state.response_is_overdue_at(asked.now)


def _response(case: CaseOfToday, _: Asked) -> Due:
    return None if case.state.is_answered else case.state.first_response_due_at


def _enquiry_words(case: CaseOfToday, asked: Asked) -> str:
    state = case.state
    by = f" by {case.channel.lower()}" if case.channel else ""
    received = f"Enquiry{by}, {when_words(state.received_at, asked.now)}."
    if state.last_attempt_at is None:
        return f"{received} Not tried yet."
    tries = counted(state.contact_attempts, "try", "tries")
    last = when_words(state.last_attempt_at, asked.now)
    return f"{received} No conversation yet: {tries}, the last {last}."


def _visit_is_booked(case: CaseOfToday, _: Asked) -> bool:
    return case.state.is_open and case.state.visit_booked_for is not None


def _visit_is_past(case: CaseOfToday, asked: Asked) -> bool:
    booked = case.state.visit_booked_for
    return case.state.is_open and booked is not None and booked < asked.day


def _is_not_now(case: CaseOfToday, _: Asked) -> bool:
    return case.state.is_open and case.state.not_now_until_on is not None


def _is_nobodys(case: CaseOfToday, _: Asked) -> bool:
    return case.state.is_open


ENQUIRY_WORK: tuple[Work[CaseOfToday], ...] = (
    Work(
        "ring",
        "response",
        OFFICER,
        Whose.MINE,
        "Ring {who}",
        Target.ENQUIRY,
        _unanswered,
        _response,
        _enquiry_words,
    ),
    Work(
        "take_up",
        "response",
        OFFICER,
        Whose.NOBODYS,
        "Take up {who}",
        Target.ALLOCATE,
        _unanswered,
        _response,
        _enquiry_words,
    ),
    Work(
        "allocate_case",
        "response",
        MANAGER,
        Whose.NOBODYS,
        "Give {who} to a worker",
        Target.ALLOCATE,
        _is_nobodys,
        _response,
        say("Nobody has this case."),
    ),
    Work(
        "see_rung",
        "response",
        MANAGER,
        Whose.ANYBODYS,
        "See that somebody rings {who}",
        Target.ENQUIRY,
        _unanswered_late,
        _response,
        _enquiry_words,
    ),
    Work(
        "record_visit",
        "visit",
        OFFICER | ASSESSOR,
        Whose.MINE,
        "Record the visit to {who}",
        Target.RECORD,
        _visit_is_past,
        on("visit_booked_for"),
        say("The visit was booked for that day, and none is recorded."),
        is_by=False,
    ),
    Work(
        "visit",
        "visit",
        OFFICER | ASSESSOR,
        Whose.MINE,
        "Visit {who}",
        Target.ENQUIRY,
        _visit_is_booked,
        on("visit_booked_for"),
        say("Initial visit."),
        is_by=False,
    ),
    Work(
        "contact_again",
        "contact_again",
        OFFICER,
        Whose.MINE,
        "Get back in touch with {who}",
        Target.ENQUIRY,
        _is_not_now,
        on("not_now_until_on"),
        say("Not now, they said: it was put off to this day."),
        is_by=False,
    ),
)
