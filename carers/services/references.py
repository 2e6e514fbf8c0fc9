"""The next reference of a service, given to one record at a time."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import BigInteger, func, select

from carers.db import db
from carers.domain.references import Kind, next_reference
from carers.models import (
    Child,
    Enquiry,
    Household,
    Person,
    Placement,
    Provider,
    Unavailability,
)

Numbered = Child | Enquiry | Household | Person | Placement | Provider | Unavailability

RECORDS: Mapping[Kind, type[Numbered]] = {
    Kind.CHILD: Child,
    Kind.ENQUIRY: Enquiry,
    Kind.HOUSEHOLD: Household,
    Kind.PERSON: Person,
    Kind.PLACEMENT: Placement,
    Kind.PROVIDER: Provider,
    Kind.UNAVAILABILITY: Unavailability,
}


def next_ref(kind: Kind, service_id: UUID) -> str:
    """The service's next reference of a kind: nobody else gets one until this transaction ends."""
    turn = func.pg_advisory_xact_lock(func.hashtext(f"{kind.value}/{service_id}"))
    db.session.execute(select(turn))
    record = RECORDS[kind]
    number = func.substring(record.ref, f"^{kind.value}-([0-9]{{1,9}})$").cast(BigInteger)
    query = select(func.max(number)).where(record.service_id == service_id)
    highest = db.session.scalars(query).one()
    return next_reference(kind, [f"{kind.value}-{highest}"] if highest else [])
