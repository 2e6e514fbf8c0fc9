"""Stage 2 that follows from silence, written by the system (EXCHANGE, Silence)."""

from __future__ import annotations

from datetime import date

from carers.domain import clocks
from carers.domain.case_state import CaseState
from carers.domain.graph import faults
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event
from carers.domain.step_kinds import Silence


def silent_stage2(history: History, state: CaseState, *, today: date) -> Happening | None:
    """The event that is due in an open case whose refusal window has passed; none where none is.

    ``state`` is the fold of ``history``. Nothing is written where it would break the graph.
    """
    last, complete_on = state.refusal_last_on, state.stage1_information_complete_on
    if not state.is_open or last is None or complete_on is None or today <= last:
        return None
    if history.has(Event.STAGE1_REFUSED, Event.STAGE2_STARTED):
        return None
    silence = Happening(Event.STAGE2_STARTED, clocks.silence_at(complete_on), Silence.SILENCE)
    return None if faults(history.with_one_more(silence)) else silence
