"""The capacity ledger's rows: placements, places withheld, and who confirmed what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carers.domain.capacity import ConfirmerRole, UnavailableReason
from carers.domain.children import (
    PlacementEnd,
    PlaceProvider,
    PlaceType,
    ProviderKind,
    ProviderRoute,
    Purpose,
)
from carers.domain.register import Ethnicity, Gender
from carers.domain.searches import SearchOutcome, SearchReason
from carers.models.base import (
    COUNTED,
    OVERRIDE,
    PERSONAL,
    Base,
    Overridable,
    Owned,
    Spell,
    Superseded,
    of_household,
)
from carers.models.household import Household
from carers.models.service import Membership, Scheme

CURRENT = "superseded_by_id IS NULL AND NOT is_void"


class Child(Owned, Base):
    """A child by reference, never by name (DESIGN, Principles 7)."""

    __tablename__ = "child"
    __table_args__ = (UniqueConstraint("service_id", "ref"),)

    ref: Mapped[str]
    born_on: Mapped[date | None] = mapped_column(info=PERSONAL)
    gender: Mapped[Gender | None] = mapped_column(info=PERSONAL)
    ethnicity: Mapped[Ethnicity | None] = mapped_column(info=PERSONAL)
    uasc: Mapped[bool | None]
    age_disputed: Mapped[bool | None]
    disabled: Mapped[bool | None]
    sibling_group: Mapped[str | None]
    home_postcode: Mapped[str | None] = mapped_column(info=PERSONAL)
    responsible_authority: Mapped[str | None]  # a GSS code; none: this service


class Provider(Owned, Base):
    """An outside agency, or another place where children live."""

    __tablename__ = "provider"
    __table_args__ = (UniqueConstraint("service_id", "ref"),)

    ref: Mapped[str]
    name: Mapped[str]
    kind: Mapped[ProviderKind]
    route: Mapped[ProviderRoute | None]
    urn: Mapped[str | None]


class Placement(Owned, Spell, Overridable, Base):
    """A child in a home, or with a provider. The one route by which a place is filled.

    It belongs to the service whose row it is and fills a place in its home, whichever service
    that is of: ``household_service_id`` says which.
    """

    __tablename__ = "placement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["household_id", "household_service_id"], ["household.id", "household.service_id"]
        ),
        CheckConstraint("num_nonnulls(household_id, provider_id) = 1", name="one_home"),
        CheckConstraint(
            "(household_id IS NULL) = (household_service_id IS NULL)", name="household_service"
        ),
        CheckConstraint("places_used > 0", name="places_used"),
        CheckConstraint("weekly_cost >= 0", name="weekly_cost"),
        CheckConstraint("distance_miles >= 0", name="distance_miles"),
        CheckConstraint("until_on >= from_on", name="period"),
        CheckConstraint(OVERRIDE, name="override"),
        Index(
            "uq_placement_service_id_ref",
            "service_id",
            "ref",
            unique=True,
            postgresql_where="superseded_by_id IS NULL",
        ),
        Index("ix_placement_household_id", "household_id"),
        Index(
            "ix_placement_with_provider",
            "service_id",
            "until_on",
            postgresql_where="provider_id IS NOT NULL",
        ),
        Index(
            "ix_placement_ledger",
            "household_service_id",
            "household_id",
            postgresql_include=[*COUNTED, "service_id", "places_used"],
        ),
    )

    ref: Mapped[str]
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id"), index=True)
    household_id: Mapped[UUID | None]
    household_service_id: Mapped[UUID | None]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"), index=True)
    place_type: Mapped[PlaceType]
    provider_type: Mapped[PlaceProvider | None]
    purpose: Mapped[Purpose | None]
    places_used: Mapped[int] = mapped_column(default=1)
    weekly_cost: Mapped[Decimal | None]
    distance_miles: Mapped[Decimal | None] = mapped_column(Numeric())
    in_area: Mapped[bool | None]
    scheme_id: Mapped[UUID | None] = mapped_column(ForeignKey("scheme.id"))
    respite_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement.id"), index=True)
    end_reason: Mapped[PlacementEnd | None]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    child: Mapped[Child] = relationship()
    household: Mapped[Household | None] = relationship(back_populates="placements")
    provider: Mapped[Provider | None] = relationship()
    scheme: Mapped[Scheme | None] = relationship()


class Search(Owned, Base):
    """The search for a home for some children; open until it is closed."""

    __tablename__ = "search"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        CheckConstraint("closed_at >= opened_at", name="period"),
    )

    ref: Mapped[str]
    child_ids: Mapped[list[UUID]]
    opened_at: Mapped[datetime]
    needed_by: Mapped[date | None]
    needs: Mapped[list[str]] = mapped_column(default=list)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[SearchOutcome | None]
    placement_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement.id"), index=True)
    reason: Mapped[SearchReason | None]


class Unavailability(Owned, Spell, Overridable, Base):
    """Approved places that a household cannot offer for a while; reserved where ``search`` is."""

    __tablename__ = "unavailability"
    __table_args__ = (
        of_household(),
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("until_on >= from_on", name="period"),
        CheckConstraint("expected_until_on >= from_on", name="expected"),
        CheckConstraint(OVERRIDE, name="override"),
        Index(
            "uq_unavailability_service_id_ref",
            "service_id",
            "ref",
            unique=True,
            postgresql_where="superseded_by_id IS NULL",
        ),
        Index("ix_unavailability_household_id", "household_id"),
        Index("ix_unavailability_service_id_until_on", "service_id", "until_on"),
        Index(
            "ix_unavailability_ledger",
            "service_id",
            "household_id",
            postgresql_include=[*COUNTED, "places"],
        ),
    )

    ref: Mapped[str]
    household_id: Mapped[UUID]
    places: Mapped[int]
    reason: Mapped[UnavailableReason]
    search_id: Mapped[UUID | None] = mapped_column(ForeignKey("search.id"), index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))  # answers for it
    expected_until_on: Mapped[date | None]  # ends nothing
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    household: Mapped[Household] = relationship(back_populates="unavailabilities")
    search: Mapped[Search | None] = relationship()
    owner: Mapped[Membership | None] = relationship(foreign_keys=[owner_id])


class Confirmation(Owned, Superseded, Base):
    """Somebody said that what is recorded of a home's places is still true."""

    __tablename__ = "confirmation"
    __table_args__ = (
        of_household(),
        CheckConstraint("vacant >= 0", name="vacant"),
        Index(
            "uq_confirmation_household_id_at",
            "household_id",
            "at",
            unique=True,
            postgresql_where=CURRENT,
            postgresql_include=["service_id", "by_role", "recorded_by_id"],
        ),
        Index("ix_confirmation_household_id", "household_id"),
    )

    household_id: Mapped[UUID]
    at: Mapped[datetime]
    by_role: Mapped[ConfirmerRole | None]
    vacant: Mapped[int | None]  # what was said: it changes nothing
    note: Mapped[str | None] = mapped_column(info=PERSONAL)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    household: Mapped[Household] = relationship(back_populates="confirmations")
    recorded_by: Mapped[Membership | None] = relationship()
