"""Bromley 2021-22: the strategy's year, with every person, home and child in it invented."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

from carers.cli.sample import bromley_children, bromley_placements, bromley_providers
from carers.cli.sample.bromley_cases import cases
from carers.cli.sample.bromley_register import (
    CLOSE,
    WORKERS_SINCE,
    approved_in_the_year,
    homes,
)
from carers.cli.sample.bromley_stays import chains
from carers.cli.sample.bromley_tables import FIRST_DAY
from carers.cli.sample.cases import numbered
from carers.cli.sample.files import Records
from carers.cli.sample.homes import Home, with_references
from carers.cli.sample.names import Directory, chance
from carers.domain.clock import at

CODE = "bromley"
SEED = "Bromley 2021-22"
STAFF = (
    ("recruitment_officer", "Leanne Whitworth"),
    ("assessing_social_worker", "Obinna Eze"),
    ("panel_administrator", "Gillian Frost"),
    ("decision_maker", "Rosalind Achebe"),
    ("supervising_social_worker", "Tariq Mahmood"),
    ("placements_officer", "Bernadette Quigley"),
    ("team_manager", "Stuart Penhaligon"),
    ("head_of_service", "Marcia Delacroix"),
    ("senior_reader", "Edwin Lathbury"),
    ("administrator", "Harpreet Gill"),
    ("supervising_social_worker", "Kirsty Drummond"),
    ("supervising_social_worker", "Olumide Bakare"),
)
WORKERS = tuple(
    f"U-{number:02}"
    for number, (role, _) in enumerate(STAFF, 1)
    if role == "supervising_social_worker"
)
SOURCES = (
    ("search", "Search and website", "own_marketing"),
    ("social-media", "Social media", "own_marketing"),
    ("event", "Information evening", "own_marketing"),
    ("leaflet", "Leaflet or poster", "own_marketing"),
    ("word-of-mouth", "Friends or family", "word_of_mouth"),
    ("carer", "One of our foster carers", "carer_referral"),
)
TARGETS = (
    ("households_approved", 20, "20 new foster carers a year"),
    ("households_net_gain", 5, "A net gain of 5 homes"),
    ("places_approved", 30, "30 new places a year"),
)
HOLDS = (
    ("carer_break", 6),
    ("needs_of_child_placed", 5),
    ("under_investigation", 2),
    ("notice_given", 2),
    ("staying_put", 3),
    ("home_unsuitable", 2),
    ("training_outstanding", 2),
)


def records() -> Records:
    """Every row, the same each time."""
    random = chance(SEED)
    directory = Directory(random, domain="example.com")
    found = Records(CODE)
    _service(found)
    register = homes(random, directory)
    enquiries = numbered(cases(random, directory, register))
    _link(register, enquiries_by_family={id(case.family): case.ref for case in enquiries})
    children = bromley_placements.children(random, chains(random))
    placing = bromley_placements.Placing(random, register, directory)
    placing.place_all([stay for mine in children for stay in mine])
    register = with_references([*register, *placing.connected])
    _allocate(register)
    for case in enquiries:
        case.write(found)
    for home in register:
        home.write(found, random, since=WORKERS_SINCE, today=CLOSE)
    _schemes(found, register)
    bromley_providers.write(found)
    bromley_children.write(random, found, children)
    _hold(random, found, register)
    _confirm(random, found, register)
    return found


def _service(found: Records) -> None:
    found.add(
        "services",
        code=CODE,
        name="London Borough of Bromley (sample)",
        kind="local_authority",
        gss_code="E09000006",
    )
    for number, (role, name) in enumerate(STAFF, 1):
        email = f"{name.lower().replace(' ', '.')}@{CODE}.example"
        found.add("users", ref=f"U-{number:02}", name=name, email=email, roles=[role])
    for code, name, kind in SOURCES:
        found.add("sources", code=code, name=name, kind=kind)
    for measure, value, label in TARGETS:
        found.add(
            "targets",
            measure=measure,
            shape="count",
            first_on=FIRST_DAY,
            last_on=CLOSE,
            value=value,
            label=label,
        )


def _link(register: list[Home], enquiries_by_family: dict[int, str]) -> None:
    for home in register:
        home.enquiry = enquiries_by_family.get(id(home.family), "")


def _allocate(register: list[Home]) -> None:
    for number, home in enumerate(register):
        home.worker = WORKERS[number % len(WORKERS)]


def _schemes(found: Records, register: list[Home]) -> None:
    """Four specialists recruited to New Horizons; homes with the skill that stand by at night."""
    found.add("schemes", code="new-horizons", name="New Horizons", from_on=date(2021, 4, 1))
    found.add("schemes", code="emergency", name="Emergency placements", from_on=date(2019, 11, 1))
    for home in approved_in_the_year(register):
        if home.carer_type == "specialist":
            found.add(
                "scheme_members",
                scheme="new-horizons",
                household=home.ref,
                from_on=home.approved_on,
            )
    for home in register:
        if home.skills.get("emergency") in {"approved", "trained"} and home.is_open(CLOSE):
            from_on = max(home.approved_on, date(2019, 11, 1))
            found.add("scheme_members", scheme="emergency", household=home.ref, from_on=from_on)


def _hold(random: Random, found: Records, register: list[Home]) -> None:
    """Places withheld at the close, each vacant from the day on which it was."""
    reasons = [reason for reason, count in HOLDS for _ in range(count)]
    for home in random.sample(register, len(register)):
        if not reasons or home.approval != "full" or home.ended_on:
            continue
        from_on = CLOSE - timedelta(days=random.randint(5, 150))
        if home.carer_type == "connected_person" or home.approved_on >= from_on:
            continue
        vacant = home.vacant(from_on, None)
        if vacant > 0 and (reasons[-1] != "needs_of_child_placed" or home.taken):
            found.add(
                "unavailability",
                household=home.ref,
                ref=f"N-{len(found['unavailability']) + 1:03}",
                places=random.randint(1, vacant),
                reason=reasons.pop(),
                owner=home.worker,
                from_on=from_on,
                expected_until_on=CLOSE + timedelta(days=random.randint(7, 120)),
            )


def _confirm(random: Random, found: Records, register: list[Home]) -> None:
    """Every open home confirmed in March 2022, seven in eight of them in its last week."""
    for home in register:
        if home.is_open(CLOSE) and home.approval == "full":
            days = random.randint(0, 7) if random.random() < 0.875 else random.randint(8, 20)
            day = max(CLOSE - timedelta(days=days), home.approved_on)
            found.add(
                "confirmations",
                household=home.ref,
                at=at(day, time(random.randint(9, 17), random.randint(0, 59))),
                by_role="supervising_social_worker",
            )
