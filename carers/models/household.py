"""The register: approved homes, their terms, people, skills and schemes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carers.domain.capacity import Capacity
from carers.domain.period import Period
from carers.domain.register import (
    Approval,
    ArrivedBy,
    CarerType,
    EndInitiator,
    EndReason,
    Ethnicity,
    ExtensionReason,
    Gender,
    PersonRole,
    PrimaryOffer,
    Skill,
    SkillLevel,
    Tsd,
)
from carers.domain.terms_change import TermsRoute
from carers.models.base import (
    COUNTED,
    OVERRIDE,
    PERSONAL,
    Base,
    Dated,
    Overridable,
    Owned,
    Spell,
    of_household,
)
from carers.models.enquiry import Enquiry
from carers.models.service import Allocation, FosteringService, Scheme

if TYPE_CHECKING:
    from carers.models.capacity import Confirmation, Placement, Unavailability


class Household(Owned, Base):
    """An approved home: the unit of recruitment (METRICS, Conventions: Unit)."""

    __tablename__ = "household"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        UniqueConstraint("id", "service_id"),  # what its rows' foreign keys point at
        CheckConstraint("ended_on >= approved_on", name="period"),
        CheckConstraint("bedrooms >= 0", name="bedrooms"),
    )

    ref: Mapped[str]
    name: Mapped[str] = mapped_column(info=PERSONAL)
    approval: Mapped[Approval] = mapped_column(default=Approval.FULL)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    enquiry_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id"), index=True)
    email: Mapped[str | None] = mapped_column(info=PERSONAL)
    phone: Mapped[str | None] = mapped_column(info=PERSONAL)
    address: Mapped[str | None] = mapped_column(info=PERSONAL)
    postcode: Mapped[str | None] = mapped_column(info=PERSONAL)
    bedrooms: Mapped[int | None]
    approved_on: Mapped[date]
    arrived_by: Mapped[ArrivedBy | None]
    ended_on: Mapped[date | None]
    end_initiated_by: Mapped[EndInitiator | None]
    end_reason: Mapped[EndReason | None]
    notice_received_on: Mapped[date | None]  # a resignation, which ends it 28 days after
    end_recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    service: Mapped[FosteringService] = relationship()
    enquiry: Mapped[Enquiry | None] = relationship()
    terms: Mapped[list[Terms]] = relationship(back_populates="household", order_by="Terms.from_on")
    people: Mapped[list[Person]] = relationship(back_populates="household", order_by="Person.ref")
    skills: Mapped[list[SkillHeld]] = relationship(order_by="SkillHeld.from_on, SkillHeld.skill")
    placements: Mapped[list[Placement]] = relationship(
        back_populates="household", order_by="Placement.from_on, Placement.ref"
    )
    unavailabilities: Mapped[list[Unavailability]] = relationship(
        back_populates="household", order_by="Unavailability.from_on, Unavailability.ref"
    )
    confirmations: Mapped[list[Confirmation]] = relationship(
        back_populates="household", order_by="Confirmation.at"
    )
    allocations: Mapped[list[Allocation]] = relationship(order_by="Allocation.from_on")

    @property
    def approval_period(self) -> Period:
        return Period(self.approved_on, self.ended_on)

    @property
    def area(self) -> str | None:
        """The outward code, which says the district and not the street."""
        return self.postcode.split()[0] if self.postcode else None

    def capacity_on(self, day: date) -> Capacity:
        """For one household at a time: lists read the ledger statement."""
        approved = self.approval is Approval.FULL and self.approval_period.covers(day)
        return Capacity.of(
            approved=sum(t.places for t in self.terms if t.counts_on(day)) if approved else 0,
            filled=sum(stay.places_used for stay in self.placements if stay.counts_on(day)),
            recorded=sum(hold.places for hold in self.unavailabilities if hold.counts_on(day)),
        )

    def tightest_capacity(self, period: Period) -> Capacity:
        """The capacity on the fullest day of a period: its first, or one when something changes."""
        spells: list[Spell] = [*self.terms, *self.placements, *self.unavailabilities]
        changes = [day for spell in spells for day in (spell.from_on, spell.until_on) if day]
        changes += [day for day in (self.approved_on, self.ended_on) if day]
        days = [period.start, *filter(period.covers, changes)]
        return min(map(self.capacity_on, days), key=lambda capacity: capacity.vacant)

    def terms_on(self, day: date) -> Terms | None:
        """The terms in force on a day, if any are."""
        return next((terms for terms in self.terms if terms.counts_on(day)), None)


class Terms(Owned, Spell, Overridable, Base):
    """What a household is approved for, from and until, and how it came to be changed to that."""

    __tablename__ = "terms"
    __table_args__ = (
        of_household(),
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("until_on >= from_on", name="period"),
        CheckConstraint(OVERRIDE, name="override"),
        CheckConstraint("age_min <= age_max", name="ages"),
        CheckConstraint("age_min >= 0", name="age_min"),
        CheckConstraint(
            "(carer_type = 'connected_person') = (primary_offer = 'family_and_friends')"
            " OR primary_offer IS NULL OR primary_offer = 'not_known'",
            name="primary_offer",
        ),
        Index("ix_terms_household_id", "household_id"),
        Index(
            "ix_terms_ledger",
            "service_id",
            "household_id",
            postgresql_include=[*COUNTED, "places"],
        ),
    )

    household_id: Mapped[UUID]
    carer_type: Mapped[CarerType]
    primary_offer: Mapped[PrimaryOffer | None]
    places: Mapped[int]
    age_min: Mapped[int | None]  # whole years, both counted
    age_max: Mapped[int | None]
    genders: Mapped[list[str]] = mapped_column(default=list)  # empty: any
    placement_types: Mapped[list[str]] = mapped_column(default=list)
    siblings_only: Mapped[bool] = mapped_column(default=False)
    conditions: Mapped[str | None]
    change_route: Mapped[TermsRoute | None]  # none: the first terms, or not known
    proposed_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    household: Mapped[Household] = relationship(back_populates="terms")


class Person(Owned, Base):
    """A carer, or somebody who lives in a home or with an applicant."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        CheckConstraint("num_nonnulls(household_id, enquiry_id) > 0", name="belongs"),
        CheckConstraint("until_on >= from_on", name="period"),
    )

    ref: Mapped[str]
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    enquiry_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id"), index=True)
    role: Mapped[PersonRole]
    given_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    family_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    born_on: Mapped[date | None] = mapped_column(info=PERSONAL)
    gender: Mapped[Gender | None] = mapped_column(info=PERSONAL)
    ethnicity: Mapped[Ethnicity | None] = mapped_column(info=PERSONAL)
    languages: Mapped[list[str]] = mapped_column(default=list, info=PERSONAL)
    religion: Mapped[str | None] = mapped_column(info=PERSONAL)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    tsd: Mapped[Tsd | None]
    tsd_on: Mapped[date | None]

    household: Mapped[Household | None] = relationship(back_populates="people")

    @property
    def name(self) -> str:
        return " ".join(name for name in (self.given_name, self.family_name) if name) or self.ref


class SkillHeld(Owned, Dated, Base):
    """A skill of a household, at a level, from and until."""

    __tablename__ = "skill_held"
    __table_args__ = (
        of_household(),
        UniqueConstraint("household_id", "skill", "from_on"),
        CheckConstraint("until_on >= from_on", name="period"),
    )

    household_id: Mapped[UUID]
    skill: Mapped[Skill]
    level: Mapped[SkillLevel]
    evidence: Mapped[str | None]


class SchemeMember(Owned, Dated, Base):
    """A household's time in a scheme."""

    __tablename__ = "scheme_member"
    __table_args__ = (
        of_household(),
        UniqueConstraint("scheme_id", "household_id", "from_on"),
        CheckConstraint("until_on >= from_on", name="period"),
    )

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("scheme.id"))
    household_id: Mapped[UUID]

    scheme: Mapped[Scheme] = relationship()


class Exemption(Owned, Dated, Base):
    """Children named, who may live in a home beyond its places and the usual fostering limit.

    Given by the authority in whose area the carers live (Children Act 1989, Schedule 7). It names
    children of any service, since another's child may live there.
    """

    __tablename__ = "exemption"
    __table_args__ = (
        of_household(),
        UniqueConstraint("household_id", "from_on"),
        CheckConstraint("until_on >= from_on", name="period"),
    )

    household_id: Mapped[UUID]
    granted_by: Mapped[str | None]
    child_ids: Mapped[list[UUID]] = mapped_column(default=list)


class TemporaryApproval(Owned, Base):
    """For whom a home is approved as temporary or as adopter, and its one extension.

    The extension has what the Care Planning Regulations 2010, regulation 25, ask for (RULES 3).
    """

    __tablename__ = "temporary_approval"
    __table_args__ = (of_household(), UniqueConstraint("household_id"))

    household_id: Mapped[UUID]
    child_ids: Mapped[list[UUID]] = mapped_column(default=list)
    approved_by: Mapped[str | None]
    extended_on: Mapped[date | None]
    extension_reason: Mapped[ExtensionReason | None]
    panel_views_on: Mapped[date | None]
    iro_informed_on: Mapped[date | None]
    extension_approved_by: Mapped[str | None]
