"""The kept case rows: what each enquiry's events amount to, written here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from carers.db import db
from carers.domain import clock
from carers.domain.case_state import CaseState
from carers.domain.cases import fold
from carers.domain.errors import NotFound
from carers.domain.happenings import Happening, History
from carers.domain.viewer import Viewer
from carers.models import Enquiry, KeptCase, PipelineEvent
from carers.queries import standards

FACTS = tuple(field.name for field in fields(CaseState))


def refold(enquiry_id: UUID) -> CaseState:
    """Work out one case anew from its events, and keep what they amount to.

    For the same transaction as the change: the events must be flushed.
    """
    states = fold_all([enquiry_id])
    keep(states)
    return states[enquiry_id]


def fold_all(enquiry_ids: Sequence[UUID]) -> dict[UUID, CaseState]:
    """What the events of these enquiries amount to, under today's standards of their services."""
    query = select(Enquiry.id, Enquiry.service_id).where(Enquiry.id.in_(enquiry_ids))
    services = dict(db.session.execute(query).tuples().all())
    set_by = standards.of_services(set(services.values()), clock.today())
    return {
        enquiry_id: fold(history, set_by[services[enquiry_id]])
        for enquiry_id, history in _histories(enquiry_ids).items()
    }


def history_of(enquiry_id: UUID, *, viewer: Viewer) -> History:
    """The current events of a case, in order. Raises NotFound where it is another service's."""
    found = _histories([enquiry_id], Enquiry.service_id.in_(viewer.service_ids))
    if enquiry_id not in found:
        raise NotFound
    return found[enquiry_id]


def _histories(enquiry_ids: Sequence[UUID], *seen: ColumnElement[bool]) -> dict[UUID, History]:
    received = select(Enquiry.id, Enquiry.received_at).where(Enquiry.id.in_(enquiry_ids), *seen)
    columns = (
        PipelineEvent.enquiry_id,
        PipelineEvent.event,
        PipelineEvent.at,
        PipelineEvent.detail,
        PipelineEvent.recorded_by_id,
    )
    events = (
        select(*columns)
        .where(
            PipelineEvent.enquiry_id.in_(enquiry_ids),
            PipelineEvent.is_current,
        )
        .order_by(PipelineEvent.at, PipelineEvent.position)
    )
    happened: dict[UUID, list[Happening]] = {}
    for enquiry_id, event, at, detail, recorded_by in db.session.execute(events).tuples():
        happening = Happening(event, at, detail, recorded_by)
        happened.setdefault(enquiry_id, []).append(happening)
    return {
        enquiry_id: History.of(received_at, happened.get(enquiry_id, ()))
        for enquiry_id, received_at in db.session.execute(received).tuples()
    }


def happening_of(event: PipelineEvent) -> Happening:
    return Happening(event.event, event.at, event.detail, event.recorded_by_id)


def keep(states: Mapping[UUID, CaseState]) -> None:
    """Make the kept rows of these enquiries say what their states say."""
    kept = _kept(states)
    made_for = set(states) - {row.enquiry_id for row in kept}
    services = dict(
        db.session.execute(select(Enquiry.id, Enquiry.service_id).where(Enquiry.id.in_(made_for)))
        .tuples()
        .all()
    )
    rows = [KeptCase(enquiry_id=one, service_id=services[one]) for one in made_for]
    for row in [*kept, *rows]:
        row.keep(states[row.enquiry_id])
    db.session.add_all(rows)
    db.session.flush()


def keep_many(states: Mapping[UUID, CaseState]) -> None:
    """As ``keep``, in one statement: for loads, whose session holds no kept row."""
    query = select(Enquiry.id, Enquiry.service_id).where(Enquiry.id.in_(states))
    rows = [
        {"enquiry_id": one, "service_id": service_id, **facts_of(states[one])}
        for one, service_id in db.session.execute(query).tuples()
    ]
    made = insert(KeptCase)
    said = {name: made.excluded[name] for name in FACTS}
    db.session.execute(made.on_conflict_do_update(index_elements=["enquiry_id"], set_=said), rows)


def facts_of(state: CaseState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in FACTS}


def differing(enquiry_ids: Sequence[UUID]) -> list[UUID]:
    """Those whose kept row is missing, or does not say what their events amount to."""
    folded = fold_all(enquiry_ids)
    kept = {row.enquiry_id: row.state for row in _kept(enquiry_ids)}
    return [one for one in enquiry_ids if kept.get(one) != folded[one]]


def _kept(enquiry_ids: Iterable[UUID]) -> list[KeptCase]:
    query = select(KeptCase).where(KeptCase.enquiry_id.in_(list(enquiry_ids)))
    return list(db.session.scalars(query))
