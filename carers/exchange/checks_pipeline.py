"""Cases in time: the stage graph's faults, and what each case's record lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carers.domain import findings, graph
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event
from carers.exchange.checks_register import row_of
from carers.exchange.findings import Report
from carers.exchange.records import Record, Records, grouped


def check(records: Records, report: Report) -> None:
    """Every case that the folder touches."""
    events_of = records.by("pipeline", "enquiry_id")
    homes_of = records.by("households", "enquiry_id")
    for enquiry in touched(records):
        if enquiry.is_sound:
            events = in_order(events_of.get(enquiry, ()))
            Case(enquiry, events, homes_of.get(enquiry, ())).check(report)


def touched(records: Records) -> list[Record]:
    """Enquiries of which the folder has a row, theirs, an event or their household."""
    found: dict[Record, None] = {}
    for record in records.taken():
        enquiry = record if record.file.name == "enquiries" else record["enquiry_id"]
        if enquiry is not None and record.file.name in {"enquiries", "pipeline", "households"}:
            found[enquiry] = None
    return list(found)


class Case:
    """One enquiry, its current events in order and the households that name it."""

    def __init__(self, enquiry: Record, events: Sequence[Record], homes: Sequence[Record]) -> None:
        self.enquiry = enquiry
        self.events = events
        self.homes = homes
        happenings = [Happening(one["event"], one["at"], one["detail"]) for one in events]
        self.history = History.of(enquiry["received_at"], happenings)
        self.record_of = {
            id(happening): record for happening, record in zip(happenings, events, strict=True)
        }

    def check(self, report: Report) -> None:
        for fault in graph.faults(self.history):
            event = self.record_of[id(fault.happening)]
            if (row := row_of(event, self.enquiry, *self.events)) is not None:
                column = fault.column if row is event.row else None
                report.fault(row, column, fault.sentence, fault.expected)
        for finding in self._findings():
            known = self.record_of.get(id(finding.happening))
            first = known or self.enquiry
            if (row := row_of(first, self.enquiry, *self.events, *self.homes)) is not None:
                column = "event" if known is not None and row is known.row else None
                report.finding(row, column, finding.sentence)

    def _findings(self) -> list[findings.Finding]:
        approved = self.history.first(Event.APPROVED)
        days = sorted(home["approved_on"] for home in self.homes)
        if approved is not None and approved.day in days:
            days = [approved.day]
        return findings.findings(
            self.history,
            is_duplicate=self.enquiry["duplicate_of_id"] is not None,
            registered_on=days[0] if days else None,
        )


def in_order(events: Sequence[Record]) -> list[Record]:
    """By instant; those of one instant in the order of the file (METRICS, Conventions: Events).

    The database orders them as they were written, so that one which comes after a changed or a
    new one in the file is to be written anew.
    """
    ordered: list[Record] = []
    by_instant: dict[object, list[Record]] = {}
    for event in events:
        by_instant.setdefault(event["at"], []).append(event)
    for _, group in sorted(by_instant.items(), key=lambda item: item[1][0]["at"]):
        if len(group) > 1:
            _restate(sorted(filter(_line, group), key=_line))
        ordered += sorted(group, key=_position)
    return ordered


def _restate(of_folder: Sequence[Record]) -> None:
    position, is_later = 0, False
    for event in of_folder:
        is_written = event.is_new or bool(event.changes)
        is_later = is_later or is_written or event.position < position
        event.is_restated = is_later and not is_written
        position = event.position


def _line(event: Record) -> int:
    return event.row.line if event.row else 0


def _position(event: Record) -> tuple[bool, int]:
    is_written = event.is_new or bool(event.changes) or event.is_restated
    return (True, _line(event)) if is_written else (False, event.position)


def enquiries_to_fold(records: Records) -> Iterator[Record]:
    """Those whose case may have changed: their own row, an event, or their service’s settings."""
    settings = {
        one.service
        for one in records.taken()
        if one.file.name == "settings" and (one.is_new or one.changes)
    }
    events = grouped(records.all_of("pipeline"), lambda one: one["enquiry_id"])
    for enquiry in records.all_of("enquiries"):
        written = (enquiry, *events.get(enquiry, ()))
        is_written = any(
            one.row and (one.is_new or one.changes or one.is_restated) for one in written
        )
        if enquiry.service in settings or is_written:
            yield enquiry
