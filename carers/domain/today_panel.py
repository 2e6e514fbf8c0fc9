"""Today's work on panel and decision: a table, first row that applies first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from carers.domain.lateness import when_words
from carers.domain.recruitment import Outcome
from carers.domain.roles import Role
from carers.domain.today_work import Asked, CaseOfToday, Due, Target, Whose, Work, on, say, undated
from carers.domain.waits import WaitsFor

PANEL = frozenset({Role.PANEL_ADMINISTRATOR})
DECIDER = frozenset({Role.DECISION_MAKER})
PAPERS_DAYS = 14


def _waits_for(*what: WaitsFor) -> Callable[[CaseOfToday, Asked], bool]:
    return lambda case, _: case.state.is_open and case.state.waits_for in what


def _papers_are_due(case: CaseOfToday, asked: Asked) -> bool:
    """No record says that papers were sent: what has passed is not called overdue."""
    due = case.state.papers_due_on
    return case.state.is_open and due is not None and due >= asked.day


def _untold(case: CaseOfToday, _: Asked) -> bool:
    return case.state.told_due_on is not None and case.state.told_orally_at is None


def _unwritten(case: CaseOfToday, _: Asked) -> bool:
    return case.state.written_due_on is not None and case.state.notice_sent_at is None


def _decision_words(case: CaseOfToday, asked: Asked) -> str:
    decided_at = case.state.decided_at
    return f"Decided {when_words(decided_at, asked.now)}." if decided_at else ""


def _is_final(case: CaseOfToday, asked: Asked) -> bool:
    """The 28 days have passed and nothing has been received (RULES 1.2, row 16)."""
    state = case.state
    last = state.representations_until_on
    refused = state.is_open and state.decision is Outcome.NOT_APPROVE
    return refused and state.beside is None and last is not None and last < asked.day


def _on_final(case: CaseOfToday, _: Asked) -> Due:
    last = case.state.representations_until_on
    return last + timedelta(days=1) if last else None


PANEL_WORK: tuple[Work[CaseOfToday], ...] = (
    Work(
        "recommendation",
        "panel",
        PANEL,
        Whose.ANYBODYS,
        "Record the recommendation on {who}",
        Target.PANEL,
        _waits_for(WaitsFor.RECOMMENDATION),
        on("panel_booked_for"),
        say("The panel meets on this day."),
        is_by=False,
    ),
    Work(
        "papers",
        "papers",
        PANEL,
        Whose.ANYBODYS,
        "Send the panel the papers on {who}",
        Target.PANEL,
        _papers_are_due,
        on("papers_due_on"),
        say("Five working days before the panel."),
        ahead=PAPERS_DAYS,
    ),
    Work(
        "minutes",
        "panel",
        PANEL,
        Whose.ANYBODYS,
        "Make the minutes on {who} final",
        Target.PANEL,
        _waits_for(WaitsFor.FINAL_MINUTES),
        undated,
        say("The decision’s seven working days start with them."),
    ),
    Work(
        "book_panel",
        "panel",
        PANEL,
        Whose.ANYBODYS,
        "Book a panel for {who}",
        Target.PANEL,
        _waits_for(WaitsFor.PANEL_DATE, WaitsFor.FURTHER_PANEL),
        undated,
        say("Ready for a panel, and none is booked."),
    ),
    Work(
        "tell",
        "tell",
        PANEL,
        Whose.ANYBODYS,
        "Tell {who} the decision",
        Target.PANEL,
        _untold,
        on("told_due_on"),
        _decision_words,
    ),
    Work(
        "notice",
        "notice",
        PANEL,
        Whose.ANYBODYS,
        "Send {who} the decision in writing",
        Target.PANEL,
        _unwritten,
        on("written_due_on"),
        _decision_words,
    ),
    Work(
        "decide",
        "decision",
        DECIDER,
        Whose.ANYBODYS,
        "Decide on {who}",
        Target.PANEL,
        _waits_for(WaitsFor.DECISION),
        on("decision_due_on"),
        say("The panel has recommended and its minutes are final."),
    ),
    Work(
        "determine",
        "decision",
        DECIDER,
        Whose.ANYBODYS,
        "Make the final determination on {who}",
        Target.PANEL,
        _is_final,
        _on_final,
        say("28 days have passed since the letter, and nothing was received."),
        is_by=False,
    ),
    Work(
        "register",
        "decision",
        DECIDER,
        Whose.ANYBODYS,
        "Enter {who} in the register",
        Target.PANEL,
        _waits_for(WaitsFor.REGISTER_ENTRY),
        undated,
        say("Approved, with no home in the register yet."),
    ),
)
