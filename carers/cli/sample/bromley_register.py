"""Bromley’s homes of 2021-22: 99 at its opening, 11 approved and 9 ended, 101 at its close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from carers.cli.sample.bromley_tables import FIRST_DAY
from carers.cli.sample.homes import Home, Terms, usual_skills, usual_terms
from carers.cli.sample.names import Directory

CLOSE = date(2022, 3, 31)
WORKERS_SINCE = date(2020, 9, 1)

OPENING = {"specialist": 7, "early_permanence": 5, "general": 87}
BESIDE = {"respite": 4, "short_breaks": 2}
MAINSTREAM = frozenset(OPENING)
PLACES = (1, 1, 1, 2, 2, 2, 2, 3)

# The last day of stock is the day before: each with who ended it and why.
ENDINGS = (
    (date(2021, 4, 30), "carer", "retired"),
    (date(2021, 6, 11), "carer", "became_special_guardian"),
    (date(2021, 7, 23), "carer", "personal_circumstances"),
    (date(2021, 8, 31), "carer", "retired"),
    (date(2021, 10, 15), "transfer_to_ifa", "moved_agency"),
    (date(2021, 11, 30), "carer", "moved_house"),
    (date(2021, 12, 31), "service", "standards_of_care"),
    (date(2022, 2, 11), "carer", "health"),
    (date(2022, 3, 18), "carer", "retired"),
)

# Applied for, decided and entered in the register; type, places and ages of the first terms. Four
# specialists joined the New Horizons project. The third and the eighth took over six months; the
# tenth was decided on its due day.
APPROVALS: tuple[tuple[date, date, str, int, tuple[int, int]], ...] = (
    (date(2020, 11, 16), date(2021, 4, 28), "general", 2, (0, 10)),
    (date(2020, 12, 7), date(2021, 5, 26), "specialist", 1, (8, 17)),
    (date(2020, 11, 2), date(2021, 6, 16), "general", 1, (5, 17)),
    (date(2021, 2, 1), date(2021, 7, 14), "specialist", 1, (8, 17)),
    (date(2021, 2, 22), date(2021, 7, 28), "general", 3, (0, 17)),
    (date(2021, 4, 12), date(2021, 9, 22), "specialist", 2, (8, 17)),
    (date(2021, 4, 26), date(2021, 10, 6), "early_permanence", 1, (0, 4)),
    (date(2021, 5, 10), date(2021, 12, 8), "general", 2, (0, 17)),
    (date(2021, 6, 14), date(2021, 12, 1), "specialist", 1, (8, 17)),
    (date(2021, 8, 31), date(2022, 2, 28), "general", 2, (5, 12)),
    (date(2021, 9, 13), date(2022, 3, 9), "general", 1, (0, 8)),
)

# Homes of the opening whose number of places changed in the year: when, from and to.
CHANGES = (
    (date(2021, 5, 17), 1, 2),
    (date(2021, 9, 6), 2, 3),
    (date(2021, 11, 22), 3, 2),
    (date(2022, 1, 10), 1, 2),
    (date(2022, 2, 21), 2, 1),
)


def homes(random: Random, directory: Directory) -> list[Home]:
    """Every home but those of connected persons, those that end and change among them."""
    found = _opening(random, directory)
    found += [
        _home(random, directory, carer_type, decided_on, places, ages)
        for _, decided_on, carer_type, places, ages in APPROVALS
    ]
    for carer_type, count in BESIDE.items():
        for _ in range(count):
            approved_on = _years_ago(random)
            found.append(_home(random, directory, carer_type, approved_on, 1))
    return found


def approved_in_the_year(found: list[Home]) -> list[Home]:
    """In the order of APPROVALS."""
    recruited = [home for home in found if home.carer_type in MAINSTREAM]
    by_day = {home.approved_on: home for home in recruited}
    return [by_day[decided_on] for _, decided_on, *_ in APPROVALS]


def _opening(random: Random, directory: Directory) -> list[Home]:
    found = [
        _home(random, directory, carer_type, _years_ago(random), random.choice(PLACES))
        for carer_type, count in OPENING.items()
        for _ in range(count)
    ]
    general = [home for home in found if home.carer_type == "general"]
    leaving = sorted(random.sample(general, len(ENDINGS)), key=lambda home: home.approved_on)
    for home, (ended_on, initiator, reason) in zip(leaving, ENDINGS, strict=True):
        home.ended_on, home.end_initiated_by, home.end_reason = ended_on, initiator, reason
    staying = [home for home in general if home.ended_on is None]
    for home, (changed_on, before, after) in zip(staying, CHANGES, strict=False):
        home.terms = _changed(home.terms[0], changed_on, before, after)
    return found


def _changed(terms: Terms, changed_on: date, before: int, after: int) -> list[Terms]:
    return [
        replace(terms, places=before, until_on=changed_on),
        replace(terms, places=after, from_on=changed_on),
    ]


def _years_ago(random: Random) -> date:
    """A day of approval from one to sixteen years before the year's opening, sooner likelier."""
    return FIRST_DAY - timedelta(days=365 + int(5_475 * random.random() ** 1.7))


def _home(
    random: Random,
    directory: Directory,
    carer_type: str,
    approved_on: date,
    places: int,
    ages: tuple[int, int] | None = None,
) -> Home:
    terms = usual_terms(random, carer_type, approved_on, places, ages)
    return Home(
        directory.family(approved_on),
        approved_on,
        [replace(terms, siblings_only=places == 3 and random.random() < 0.1)],
        postcode=f"BR{random.randint(1, 8)} {random.randint(1, 9)}ZZ",
        bedrooms=places + random.choice((1, 2)),
        skills=usual_skills(random, carer_type),
    )
