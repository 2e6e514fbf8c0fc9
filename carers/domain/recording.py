"""What a person may record in a case, and why not: graph, guards, order, role and time together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from carers.domain.errors import RuleBroken
from carers.domain.graph import faults
from carers.domain.guards import LAW, broken
from carers.domain.happenings import Happening, History
from carers.domain.order import ORDER
from carers.domain.recording_details import check_detail
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from carers.domain.step_kinds import ROLE_OF, Page, Recorder
from carers.domain.steps import ASSESSING, DECIDER, MANAGER, STEPS


class NotYoursToRecord(RuleBroken):
    """The role does not record this event, or not in this case."""

    def __init__(self, recorders: frozenset[Recorder]) -> None:
        who = " or ".join(one.label for one in Recorder if one in recorders)
        super().__init__(f"Only {who} may record this", field="event")


class NotByHand(RuleBroken):
    def __init__(self) -> None:
        sentence = "The entry in the register is made, and mended, with the decision to approve"
        super().__init__(sentence, field="event")


class DecidedByRecommender(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            "You recorded the panel’s recommendation: somebody else must decide", field="event"
        )


class DecidedByAssessor(RuleBroken):
    def __init__(self) -> None:
        super().__init__("You assessed this case: somebody else must decide", field="event")


class InTheFuture(RuleBroken):
    def __init__(self) -> None:
        super().__init__("When it happened must be now or in the past", field="at")


class AlreadyRecorded(RuleBroken):
    def __init__(self, event: Event) -> None:
        super().__init__(f"“{event.label}” is already recorded at that time", field="at")


class ForbiddenByGraph(RuleBroken):
    """The event, or one that follows it, would stand where it cannot."""


class ForbiddenByGuard(RuleBroken):
    """Law, a standard or the order of steps forbids it on a page."""


class NotTheSameEvent(RuleBroken):
    def __init__(self) -> None:
        super().__init__("Remove this entry, and record what happened instead", field="event")


@dataclass(frozen=True)
class Actor:
    """What somebody is to one case.

    ``is_assessor``: the case is allocated to them now, as assessing social worker.
    """

    roles: frozenset[Role]
    is_assessor: bool = False
    has_recommended: bool = False
    has_assessed: bool = False

    @classmethod
    def of(
        cls,
        roles: frozenset[Role],
        recorded: frozenset[Event],
        *,
        is_allocated: bool,
        was_assessor: bool = False,
    ) -> Self:
        """From what this person ever recorded in it, and whether they have it, or had it to assess.

        What somebody else corrected since was still theirs; so is what they did in another role.
        """
        is_assessor = Role.ASSESSING_SOCIAL_WORKER in roles and is_allocated
        return cls(
            roles,
            is_assessor=is_assessor,
            has_recommended=Event.PANEL_RECOMMENDED in recorded,
            has_assessed=is_assessor or was_assessor or not recorded.isdisjoint(ASSESSING),
        )

    def is_among(self, recorders: frozenset[Recorder]) -> bool:
        return any(
            ROLE_OF[recorder] in self.roles
            and (recorder is not Recorder.CASE_ASSESSOR or self.is_assessor)
            for recorder in recorders
        )


def allowed(history: History, *, actor: Actor, now: datetime) -> list[Event]:
    """The events that the graph, the guards and this person's roles allow now, in table order."""
    return [
        event
        for event, step in STEPS.items()
        if step.page is not Page.NOWHERE and refusal(history, event, actor=actor, now=now) is None
    ]


def refusal(history: History, event: Event, *, actor: Actor, now: datetime) -> RuleBroken | None:
    """Why an event may not be recorded now, whatever its detail; none where it may."""
    happening = Happening(event, now)
    after = history.with_one_more(happening)
    try:
        _check_person(after, happening, actor)
        _check_legal(history, after)
    except RuleBroken as error:
        return error
    return None


def check(history: History, happening: Happening, *, actor: Actor, now: datetime) -> History:
    """The history with the happening in it.

    Raises RuleBroken in words, with the field ``event``, ``at`` or ``detail``.
    """
    after = history.with_one_more(happening)
    _check_person(after, happening, actor)
    _check_time(history, happening, now)
    _check_legal(history, after)
    check_detail(after.before(happening), happening)
    return after


def check_correction(
    history: History,
    mistaken: Happening,
    corrected: Happening | None,
    *,
    actor: Actor,
    now: datetime,
) -> History:
    """The history with one happening replaced, or voided where ``corrected`` is none.

    Who may record an event may correct it, and a team manager any but a decision; a determination
    only a team manager (DESIGN, The pipeline). What the corrected case breaks that it did not
    break before is refused, wherever it stands. Raises RuleBroken.
    """
    _check_mender(history, mistaken, actor)
    after = history.without(mistaken)
    if corrected is not None:
        if corrected.event is not mistaken.event:
            raise NotTheSameEvent
        _check_time(after, corrected, now)
        after = history.replacing(mistaken, corrected)
        check_detail(after.before(corrected), corrected)
    _check_legal(history, after, mistaken, corrected)
    return after


def _check_person(after: History, happening: Happening, actor: Actor) -> None:
    applied = after.before(happening).has(Event.APPLICATION_RECEIVED)
    recorders = STEPS[happening.event].recorders(applied=applied)
    if not actor.is_among(recorders):
        raise NotYoursToRecord(recorders)
    if recorders == DECIDER:
        _check_decider(actor)


def _check_decider(actor: Actor) -> None:
    """The decision maker is never whoever recommended or assessed (RULES 1.5)."""
    if actor.has_recommended:
        raise DecidedByRecommender
    if actor.has_assessed:
        raise DecidedByAssessor


def _check_mender(history: History, mistaken: Happening, actor: Actor) -> None:
    if STEPS[mistaken.event].page is Page.NOWHERE:
        raise NotByHand
    if mistaken.event is Event.DETERMINATION_SENT:
        menders = MANAGER
    else:
        applied = history.before(mistaken).has(Event.APPLICATION_RECEIVED)
        recorders = STEPS[mistaken.event].recorders(applied=applied)
        menders = recorders if recorders == DECIDER else recorders | MANAGER
    if not actor.is_among(menders):
        raise NotYoursToRecord(menders)
    if menders == DECIDER:
        _check_decider(actor)


def _check_time(history: History, happening: Happening, now: datetime) -> None:
    if happening.at > now:
        raise InTheFuture
    if any(one.event is happening.event and one.at == happening.at for one in history):
        raise AlreadyRecorded(happening.event)


def _check_legal(
    history: History,
    after: History,
    mistaken: Happening | None = None,
    corrected: Happening | None = None,
) -> None:
    """Refuse what ``after`` breaks that ``history`` does not: old records may break rules."""
    known_faults = {(_key(one.happening), one.expected) for one in faults(history)}
    for fault in faults(after):
        key = _key(_as_it_was(fault.happening, mistaken, corrected))
        if (key, fault.expected) not in known_faults:
            raise ForbiddenByGraph(fault.sentence, field=fault.column)
    guards = (*LAW, *ORDER)
    known = {(_key(one.happening), one.guard) for one in broken(history, guards)}
    for one in broken(after, guards):
        if (_key(_as_it_was(one.happening, mistaken, corrected)), one.guard) not in known:
            raise ForbiddenByGuard(one.sentence, field=one.guard.field)


def _key(happening: Happening) -> tuple[Event, datetime]:
    return happening.event, happening.at


def _as_it_was(
    happening: Happening, mistaken: Happening | None, corrected: Happening | None
) -> Happening:
    return mistaken if mistaken and happening is corrected else happening
