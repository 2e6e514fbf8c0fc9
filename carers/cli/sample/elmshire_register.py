"""Elmshire's homes: full, vacant, on hold and stale, with those approved and ended of late."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from carers.cli.sample.elmshire_days import Growth, Made
from carers.cli.sample.homes import Home, Terms, usual_skills, usual_terms
from carers.cli.sample.names import Directory
from carers.domain.fostering_limit import USUAL_LIMIT

FIRST_WORKER = "U-06"
OTHER_WORKERS = ("U-12", "U-13", "U-14", "U-15")
FIRST_WORKERS_HOMES = 12
OPENED_FIRST = 5  # the number of the home longest without confirming, of those twelve
NEAR_THE_END = 103  # days of the 112 of a temporary approval

PLACES = (1, 2, 2, 1, 2, 3, 1, 3, 2, 2)
# What a home's places are like on the day, home after home: a child in each, some vacant, all
# vacant, some withheld, all withheld, or one of each.
STATES = (
    *("full", "some_vacant", "full", "some_withheld", "vacant", "one_of_each"),
    *("withheld", "full", "some_vacant", "vacant", "full", "some_withheld"),
)
CARER_TYPES = ("general",) * 8 + ("early_permanence", "specialist", "general", "general")
SKILLS = (
    *({"parent_and_child": "approved"}, {"uasc": "trained", "adolescents": "approved"}),
    *({"therapeutic": "trained"}, {"respite": "approved"}, {"sibling_groups": "approved"}),
    {"adolescents": "approved", "sibling_groups": "trained", "therapeutic": "willing"},
    *({"emergency": "approved"}, {"babies": "trained"}),
    *({"uasc": "approved"}, {"parent_and_child": "trained", "babies": "approved"}),
    *({"disability": "trained"}, {"uasc": "willing"}, {"emergency": "trained"}),
)
ENDINGS = (
    *(("carer", "retired"), ("carer", "personal_circumstances")),
    *(("transfer_to_ifa", "moved_agency"), ("carer", "became_special_guardian")),
    *(("carer", "health"), ("service", "standards_of_care"), ("carer", "moved_house")),
    *(("carer", "staying_put_only"), ("carer", "dissatisfied")),
)


@dataclass
class Register:
    """Every home, and of those open on the day the state of its places."""

    homes: list[Home] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)  # by id of the home

    def state(self, home: Home) -> str:
        return self.states.get(id(home), "ended")

    def open_homes(self) -> list[Home]:
        return [home for home in self.homes if id(home) in self.states]

    def recruited_since(self, day: date) -> list[Home]:
        """The mainstream homes whose case is told: approved on or after a day."""
        return [
            home
            for home in self.homes
            if home.approved_on >= day and home.carer_type in {*CARER_TYPES}
        ]


def register(random: Random, directory: Directory, made: Made) -> Register:
    """Of every type, as large as was asked for."""
    return _Founding(random, directory, made).all_homes()


class _Founding:
    def __init__(self, random: Random, directory: Directory, made: Made) -> None:
        self._random = random
        self._directory = directory
        self._made = made
        self._found = Register()

    def all_homes(self) -> Register:
        made, growth = self._made, Growth.of(self._made)
        connected = round(made.size * 0.13)
        beside = max(round(made.size * 0.07), 2)
        mainstream = made.size - connected - beside
        recent = made.spread(growth.approved, made.year)
        recent += made.spread(growth.approved_last_year, made.last_year)
        days = recent + [self._long_ago() for _ in range(mainstream - len(recent) - 1)]
        self._random.shuffle(days)
        days.insert(OPENED_FIRST, self._long_ago())  # a home with a history
        for number, approved_on in enumerate(days):
            self._mainstream(number, approved_on)
        for number in range(beside):
            self._open(self._respite(number), "vacant")
        for number in range(connected):
            self._open(self._connected(number), "full")
        for number in range(max(connected // 4, 1)):
            self._open(self._temporary(number), "full")
        self._open(self._adopter(), "full")
        self._open(self._host(), "vacant")
        self._end(made.spread(growth.ended, made.year))
        self._end(made.spread(growth.ended_last_year, made.last_year))
        self._change_places()
        self._bar()
        self._allocate()
        return self._found

    def _long_ago(self) -> date:
        """Before last financial year; five years ago more often than fifteen."""
        days = 20 + int(5_100 * self._random.random() ** 1.6)
        return self._made.last_year.first - timedelta(days=days)

    def _home(self, approved_on: date, terms: Terms, skills: dict[str, str]) -> Home:
        return Home(
            self._directory.family(approved_on),
            approved_on,
            [terms],
            postcode=f"EL{self._random.randint(1, 14)} {self._random.randint(1, 9)}ZZ",
            bedrooms=terms.places + self._random.choice((1, 2)),
            arrived_by=self._random.choice(("recruited",) * 11 + ("transfer_from_ifa",)),
            skills=skills,
        )

    def _open(self, home: Home, state: str) -> None:
        self._found.homes.append(home)
        self._found.states[id(home)] = state

    def _mainstream(self, number: int, approved_on: date) -> None:
        carer_type = CARER_TYPES[number % len(CARER_TYPES)]
        places = 1 if carer_type == "specialist" else PLACES[number % len(PLACES)]
        terms = usual_terms(self._random, carer_type, approved_on, places)
        skills = usual_skills(self._random, carer_type)
        if carer_type == "general":
            skills = SKILLS[number % len(SKILLS)] if number % 4 else skills
        self._open(self._home(approved_on, terms, skills), self._state(number, places))

    @staticmethod
    def _state(number: int, places: int) -> str:
        """One place is whole: it is vacant or withheld, never in part."""
        state = STATES[number % len(STATES)]
        if state == "one_of_each" and places < 3:
            return "full"
        return state.removeprefix("some_") if places == 1 else state

    def _respite(self, number: int) -> Home:
        carer_type = "short_breaks" if number % 2 else "respite"
        approved_on = self._long_ago()
        terms = usual_terms(self._random, carer_type, approved_on, 1 + number % 2)
        return self._home(approved_on, terms, usual_skills(self._random, carer_type))

    def _connected(self, number: int) -> Home:
        """Approved for the children of the family who came the same day."""
        approved_on = self._made.ago(40 + number * 97 % 900)
        kind = ("long_term", "short_term")[number % 2]
        places = 2 if number % 3 == 0 else 1
        offer = "family_and_friends"
        terms = Terms(approved_on, "connected_person", places, 0, 17, offer, (kind,))
        return replace(self._home(approved_on, terms, {}), arrived_by="recruited")

    def _temporary(self, number: int) -> Home:
        """Under regulation 24: the first within days of its sixteen weeks, others well within."""
        home = self._connected(number)
        approved_on = self._made.ago(18 + 23 * number % 60 if number else NEAR_THE_END)
        return replace(home, approval="temporary", approved_on=approved_on, terms=[])

    def _adopter(self) -> Home:
        """Approved to adopt, and to foster one child meanwhile (regulation 25A)."""
        approved_on = self._made.ago(75)
        home = self._home(approved_on, Terms(approved_on, "", 1, 0, 1, "", ()), {})
        return replace(home, approval="adopter", arrived_by="recruited", terms=[])

    def _host(self) -> Home:
        """Approved to host young adults alone: no child is placed there."""
        approved_on = self._made.ago(210)
        home = self._home(approved_on, Terms(approved_on, "", 1, 16, 17, "", ()), {})
        return replace(home, approval="host", arrived_by="recruited", terms=[])

    def _end(self, days: list[date]) -> None:
        """More homes, that had been approved for years and have ended."""
        for number, ended_on in enumerate(days):
            approved_on = self._long_ago()
            places = PLACES[number % len(PLACES)]
            terms = usual_terms(self._random, "general", approved_on, places)
            home = self._home(approved_on, terms, usual_skills(self._random, "general"))
            home.ended_on = ended_on
            home.end_initiated_by, home.end_reason = ENDINGS[number % len(ENDINGS)]
            self._found.homes.append(home)

    def _change_places(self) -> None:
        """Some homes of old were given one place more, this financial year or the last."""
        may = [
            home
            for home in self._found.open_homes()
            if home.carer_type == "general" and home.approved_on < self._made.last_year.first
        ]
        for number, home in enumerate(may[:6]):
            changed_on = self._made.ago(30 + 101 * number)
            if home.terms[0].places > 1 and changed_on > home.approved_on:
                before = replace(
                    home.terms[0], places=home.terms[0].places - 1, until_on=changed_on
                )
                home.terms = [before, replace(home.terms[0], from_on=changed_on)]

    def _bar(self) -> None:
        """The place left in one home is for brothers and sisters; in another it would be a fourth.

        It has three children, who are the usual fostering limit (RULES 2.2).
        """
        left = [home for home in self._found.open_homes() if self._is_left(home)]
        for home in left[-1:]:
            home.terms[-1] = replace(home.terms[-1], siblings_only=True)
        for home in left[-2:-1]:
            home.terms[-1] = replace(home.terms[-1], places=USUAL_LIMIT + 1)
            home.bedrooms = USUAL_LIMIT + 2

    def _is_left(self, home: Home) -> bool:
        return home.carer_type == "general" and self._found.state(home) == "some_vacant"

    def _allocate(self) -> None:
        """Twelve homes to the first worker, the others' shares by turns."""
        for home in self._found.open_homes()[:FIRST_WORKERS_HOMES]:
            home.worker = FIRST_WORKER
        for number, home in enumerate(self._found.homes):
            home.worker = home.worker or OTHER_WORKERS[number % len(OTHER_WORKERS)]
