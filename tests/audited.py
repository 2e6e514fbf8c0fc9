"""Every write of a page is audited: checked at every form that a test sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from carers.db import db
from carers.models import AuditEntry, Base, KeptCase, SignInTry, Submission

# The audit itself, the once of a form, what is derived from audited rows, and tries at signing in.
NOT_AUDITED = (AuditEntry, Submission, KeptCase, SignInTry)


@contextmanager
def audited() -> Iterator[None]:
    """Fail where a row was kept meanwhile and no entry of the audit names it."""
    written: dict[UUID, str] = {}

    def listen(session: Session, _: UOWTransaction) -> None:
        for record in (*session.new, *session.dirty):
            if isinstance(record, Base) and not isinstance(record, NOT_AUDITED):
                written[record.id] = type(record).__name__

    def forget(_: Session, __: SessionTransaction) -> None:
        written.clear()  # a refused form keeps nothing, of rows that were there before either

    event.listen(Session, "after_flush", listen)
    event.listen(Session, "after_soft_rollback", forget)
    try:
        yield
    finally:
        event.remove(Session, "after_flush", listen)
        event.remove(Session, "after_soft_rollback", forget)
    told = set(
        db.session.scalars(select(AuditEntry.record_id).where(AuditEntry.record_id.in_(written)))
    )
    kept = {one: name for one, name in written.items() if one not in told and _is_kept(one, name)}
    assert not kept, f"Written and not audited: {sorted(kept.values())}"


def _is_kept(record_id: UUID, name: str) -> bool:
    """Whether the row is there: a refused form leaves none."""
    model = next(one.class_ for one in Base.registry.mappers if one.class_.__name__ == name)
    found = select(model.id).where(model.id == record_id)
    return db.session.scalars(found).first() is not None
