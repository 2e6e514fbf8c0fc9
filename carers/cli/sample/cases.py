"""Invented cases: an enquiry and what happened in it, in an order the stage graph allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from carers.cli.sample.files import Records
from carers.cli.sample.names import Family
from carers.domain.clock import at, local_day
from carers.domain.working_days import add_working_days, is_working_day, working_days_before

BETWEEN_EVENTS = timedelta(minutes=25)

Step = tuple[str, date, str | None]


def working(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else working_days_before(day, 1)


@dataclass
class Case:
    """One enquiry. Days are given in order; the hours of a day follow by themselves."""

    family: Family
    received_at: datetime
    channel: str
    source: str
    campaign: str | None = None
    interests: tuple[str, ...] = ()
    postcode: str = ""
    spare_bedrooms: int = 1
    route: str = "mainstream"
    duplicate_of: Case | None = None
    returning_of: Case | None = None
    worker: str = ""
    assessor: str = ""
    ref: str = ""
    events: list[tuple[str, datetime, str | None, str | None]] = field(default_factory=list)

    def record(
        self, event: str, day: date, detail: str | None = None, note: str | None = None
    ) -> None:
        """An event of a day: in office hours, and after whatever came before it."""
        last = self.events[-1][1] if self.events else self.received_at
        usual = at(day, time(13, 40) if len(self.events) % 3 else time(9, 20))
        instant = usual if usual > last else last + BETWEEN_EVENTS
        if local_day(instant) != day:
            raise ValueError(f"{event} on {day} would come before what happened on {last}")
        self.events.append((event, instant, detail, note))

    def record_at(
        self, event: str, instant: datetime, detail: str | None = None, note: str | None = None
    ) -> None:
        self.events.append((event, instant, detail, note))

    def follow(self, steps: Iterable[Step]) -> Case:
        for event, day, detail in steps:
            self.record(event, day, detail)
        return self

    def day_of(self, event: str) -> date | None:
        """The day of the first such event."""
        return next((local_day(when) for name, when, _, _ in self.events if name == event), None)

    def write(self, records: Records) -> None:
        """The enquiry, its events, and who had it and has it."""
        names = [adult.name for adult in self.family.adults]
        records.add(
            "enquiries",
            ref=self.ref,
            received_at=self.received_at,
            route=self.route,
            channel=self.channel,
            source=self.source,
            campaign=self.campaign,
            applicant_1=names[0],
            applicant_2=names[1] if len(names) > 1 else None,
            email=self.family.email,
            phone=self.family.phone,
            postcode=self.postcode,
            interests=self.interests,
            spare_bedrooms=self.spare_bedrooms,
            duplicate_of=self.duplicate_of.ref if self.duplicate_of else None,
            returning_of=self.returning_of.ref if self.returning_of else None,
        )
        for event, instant, detail, note in self.events:
            records.add(
                "pipeline", enquiry=self.ref, event=event, at=instant, detail=detail, note=note
            )
        self._write_workers(records)

    def _write_workers(self, records: Records) -> None:
        applied = self.day_of("application_received")
        if self.worker:
            records.add(
                "allocations",
                user=self.worker,
                enquiry=self.ref,
                from_on=local_day(self.received_at),
                until_on=applied if self.assessor else None,
            )
        if self.assessor and applied:
            records.add("allocations", user=self.assessor, enquiry=self.ref, from_on=applied)


def numbered(cases: Iterable[Case]) -> list[Case]:
    """In the order received, each with its reference."""
    ordered = sorted(cases, key=lambda case: case.received_at)
    for number, case in enumerate(ordered, 1):
        case.ref = f"E-{number:04}"
    return ordered


def first_contact(random: Random, received_at: datetime) -> list[Step]:
    """A conversation, within a working day more often than not, and the information pack."""
    late = random.choices((0, 1, 2, 3), (45, 43, 8, 4))[0]
    day = local_day(received_at)
    if late or not is_working_day(day) or received_at.hour >= 13:
        day = add_working_days(day, max(late, 1))
    return [("contacted", day, None), ("information_sent", day, None)]


def up_to_application(random: Random, received_at: datetime, applied_on: date) -> list[Step]:
    """Contact, a visit and the invitation, spread over the days until the application."""
    steps = first_contact(random, received_at)
    contacted = steps[-1][1]
    days = (applied_on - contacted).days
    booked = working(contacted + timedelta(days=days // 8))
    visited = working(contacted + timedelta(days=days * 3 // 5))
    invited = working(contacted + timedelta(days=days * 7 // 10))
    return [
        *steps,
        ("initial_visit_booked", max(booked, contacted), visited.isoformat()),
        ("initial_visit", visited, None),
        ("application_invited", invited, None),
        ("application_received", applied_on, None),
    ]


def stage_1(applied_on: date, complete_on: date | None) -> list[Step]:
    """Stage 1 begun, and its information complete where a day is given."""
    steps: list[Step] = [("stage1_started", add_working_days(applied_on, 2), None)]
    if complete_on:
        steps.append(("stage1_information_complete", complete_on, None))
    return steps


def assessment(applied_on: date, panel_on: date) -> list[Step]:
    """Both stages, the report, and the panel booked for a day."""
    days = (panel_on - applied_on).days
    complete = working(applied_on + timedelta(days=days * 2 // 5))
    booked = working(panel_on - timedelta(days=min(35, days // 4)))
    steps: list[Step] = [
        *stage_1(applied_on, complete),
        ("stage2_started", add_working_days(complete, 4), None),
        ("panel_booked", booked, panel_on.isoformat()),
        ("report_shared", working_days_before(panel_on, 16), None),
        ("report_completed", working_days_before(panel_on, 6), None),
    ]
    return sorted(steps, key=lambda step: step[1])


def panel(panel_on: date, recommended: str, minutes_on: date | None) -> list[Step]:
    steps: list[Step] = [("panel_recommended", panel_on, recommended)]
    if minutes_on:
        steps.append(("minutes_final", minutes_on, None))
    return steps


def to_approval(applied_on: date, decided_on: date, approved_on: date) -> list[Step]:
    """From the day after the application to the notice of approval.

    The panel met eight working days before the decision, its minutes were final four before.
    """
    panel_on = working_days_before(decided_on, 8)
    told_on = add_working_days(decided_on, 1)
    return [
        *assessment(applied_on, panel_on),
        *panel(panel_on, "approve", working_days_before(decided_on, 4)),
        ("decided", decided_on, "approve"),
        ("approved", approved_on, None),
        ("told_orally", max(told_on, approved_on), None),
        ("notice_sent", max(add_working_days(decided_on, 3), approved_on), None),
    ]
