"""Stage 2 that nobody recorded, since nobody refused in time (EXCHANGE, Silence)."""

from __future__ import annotations

from uuid import UUID

from carers.domain import clock
from carers.domain.silence import silent_stage2
from carers.domain.viewer import Viewer
from carers.models import PipelineEvent
from carers.services import cases, enquiries


def start_stage2(enquiry_id: UUID, *, by: Viewer) -> PipelineEvent | None:
    """Write the stage 2 that is due in a case; nothing where none is, or it is there already.

    Call it with the enquiry locked.
    """
    history = cases.history_of(enquiry_id, viewer=by)
    state = cases.fold_all([enquiry_id])[enquiry_id]
    silence = silent_stage2(history, state, today=clock.today())
    if silence is None:
        return None
    event = enquiries.write_event(enquiry_id, silence, note=None, by=by)
    cases.refold(enquiry_id)
    return event
