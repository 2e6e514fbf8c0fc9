"""The days on which a case was paused, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event, PauseBy
from carers.domain.step_kinds import Clock
from carers.domain.steps import STEPS


@dataclass(frozen=True)
class Pause:
    """From the day of ``paused`` until the day it ended, which is not in it; open while it runs.

    METRICS, Pipeline: resuming, closing and approval end it.
    """

    by: PauseBy | None
    from_on: date
    until_on: date | None

    def days_within(self, start: date, end: date) -> int:
        """Days of the pause from ``start`` until ``end``, the first day not counted."""
        stops = min(self.until_on or end, end)
        return max((stops - max(self.from_on, start)).days, 0)


def pauses(history: History) -> list[Pause]:
    """Every pause of a case, in order."""
    found: list[Pause] = []
    running: Happening | None = None
    for happening in history:
        if running and Clock.APPLICANT_PAUSE in STEPS[happening.event].stops:
            found.append(_pause(running, happening.day))
            running = None
        elif happening.event is Event.PAUSED and running is None:
            running = happening
    return [*found, _pause(running, None)] if running else found


def _pause(paused: Happening, until_on: date | None) -> Pause:
    by = PauseBy(paused.detail) if paused.detail in set(PauseBy) else None
    return Pause(by, paused.day, until_on)


def applicant_days(all_pauses: Iterable[Pause], start: date, end: date) -> int:
    """Days of the applicant's pauses from ``start`` until ``end`` (METRICS, Assessment time)."""
    theirs = (pause for pause in all_pauses if pause.by is PauseBy.APPLICANT)
    return sum(pause.days_within(start, end) for pause in theirs)
