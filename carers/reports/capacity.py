"""Every approved place in one state on a day (METRICS, Capacity on a day)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from uuid import UUID

from carers.domain import clock
from carers.domain.ages import AgeBands
from carers.domain.period import Days
from carers.domain.populations import CARER_TYPES, Population
from carers.domain.register import Approval, CarerType, Skill
from carers.domain.shares import median, rounded
from carers.domain.standards import Standards
from carers.domain.viewer import Viewer
from carers.queries import fostering_services, standards
from carers.reports import homes_on_day, withheld
from carers.reports.answer import Answer, Row
from carers.reports.figures import Figure, Tree, added, counted, ratio, share, unfold
from carers.reports.homes_on_day import Home, HomesOnDay, OtherHome, Placed
from carers.reports.withheld import Lost, Withheld

NAME = "capacity"
OTHER_APPROVALS = (Approval.TEMPORARY, Approval.ADOPTER, Approval.HOST)
STATES: Mapping[str, str] = {
    "approved": "Approved places",
    "over": "Places used above the approved ones",
    "filled": "Filled places",
    "not_available": "Places nobody can use",
    "vacant": "Vacant places",
}


@dataclass(frozen=True)
class Recorded:
    """What there is on a day, whatever the population. ``vacant`` has each vacant place's home,
    which of its vacant places it is, and since when.
    """

    of: HomesOnDay
    placed: Sequence[Placed]
    held: Sequence[Withheld]
    vacant: Sequence[tuple[UUID, int, date]]
    skills: Mapping[Skill, Collection[UUID]]

    def with_skill(self, skill: Skill) -> Recorded:
        """Those homes alone that hold a skill."""
        homes = [home for home in self.of.homes if home.id in self.skills.get(skill, ())]
        return replace(self, of=replace(self.of, homes=homes))


def answer(
    viewer: Viewer,
    days: Days,
    population: str = Population.MAINSTREAM,
    skill: Skill | None = None,
) -> Answer:
    """As at the end of a period's last day, of a population; of homes with a skill, if asked."""
    day = days.last
    own = standards.in_force(viewer, day)
    types = CARER_TYPES[Population(population)]
    recorded = load(viewer, day)
    of = recorded.with_skill(skill) if skill else recorded
    figures, opens = unfold(measured(of, day, types, own))
    return Answer(
        NAME,
        fostering_services.code_of(viewer),
        str(population),
        clock.now(),
        figures,
        opens,
        as_at=day,
        skill=skill,
    )


def load(viewer: Viewer, day: date) -> Recorded:
    """A fixed number of statements, however many homes."""
    return Recorded(
        homes_on_day.load(viewer, day),
        homes_on_day.placed(viewer, day),
        withheld.load(viewer, Days(day, day)),
        homes_on_day.vacant_places(viewer, day),
        homes_on_day.skills(viewer, day),
    )


def measured(of: Recorded, day: date, types: Collection[CarerType], own: Standards) -> Tree:
    """The figures of a population by its carer types, under a service's own standards."""
    homes = [home for home in of.of.homes if home.carer_type in types]
    return {
        **_places(homes),
        **_states(of, homes),
        "by_skill": {
            skill: _places([home for home in homes if home.id in of.skills.get(skill, ())])
            for skill in Skill
        },
        "by_age_band": _by_age_band(homes, AgeBands.parse(own.age_bands)),
        "by_carer_type": {
            carer_type: _places([home for home in homes if home.carer_type is carer_type])
            for carer_type in CarerType
            if carer_type in types
        },
        **_freshness(homes, day, own),
        "days_vacant": _days_vacant(homes, of.vacant, day),
        **_use(homes, day, own),
        "other_approvals": _other_approvals(of),
    }


def _places(homes: Sequence[Home]) -> Tree:
    """The whole of each home, in each part that it is in."""
    return {
        "households": counted(homes, _as("Approved home")),
        **{name: added(homes, attrgetter(name), _as(words)) for name, words in STATES.items()},
    }


def _states(of: Recorded, homes: Sequence[Home]) -> Tree:
    """The states that open to placements and holds, and what is worked out from all five."""
    by_id = {home.id: home for home in homes}
    placed = [stay for stay in of.placed if stay.household_id in by_id]
    lost = Lost((hold, hold.places) for hold in of.held if hold.household_id in by_id)
    places = _places(homes)
    filled = added(placed, attrgetter("places_used"), _stay("Places used"))
    vacant, not_available = places["vacant"], lost.total()
    children = _children(placed)
    with_child = [home for home in homes if home.filled]
    return {
        "filled": filled,
        "not_available": not_available,
        "households_with_vacancy": counted(
            [home for home in homes if home.vacant], _as("Home with a vacant place")
        ),
        "children": children,
        "occupancy_gross": share(filled, places["approved"]),
        "occupancy_available": share(filled, filled + vacant),
        "vacancy_rate": share(vacant, places["approved"]),
        "not_available_rate": share(not_available, places["approved"]),
        "children_per_household": {
            "including_empty": ratio(children, places["households"]),
            "excluding_empty": ratio(children, counted(with_child, _as("Home with a child"))),
        },
        "by_reason": lost.by_reason(),
    }


def _children(placed: Sequence[Placed]) -> Figure:
    """Each child once, by the placement that goes on meanwhile where one is a respite stay."""
    main_first = sorted(placed, key=attrgetter("is_respite"), reverse=True)
    each = {stay.child_id: stay for stay in main_first}
    return counted(list(each.values()), _stay("Child placed"))


def _by_age_band(homes: Sequence[Home], bands: AgeBands) -> Tree:
    return {
        band.code: _places([home for home in homes if band.overlaps(home.age_min, home.age_max)])
        for band in bands.bands
    }


def _freshness(homes: Sequence[Home], day: date, own: Standards) -> Tree:
    def is_confirmed(home: Home) -> bool:
        at = home.confirmed_on
        return at is not None and (day - at).days <= own.confirmation_days

    def row(home: Home, amount: int) -> Row:
        return _home(home, home.confirmed_on, "Last confirmed", amount)

    return {
        "confirmed": counted([home for home in homes if is_confirmed(home)], row),
        "stale": counted([home for home in homes if not is_confirmed(home)], row),
    }


def _days_vacant(
    homes: Sequence[Home], vacant: Sequence[tuple[UUID, int, date]], day: date
) -> Tree:
    """The median opens to every place's days, the longest to the one it is."""
    by_id = {home.id: home for home in homes}
    runs = [(by_id[home], since) for home, _, since in vacant if home in by_id]
    runs.sort(key=lambda run: (run[1], run[0].service, run[0].ref))

    def rows(some: Sequence[tuple[Home, date]]) -> list[Row]:
        return [
            _home(home, at, "Days that a place is vacant", (day - at).days) for home, at in some
        ]

    lengths = [(day - since).days for _, since in runs]
    return {
        "median": Figure(rounded(median(lengths)), lambda: rows(runs)),
        "longest": Figure(max(lengths, default=None), lambda: rows(runs[:1])),
    }


def _use(homes: Sequence[Home], day: date, own: Standards) -> Tree:
    """Homes approved a while ago that had no placement, and how long the others waited."""
    unused = [home for home in homes if home.first_used_on is None]
    waiting = [home for home in unused if (day - home.approved_on).days > own.never_used_days]
    used = [(home, home.first_used_on) for home in homes if home.first_used_on]
    waits = [(home, at, (at - home.approved_on).days) for home, at in used]

    def rows() -> list[Row]:
        words = "Days from approval to the first placement"
        return [_home(home, at, words, length) for home, at, length in waits]

    half_way = rounded(median(length for _, _, length in waits))
    return {
        "never_used": counted(waiting, _as("Approved, and never used")),
        "days_to_first_placement": {"median": Figure(half_way, rows)},
    }


def _other_approvals(of: Recorded) -> Tree:
    return {
        approval: _of_approval([home for home in of.of.others if home.approval is approval], of)
        for approval in OTHER_APPROVALS
    }


def _of_approval(homes: Sequence[OtherHome], of: Recorded) -> Tree:
    ids = {home.id for home in homes}
    return {
        "households": counted(homes, _as("Approved home")),
        "children": _children([stay for stay in of.placed if stay.household_id in ids]),
    }


def _as(words: str) -> Callable[[Home | OtherHome, int], Row]:
    return lambda home, amount: _home(home, home.approved_on, words, amount)


def _home(home: Home | OtherHome, day: date | None, words: str, amount: int) -> Row:
    return Row("household", home.service, home.ref, home.id, day, words, amount)


def _stay(words: str) -> Callable[[Placed, int], Row]:
    def row(stay: Placed, amount: int) -> Row:
        return Row(
            *("placement", stay.service, stay.ref, stay.id, stay.from_on, words, amount),
            home=stay.household_id,
        )

    return row
