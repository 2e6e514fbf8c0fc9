"""Elmshire, an invented county: a year laid out backwards from the day the sample is made."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import chain, cycle
from random import Random

from carers.cli.sample import elmshire_placements, elmshire_searches
from carers.cli.sample.cases import numbered
from carers.cli.sample.elmshire_cases import cases
from carers.cli.sample.elmshire_days import Growth, Made
from carers.cli.sample.elmshire_placements import Hold, Placements
from carers.cli.sample.elmshire_register import Register, register
from carers.cli.sample.files import Records
from carers.cli.sample.homes import Home, with_references
from carers.cli.sample.names import Directory, chance
from carers.domain.clock import at
from carers.domain.period import Days

CODE = "elmshire"
SEED = "Elmshire"
SMALLEST = 10
STAFF = (
    ("recruitment_officer", "Dawn Ashworth"),
    ("recruitment_officer", "Tom Birkett"),
    ("assessing_social_worker", "Amara Osei"),
    ("panel_administrator", "Carol Denby"),
    ("decision_maker", "Margaret Thornley"),
    ("supervising_social_worker", "Helen Marsh"),
    ("placements_officer", "Imran Yusuf"),
    ("team_manager", "Femi Adeyemi"),
    ("head_of_service", "Sunita Rao"),
    ("senior_reader", "Gwilym Rees"),
    ("administrator", "Ewa Zielinska"),
    ("supervising_social_worker", "Lewis Hartley"),
    ("supervising_social_worker", "Joanna Pike"),
    ("supervising_social_worker", "Kwesi Boadu"),
    ("supervising_social_worker", "Nadia Rahim"),
)
SOURCES = (
    ("search", "Search and website", "own_marketing"),
    ("social-media", "Social media", "own_marketing"),
    ("radio", "Radio", "own_marketing"),
    ("leaflet", "Leaflet", "own_marketing"),
    ("event", "Information evening", "own_marketing"),
    ("word-of-mouth", "Friends or family", "word_of_mouth"),
    ("carer", "Foster carer", "carer_referral"),
    ("hub", "Regional hub", "regional_hub"),
)
CAMPAIGNS = (
    ("K-01", "Could you care for a teenager?", "social-media", 210, 40, 3_400),
    ("K-02", "Elmshire needs you", "radio", 130, 60, 5_200),
    ("K-03", "Information evenings", "event", 330, None, 1_150),
)
# Reason and days until it should end, in the order that homes on hold are met: the third is past.
REASONS = (
    ("carer_break", 12),
    ("staying_put", 67),
    ("under_investigation", -6),
    ("siblings_only", 45),
    ("needs_of_child_placed", 60),
    ("home_unsuitable", 21),
    ("training_outstanding", 30),
    ("carer_break", 1),
    ("notice_given", 25),
    ("checks_expired", 9),
)
NEEDS_A_CHILD = frozenset({"siblings_only", "needs_of_child_placed"})
# Of holds that ended, one after the other.
ENDED_REASONS = ("carer_break", "needs_of_child_placed", "carer_break", "home_unsuitable", "other")
# Days since the last confirmation, home after home; over seven is stale.
CONFIRMED = (1, 3, 9, 2, 1, 12, 5, 6, 2, 10, 1, 4)
WEEKS_CONFIRMED = 6


def records(made_on: date, *, at: time, years: int, size: int) -> Records:
    """Every row, the same for the same arguments. Raises ValueError for fewer than ten homes."""
    if size < SMALLEST or years < 1:
        raise ValueError(f"The sample has {SMALLEST} homes or more, and a year or more")
    made = Made(made_on, at, years, size)
    random = chance(f"{SEED} {made_on.isoformat()} {years} {size}")
    directory = Directory(random, domain="example.org")
    found = Records(CODE)
    _service(found, made)
    homes = register(random, directory, made)
    placements = Placements(random, made, homes)
    placements.fill()
    recruited = homes.recruited_since(made.last_year.first)
    enquiries = numbered(cases(random, directory, made, recruited))
    for case in enquiries:
        case.write(found)
    refs = {id(case.family): case.ref for case in enquiries if case.day_of("approved")}
    for home in with_references(homes.homes):
        home.enquiry = refs.get(id(home.family), "")
        since = made.last_year.first - timedelta(days=400)
        home.write(found, random, since=since, today=made.yesterday)
    _targets(found, made, homes)
    elmshire_placements.write(random, found, directory, placements)
    _withhold(found, made, placements.holds)
    elmshire_searches.write(found, made, placements)
    _confirm(random, found, made, homes)
    return found


def _service(found: Records, made: Made) -> None:
    found.add(
        "services",
        code=CODE,
        name="Elmshire County Council (sample)",
        kind="local_authority",
        gss_code="E10000099",
    )
    for number, (role, name) in enumerate(STAFF, 1):
        email = f"{name.lower().replace(' ', '.')}@{CODE}.example"
        found.add("users", ref=f"U-{number:02}", name=name, email=email, roles=[role])
    for code, name, kind in SOURCES:
        found.add("sources", code=code, name=name, kind=kind)
    for ref, name, source, began, ended, cost in CAMPAIGNS:
        until_on = made.on - timedelta(days=ended) if ended else None
        found.add(
            "campaigns",
            ref=ref,
            name=name,
            source=source,
            from_on=made.on - timedelta(days=began),
            until_on=until_on,
            cost=cost,
        )
    started = made.last_year.first
    found.add("settings", key="first_response_working_days", value="1", from_on=started)


def _targets(found: Records, made: Made, homes: Register) -> None:
    """Approvals keep pace, the net gain is behind; last year's beside them."""
    growth = Growth.of(made)
    stock = sum(
        home.carer_type in {"general", "specialist", "early_permanence"}
        for home in homes.open_homes()
    )
    for year in (made.last_year, made.year):
        _target(found, year, "households_approved", growth.target, "new homes")
        _target(found, year, "households_net_gain", growth.net_target, "homes more than we lose")
        _target(found, year, "households", stock + 2, "mainstream homes by the end of the year")


def _target(found: Records, year: Days, measure: str, value: int, words: str) -> None:
    found.add(
        "targets",
        measure=measure,
        shape="count",
        first_on=year.first,
        last_on=year.last,
        value=value,
        label=f"{year.label}: {value} {words}",
    )


def _withhold(found: Records, made: Made, holds: list[Hold]) -> None:
    """Who answers for each place that cannot be used, why and until when."""
    open_ones = [hold for hold in holds if hold.until_on is None]
    again = tuple((reason, abs(days)) for reason, days in REASONS)
    reasons = dict(zip(map(id, open_ones), chain(REASONS, cycle(again)), strict=False))
    ended = cycle(ENDED_REASONS)
    for hold in holds:
        reason, days = reasons.get(id(hold)) or (next(ended), 0)
        if reason in NEEDS_A_CHILD and hold.home.terms[-1].places == hold.places:
            reason = "carer_break"
        expected = made.on + timedelta(days=days)
        found.add(
            "unavailability",
            household=hold.home.ref,
            ref=f"N-{len(found['unavailability']) + 1:03}",
            places=hold.places,
            reason=reason,
            owner=hold.home.worker,
            from_on=hold.from_on,
            expected_until_on=hold.until_on or max(expected, hold.from_on + timedelta(days=1)),
            until_on=hold.until_on,
        )


def _confirm(random: Random, found: Records, made: Made, homes: Register) -> None:
    """Week after week, each home's position; of a home in twelve the last weeks' are missing."""
    for number, home in enumerate(homes.open_homes()):
        days = CONFIRMED[number % len(CONFIRMED)]
        for week in range(WEEKS_CONFIRMED):
            day = made.on - timedelta(days=days + 7 * week)
            if home.approval == "full" and day > home.approved_on:
                _confirmation(random, found, home, day)


def _confirmation(random: Random, found: Records, home: Home, day: date) -> None:
    found.add(
        "confirmations",
        household=home.ref,
        at=at(day, time(random.randint(8, 17), random.randint(0, 59))),
        by_role=random.choice(("supervising_social_worker",) * 5 + ("carer", "team_manager")),
    )
