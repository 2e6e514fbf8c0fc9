"""What a case's record lacks or breaks, for the data-quality list: it loads all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carers.domain.guards import LAW, Kind, broken
from carers.domain.happenings import Happening, History, day_words
from carers.domain.recruitment import Event, WithdrawalReason

MAIN_LINE = (
    Event.CONTACTED,
    Event.INITIAL_VISIT,
    Event.APPLICATION_RECEIVED,
    Event.STAGE1_INFORMATION_COMPLETE,
    Event.STAGE2_STARTED,
    Event.PANEL_RECOMMENDED,
    Event.DECIDED,
)
ENDS = (Event.APPROVED, Event.NOT_APPROVED)


@dataclass(frozen=True)
class Finding:
    """``happening`` is the event it is about; none where it is about the whole case."""

    kind: Kind
    sentence: str
    happening: Happening | None = None


def findings(
    history: History, *, is_duplicate: bool = False, registered_on: date | None = None
) -> list[Finding]:
    """Steps left out, guards broken and records that disagree (EXCHANGE, Faults and findings).

    ``registered_on`` is ``approved_on`` of the household that names the enquiry, none without one.
    """
    found = [Finding(one.guard.kind, one.sentence, one.happening) for one in broken(history, LAW)]
    without_panel = any(finding.kind is Kind.DECIDED_WITHOUT_PANEL for finding in found)
    found += _left_out(history, Event.PANEL_RECOMMENDED if without_panel else None)
    found += _withdrawal_codes(history)
    found += _register(history, registered_on)
    if is_duplicate and history.happenings:
        sentence = "Events on a duplicate count nowhere: record them on the enquiry that is kept"
        found.append(Finding(Kind.ON_A_DUPLICATE, sentence))
    return found


def _left_out(history: History, said_already: Event | None) -> list[Finding]:
    found = []
    for position, step in enumerate(MAIN_LINE):
        later = history.all_of(*MAIN_LINE[position + 1 :], *ENDS)
        if step is said_already or not later or history.has(step):
            continue
        gone_past = next((one for one in later if one.event is Event.DECIDED), later[0])
        sentence = f"“{gone_past.event.label}” is recorded, but “{step.label}” never was"
        found.append(Finding(Kind.STEP_LEFT_OUT, sentence, gone_past))
    return found


def _withdrawal_codes(history: History) -> list[Finding]:
    return [
        Finding(Kind.WITHDRAWAL_CODE, f"{one.detail} is of applications: there was none", one)
        for one in history.all_of(Event.WITHDRAWN)
        if one.detail in set(WithdrawalReason)
        and not history.before(one).has(Event.APPLICATION_RECEIVED)
    ]


def _register(history: History, registered_on: date | None) -> list[Finding]:
    approved = history.first(Event.APPROVED)
    if approved is None or approved.day == registered_on:
        return []
    if registered_on is None:
        sentence = "The case is approved, but no home in the register names it"
        return [Finding(Kind.NO_HOUSEHOLD, sentence, approved)]
    days = f"{day_words(approved.day)} here, {day_words(registered_on)} in the register"
    return [Finding(Kind.DAYS_DIFFER, f"The home was approved on two days: {days}", approved)]
