"""Homes counted by hand, written to the database as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from carers.db import db
from carers.models import (
    Child,
    Confirmation,
    FosteringService,
    Household,
    Placement,
    Setting,
    SkillHeld,
    Terms,
    Unavailability,
)
from tests.factories import as_worker
from tests.homes_by_hand import Home, Lasting, Settings

Rows = list[dict[str, Any]]


def write(homes: Sequence[Home], services: Mapping[str, FosteringService], other: UUID) -> None:
    """In one insert for each kind of row, and without a commit.

    ``other`` is the service whose children some of those in the homes are.
    """
    ids = {code: service.id for code, service in services.items()}
    children = {
        stay.child: (uuid4(), other if stay.is_of_another_service else ids[home.service])
        for home in homes
        for stay in home.stays
    }
    stays = _stays(homes, ids, children, other)
    with as_worker():
        _add(Household, [_household(home, ids) for home in homes])
        _add(Terms, [row for home in homes for row in _owned(home, ids, home.terms)])
        _add(
            Child,
            [{"id": key, "service_id": of, "ref": ref} for ref, (key, of) in children.items()],
        )
        _add(Placement, stays)
        _add(Unavailability, [row for home in homes for row in _owned(home, ids, home.holds)])
        _add(SkillHeld, [row for home in homes for row in _owned(home, ids, home.skills)])
        _add(Confirmation, [row for home in homes for row in _confirmations(home, ids)])


def write_settings(service: FosteringService, settings: Settings, from_on: date) -> None:
    with as_worker():
        values = vars(settings).items()
        owned = {"service_id": service.id, "from_on": from_on}
        _add(Setting, [{**owned, "key": key, "value": str(value)} for key, value in values])


def _add(model: Any, rows: Rows) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _household(home: Home, ids: Mapping[str, UUID]) -> dict[str, Any]:
    return {
        "id": home.id,
        "service_id": ids[home.service],
        "ref": home.ref,
        "name": home.ref,
        "approval": home.approval,
        "approved_on": home.approved_on,
        "ended_on": home.ended_on,
    }


def _owned(
    home: Home, ids: Mapping[str, UUID], rows: Iterable[Lasting]
) -> Iterable[dict[str, Any]]:
    for row in rows:
        values = {name: value for name, value in vars(row).items() if name != "mark"}
        owned = {"household_id": home.id, "service_id": ids[home.service]}
        marks = {} if "skill" in values else _marked(row.mark)
        yield {"id": uuid4(), **owned, **values, **marks}


def _marked(mark: str | None) -> dict[str, Any]:
    """A superseded row names itself, as any other row of its table would do."""
    key = uuid4()
    return {
        "id": key,
        "is_void": mark == "void",
        "superseded_by_id": key if mark == "superseded" else None,
    }


def _stays(
    homes: Sequence[Home],
    ids: Mapping[str, UUID],
    children: Mapping[str, tuple[UUID, UUID]],
    other: UUID,
) -> Rows:
    """Those that go on during a respite stay come before it."""
    marks = {stay.ref: _marked(stay.mark) for home in homes for stay in home.stays}
    rows = [
        {
            "service_id": other if stay.is_of_another_service else ids[home.service],
            "household_id": home.id,
            "household_service_id": ids[home.service],
            "child_id": children[stay.child][0],
            "ref": stay.ref,
            "from_on": stay.from_on,
            "until_on": stay.until_on,
            "place_type": "U6",
            "places_used": stay.places_used,
            "respite_of_id": marks[stay.respite_of]["id"] if stay.respite_of else None,
            **marks[stay.ref],
        }
        for home in homes
        for stay in home.stays
    ]
    return sorted(rows, key=lambda row: row["respite_of_id"] is not None)


def _confirmations(home: Home, ids: Mapping[str, UUID]) -> Iterable[dict[str, Any]]:
    for at, mark in home.confirmed:
        owned = {"household_id": home.id, "service_id": ids[home.service]}
        yield {**owned, "at": at, "vacant": 9, **_marked(mark)}
