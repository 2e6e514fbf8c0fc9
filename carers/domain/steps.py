"""The stage graph as one table: what each event needs, who records it, what it starts and stops.

EXCHANGE, The stage graph; DESIGN, The pipeline. ``graph`` reads what a load's faults are from it,
``guards`` adds what pages refuse, ``recording`` who may record what now, ``cases`` what it amounts
to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from carers.domain.labels import Code
from carers.domain.recruitment import (
    ClosingReason,
    Event,
    Outcome,
    PauseBy,
    WithdrawalReason,
)
from carers.domain.stages import Reported, Stage
from carers.domain.step_kinds import Clock, Need, Page, Recorder, ReviewOutcome, Silence, Takes


@dataclass(frozen=True)
class Detail:
    """What an event's detail is. ``codes`` are the lists it may be of, in files.

    ``called`` is its question on a page.
    """

    takes: Takes = Takes.NOTHING
    codes: tuple[type[Code], ...] = ()
    is_required: bool = False
    is_required_on_pages: bool = False
    called: str = ""


NO_DETAIL = Detail()

RECRUITMENT = frozenset({Recorder.RECRUITMENT_OFFICER, Recorder.TEAM_MANAGER})
VISITING = RECRUITMENT | {Recorder.ANY_ASSESSOR}
ASSESSMENT = frozenset({Recorder.CASE_ASSESSOR, Recorder.TEAM_MANAGER})
MANAGER = frozenset({Recorder.TEAM_MANAGER})
PANEL = frozenset({Recorder.PANEL_ADMINISTRATOR})
DECIDER = frozenset({Recorder.DECISION_MAKER})


@dataclass(frozen=True)
class Step:
    """One row of the graph. ``act`` is the link's words; ``by_after`` who, once applied."""

    act: str
    by: frozenset[Recorder]
    by_after: frozenset[Recorder] | None = None
    detail: Detail = NO_DETAIL
    needs: tuple[Need, ...] = ()
    stage: Stage | None = None
    reported: Reported | None = None
    starts: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()
    page: Page = field(default=Page.ENQUIRY)

    def recorders(self, *, applied: bool) -> frozenset[Recorder]:
        return self.by if self.by_after is None or not applied else self.by_after


C, N, S, R = Clock, Need, Stage, Reported

STEPS: Mapping[Event, Step] = {
    Event.HANDED_OVER: Step(
        "Hand over to another service",
        RECRUITMENT,
        detail=Detail(Takes.SERVICE, is_required_on_pages=True, called="Which service?"),
    ),
    Event.ACKNOWLEDGED: Step(
        "Take up", RECRUITMENT, detail=Detail(Takes.SERVICE, called="Which service?")
    ),
    Event.CONTACT_ATTEMPTED: Step("Record a voicemail or no answer", RECRUITMENT),
    Event.CONTACTED: Step(
        "Record a conversation",
        RECRUITMENT,
        stage=S.IN_CONTACT,
        reported=R.CONTACTED,
        stops=(C.FIRST_RESPONSE,),
    ),
    Event.INFORMATION_SENT: Step("Record that information was sent", RECRUITMENT),
    Event.INITIAL_VISIT_BOOKED: Step(
        "Book an initial visit",
        VISITING,
        detail=Detail(Takes.DAY, is_required_on_pages=True, called="Which day is the visit?"),
    ),
    Event.INITIAL_VISIT: Step(
        "Record an initial visit",
        VISITING,
        stage=S.VISIT_MADE,
        reported=R.INITIAL_VISIT,
        stops=(C.FIRST_RESPONSE,),
    ),
    Event.APPLICATION_INVITED: Step("Invite an application", VISITING),
    Event.APPLICATION_RECEIVED: Step(
        "Record the application",
        VISITING,
        needs=(N.ONLY_ONE,),
        stage=S.APPLICATION,
        reported=R.APPLICATION,
        starts=(C.SIX_MONTHS, C.EIGHT_MONTHS),
        stops=(C.FIRST_RESPONSE,),
    ),
    Event.STAGE1_STARTED: Step(
        "Start stage 1",
        ASSESSMENT,
        needs=(N.ONLY_ONE, N.NO_APPLICATION_LATER),
        stage=S.STAGE1,
    ),
    Event.STAGE1_INFORMATION_COMPLETE: Step(
        "Record that stage 1 information is complete",
        ASSESSMENT,
        needs=(N.NO_APPLICATION_LATER,),
        stage=S.STAGE1,
        reported=R.STAGE1_COMPLETE,
        starts=(C.REFUSAL,),
        stops=(C.FIRST_RESPONSE,),
    ),
    Event.STAGE1_REFUSED: Step(
        "Refuse at stage 1", MANAGER, needs=(N.NO_APPLICATION_LATER,), stops=(C.REFUSAL,)
    ),
    Event.STAGE2_STARTED: Step(
        "Start stage 2",
        ASSESSMENT,
        detail=Detail(Takes.CODE, (Silence,)),
        needs=(N.ONLY_ONE, N.NO_APPLICATION_LATER),
        stage=S.STAGE2,
        reported=R.STAGE2,
        stops=(C.FIRST_RESPONSE,),
    ),
    Event.BRIEF_REPORT: Step(
        "Record a brief report", ASSESSMENT, needs=(N.NO_START_LATER,), stage=S.STAGE2
    ),
    Event.REPORT_SHARED: Step(
        "Record that the report was shared", ASSESSMENT, needs=(N.NO_START_LATER,)
    ),
    Event.REPORT_COMPLETED: Step("Complete the report", MANAGER, needs=(N.NO_START_LATER,)),
    Event.PANEL_BOOKED: Step(
        "Book the panel",
        PANEL,
        detail=Detail(Takes.DAY, is_required_on_pages=True, called="Which day is the panel?"),
        stage=S.PANEL,
        page=Page.PANEL,
    ),
    Event.PANEL_RECOMMENDED: Step(
        "Record the recommendation",
        PANEL,
        detail=Detail(
            Takes.CODE,
            (Outcome,),
            is_required=True,
            is_required_on_pages=True,
            called="What did the panel recommend?",
        ),
        needs=(N.NO_START_LATER,),
        stage=S.DECISION,
        reported=R.PANEL,
        stops=(C.EIGHT_MONTHS, C.FIRST_RESPONSE),
        page=Page.PANEL,
    ),
    Event.MINUTES_FINAL: Step(
        "Record the final minutes",
        PANEL,
        needs=(N.RECOMMENDATION,),
        starts=(C.DECISION,),
        page=Page.PANEL,
    ),
    Event.DECIDED: Step(
        "Decide",
        DECIDER,
        detail=Detail(
            Takes.CODE,
            (Outcome,),
            is_required=True,
            is_required_on_pages=True,
            called="What is the decision?",
        ),
        needs=(N.NO_START_LATER,),
        starts=(C.TOLD, C.WRITTEN),
        stops=(C.SIX_MONTHS, C.DECISION),
        page=Page.PANEL,
    ),
    Event.TOLD_ORALLY: Step(
        "Record that the applicants were told",
        PANEL,
        needs=(N.SOMETHING_TO_TELL,),
        stops=(C.TOLD,),
        page=Page.PANEL,
    ),
    Event.NOTICE_SENT: Step(
        "Record the written notice",
        PANEL,
        needs=(N.SOMETHING_TO_TELL,),
        stops=(C.WRITTEN,),
        page=Page.PANEL,
    ),
    Event.DETERMINATION_SENT: Step(
        "Record the letter of determination",
        PANEL,
        needs=(N.DETERMINATION,),
        starts=(C.REPRESENTATIONS,),
        stops=(C.WRITTEN,),
        page=Page.PANEL,
    ),
    Event.REPRESENTATIONS_RECEIVED: Step(
        "Record representations",
        PANEL,
        needs=(N.DETERMINATION,),
        stops=(C.REPRESENTATIONS,),
        page=Page.PANEL,
    ),
    Event.IRM_APPLIED: Step(
        "Record an application for independent review",
        PANEL,
        needs=(N.DETERMINATION,),
        stops=(C.REPRESENTATIONS,),
        page=Page.PANEL,
    ),
    Event.IRM_RECOMMENDED: Step(
        "Record the independent review’s recommendation",
        PANEL,
        detail=Detail(
            Takes.CODE,
            (ReviewOutcome,),
            is_required=True,
            is_required_on_pages=True,
            called="What did the independent review recommend?",
        ),
        needs=(N.REVIEW,),
        page=Page.PANEL,
    ),
    Event.APPROVED: Step(
        "Enter the home in the register",
        DECIDER,
        needs=(N.APPROVE_LAST,),
        stage=S.APPROVED,
        reported=R.APPROVED,
        stops=(C.FIRST_RESPONSE, C.APPLICANT_PAUSE),
        page=Page.NOWHERE,
    ),
    Event.NOT_APPROVED: Step(
        "Make the final determination",
        DECIDER,
        needs=(N.NOT_APPROVE_LAST,),
        stops=(C.APPLICANT_PAUSE,),
        page=Page.PANEL,
    ),
    Event.WITHDRAWN: Step(
        "Record that the applicant withdraws",
        RECRUITMENT | ASSESSMENT,
        by_after=ASSESSMENT,
        detail=Detail(
            Takes.CODE, (WithdrawalReason, ClosingReason), called="Why are they withdrawing?"
        ),
        stops=(C.APPLICANT_PAUSE,),
    ),
    Event.CLOSED_BY_SERVICE: Step(
        "Close the case",
        RECRUITMENT,
        by_after=MANAGER,
        detail=Detail(
            Takes.CODE,
            (ClosingReason,),
            is_required=True,
            is_required_on_pages=True,
            called="Why is the service closing it?",
        ),
        stops=(C.APPLICANT_PAUSE,),
    ),
    Event.NOT_NOW: Step(
        "Put off to a later day",
        RECRUITMENT,
        detail=Detail(
            Takes.DAY, is_required_on_pages=True, called="Which day will you get back in touch?"
        ),
    ),
    Event.PAUSED: Step(
        "Pause",
        ASSESSMENT,
        detail=Detail(
            Takes.CODE,
            (PauseBy,),
            is_required=True,
            is_required_on_pages=True,
            called="Who is the pause for?",
        ),
        needs=(N.NOT_PAUSED,),
        starts=(C.APPLICANT_PAUSE,),
    ),
    Event.RESUMED: Step("Resume", ASSESSMENT, needs=(N.PAUSED,), stops=(C.APPLICANT_PAUSE,)),
    Event.REOPENED: Step("Reopen", RECRUITMENT, by_after=MANAGER, needs=(N.REOPENABLE,)),
}

CLOSINGS = frozenset(
    {Event.STAGE1_REFUSED, Event.WITHDRAWN, Event.CLOSED_BY_SERVICE, Event.NOT_APPROVED}
)
TELLING = frozenset({Event.TOLD_ORALLY, Event.NOTICE_SENT})
ASSESSING = frozenset(
    {
        Event.STAGE1_STARTED,
        Event.STAGE1_INFORMATION_COMPLETE,
        Event.STAGE1_REFUSED,
        Event.STAGE2_STARTED,
        Event.BRIEF_REPORT,
        Event.REPORT_SHARED,
        Event.REPORT_COMPLETED,
    }
)
