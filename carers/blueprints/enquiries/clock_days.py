"""The days that both clocks of a case are told from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain.case_state import CaseState
from carers.domain.pauses import Pause
from carers.domain.waits import WaitsFor

AFTER = timedelta(days=10)  # of empty bar behind the last mark


@dataclass(frozen=True)
class ClockDays:
    """Each is none where there is none yet. ``decision_on`` is a due day until it is decided."""

    applied_on: date
    today: date
    stopped_on: date | None
    pauses: Sequence[Pause]
    target_on: date | None
    standard_on: date | None
    panel_on: date | None
    recommended_on: date | None
    decision_on: date | None
    is_decided: bool

    @classmethod
    def of(cls, state: CaseState, pauses: Sequence[Pause], today: date) -> ClockDays | None:
        """None before the application, when no clock runs."""
        if state.application_received_on is None:
            return None
        due = state.decision_due_on if state.waits_for is WaitsFor.DECISION else None
        return cls(
            applied_on=state.application_received_on,
            today=today,
            stopped_on=state.first_decided_on or state.closed_on or state.approved_on,
            pauses=pauses,
            target_on=state.six_month_due_on,
            standard_on=state.eight_month_due_on,
            panel_on=state.first_recommended_on or state.panel_booked_for,
            recommended_on=state.first_recommended_on,
            decision_on=state.first_decided_on or due,
            is_decided=state.first_decided_on is not None,
        )

    @property
    def used_until(self) -> date:
        """Where time used ends: today, or the day on which the clocks stopped."""
        return min(self.stopped_on or self.today, self.today)

    @property
    def to_come_until(self) -> date | None:
        """Where what is booked or due leads; the target where nothing is."""
        if self.stopped_on is not None:
            return None
        known = [day for day in (self.panel_on, self.decision_on, self.target_on) if day]
        last = max(known, default=self.today)
        return last if last > self.today else None

    @property
    def ends(self) -> date:
        """The last day of the bar."""
        days = (self.used_until, self.target_on, self.standard_on, self.panel_on, self.decision_on)
        return max(day for day in days if day) + AFTER

    @property
    def paused(self) -> list[tuple[date, date]]:
        """The pauses that lie in time used, each from and until."""
        spans = [
            (
                max(pause.from_on, self.applied_on),
                min(pause.until_on or self.used_until, self.used_until),
            )
            for pause in self.pauses
        ]
        return [(start, end) for start, end in spans if start < end]
