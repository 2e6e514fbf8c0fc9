"""How the children with agencies read: what may be asked, their rows and their download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.blueprints.fields import an_id
from carers.domain.ages import age_on
from carers.domain.children import ProviderKind
from carers.models import Placement, Provider
from carers.queries.agencies import State, Wanted

TEXT_KEPT = 200


@dataclass(frozen=True)
class Choice:
    """What may be chosen, or what is on with the address that takes it off."""

    words: str
    value: str = ""
    is_on: bool = False
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A child with an agency. ``gone`` says why the entry counts no more, where it does not.

    ``may_end`` is of one whose end is not known yet.
    """

    stay: Placement
    age: str
    until: str
    plan: str
    cost: str
    miles: str
    may_end: bool
    gone: str | None


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    state, kind = args.get("state", ""), args.get("kind", "")
    return Wanted(
        q="".join(filter(str.isprintable, args.get("q", ""))).strip()[:TEXT_KEPT],
        state=State(state) if state in set(State) else State.NOW,
        provider=an_id(args.get("provider", "")),
        kind=ProviderKind(kind) if kind in set(ProviderKind) else None,
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """The address that asks for it again."""
    query = {
        "q": wanted.q,
        "state": "" if wanted.state is State.NOW else wanted.state.value,
        "provider": str(wanted.provider or ""),
        "kind": wanted.kind.value if wanted.kind else "",
    }
    return {name: value for name, value in query.items() if value}


def chips(wanted: Wanted, providers: Sequence[Provider]) -> list[Choice]:
    """What is on, each with the address without it."""
    names = {one.id: one.name for one in providers}
    found: list[tuple[str, Wanted]] = []
    if wanted.q:
        found.append((f"“{wanted.q}”", replace(wanted, q="")))
    if wanted.state is not State.NOW:
        found.append((wanted.state.label, replace(wanted, state=State.NOW)))
    if wanted.provider:
        name = names.get(wanted.provider, "another agency")
        found.append((name, replace(wanted, provider=None)))
    if wanted.kind:
        found.append((wanted.kind.label, replace(wanted, kind=None)))
    return [
        Choice(words, url=url_for("capacity.agencies", **query_of(less))) for words, less in found
    ]


def selects(wanted: Wanted, providers: Sequence[Provider]) -> list[tuple[str, str, list[Choice]]]:
    """The name, the label and the choices of each thing that may be chosen."""
    states = [Choice(one.label, one.value, one is wanted.state) for one in State]
    agencies = [
        Choice(f"{one.name}, {one.ref}", str(one.id), one.id == wanted.provider)
        for one in providers
    ]
    kinds = [Choice(one.label, one.value, one is wanted.kind) for one in ProviderKind]
    return [
        ("state", "Children who", states),
        ("provider", "Agency", [Choice("Any"), *agencies]),
        ("kind", "Kind", [Choice("Any"), *kinds]),
    ]


def row(stay: Placement, day: date) -> Row:
    has_left = stay.until_on is not None and stay.until_on <= day
    age = _age(stay, day)
    purpose = stay.purpose.label if stay.purpose else "Plan not known"
    return Row(
        stay,
        filters.NOT_KNOWN if age is None else f"{age}{' then' if has_left else ''}",
        filters.day(stay.until_on) if stay.until_on else "",
        f"{purpose}, respite stay" if stay.respite_of_id else purpose,
        filters.NOT_KNOWN if stay.weekly_cost is None else f"£{_plain(stay.weekly_cost)}",
        filters.NOT_KNOWN if stay.distance_miles is None else _plain(stay.distance_miles),
        stay.until_on is None,
        _gone(stay),
    )


CSV_HEADER = (
    *("child", "age", "agency", "agency_name", "kind", "placement", "from_on", "until_on"),
    *("purpose", "place_type", "provider_type", "weekly_cost", "distance_miles", "in_area"),
    *("respite", "end_reason", "recorded_wrongly"),
)


def csv_rows(stays: Iterable[Placement], day: date) -> list[list[Any]]:
    """Every placement that was found, one a line."""
    return [_csv_row(stay, day) for stay in stays]


def _csv_row(stay: Placement, day: date) -> list[Any]:
    provider: Any = stay.provider
    in_area = None if stay.in_area is None else str(stay.in_area).lower()
    return [
        *(stay.child.ref, _age(stay, day), provider.ref, provider.name, provider.kind),
        *(stay.ref, stay.from_on, stay.until_on, stay.purpose, stay.place_type),
        *(stay.provider_type, stay.weekly_cost, stay.distance_miles, in_area),
        *(str(stay.respite_of_id is not None).lower(), stay.end_reason),
        str(not stay.is_current).lower(),
    ]


def _gone(stay: Placement) -> str | None:
    if stay.is_void:
        return "Removed, it was a mistake: it counts in nothing"
    return None if stay.is_current else "Corrected since: it counts in nothing"


def _age(stay: Placement, day: date) -> int | None:
    """On a day, or on the day they left if that was before."""
    on = min(day, stay.until_on or day)
    return age_on(stay.child.born_on, on) if stay.child.born_on else None


def _plain(amount: Decimal) -> str:
    """1,150 and 912.50: pence only where there are any."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,}"
