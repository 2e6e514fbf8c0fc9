"""Bromley's cases of 2021-22: the eleven that were approved, and others open and closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from carers.cli.sample.bromley_register import APPROVALS, approved_in_the_year
from carers.cli.sample.bromley_tables import FIRST_DAY
from carers.cli.sample.cases import (
    Case,
    assessment,
    first_contact,
    stage_1,
    to_approval,
    up_to_application,
    working,
)
from carers.cli.sample.homes import Home
from carers.cli.sample.names import Directory, Family
from carers.domain.clock import at
from carers.domain.working_days import add_working_days

OFFICER, ASSESSOR = "U-01", "U-02"

HEARD = (
    ("search", "web_form"),
    ("search", "web_form"),
    ("social-media", "social_media"),
    ("word-of-mouth", "phone"),
    ("carer", "carer_referral"),
    ("event", "event"),
    ("leaflet", "phone"),
)
CLOSED_EARLY = (
    *(("closed_by_service", "no_contact"),) * 12,
    *(("closed_by_service", "no_spare_room"),) * 9,
    *(("closed_by_service", "not_eligible"),) * 5,
    *(("closed_by_service", "out_of_area"),) * 4,
    *(("closed_by_service", "concerns"),) * 2,
    *(("withdrawn", None),) * 8,
)
WITHDRAWN_LATER = ("AW2", "AW3", "AW3", "AW4", "AW1")
OPEN_IN_CONTACT, OPEN_AFTER_A_VISIT, OPEN_IN_STAGE_1, OPEN_IN_STAGE_2 = 4, 3, 2, 3


def cases(random: Random, directory: Directory, homes: list[Home]) -> list[Case]:
    """Every case, in no order yet."""
    writer = _Cases(random, directory)
    found = [
        writer.approved(home, applied_on, decided_on)
        for home, (applied_on, decided_on, *_) in zip(
            approved_in_the_year(homes), APPROVALS, strict=True
        )
    ]
    found += [writer.closed_early(event, detail) for event, detail in CLOSED_EARLY]
    found += [writer.withdrawn_later(code) for code in WITHDRAWN_LATER]
    found += [writer.in_contact() for _ in range(OPEN_IN_CONTACT)]
    found += [writer.visited() for _ in range(OPEN_AFTER_A_VISIT)]
    found += [writer.in_stage_1() for _ in range(OPEN_IN_STAGE_1)]
    found += [writer.in_stage_2() for _ in range(OPEN_IN_STAGE_2)]
    return found


class _Cases:
    def __init__(self, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory

    def _received(self, first: date, last: date) -> datetime:
        day = first + timedelta(days=self._random.randint(0, (last - first).days))
        return at(day, time(self._random.randint(8, 20), self._random.randint(0, 59)))

    def _case(self, received_at: datetime, family: Family | None = None) -> Case:
        source, channel = self._random.choice(HEARD)
        return Case(
            family or self._directory.family(received_at.date()),
            received_at,
            channel,
            source,
            interests=tuple(self._random.sample(("adolescents", "sibling_groups", "babies"), 1)),
            postcode=f"BR{self._random.randint(1, 8)} {self._random.randint(1, 9)}ZZ",
            spare_bedrooms=self._random.randint(1, 3),
            worker=OFFICER,
        )

    def approved(self, home: Home, applied_on: date, decided_on: date) -> Case:
        weeks = timedelta(days=self._random.randint(30, 75))
        case = self._case(self._received(applied_on - weeks, applied_on - weeks), home.family)
        case.assessor = ASSESSOR
        case.postcode = home.postcode
        case.follow(up_to_application(self._random, case.received_at, applied_on))
        return case.follow(to_approval(applied_on, decided_on, decided_on))

    def closed_early(self, event: str, detail: str | None) -> Case:
        case = self._case(self._received(FIRST_DAY, date(2022, 3, 4)))
        steps = first_contact(self._random, case.received_at)
        day = steps[-1][1]
        if detail == "no_contact":
            case.record("contact_attempted", day)
            case.record("contact_attempted", add_working_days(day, 3))
        else:
            case.follow(steps)
        case.record(event, add_working_days(day, self._random.randint(4, 15)), detail)
        return case

    def _applied(self, applied_on: date) -> Case:
        weeks = timedelta(days=self._random.randint(28, 60))
        case = self._case(self._received(applied_on - weeks, applied_on - weeks))
        case.assessor = ASSESSOR
        return case.follow(up_to_application(self._random, case.received_at, applied_on))

    def withdrawn_later(self, code: str) -> Case:
        applied_on = working(date(2021, 5, 4) + timedelta(days=self._random.randint(0, 150)))
        case = self._applied(applied_on)
        withdrawn_on = add_working_days(applied_on, self._random.randint(12, 30))
        return case.follow([*stage_1(applied_on, None), ("withdrawn", withdrawn_on, code)])

    def in_contact(self) -> Case:
        case = self._case(self._received(date(2022, 3, 7), date(2022, 3, 24)))
        return case.follow(first_contact(self._random, case.received_at))

    def visited(self) -> Case:
        case = self._case(self._received(date(2022, 2, 1), date(2022, 2, 24)))
        steps = first_contact(self._random, case.received_at)
        visited_on = working(steps[-1][1] + timedelta(days=self._random.randint(14, 28)))
        case.follow(steps).record(
            "initial_visit_booked", add_working_days(steps[-1][1], 2), visited_on.isoformat()
        )
        case.record("initial_visit", visited_on)
        return case

    def in_stage_1(self) -> Case:
        applied_on = working(date(2022, 2, 7) + timedelta(days=self._random.randint(0, 35)))
        return self._applied(applied_on).follow(stage_1(applied_on, None))

    def in_stage_2(self) -> Case:
        applied_on = working(date(2021, 10, 25) + timedelta(days=self._random.randint(0, 40)))
        steps = assessment(applied_on, add_working_days(applied_on, 110))
        begun = [name for name, _, _ in steps].index("stage2_started")
        return self._applied(applied_on).follow(steps[: begun + 1])
