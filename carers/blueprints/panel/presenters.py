"""Cases as the panel's list shows them: in order of what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from carers import filters
from carers.domain.case_state import CaseState
from carers.domain.labels import Code
from carers.domain.lateness import days_left_or_over
from carers.domain.recruitment import Outcome
from carers.domain.waits import WaitsFor
from carers.queries.panel import PanelCase

SOON_DAYS = 2


class Group(Code):
    """The tables of the page, in the order in which they stand."""

    MET = "met", "Panels that have met, with no recommendation yet"
    MINUTES = "minutes", "Minutes to make final"
    DECISION = "decision", "Decisions to make"
    REGISTER = "register", "Approved, to be entered in the register"
    TELL = "tell", "Applicants to be told"
    LATER = "later", "Panels to come"
    AGAINST = "against", "Not approved, within 28 days or under review"
    READY = "ready", "Ready to book"
    STAGE2 = "stage2", "In stage 2, report not complete yet"


BY_WAIT: Mapping[WaitsFor, Group] = {
    WaitsFor.FINAL_MINUTES: Group.MINUTES,
    WaitsFor.DECISION: Group.DECISION,
    WaitsFor.REGISTER_ENTRY: Group.REGISTER,
    WaitsFor.REPRESENTATIONS: Group.AGAINST,
    WaitsFor.REVIEW: Group.AGAINST,
}


@dataclass(frozen=True)
class Due:
    """When something is due: its words, its tag's colour where somebody must act, its day."""

    words: str
    day: date | None = None
    tag: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Row:
    case: PanelCase
    due: Due

    @property
    def waits_for(self) -> str:
        return self.case.state.waits_for.label

    @property
    def recommended(self) -> str:
        given = self.case.state.recommendation
        return given.label if given else "None yet"

    @property
    def assessed_by(self) -> str:
        return filters.listed(self.case.assessors) or filters.NOT_KNOWN


@dataclass(frozen=True)
class Table:
    group: Group
    rows: list[Row]


def group_of(state: CaseState, today: date) -> Group:
    if not state.is_open or _is_untold(state):
        return Group.TELL
    if state.panel_booked_for:
        return Group.MET if state.panel_booked_for <= today else Group.LATER
    is_ready = state.report_completed_on or state.recommendation is Outcome.DEFER
    return BY_WAIT.get(state.waits_for, Group.READY if is_ready else Group.STAGE2)


def tables(cases: Iterable[PanelCase], today: date) -> list[Table]:
    """The tables that have a case, each in order of what is due; undated cases last."""
    found: dict[Group, list[Row]] = {}
    for case in cases:
        group = group_of(case.state, today)
        found.setdefault(group, []).append(Row(case, DUE[group](case.state, today)))
    return [
        Table(group, sorted(found[group], key=lambda row: row.due.day or date.max))
        for group in Group
        if group in found
    ]


def sentence(tables_shown: Sequence[Table]) -> str:
    """The finding: decisions first, then panels that have met."""
    rows = {table.group: table.rows for table in tables_shown}
    said = []
    if decisions := rows.get(Group.DECISION, []):
        first = decisions[0].due.day
        which = "due" if len(decisions) == 1 else "the first"
        by = f", {which} by {filters.short_day(first)}" if first else ""
        said.append(f"{filters.count(len(decisions), 'decision waits', 'decisions wait')}{by}.")
    if met := rows.get(Group.MET, []):
        has = filters.count(len(met), "panel has met", "panels have met")
        said.append(f"{has} with no recommendation recorded.")
    if not rows:
        return "No case is with the panel."
    return " ".join(said) or "No decision waits, and every panel that has met has recommended."


def _is_untold(state: CaseState) -> bool:
    return _untold_on(state) is not None


def _untold_on(state: CaseState) -> date | None:
    """The day by which the applicants are still to be told or written to."""
    told = None if state.told_orally_at else state.told_due_on
    written = None if state.notice_sent_at else state.written_due_on
    return min((day for day in (told, written) if day), default=None)


def _tagged(words: str, day: date | None, today: date) -> Due:
    """Red past its day, orange close to it."""
    if day is None:
        return Due(words)
    left = (day - today).days
    if left > SOON_DAYS:
        return Due(words, day)
    return Due(words, day, days_left_or_over(day, today), "red" if left < 0 else "orange")


def _met(state: CaseState, today: date) -> Due:
    day = state.panel_booked_for
    return _tagged(f"Panel {filters.short_day(day)}", day, today)


def _minutes(state: CaseState, _: date) -> Due:
    recommended = state.recommended_at
    return Due(f"Recommended {filters.short_day(recommended)}")


def _decision(state: CaseState, today: date) -> Due:
    day = state.decision_due_on
    return _tagged(f"By {filters.short_day(day)}", day, today) if day else Due("No due date")


def _tell(state: CaseState, today: date) -> Due:
    day = _untold_on(state)
    words = "Tell" if not state.told_orally_at else "Write"
    return _tagged(f"{words} by {filters.short_day(day)}", day, today)


def _later(state: CaseState, today: date) -> Due:
    papers = state.papers_due_on
    words = f"Panel {filters.short_day(state.panel_booked_for)}"
    if papers is None or papers < today:
        return Due(words, state.panel_booked_for)
    return Due(f"{words}, papers by {filters.short_day(papers)}", state.panel_booked_for)


def _against(state: CaseState, _: date) -> Due:
    until = state.representations_until_on
    return Due(f"Until {filters.short_day(until)}", until) if until else Due("Letter not recorded")


def _undated(_: CaseState, __: date) -> Due:
    return Due("No due date")


def _ready(state: CaseState, today: date) -> Due:
    if state.paused_since:
        days = filters.count((today - state.paused_since).days, "day")
        return Due("", None, f"Paused {days}", "purple")
    if state.recommendation is Outcome.DEFER:
        return Due("Deferred: a further panel")
    done = state.report_completed_on
    return Due(f"Report complete {filters.short_day(done)}" if done else "No due date")


DUE: Mapping[Group, Callable[[CaseState, date], Due]] = {
    Group.MET: _met,
    Group.MINUTES: _minutes,
    Group.DECISION: _decision,
    Group.REGISTER: _undated,
    Group.TELL: _tell,
    Group.LATER: _later,
    Group.AGAINST: _against,
    Group.READY: _ready,
    Group.STAGE2: _ready,
}
