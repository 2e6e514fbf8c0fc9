"""From a case's events to the one CaseState that they amount to."""

from __future__ import annotations

from carers.domain.case_state import CaseState
from carers.domain.happenings import History
from carers.domain.standards import Standards


def fold(history: History, standards: Standards) -> CaseState:
    """A function of its inputs only: no clock is read."""
    raise NotImplementedError
