"""Today's work on assessments, up to the panel: a table, first row that applies first."""

from __future__ import annotations

from datetime import timedelta

from carers.domain.lateness import counted, day_month
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.today_work import Asked, CaseOfToday, Target, Whose, Work, on, say, undated

ASSESSOR = frozenset({Role.ASSESSING_SOCIAL_WORKER})
MANAGER = frozenset({Role.TEAM_MANAGER})
HEAD = frozenset({Role.HEAD_OF_SERVICE})
TARGET_DAYS = 28


def _refusal_is_possible(case: CaseOfToday, asked: Asked) -> bool:
    state = case.state
    waits = state.is_open and state.stage2_started_on is None
    return waits and state.refusal_last_on is not None


def _refusal_words(case: CaseOfToday, asked: Asked) -> str:
    complete = case.state.stage1_information_complete_on or asked.day
    last = case.state.refusal_last_on or asked.day
    starts = day_month(last + timedelta(days=1), asked.day)
    return (
        f"All information in on {day_month(complete, asked.day)}."
        f" With no decision by {day_month(last, asked.day)}, stage 2 starts by itself on {starts}."
    )


def _target_is_near(case: CaseOfToday, asked: Asked) -> bool:
    left = case.state.days_to_target(asked.day)
    return left is not None and left <= TARGET_DAYS


def _is_past_target(case: CaseOfToday, asked: Asked) -> bool:
    return case.state.is_past_target_on(asked.day)


def _target_words(case: CaseOfToday, asked: Asked) -> str:
    state = case.state
    days = counted(state.days_since_application(asked.day) or 0, "day")
    waits = f"waits for {state.waits_for.label[0].lower()}{state.waits_for.label[1:]}"
    return f"{days} since the application; {waits}."


def _has_no_clock(case: CaseOfToday, _: Asked) -> bool:
    state = case.state
    is_past = state.stage.position > Stage.APPLICATION.position
    return state.is_open and is_past and state.application_received_on is None


def _report_is_due(case: CaseOfToday, _: Asked) -> bool:
    state = case.state
    return state.is_open and state.papers_due_on is not None and state.report_completed_on is None


def _is_paused(case: CaseOfToday, _: Asked) -> bool:
    return case.state.is_open and case.state.paused_since is not None


def _pause_words(case: CaseOfToday, asked: Asked) -> str:
    since = case.state.paused_since or asked.day
    who = case.state.waits_on.label
    return f"Paused since {day_month(since, asked.day)}: {who[0].lower()}{who[1:]}."


ASSESSMENT_WORK: tuple[Work[CaseOfToday], ...] = (
    Work(
        "stage1_decision",
        "stage1_decision",
        ASSESSOR,
        Whose.MINE,
        "Stage 1 decision for {who}",
        Target.ENQUIRY,
        _refusal_is_possible,
        on("refusal_last_on"),
        _refusal_words,
    ),
    Work(
        "stage1_decision",
        "stage1_decision",
        MANAGER,
        Whose.ANYBODYS,
        "Stage 1 decision for {who}",
        Target.RECORD,
        _refusal_is_possible,
        on("refusal_last_on"),
        _refusal_words,
    ),
    Work(
        "six_months",
        "target",
        ASSESSOR,
        Whose.MINE,
        "Bring {who} to a decision",
        Target.ENQUIRY,
        _target_is_near,
        on("six_month_due_on"),
        _target_words,
        ahead=TARGET_DAYS,
    ),
    Work(
        "past_target",
        "target",
        MANAGER | HEAD,
        Whose.ANYBODYS,
        "Ask what holds up {who}",
        Target.ENQUIRY,
        _is_past_target,
        on("six_month_due_on"),
        _target_words,
    ),
    Work(
        "no_clock",
        "target",
        ASSESSOR,
        Whose.MINE,
        "Add the application of {who}",
        Target.RECORD,
        _has_no_clock,
        undated,
        say("No due date: application date is missing."),
    ),
    Work(
        "report",
        "report",
        ASSESSOR,
        Whose.MINE,
        "Finish the report on {who}",
        Target.ENQUIRY,
        _report_is_due,
        on("papers_due_on"),
        say("Papers go to the panel five working days before."),
    ),
    Work(
        "report",
        "report",
        MANAGER,
        Whose.ANYBODYS,
        "Complete the report on {who}",
        Target.RECORD,
        _report_is_due,
        on("papers_due_on"),
        say("Papers go to the panel five working days before."),
    ),
    Work(
        "resume",
        "pause",
        ASSESSOR,
        Whose.MINE,
        "Ask whether {who} can go on",
        Target.ENQUIRY,
        _is_paused,
        undated,
        _pause_words,
    ),
)
