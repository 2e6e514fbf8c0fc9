"""Homes of other services where a child of ours lives or lived: their approval and type alone."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, column, func, literal, select

from carers.db import db
from carers.domain.register import Approval, CarerType
from carers.domain.viewer import Viewer
from carers.models import Household, Terms


class HomeElsewhere(NamedTuple):
    """A home with one row of its terms, none of which there need be."""

    id: UUID
    approval: Approval
    approved_on: date
    ended_on: date | None
    from_on: date | None
    until_on: date | None
    carer_type: CarerType | None


def homes(viewer: Viewer) -> list[HomeElsewhere]:
    """Each home by its terms in order, in one statement.

    The authority responsible for a child sees no more of the home than this (DESIGN, Tenancy);
    the database tells no more, and of no other home (migration 0011).
    """
    told = (Household.approval, Household.approved_on, Household.ended_on)
    terms = (Terms.from_on, Terms.until_on, Terms.carer_type)
    found = func.homes_of_our_children(
        literal(list(viewer.service_ids), ARRAY(Uuid()))
    ).table_valued(
        column("household_id", Uuid()), *(column(one.key, one.type) for one in (*told, *terms))
    )
    return [HomeElsewhere(*row) for row in db.session.execute(select(found))]
