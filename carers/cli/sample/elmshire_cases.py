"""Elmshire's cases: a year of enquiries, and one at every stage on the day the sample is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from carers.cli.sample.cases import (
    Case,
    Step,
    assessment,
    first_contact,
    panel,
    stage_1,
    to_approval,
    up_to_application,
    working,
)
from carers.cli.sample.elmshire_days import Made
from carers.cli.sample.homes import Home
from carers.cli.sample.names import Directory, Family
from carers.domain.clock import at, local_day
from carers.domain.working_days import add_working_days, working_days_before

OFFICERS = ("U-01", "U-02")
ASSESSOR = "U-03"
ENQUIRIES_PER_HOME = 4  # in a year

HEARD: tuple[tuple[str, str, str | None], ...] = (
    ("search", "web_form", None),
    ("search", "web_form", None),
    ("search", "email", None),
    ("social-media", "social_media", "K-01"),
    ("radio", "phone", "K-02"),
    ("word-of-mouth", "phone", None),
    ("word-of-mouth", "email", None),
    ("carer", "carer_referral", None),
    ("carer", "carer_referral", None),
    ("event", "event", "K-03"),
    ("hub", "regional_hub", None),
    ("leaflet", "walk_in", None),
)
INTERESTS = ("adolescents", "parent_and_child", "sibling_groups", "babies", "respite", "uasc")

# Working hours since each unanswered enquiry, and since each attempt to ring back. One working
# day is 24 of them: the first two are over it, the third has about an hour left.
UNANSWERED: tuple[tuple[float, tuple[float, ...]], ...] = (
    (40.0, (25.5,)),
    (27.9, (22.8, 14.2)),
    (22.8, ()),
    (19.1, ()),
    (15.9, (1.5,)),
    (13.5, ()),
    (9.3, ()),
    (4.2, ()),
    (0.6, ()),
)
# Days since the first conversation, and until a visit that is arranged.
IN_CONTACT: tuple[tuple[int, int | None], ...] = (
    (41, None),
    (26, None),
    (19, None),
    (16, 6),
    (12, 0),
    (10, None),
    (9, 3),
    (7, None),
    (6, 8),
    (4, None),
    (3, 5),
    (2, None),
)
VISITED = (33, 24, 19, 8, 3)  # days since the visit
APPLIED = (11, 6, 2)  # days since the application
STAGE_1 = (95, 82, 66, 51, 38, 25, 16)
PAUSED_STAGE_1, PAUSED_DAYS = 66, 16
STAGE_1_COMPLETE, COMPLETE_WORKING_DAYS = 82, 7  # a refusal is possible for three days more
STAGE_2 = (214, 196, 168, 140, 126, 111, 98, 87)  # two past six months, one soon
PANEL_BOOKED = ((150, 9), (158, 16), (133, 23))  # days since the application, until the panel
NOT_NOW = (-3, 0, 2, 9, 38, 90)  # days until contact is due again

# Of a hundred that closed: how far they came, how they closed and why.
CLOSED: tuple[tuple[str, str, str | None, int], ...] = (
    ("enquiry", "closed_by_service", "no_contact", 20),
    ("contact", "closed_by_service", "no_spare_room", 15),
    ("contact", "closed_by_service", "not_eligible", 8),
    ("contact", "closed_by_service", "out_of_area", 6),
    ("contact", "withdrawn", None, 18),
    ("contact", "withdrawn", "other", 6),
    ("visit", "closed_by_service", "concerns", 4),
    ("visit", "withdrawn", None, 9),
    ("visit", "closed_by_service", "no_spare_room", 3),
    ("application", "withdrawn", "AW3", 3),
    ("application", "withdrawn", "AW2", 2),
    ("application", "withdrawn", "AW4", 1),
    ("stage2", "withdrawn", "AW1", 2),
    ("stage2", "withdrawn", "AW5", 1),
    ("stage2", "withdrawn", "AW0", 1),
    ("stage1", "stage1_refused", None, 1),
)
LONGEST = {"enquiry": 34, "contact": 34, "visit": 60, "application": 130, "stage1": 150}
LONGEST_OTHERWISE = 260


def cases(random: Random, directory: Directory, made: Made, homes: list[Home]) -> list[Case]:
    """Every case, in no order yet: those of homes approved, open ones, and closed ones."""
    writer = _Cases(random, directory, made)
    found = [writer.approved(home) for home in homes]
    found += writer.open_ones()
    found += [writer.not_approved(), writer.refusal_to_come()]
    since = made.on - timedelta(days=made.days)
    recent = sum(local_day(case.received_at) >= since for case in found)
    closed = max(made.size * ENQUIRIES_PER_HOME * made.years - recent, len(CLOSED))
    found += writer.closed_ones(closed)
    found += writer.twice(found)
    return found


class _Cases:
    def __init__(self, random: Random, directory: Directory, made: Made) -> None:
        self._random = random
        self._directory = directory
        self._made = made

    def _case(self, received_at: datetime, family: Family | None = None) -> Case:
        random = self._random
        source, channel, campaign = random.choice(HEARD)
        if not 8 <= received_at.hour < 19 and channel != "email":
            source, channel, campaign = "search", "web_form", None
        interests = random.sample(INTERESTS, random.choice((0, 1, 1, 2)))
        return Case(
            family or self._directory.family(local_day(received_at)),
            received_at,
            channel,
            source,
            campaign,
            interests=tuple(sorted(interests)),
            postcode=f"EL{random.randint(1, 14)} {random.randint(1, 9)}ZZ",
            spare_bedrooms=random.choice((1, 1, 1, 2, 2, 3)),
            worker=random.choice(OFFICERS),
        )

    def _received(self, day: date) -> datetime:
        return at(day, time(self._random.randint(7, 21), self._random.randint(0, 59)))

    def _in_contact(self, contacted_ago: int) -> Case:
        """A case with its first conversation that many days ago, or on the next working day."""
        day = working_days_before(self._made.ago(contacted_ago), 1)
        case = self._case(self._received(day))
        contacted = min(add_working_days(day, 1), self._made.ago(1))
        return case.follow([("contacted", contacted, None), ("information_sent", contacted, None)])

    def _applied(self, applied_on: date, family: Family | None = None) -> Case:
        received_on = applied_on - timedelta(days=self._random.randint(32, 80))
        case = self._case(self._received(received_on), family)
        case.assessor = ASSESSOR
        return case.follow(up_to_application(self._random, case.received_at, applied_on))

    def approved(self, home: Home) -> Case:
        """Decided and entered on the day of the home's approval, a few after six months."""
        long = self._random.random() < 0.25
        days = self._random.randint(186, 222) if long else self._random.randint(138, 178)
        applied_on = working(home.approved_on - timedelta(days=days))
        case = self._applied(applied_on, home.family)
        case.postcode = home.postcode
        steps = to_approval(applied_on, home.approved_on, home.approved_on)
        return case.follow(
            step for step in steps if step[1] <= max(self._made.yesterday, home.approved_on)
        )

    def open_ones(self) -> list[Case]:
        """At every stage; a larger county has as many more as it is larger."""
        times = max(round(self._made.size / 60), 1)
        return [case for _ in range(times) for case in self._one_of_each()]

    def _one_of_each(self) -> Iterator[Case]:
        for hours, attempts in UNANSWERED:
            yield self._unanswered(hours, attempts)
        for days, visit_in in IN_CONTACT:
            yield self._contacted(days, visit_in)
        yield from map(self._visited, VISITED)
        for days in APPLIED:
            yield self._applied(self._made.ago(days))
        yield from map(self._in_stage_1, STAGE_1)
        yield from map(self._in_stage_2, STAGE_2)
        for days, panel_in in PANEL_BOOKED:
            yield self._with_panel_booked(days, self._made.ahead(panel_in))
        yield self._recommended(self._made.ago(9), minutes_on=self._made.ago(3))
        yield self._recommended(self._made.ago(5), minutes_on=None)
        yield from map(self._not_now, NOT_NOW)

    def _unanswered(self, hours: float, attempts: tuple[float, ...]) -> Case:
        case = self._case(self._made.working_hours_ago(hours))
        if 3 < hours < 14:
            case.worker = ""
        for attempt in attempts:
            instant = self._made.working_hours_ago(attempt)
            case.record_at("contact_attempted", instant, note="Left a voicemail")
        return case

    def _contacted(self, days: int, visit_in: int | None) -> Case:
        case = self._in_contact(days)
        if visit_in is not None:
            visit_on = self._made.ahead(visit_in)
            booked_on = self._made.ago(max(days - 3, 1))
            case.record("initial_visit_booked", booked_on, visit_on.isoformat())
        return case

    def _visited(self, days: int) -> Case:
        visited_on = self._made.ago(days)
        case = self._in_contact(days + self._random.randint(14, 24))
        booked_on = self._made.ago(days + 9)
        case.record("initial_visit_booked", booked_on, visited_on.isoformat())
        case.record("initial_visit", visited_on)
        if days > 20:
            case.record("application_invited", self._made.ago(days - 6))
        return case

    def _in_stage_1(self, days: int) -> Case:
        made = self._made
        applied_on = made.ago(days)
        complete_on = None
        if days == STAGE_1_COMPLETE:
            complete_on = working_days_before(made.ago(1), COMPLETE_WORKING_DAYS)
        case = self._applied(applied_on).follow(stage_1(applied_on, complete_on))
        if days == PAUSED_STAGE_1:
            case.record("paused", made.ago(PAUSED_DAYS), "applicant", "Bereavement in the family")
        return case

    def _in_stage_2(self, days: int) -> Case:
        applied_on = self._made.ago(days)
        complete_on = self._made.ago(days * 11 // 20)
        steps: list[Step] = [
            *stage_1(applied_on, complete_on),
            ("stage2_started", add_working_days(complete_on, 3), None),
        ]
        case = self._applied(applied_on).follow(steps)
        if days == max(STAGE_2):
            case.record("paused", self._made.ago(80), "third_party", "Overseas check awaited")
            case.record("resumed", self._made.ago(46))
        return case

    def _with_panel_booked(self, days: int, panel_on: date) -> Case:
        """With a panel in the coming weeks; the report is done where it is near."""
        applied_on = self._made.ago(days)
        steps = [step for step in assessment(applied_on, panel_on) if step[1] < self._made.on]
        return self._applied(applied_on).follow(steps)

    def _recommended(self, panel_on: date, *, minutes_on: date | None) -> Case:
        applied_on = working(panel_on - timedelta(days=self._random.randint(135, 155)))
        steps = [*assessment(applied_on, panel_on), *panel(panel_on, "approve", minutes_on)]
        return self._applied(applied_on).follow(steps)

    def _not_now(self, due_in: int) -> Case:
        days = self._random.randint(40, 160)
        case = self._in_contact(days)
        again_on = self._made.on + timedelta(days=due_in)
        case.record("not_now", self._made.ago(days - 7), again_on.isoformat())
        return case

    def refusal_to_come(self) -> Case:
        """Decided against, with the 28 days in which the applicants may answer still running."""
        return self._refused(self._made.ago(13))

    def not_approved(self) -> Case:
        """Decided against, and final since nothing was heard in 28 days."""
        decided_on = self._made.ago(110)
        case = self._refused(decided_on)
        case.record("not_approved", add_working_days(decided_on, 24))
        return case

    def _refused(self, decided_on: date) -> Case:
        panel_on = working_days_before(decided_on, 8)
        minutes_on = working_days_before(decided_on, 5)
        applied_on = working(panel_on - timedelta(days=150))
        return self._applied(applied_on).follow(
            [
                *assessment(applied_on, panel_on),
                *panel(panel_on, "not_approve", minutes_on),
                ("decided", decided_on, "not_approve"),
                ("told_orally", add_working_days(decided_on, 1), None),
                ("determination_sent", add_working_days(decided_on, 2), None),
            ]
        )

    def closed_ones(self, count: int) -> list[Case]:
        weights = [weight for *_, weight in CLOSED]
        drawn = self._random.choices(CLOSED, weights, k=max(count - len(CLOSED), 0))
        return [self._closed(reached, event, why) for reached, event, why, _ in (*CLOSED, *drawn)]

    def _closed(self, reached: str, event: str, detail: str | None) -> Case:
        """Received in the years of the sample, long enough ago to have closed before its day."""
        longest = LONGEST.get(reached, LONGEST_OTHERWISE)
        days = self._random.randint(longest, max(self._made.days, longest + 20))
        received_on = self._made.on - timedelta(days=days)
        if reached in {"enquiry", "contact", "visit"}:
            return self._closed_early(reached, self._received(received_on), event, detail)
        applied_on = working(received_on + timedelta(days=60))
        case = self._applied(applied_on)
        complete_on = working(applied_on + timedelta(days=55))
        if reached == "application":
            case.follow(stage_1(applied_on, None))
        else:
            case.follow(stage_1(applied_on, complete_on))
        if reached == "stage2":
            case.record("stage2_started", add_working_days(complete_on, 5))
        last = max(local_day(case.events[-1][1]), applied_on)
        case.record(event, add_working_days(last, self._random.randint(4, 9)), detail)
        return case

    def _closed_early(
        self, reached: str, received_at: datetime, event: str, detail: str | None
    ) -> Case:
        case = self._case(received_at)
        steps = first_contact(self._random, received_at)
        day = steps[-1][1]
        if reached == "enquiry":
            steps = [
                ("contact_attempted", day, None),
                ("contact_attempted", add_working_days(day, 3), None),
            ]
        if reached == "visit":
            visited_on = add_working_days(day, self._random.randint(6, 14))
            steps += [
                ("initial_visit_booked", add_working_days(day, 1), visited_on.isoformat()),
                ("initial_visit", visited_on, None),
            ]
        last = case.follow(steps).events[-1][1]
        case.record(event, add_working_days(local_day(last), self._random.randint(2, 7)), detail)
        return case

    def twice(self, found: list[Case]) -> list[Case]:
        """A form sent a second time, and somebody who asks again after having closed."""
        asked = next(case for case in found if case.day_of("contacted"))
        again = self._case(asked.received_at + timedelta(minutes=4), asked.family)
        again.duplicate_of, again.worker = asked, ""
        gone = next(case for case in found if case.events and case.events[-1][0] == "withdrawn")
        back = self._case(self._made.working_hours_ago(11.0), gone.family)
        back.worker, back.returning_of = "", gone
        return [again, back]
