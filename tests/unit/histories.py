"""Histories for tests, told in lines: an event, a London time, a detail."""

from datetime import date, datetime
from uuid import UUID

from carers.domain.clock import LONDON
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event

RECEIVED = "2021-03-01 09:00"


def instant(text: str) -> datetime:
    """“2021-03-01 09:00”, or a day alone for its midnight, in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def day(text: str) -> date:
    return date.fromisoformat(text)


def happening(line: str, recorded_by: UUID | None = None) -> Happening:
    """“panel_booked 2021-08-01T10:00 2021-08-20”."""
    event, when, *detail = line.split()
    return Happening(Event(event), instant(when), " ".join(detail) or None, recorded_by)


def history(*lines: str, received: str = RECEIVED) -> History:
    return History.of(instant(received), map(happening, lines))


TO_PANEL = (
    "contacted 2021-03-01T15:00",
    "initial_visit 2021-03-10T10:00",
    "application_received 2021-04-01T10:00",
    "stage1_started 2021-04-02T10:00",
    "stage1_information_complete 2021-06-01T10:00",
    "stage2_started 2021-06-10T10:00",
    "panel_booked 2021-08-01T10:00 2021-09-01",
)
TO_DECISION = (
    *TO_PANEL,
    "panel_recommended 2021-09-01T12:00 approve",
    "minutes_final 2021-09-06T12:00",
)
TO_DETERMINATION = (
    *TO_PANEL,
    "panel_recommended 2021-09-01T12:00 not_approve",
    "minutes_final 2021-09-06T12:00",
    "decided 2021-09-08T12:00 not_approve",
    "determination_sent 2021-09-10T12:00",
)
