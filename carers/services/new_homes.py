"""A home added by a team manager: approved for the time being, or as a host, in one step."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from carers.domain import clock, names
from carers.domain.home_changes import check_manager
from carers.domain.new_homes import NewHome
from carers.domain.references import Kind
from carers.domain.register import Approval, PersonRole
from carers.domain.viewer import Viewer
from carers.models import Household, Person, TemporaryApproval
from carers.services import allocations, arrivals, audit, children_named, references


class Reached(TypedDict):
    """How a home is reached, and how many bedrooms it has."""

    phone: str | None
    email: str | None
    address: str | None
    postcode: str | None
    bedrooms: int | None


def add(new: NewHome, reached: Reached, *, worker: UUID, by: Viewer) -> Household:
    """Enter a home with its carers, whom it is approved for, and its worker.

    Raises NotTheManager, NoSuchChild, NobodyNamed; RuleBroken for the days, or where the worker
    does not supervise.
    """
    check_manager(by.roles, "add a home")
    new.check(clock.today())
    home = Household(
        service_id=by.service_id,
        ref=references.next_ref(Kind.HOUSEHOLD, by.service_id),
        name=new.name,
        approval=new.approval,
        approved_on=new.approved_on,
        **reached,
    )
    audit.added(home, by=by, action="added the home")
    for typed in new.carers:
        add_carer(home, typed, by)
    if new.approval is not Approval.HOST:
        _name_children(home, new, by)
    allocations.allocate(home.id, worker=worker, from_on=new.approved_on, seen=None, by=by)
    return home


def add_carer(home: Household, typed: str, by: Viewer, enquiry_id: UUID | None = None) -> None:
    """Enter a carer of a home by the name that was typed; from the enquiry, where they made one."""
    name = names.split(typed)
    carer = Person(
        service_id=home.service_id,
        ref=references.next_ref(Kind.PERSON, home.service_id),
        household_id=home.id,
        enquiry_id=enquiry_id,
        role=PersonRole.CARER,
        given_name=name.given,
        family_name=name.family,
    )
    audit.added(carer, by=by, action="entered a carer")


def _name_children(home: Household, new: NewHome, by: Viewer) -> None:
    found = []
    if new.born_on:
        found.append(arrivals.new(new.born_on, by, subject_id=home.id).id)
    if new.children:
        found += children_named.find(new.children, home_service_id=home.service_id, by=by)
    approval = TemporaryApproval(
        service_id=home.service_id,
        household_id=home.id,
        child_ids=found,
        approved_by=new.approved_by,
    )
    audit.added(approval, by=by, action="recorded for whom they are approved")
