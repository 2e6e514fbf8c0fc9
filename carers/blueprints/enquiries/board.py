"""Cases on the way as a board, by the stage that they show, and as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.domain.case_marks import SOON_DAYS, Mark, Urgency, mark_of
from carers.domain.case_state import CaseState
from carers.domain.labels import Code
from carers.domain.lateness import day_month
from carers.domain.recruitment import Route
from carers.domain.register import Skill
from carers.domain.roles import Role
from carers.domain.stages import Stage
from carers.domain.waits import WaitsFor, WaitsOn
from carers.queries.pipeline import OnTheWay

CARDS = 4  # in a column, before “8 more”
ME = "me"
NOBODY = "nobody"
LATE = "y"
TABLE = "table"
COLUMNS = tuple(stage for stage in Stage if stage not in (Stage.ENQUIRY, Stage.APPROVED))
COLOURS: Mapping[Urgency, str] = {
    Urgency.LATE: "red",
    Urgency.SOON: "orange",
    Urgency.PAUSED: "purple",
}
GRAVITY = list(COLOURS)
WORKERS: Mapping[WaitsOn, Role] = {
    WaitsOn.RECRUITMENT_OFFICER: Role.RECRUITMENT_OFFICER,
    WaitsOn.ASSESSING_SOCIAL_WORKER: Role.ASSESSING_SOCIAL_WORKER,
}


class Sort(Code):
    """The orders of the table."""

    CLOCK = "clock", "Clock marks first"
    DAYS = "days", "Longest in their stage"
    TARGET = "target", "Nearest target"
    STAGE = "stage"
    NAME = "name"


@dataclass(frozen=True)
class Chosen:
    """Which cases are looked at, none of a kind being all of it, and in what order."""

    route: Route | None = None
    worker: str = ""  # a membership, me or nobody
    skill: Skill | None = None
    stage: Stage | None = None
    late: str = ""  # “y” for those past a limit alone
    sort: Sort = Sort.CLOCK

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> Chosen:
        """From an address; what it cannot mean is left out."""
        return cls(
            route=_one_of(Route, args.get("route", "")),
            worker=_worker_of(args.get("worker", "")),
            skill=_one_of(Skill, args.get("skill", "")),
            stage=_one_of(Stage, args.get("stage", "")),
            late=LATE if args.get("late") == LATE else "",
            sort=_one_of(Sort, args.get("sort", "")) or Sort.CLOCK,
        )

    @property
    def query(self) -> dict[str, Any]:
        """As an address says it."""
        return {
            name: str(value)
            for name, value in vars(self).items()
            if value and value is not Sort.CLOCK
        }

    def includes(self, case: OnTheWay, me: UUID | None) -> bool:
        """As far as that can be told without the clock."""
        return (
            self.route in (None, case.route)
            and (self.skill is None or self.skill in case.interests)
            and self.stage in (None, case.state.stage)
            and self._is_with(case, me)
        )

    def _is_with(self, case: OnTheWay, me: UUID | None) -> bool:
        held = {str(worker.id) for worker in case.workers}
        if self.worker == NOBODY:
            return not held
        return not self.worker or (str(me) if self.worker == ME else self.worker) in held


@dataclass(frozen=True)
class Line:
    """One case, as a card or as a row."""

    case: OnTheWay
    stage: str
    days: int
    waits_for: str
    card_waits_for: str
    on: str
    workers: str
    mark: Mark | None
    target_on: date | None
    panel_on: date | None

    @property
    def colour(self) -> str:
        return COLOURS[self.mark.urgency] if self.mark else ""

    @property
    def is_late(self) -> bool:
        return self.mark is not None and self.mark.urgency is Urgency.LATE

    @property
    def gravity(self) -> int:
        """Marked ones first, the gravest before."""
        return GRAVITY.index(self.mark.urgency) if self.mark else len(GRAVITY)


@dataclass(frozen=True)
class Column:
    stage: Stage
    number: int
    usual: str
    lines: Sequence[Line]
    more: int
    url: str


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    is_on: bool


@dataclass(frozen=True)
class Chip:
    words: str
    url: str


def lines(
    cases: Iterable[OnTheWay],
    usual: Mapping[Stage, int],
    day: date,
    chosen: Chosen,
    me: UUID | None,
) -> list[Line]:
    """The cases that are looked at."""
    found = [
        _line(case, usual.get(case.state.stage), day) for case in cases if chosen.includes(case, me)
    ]
    return [line for line in found if line.is_late or not chosen.late]


def columns(found: Sequence[Line], usual: Mapping[Stage, int], chosen: Chosen) -> list[Column]:
    """The board: marked cards first, then the longest in their stage."""
    board = []
    for stage in COLUMNS:
        here = [line for line in found if line.case.state.stage is stage]
        here.sort(key=lambda line: (line.gravity, -line.days, line.case.ref))
        board.append(
            Column(
                stage,
                len(here),
                _usually(stage, usual),
                here[:CARDS],
                max(len(here) - CARDS, 0),
                _url(replace(chosen, stage=stage), view=TABLE),
            )
        )
    return board


def in_order(found: Sequence[Line], sort: Sort) -> list[Line]:
    """The table, of those that are equal the nearest target first."""
    return sorted(
        found,
        key=lambda line: (
            ORDERS[sort](line),
            line.target_on or date.max,
            -line.days,
            line.case.ref,
        ),
    )


ORDERS: Mapping[Sort, Callable[[Line], Any]] = {
    Sort.CLOCK: lambda line: line.gravity,
    Sort.DAYS: lambda line: -line.days,
    Sort.TARGET: lambda line: 0,
    Sort.STAGE: lambda line: line.case.state.stage.position,
    Sort.NAME: lambda line: line.case.names.casefold(),
}


def sorts(chosen: Chosen) -> list[tuple[str, str | None]]:
    """Each order of the table with its address; the one that is on has none."""
    return [
        (
            sort.label.lower(),
            None if sort is chosen.sort else _url(replace(chosen, sort=sort), view=TABLE),
        )
        for sort in Sort
    ]


def short(day: date | None, none: str) -> str:
    """“8 Jan 2026”, for tight columns."""
    return f"{day.day} {day:%b %Y}" if day else none


def sentence(found: Sequence[Line], day: date) -> str:
    """“40 households are on the way. 1 is past the six-month target and 2 reach it within 14
    days.”
    """
    if not found:
        return "No household is on the way."
    left = [days for line in found if (days := line.case.state.days_to_target(day)) is not None]
    past = sum(days < 0 for days in left)
    soon = sum(0 <= days <= SOON_DAYS for days in left)
    are = filters.count(len(found), "household is", "households are")
    reached = filters.count(past, "is", "are") if past else "None is"
    reach = filters.count(soon, "reaches", "reach")
    then = f" and {reach} it within {SOON_DAYS} days" if soon else ""
    return f"{are} on the way. {reached} past the six-month target{then}."


def options(cases: Sequence[OnTheWay], chosen: Chosen) -> dict[str, list[Option]]:
    """What each list of the filter offers, of what there is."""
    workers = {str(worker.id): worker.name for case in cases for worker in case.workers}
    named = sorted(workers.items(), key=lambda one: (one[1], one[0]))
    offered = [(ME, "Me"), *named, (NOBODY, "No one yet")]
    return {
        "route": _options("Every route", [(one.value, one.label) for one in Route], chosen.route),
        "worker": _options("Everybody", offered, chosen.worker),
        "skill": _options("Every interest", [(one, one.label) for one in Skill], chosen.skill),
        "stage": _options("Every stage", [(one, one.label) for one in COLUMNS], chosen.stage),
        "late": [Option(LATE, "Past a limit", bool(chosen.late))],
    }


def chips(chosen: Chosen, offered: Mapping[str, Sequence[Option]], view: str) -> list[Chip]:
    """What is on, each with the address without it."""
    empty = Chosen()
    return [
        Chip(option.words, _url(replace(chosen, **{name: getattr(empty, name)}), view=view))
        for name, listed in offered.items()
        for option in listed
        if option.is_on and option.value
    ]


CSV_HEADER = (
    *("enquiry", "name", "route", "stage", "days_in_stage", "waits_for", "on", "with"),
    *("application_received_on", "six_month_target_on", "eight_month_standard_on"),
    *("panel_booked_for", "decision_due_on", "clock"),
)


def csv_rows(found: Iterable[Line]) -> list[list[Any]]:
    return [
        [
            *(line.case.ref, line.case.names, line.case.route, line.stage, line.days),
            *(line.waits_for, line.on, ";".join(worker.name for worker in line.case.workers)),
            *(line.case.state.application_received_on, line.target_on),
            *(line.case.state.eight_month_due_on, line.panel_on),
            *(line.case.state.decision_due_on, line.mark.words if line.mark else None),
        ]
        for line in found
    ]


def _line(case: OnTheWay, usual: int | None, day: date) -> Line:
    state = case.state
    return Line(
        case=case,
        stage=state.stage.label,
        days=state.days_in_stage(day),
        waits_for=state.waits_for.label,
        card_waits_for=_card_waits_for(state, day),
        on=_on(case),
        workers=filters.listed([worker.name for worker in case.workers]) or "No one yet",
        mark=mark_of(state, day, usual),
        target_on=state.six_month_due_on,
        panel_on=state.panel_booked_for,
    )


def _card_waits_for(state: CaseState, day: date) -> str:
    """What a case waits for in the words of a card, with its day where it has one."""
    if state.waits_for is WaitsFor.RECOMMENDATION and state.panel_booked_for:
        return f"Panel {day_month(state.panel_booked_for, day)}"
    if state.waits_for is WaitsFor.DECISION and state.decision_due_on:
        return f"Decision by {day_month(state.decision_due_on, day)}"
    words = re.sub("^(An?|The) |,.*", "", state.waits_for.label)
    return words[0].upper() + words[1:]


def _on(case: OnTheWay) -> str:
    """On whom it waits: by name where that is a worker's who has it."""
    role = WORKERS.get(case.state.waits_on)
    names = [worker.name for worker in case.workers if role in worker.roles]
    return filters.listed(names) or case.state.waits_on.label


def _usually(stage: Stage, usual: Mapping[Stage, int]) -> str:
    if stage is Stage.DECISION:
        return "7 working days"
    days = usual.get(stage)
    return "" if days is None else f"usually {filters.count(days, 'day')}"


def _url(chosen: Chosen, *, view: str) -> str:
    shown: dict[str, Any] = {"view": view} if view == TABLE else {}
    return url_for("enquiries.pipeline", **shown, **chosen.query)


def _one_of(codes: Callable[[str], Any], typed: str) -> Any:
    try:
        return codes(typed)
    except ValueError:
        return None


def _worker_of(typed: str) -> str:
    if typed in (ME, NOBODY):
        return typed
    found = _one_of(UUID, typed)
    return str(found) if found else ""


def _options(every: str, offered: Iterable[tuple[str, str]], chosen: str | None) -> list[Option]:
    listed = [(value, words, value == chosen) for value, words in offered]
    return [Option("", every, not chosen), *(Option(*one) for one in listed)]
