"""What the database holds of the services that a load is of, read and kept from changing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text

from carers.db import db
from carers.exchange.columns import File
from carers.exchange.formats import utc
from carers.exchange.records import Record, Records
from carers.exchange.tables import FILES
from carers.models import Enquiry, FosteringService, Household, Membership, Placement, User

# What no file says of a row, and what its corrected row takes over.
CARRIED = (
    *("override_reason", "override_by_id"),
    *("change_route", "proposed_on", "agreed_on", "decided_on"),
)
ONE_LOAD = "SELECT pg_advisory_xact_lock(hashtext('carers.load'))"


def wait_for_other_loads() -> None:
    """One load at a time, until this one's transaction ends."""
    db.session.execute(text(ONE_LOAD))


def lock(service_ids: Sequence[UUID]) -> None:
    """Keep the cases and homes of these services from changing until the load ends."""
    for model in (Enquiry, Household):
        query = select(model.id).where(model.service_id.in_(service_ids)).order_by(model.id)
        db.session.execute(query.with_for_update(key_share=True)).all()


def services(records: Records) -> None:
    """Every service there is: their rows are fenced, they are not."""
    by_id: dict[UUID, Record] = {}
    parents: dict[Record, UUID | None] = {}
    for row in db.session.execute(select(FosteringService.__table__)).mappings():
        values = {name: row[name] for name in FILES["services"].attributes}
        record = Record(FILES["services"], None, values, id=row["id"])
        by_id[record.id] = record
        parents[record] = values["parent_id"]
        records.add(record)
    for record, parent_id in parents.items():
        record.values["parent_id"] = by_id.get(parent_id) if parent_id else None
        record.before = dict(record.values)


def all_of(records: Records, service_ids: Sequence[UUID]) -> None:
    """Every current record of some services, void ones among them."""
    by_id = {record.id: record for record in records.all_of("services")}
    for file in FILES.values():
        if file.name != "services":
            _read(file, records, service_ids, by_id)


def _read(
    file: File, records: Records, service_ids: Sequence[UUID], by_id: dict[UUID, Record]
) -> None:
    found: list[Record] = []
    for row in db.session.execute(_query(file, service_ids)).mappings():
        values = {name: _comparable(row[name]) for name in file.attributes}
        record = Record(file, by_id[row["service_id"]], values, id=row["id"])
        record.position = row.get("position") or 0
        record.account_id = row.get("user_id")
        record.carried = {name: row[name] for name in CARRIED if row.get(name) is not None}
        found.append(record)
        by_id[record.id] = record
    if file.name == "placements":
        by_id.update(_superseded(service_ids, by_id))
    for record in found:
        for column in file.links:
            other = record.values[column.attribute]
            record.values[column.attribute] = _named(other, by_id)
        record.before = dict(record.values)
        records.add(record)


def _named(other: Any, by_id: dict[UUID, Record]) -> Any:
    """The records of a column that refers to one or to some."""
    if isinstance(other, list):
        return [by_id[one] for one in other if one in by_id]
    return by_id.get(other) if other else None


def _query(file: File, service_ids: Sequence[UUID]) -> Select[Any]:
    table = file.model.__table__
    query = select(table).where(table.c.service_id.in_(service_ids))
    if file.model is Membership:
        query = query.add_columns(User.email).join(User, User.id == table.c.user_id)
    if file.keeps:
        query = query.where(table.c.superseded_by_id.is_(None))
    return query


def _superseded(
    service_ids: Sequence[UUID], by_id: dict[UUID, Record]
) -> Iterator[tuple[UUID, Record]]:
    """The current placement that stands for each superseded one: a stay names the old still."""
    query = select(Placement.id, Placement.superseded_by_id).where(
        Placement.service_id.in_(service_ids), Placement.superseded_by_id.is_not(None)
    )
    mended = {old: new for old, new in db.session.execute(query).tuples() if new is not None}
    for old in mended:
        current = old
        while current in mended:
            current = mended[current]
        if current in by_id:
            yield old, by_id[current]


def _comparable(value: Any) -> Any:
    return utc(value) if isinstance(value, datetime) else value
