"""Cases of which nobody said in time that stage 1 was refused (EXCHANGE, Silence)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from carers.db import db
from carers.models import Enquiry, KeptCase


def overdue(day: date) -> list[UUID]:
    """The enquiries whose refusal window had passed before a day, with stage 2 not begun."""
    case = KeptCase
    query = (
        select(case.enquiry_id)
        .where(case.is_open, case.refusal_last_on < day, case.stage2_started_on.is_(None))
        .order_by(case.refusal_last_on, case.enquiry_id)
    )
    return list(db.session.scalars(query))


def get_locked(enquiry_id: UUID) -> Enquiry | None:
    """An enquiry, kept from changing until the transaction ends; none where it is not seen."""
    query = select(Enquiry).where(Enquiry.id == enquiry_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
