"""The records that today's work is about: a viewer's own, or the service's for a manager."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from carers.db import db
from carers.domain import clock
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.temporary_approvals import end_of
from carers.domain.today import CASE_WORK, Item, items_for
from carers.domain.today_homes import HOME_WORK
from carers.domain.today_work import CaseOfToday, HoldOfToday, HomeOfToday, Whose
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Confirmation,
    Enquiry,
    Household,
    KeptCase,
    Search,
    TemporaryApproval,
    Unavailability,
)
from carers.queries import ledger, over_limit, standards
from carers.queries.on_day import holds_on

Column = InstrumentedAttribute[UUID | None]


@dataclass(frozen=True)
class WorkOfToday:
    """What a viewer's items are made from, fetched once."""

    viewer: Viewer
    now: datetime
    standards: Standards
    cases: list[CaseOfToday]
    homes: list[HomeOfToday]

    def items(self, *, days_ahead: int) -> list[Item]:
        return items_for(
            self.viewer.roles,
            self.cases,
            self.homes,
            person=self.viewer.membership_id,
            now=self.now,
            standards=self.standards,
            days_ahead=days_ahead,
        )


def work_for(viewer: Viewer, now: datetime) -> WorkOfToday:
    """The records of this viewer's kinds of work, in a fixed number of statements."""
    day = clock.local_day(now)
    return WorkOfToday(
        viewer,
        now,
        standards.in_force(viewer, day),
        list(_cases(viewer, day)),
        list(_homes(viewer, day)),
    )


def _cases(viewer: Viewer, day: date) -> Iterable[CaseOfToday]:
    """Open ones, and decided ones of which the applicants are still to be told."""
    case = KeptCase
    untold = and_(case.told_due_on.is_not(None), case.told_orally_at.is_(None))
    unwritten = and_(case.written_due_on.is_not(None), case.notice_sent_at.is_(None))
    query = (
        select(case)
        .join(case.enquiry)
        .options(contains_eager(case.enquiry))
        .where(
            case.service_id.in_(viewer.service_ids),
            Enquiry.duplicate_of_id.is_(None),
            or_(case.is_open, untold, unwritten),
            _is_theirs(
                _whose(CASE_WORK, viewer.roles), viewer, Allocation.enquiry_id, Enquiry.id, day
            ),
        )
        .order_by(Enquiry.ref, Enquiry.id)
    )
    kept = list(db.session.scalars(query))
    workers = _workers(Allocation.enquiry_id, [one.enquiry_id for one in kept], day)
    for one in kept:
        enquiry = one.enquiry
        yield CaseOfToday(
            id=enquiry.id,
            ref=enquiry.ref,
            names=enquiry.name,
            state=one.state,
            workers=workers[enquiry.id],
            phone=enquiry.phone,
            channel=enquiry.channel.label if enquiry.channel else None,
        )


def _homes(viewer: Viewer, day: date) -> Iterable[HomeOfToday]:
    whose = _whose(HOME_WORK, viewer.roles)
    theirs = _is_theirs(whose, viewer, Allocation.household_id, Household.id, day)
    rows = db.session.execute(_open_homes(viewer, day).where(theirs)).all()
    ids = [home.id for home, *_ in rows]
    workers = _workers(Allocation.household_id, ids, day)
    holds = _holds(ids, viewer, day)
    over = over_limit.of_homes(ids, viewer=viewer, day=day)
    for home, vacant, confirmed_at, extended_on, reason in rows:
        yield HomeOfToday(
            id=home.id,
            ref=home.ref,
            names=home.name,
            approved_on=home.approved_on,
            confirmed_on=clock.local_day(confirmed_at) if confirmed_at else None,
            vacant=vacant,
            workers=workers[home.id],
            holds=holds[home.id],
            phone=home.phone,
            has_places=home.approval is Approval.FULL,
            temporary=end_of(
                home.approval, home.approved_on, extended_on=extended_on, reason=reason
            ),
            over_limit=over.get(home.id),
        )


def _open_homes(viewer: Viewer, day: date) -> Select[Any]:
    """The homes open on a day with places, or for the time being: their vacant places, when they
    were last confirmed, and the extension of a temporary approval.
    """
    places = ledger.on(viewer, day)
    confirmed = (
        select(Confirmation.household_id, func.max(Confirmation.at).label("at"))
        .where(
            Confirmation.service_id.in_(viewer.service_ids),
            Confirmation.is_current,
        )
        .group_by(Confirmation.household_id)
        .subquery()
    )
    return (
        select(
            *(Household, func.coalesce(places.c.vacant, 0), confirmed.c.at),
            *(TemporaryApproval.extended_on, TemporaryApproval.extension_reason),
        )
        .outerjoin(places, places.c.household_id == Household.id)
        .outerjoin(confirmed, confirmed.c.household_id == Household.id)
        .outerjoin(TemporaryApproval, TemporaryApproval.household_id == Household.id)
        .where(
            Household.service_id.in_(viewer.service_ids),
            Household.approval.in_((Approval.FULL, Approval.TEMPORARY)),
            Household.approved_on <= day,
            or_(Household.ended_on.is_(None), Household.ended_on > day),
        )
        .order_by(Household.ref, Household.id)
    )


def _holds(
    household_ids: list[UUID], viewer: Viewer, day: date
) -> dict[UUID, tuple[HoldOfToday, ...]]:
    """What is on hold with an expected end, or for a search that is closed, by home."""
    its_closed_search = and_(
        Search.id == Unavailability.search_id,
        Search.service_id.in_(viewer.service_ids),
        Search.closed_at.is_not(None),
    )
    query = (
        select(Unavailability, Search.ref, Search.closed_at)
        .outerjoin(Search, its_closed_search)
        .where(
            Unavailability.household_id.in_(household_ids),
            Unavailability.is_current,
            holds_on(Unavailability, day),
        )
        .order_by(Unavailability.expected_until_on, Unavailability.ref)
    )
    found: dict[UUID, tuple[HoldOfToday, ...]] = defaultdict(tuple)
    for hold, ref, closed_at in db.session.execute(query).tuples():
        expected = clock.local_day(closed_at) if closed_at else hold.expected_until_on
        if expected:
            reason = hold.reason.label
            reason = reason[0].lower() + reason[1:]
            held = HoldOfToday(hold.places, reason, expected, ref if closed_at else None)
            found[hold.household_id] += (held,)
    return found


def _workers(column: Column, ids: list[UUID], day: date) -> dict[UUID, frozenset[UUID]]:
    """Who has each of some enquiries or homes on a day, cover among them."""
    query = select(column, Allocation.membership_id).where(
        column.in_(ids), holds_on(Allocation, day)
    )
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    for record_id, membership_id in db.session.execute(query):
        found[record_id] |= {membership_id}
    return found


def _whose(table: Iterable[Any], roles: frozenset[Role]) -> set[Whose]:
    return {work.whose for work in table if not work.roles.isdisjoint(roles)}


def _is_theirs(
    whose: set[Whose], viewer: Viewer, column: Column, record_id: Any, day: date
) -> ColumnElement[bool]:
    """Whether a record can be of any work of the viewer's: their own, nobody's or anybody's."""
    if Whose.ANYBODYS in whose:
        return true()
    given = select(Allocation.id).where(column == record_id, holds_on(Allocation, day))
    mine = given.where(Allocation.membership_id == viewer.membership_id).exists()
    return or_(
        mine if Whose.MINE in whose else false(),
        ~given.exists() if Whose.NOBODYS in whose else false(),
    )
