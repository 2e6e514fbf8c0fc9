"""Begins stage 2, every night, where nobody refused stage 1 in time (EXCHANGE, Silence)."""

from __future__ import annotations

from uuid import UUID

from carers.domain import clock
from carers.jobs import Job, acting_in
from carers.queries import silence as cases
from carers.services import silence


def due() -> list[UUID]:
    return cases.overdue(clock.today())


def do(enquiry_id: UUID) -> None:
    enquiry = cases.get_locked(enquiry_id)
    if enquiry is not None:
        silence.start_stage2(enquiry_id, by=acting_in(enquiry.service_id))


START_STAGE_2 = Job("start-stage-2", due, do)
