"""How the list of all homes reads: its filter, its rows and its download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.blueprints.fields import an_id
from carers.domain.areas import in_order
from carers.domain.labels import Code
from carers.domain.position import PlaceState, in_words, states
from carers.domain.register import CarerType, Skill
from carers.models import Membership
from carers.queries.home_list import ListedHome, Sort, State, Wanted

TEXT_KEPT = 200
NOBODY = "nobody"


@dataclass(frozen=True)
class Choice:
    """A box of the filter, or what is on with the address that takes it off."""

    words: str
    name: str = ""
    value: str = ""
    is_on: bool = False
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A home of the list; ``ended`` says so where it has, in place of its places."""

    home: ListedHome
    places: tuple[PlaceState, ...]
    words: str
    ended: str | None
    kind: str
    skills: str
    workers: str | None


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    whom, sort = args.get("with", ""), args.get("sort", "")
    return Wanted(
        q=_plain(args.get("q", "")),
        states=frozenset(map(State, set(args.getlist("state")) & set(State))),
        carer_types=frozenset(map(CarerType, set(args.getlist("type")) & set(CarerType))),
        skills=frozenset(map(Skill, set(args.getlist("skill")) & set(Skill))),
        areas=frozenset(filter(None, map(_plain, args.getlist("area")))),
        worker=an_id(whom),
        nobodys=whom == NOBODY,
        sort=Sort(sort) if sort in set(Sort) else Sort.NAME,
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """The address that asks for it again."""
    query: dict[str, Any] = {
        "q": wanted.q,
        "state": sorted(wanted.states),
        "type": sorted(wanted.carer_types),
        "skill": sorted(wanted.skills),
        "area": sorted(wanted.areas),
        "with": NOBODY if wanted.nobodys else str(wanted.worker or ""),
        "sort": "" if wanted.sort is Sort.NAME else wanted.sort,
    }
    return {name: value for name, value in query.items() if value}


def chips(wanted: Wanted, workers: Sequence[Membership]) -> list[Choice]:
    """What is on, each with the address without it."""
    names: Mapping[UUID, str] = {one.id: one.name for one in workers}
    found: list[tuple[str, Wanted]] = []
    if wanted.q:
        found.append((f"“{wanted.q}”", replace(wanted, q="")))
    found += [(one.label, _less(wanted, "states", one)) for one in sorted(wanted.states)]
    found += [(one.label, _less(wanted, "carer_types", one)) for one in sorted(wanted.carer_types)]
    found += [(one.label, _less(wanted, "skills", one)) for one in sorted(wanted.skills)]
    found += [(one, _less(wanted, "areas", one)) for one in sorted(wanted.areas)]
    if wanted.nobodys:
        found.append(("With nobody", replace(wanted, nobodys=False)))
    elif wanted.worker:
        name = names.get(wanted.worker, "somebody else")
        found.append((f"With {name}", replace(wanted, worker=None)))
    return [Choice(words, url=_url(without)) for words, without in found]


def groups(wanted: Wanted, areas: Sequence[str]) -> list[tuple[str, list[Choice]]]:
    """The boxes of the filter."""
    chosen = [
        Choice(one, "area", one, one in wanted.areas)
        for one in sorted({*areas, *wanted.areas}, key=in_order)
    ]
    return [
        ("Show", _boxes("state", State, wanted.states)),
        ("Type of carer", _boxes("type", CarerType, wanted.carer_types)),
        ("Area", chosen),
        ("Skills held: all of these", _boxes("skill", Skill, wanted.skills)),
    ]


def whom(wanted: Wanted, workers: Sequence[Membership]) -> list[Choice]:
    """Whose homes may be asked for."""
    return [
        Choice("Anybody or nobody", value="", is_on=not wanted.nobodys and wanted.worker is None),
        Choice("Nobody", value=NOBODY, is_on=wanted.nobodys),
        *(Choice(one.name, value=str(one.id), is_on=one.id == wanted.worker) for one in workers),
    ]


def row(home: ListedHome, day: date) -> Row:
    capacity = home.line.position.capacity
    return Row(
        home,
        states(capacity),
        in_words(capacity) if home.line.position.has_places else "no approved places",
        _ended(home, day),
        home.carer_type.label if home.carer_type else home.line.position.approval.label,
        filters.listed([skill.label for skill in home.skills]) or "None recorded",
        filters.listed(home.workers) or None,
    )


CSV_HEADER = (
    *("home", "name", "phone", "area", "approval", "carer_type", "approved", "over", "filled"),
    *("not_available", "vacant", "skills_held", "with", "last_confirmed_at", "stale"),
    *("approved_on", "ended_on", "end_reason"),
)


def csv_rows(found: Iterable[ListedHome], day: date) -> list[list[Any]]:
    """Every home that was found, one a line."""
    return [_csv_row(home, day) for home in found]


def _csv_row(home: ListedHome, day: date) -> list[Any]:
    position = home.line.position
    capacity, fresh = position.capacity, position.freshness
    has_ended = home.ended_on is not None and home.ended_on <= day
    return [
        *(home.line.ref, home.line.name, home.line.phone, home.area),
        *(position.approval, home.carer_type, capacity.approved, capacity.over),
        *(capacity.filled, capacity.not_available, capacity.vacant),
        *(";".join(home.skills), ";".join(home.workers)),
        fresh.confirmed.at.isoformat(timespec="minutes") if fresh.confirmed else None,
        str(not has_ended and position.is_stale_on(day)).lower(),
        *(fresh.approved_on, home.ended_on, home.end_reason),
    ]


def _ended(home: ListedHome, day: date) -> str | None:
    if home.ended_on is None:
        return None
    word = "Ended" if home.ended_on <= day else "Ends"
    why = f": {home.end_reason.label.lower()}" if home.end_reason else ""
    return f"{word} {filters.day(home.ended_on)}{why}"


def _boxes(name: str, codes: type[Code], chosen: frozenset[Any]) -> list[Choice]:
    return [Choice(one.label, name, one.value, one in chosen) for one in codes]


def _less(wanted: Wanted, name: str, one: Any) -> Wanted:
    return replace(wanted, **{name: getattr(wanted, name) - {one}})


def _plain(typed: str) -> str:
    return "".join(filter(str.isprintable, typed)).strip()[:TEXT_KEPT]


def _url(wanted: Wanted) -> str:
    return url_for("households.index", **query_of(wanted))
