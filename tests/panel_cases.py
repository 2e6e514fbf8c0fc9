"""Cases on their way to a decision, for tests of the panel's pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.recruitment import Event
from carers.models import Enquiry, FosteringService, PipelineEvent
from tests.factories import Make

NOW = datetime(2026, 11, 24, 15, tzinfo=clock.LONDON)


def on(day: int, month: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=clock.LONDON)


TO_STAGE2 = (
    (Event.APPLICATION_RECEIVED, on(1, 6)),
    (Event.STAGE1_STARTED, on(2, 6)),
    (Event.STAGE2_STARTED, on(1, 7)),
)
TO_PANEL = (*TO_STAGE2, (Event.PANEL_BOOKED, on(2, 11), "2026-11-16"))
TO_MINUTES = (*TO_PANEL, (Event.PANEL_RECOMMENDED, on(16, 11), "approve"))
TO_DECISION = (*TO_MINUTES, (Event.MINUTES_FINAL, on(18, 11)))
TODAY = {"on-day": "24", "on-month": "11", "on-year": "2026", "time": "2:30pm"}
ENTRY = TODAY | {
    "name": "Marcus and Tanya Bell",
    "arrived_by": "recruited",
    "carer_type": "general",
    "places": "2",
    "age_min": "5",
    "age_max": "12",
    "siblings_only": "no",
    "skills": ["parent_and_child", "respite"],
    "supervisor": "nobody",
}


def case(make: type[Make], service: FosteringService, *events, **given) -> Enquiry:
    named = {
        "received_at": on(1, 5),
        "applicant_1": "Marcus Bell",
        "applicant_2": "Tanya Bell",
        "phone": "01632 960114",
    }
    return make.enquiry(service, *events, **(named | given))


def last_event(enquiry: Enquiry) -> tuple[Event, datetime, str | None]:
    query = select(PipelineEvent).filter_by(enquiry_id=enquiry.id)
    one = db.session.scalars(query.order_by(PipelineEvent.position.desc())).first()
    assert one is not None
    return one.event, one.at, one.detail
