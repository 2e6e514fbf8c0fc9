"""Elmshire's searches for a home: some that ended, one that goes on, and one with a place kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from carers.cli.sample.elmshire_days import Made
from carers.cli.sample.elmshire_placements import Child, Placements, Stay
from carers.cli.sample.elmshire_register import FIRST_WORKER
from carers.cli.sample.files import Records
from carers.cli.sample.homes import Home
from carers.domain.ages import age_on
from carers.domain.clock import at

A_DAY = timedelta(days=1)
TAKES = timedelta(days=9)  # from the opening of a search until the child came
GROWN = timedelta(days=60)  # old enough that no search is opened before a birth
MORNING = time(10, 30)


@dataclass(frozen=True)
class Search:
    """``needed_on`` is the day by which a home is needed; the placement is the one it led to."""

    child: Child
    opened_on: date
    needed_on: date
    needs: tuple[str, ...]
    outcome: str = ""
    reason: str = ""
    placement: Stay | None = None
    closed_on: date | None = None
    kept_in: Home | None = None


def write(records: Records, made: Made, found: Placements) -> None:
    """The searches in the order they were opened, and the place that is reserved for one."""
    for search in sorted(_searches(made, found), key=lambda one: one.opened_on):
        ref = f"S-{len(records['searches']) + 1:04}"
        records.add(
            "searches",
            ref=ref,
            children=[search.child.ref],
            opened_at=at(search.opened_on, MORNING),
            needed_by=search.needed_on,
            needs=search.needs,
            closed_at=at(search.closed_on, MORNING) if search.closed_on else None,
            outcome=search.outcome,
            placement=search.placement.ref if search.placement else None,
            reason=search.reason,
        )
        if search.kept_in:
            _reserve(records, made, search.kept_in, ref)


def _searches(made: Made, found: Placements) -> Iterator[Search]:
    ours = _latest(
        found,
        lambda stay: (
            stay.home is not None and stay.home.carer_type == "general" and stay.from_on < made.on
        ),
    )
    away = _latest(found, lambda stay: stay.provider.startswith("A-"))
    for child, needs in zip(ours, (("sibling_groups",), ()), strict=False):
        yield _ended(child, needs, "placed_in_house")
    for child, reason in zip(away, ("no_vacancy", "skill"), strict=False):
        yield _ended(child, ("adolescents",) if reason == "skill" else (), "placed_agency", reason)
    waiting = away[2:]
    if match := _match(made, found, waiting):
        home, child = match
        waiting.remove(child)
        opened_on = made.ago(6)
        yield Search(child, opened_on, made.on + 8 * A_DAY, ("emergency",), kept_in=home)
    for child in waiting[:1]:
        yield Search(child, made.ago(3), made.on + 4 * A_DAY, ("therapeutic",))


def _latest(found: Placements, fits: Callable[[Stay], bool]) -> list[Child]:
    """The children who came of late to where they live now, the last first."""
    there = [
        child
        for child in found.children
        if child.stays[-1].until_on is None
        and child.stays[-1].respite_of is None
        and child.stays[-1].from_on - child.born_on > GROWN
        and fits(child.stays[-1])
    ]
    return sorted(there, key=lambda one: (one.stays[-1].from_on, one.ref), reverse=True)


def _ended(child: Child, needs: tuple[str, ...], outcome: str, reason: str = "") -> Search:
    stay = child.stays[-1]
    return Search(
        child,
        opened_on=stay.from_on - TAKES,
        needed_on=stay.from_on + A_DAY,
        needs=needs,
        outcome=outcome,
        reason=reason,
        placement=stay,
        closed_on=stay.from_on - A_DAY,
    )


def _match(made: Made, found: Placements, waiting: list[Child]) -> tuple[Home, Child] | None:
    """A home with a place to spare beside the one kept, and a child whom it is approved for."""
    for home in reversed(found.register.open_homes()):
        terms = home.terms[-1] if home.terms else None
        if terms is None or not _has_two_vacant(found, home) or home.worker == FIRST_WORKER:
            continue
        for child in waiting:
            if terms.age_min <= age_on(child.born_on, made.on) <= terms.age_max:
                return home, child
    return None


def _has_two_vacant(found: Placements, home: Home) -> bool:
    is_vacant = found.register.state(home) == "vacant" and home.carer_type == "general"
    return is_vacant and home.terms[-1].places > 1


def _reserve(records: Records, made: Made, home: Home, search: str) -> None:
    """From yesterday, or the day of approval: the last child left some days before."""
    records.add(
        "unavailability",
        household=home.ref,
        ref=f"N-{len(records['unavailability']) + 1:03}",
        places=1,
        reason="reserved_placement",
        search=search,
        owner=home.worker,
        from_on=max(made.on - A_DAY, home.approved_on),
        expected_until_on=made.on + 8 * A_DAY,
    )
