"""The records of a load written in bulk, with their audit and the cases they amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, insert, update

from carers.db import db, set_viewer
from carers.exchange.accounts import Accounts
from carers.exchange.checks_pipeline import enquiries_to_fold
from carers.exchange.columns import File
from carers.exchange.existing import CARRIED
from carers.exchange.journal import Journal
from carers.exchange.records import Record, Records
from carers.exchange.tables import FILES
from carers.models import AuditEntry, Base, User
from carers.services import cases

Row = dict[str, Any]

AT_ONCE = 2000  # rows of a statement
CASES_AT_ONCE = 500


@dataclass
class Writing:
    """``told`` hears of every row written, so that progress can be shown."""

    records: Records
    journal: Journal
    told: Callable[[int], None]


def write(writing: Writing, service_ids: Sequence[UUID]) -> None:
    """Write what is new or changed. ``service_ids`` are those that the database holds already."""
    records = writing.records
    _write_file(writing, FILES["services"])
    made = [one.id for one in records.all_of("services") if one.is_new]
    seen = [*service_ids, *made]
    set_viewer(seen)
    _write_accounts(writing, seen)
    for file in FILES.values():
        if file.name != "services":
            _write_file(writing, file)
    _insert(AuditEntry, writing.journal.entries)
    _fold(list(enquiries_to_fold(records)))


def _write_file(writing: Writing, file: File) -> None:
    """Old rows give way before new ones come, so that no constraint sees both."""
    taken = [one for one in writing.records.all_of(file.name) if one.row and not one.is_left_out]
    changed = [one for one in taken if not one.is_new and (one.changes or one.is_restated)]
    superseding = [one for one in changed if one.supersedes]
    _supersede(writing, file, superseding)
    _update(writing, file, [one for one in changed if not one.supersedes])
    new = [one for one in taken if one.is_new]
    new.sort(key=_line)
    for one in new:
        writing.journal.added(file.model, row_of(one), _service_id(one))
    written = sorted([*new, *superseding], key=_line)
    writing.told(len(taken) - len(written))
    rows = [_whole(file, one) for one in _named_first(file, written)]
    _insert(file.model, rows, writing.told)


def _supersede(writing: Writing, file: File, records: Sequence[Record]) -> None:
    table = _table(file.model)
    old = []
    for record in records:
        before = before_of(record)
        old.append({"old": record.id, "new": uuid4()})
        record.id = old[-1]["new"]
        action = "voided by a load" if record.is_void else "corrected by a load"
        names = record.changes or {"is_void"}
        writing.journal.changed(
            action, file.model, row_of(record), before, names, _service_id(record)
        )
    statement = (
        update(table)
        .where(table.c.id == bindparam("old"))
        .values(superseded_by_id=bindparam("new"))
    )
    _execute(statement, old)


def _update(writing: Writing, file: File, records: Sequence[Record]) -> None:
    """One statement for each set of columns that change together."""
    together: dict[tuple[str, ...], list[Row]] = {}
    for record in records:
        row, before = row_of(record), before_of(record)
        names = tuple(sorted(name for name in row if row[name] != before.get(name)))
        action = "ended by a load" if record.only_ends and file.keeps else "changed by a load"
        if names:
            writing.journal.changed(action, file.model, row, before, names, _service_id(record))
            values = {f"new_{name}": row[name] for name in names}
            together.setdefault(names, []).append({"known": record.id, **values})
    table = _table(file.model)
    for names, rows in together.items():
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        _execute(update(table).where(table.c.id == bindparam("known")).values(values), rows)


def _write_accounts(writing: Writing, service_ids: Sequence[UUID]) -> None:
    accounts = Accounts(writing.records, service_ids)
    accounts.settle()
    made: list[Row] = [
        {"id": account_id, "email": email, "is_active": True}
        for email, account_id in accounts.made.items()
    ]
    for row in made:
        if (service := accounts.service_of(row["id"])) is not None:
            writing.journal.added(User, row, service.id)
    _insert(User, made)
    renamed: list[Row] = [{"known": one, "new": email} for one, email in accounts.renamed.items()]
    table = _table(User)
    for row in renamed:
        if (service := accounts.service_of(row["known"])) is not None:
            changed = {"id": row["known"], "email": row["new"]}
            writing.journal.changed("changed by a load", User, changed, {}, {"email"}, service.id)
    _execute(
        update(table).where(table.c.id == bindparam("known")).values(email=bindparam("new")),
        renamed,
    )


def row_of(record: Record) -> Row:
    """A record as its table has it."""
    return _row(record, record.values, record.new_account_id or record.account_id)


def _whole(file: File, record: Record) -> Row:
    """With what no file says of it, in every row: one statement writes many."""
    there = [name for name in CARRIED if name in _table(file.model).c]
    return row_of(record) | {name: record.carried.get(name) for name in there}


def before_of(record: Record) -> Row:
    return _row(record, record.before or {}, record.account_id)


def _row(record: Record, values: dict[str, Any], account_id: UUID | None) -> Row:
    row: Row = {name: _written(value) for name, value in values.items()}
    row["id"] = record.id
    if record.service is not None:
        row["service_id"] = record.service.id
    if record.file.name == "users":
        row.pop("email", None)
        row["user_id"] = account_id
    if record.file.name == "placements":
        home = values.get("household_id")
        row["household_service_id"] = home.service.id if home is not None else None
    return row


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [_written(one) for one in value]
    return value.id if isinstance(value, Record) else value


def _service_id(record: Record) -> UUID:
    return record.service.id if record.service is not None else record.id


def _line(record: Record) -> int:
    return record.row.line if record.row else 0


def _named_first(file: File, records: Sequence[Record]) -> Iterator[Record]:
    """Each after those of its own file that it names."""
    links = [link.attribute for link in file.links if link.refers_to == file.name]
    waiting = dict.fromkeys(records) if links else {}
    if not links:
        yield from records
    while waiting:
        for record in list(waiting):
            if not any(record[link] in waiting for link in links):
                del waiting[record]
                yield record


def _insert(
    model: type[Base], rows: Sequence[Row], told: Callable[[int], None] = lambda _: None
) -> None:
    for some in _batches(rows, AT_ONCE):
        db.session.execute(insert(_table(model)), some)
        told(len(some))


def _execute(statement: Any, rows: Sequence[Row]) -> None:
    for some in _batches(rows, AT_ONCE):
        db.session.execute(statement, some)


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while some := list(islice(iterator, size)):
        yield some


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _fold(enquiries: Sequence[Record]) -> None:
    """Keep what the events of these amount to."""
    for some in _batches((one.id for one in enquiries), CASES_AT_ONCE):
        cases.keep_many(cases.fold_all(some))
