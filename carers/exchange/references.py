"""Which record a cell names: one of the row's own service, unless it is a household."""

from __future__ import annotations

from collections.abc import Iterator

from carers.exchange.columns import Column
from carers.exchange.records import Record, Records
from carers.exchange.tables import FILES

HOUSEHOLDS = "households"
SERVICES = "services"


def find(records: Records, column: Column, text: str, service: Record | None) -> Record | None:
    """The record that ``text`` names in a column of a row of ``service``, if there is one.

    A household is looked up in the row's service, then in its parent; ``CODE/REF`` is one of
    another member of the same shared service (EXCHANGE, Rules).
    """
    if column.refers_to != HOUSEHOLDS or service is None:
        owner = None if column.refers_to == SERVICES else service
        return records.find(column.refers_to, owner, text)
    for owner, ref in _households(records, text, service):
        if found := records.find(HOUSEHOLDS, owner, ref):
            return found
    return None


def _households(records: Records, text: str, service: Record) -> Iterator[tuple[Record, str]]:
    yield service, text
    parent: Record | None = service["parent_id"]
    if parent is not None:
        yield parent, text
    code, slash, ref = text.partition("/")
    other = records.find(SERVICES, None, code) if slash else None
    if other is not None and other in family_of(service, [other]):
        yield other, ref


def family_of(service: Record, others: list[Record]) -> list[Record]:
    """Those of some services that share a service with this one, itself among them."""
    near = {service, service["parent_id"]} - {None}
    return [other for other in others if other in near or other["parent_id"] in near]


def missing(column: Column, service: Record | None) -> tuple[str, str]:
    """What is wrong with a name that names nothing, and what would be right."""
    file = FILES[column.refers_to]
    known_by = file.key[0]
    where = f" in service {service.ref}" if service is not None else ""
    if column.refers_to == HOUSEHOLDS and service is not None and service["parent_id"]:
        where += " or in its shared service"
    elsewhere = ", or CODE/REF for another member of its shared service"
    return (
        f"there is no row of {file.file} with this {known_by}{where}",
        f"the {known_by} of a row of {file.file}"
        + (elsewhere if column.refers_to == HOUSEHOLDS else ""),
    )
