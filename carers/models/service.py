"""Fostering services, the people who work in them, and what they have set for themselves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carers.domain.recruitment import ServiceKind, SourceKind
from carers.domain.roles import Role
from carers.domain.targets import Measure, Shape
from carers.models.base import PERSONAL, Base, Dated, Owned


class FosteringService(Base):
    __tablename__ = "fostering_service"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[ServiceKind]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("fostering_service.id"), index=True)
    gss_code: Mapped[str | None]
    ofsted_urn: Mapped[str | None]


class User(Base):
    """A person who may sign in, in whichever services they have a membership of."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(unique=True, info=PERSONAL)  # lower case
    password_hash: Mapped[str | None] = mapped_column(
        info=PERSONAL
    )  # none: invited, and cannot sign in
    is_active: Mapped[bool] = mapped_column(default=True)

    memberships: Mapped[list[Membership]] = relationship(back_populates="user")


class SignInTry(Base):
    """One try at signing in. ``account`` is a keyed digest of the email, anybody's or nobody's."""

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_account_at", "account", "at"),
        Index("ix_sign_in_try_came_from_at", "came_from", "at"),
        Index("ix_sign_in_try_at", "at"),
    )

    account: Mapped[str]
    at: Mapped[datetime]
    came_from: Mapped[str]
    succeeded: Mapped[bool]


class Membership(Owned, Base):
    """One person at work in one service, in one or more roles."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        UniqueConstraint("service_id", "user_id"),
    )

    ref: Mapped[str]
    name: Mapped[str] = mapped_column(info=PERSONAL)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    role_codes: Mapped[list[str]] = mapped_column(default=list)

    user: Mapped[User] = relationship(back_populates="memberships")
    service: Mapped[FosteringService] = relationship()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(map(Role, self.role_codes))


class Allocation(Owned, Dated, Base):
    """Which worker has which enquiry or household, from and until."""

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("num_nonnulls(enquiry_id, household_id) = 1", name="one_record"),
        CheckConstraint("until_on >= from_on", name="period"),
        UniqueConstraint(
            "membership_id",
            "enquiry_id",
            "household_id",
            "from_on",
            postgresql_nulls_not_distinct=True,
        ),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    enquiry_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id"), index=True)
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    is_cover: Mapped[bool] = mapped_column(default=False)

    worker: Mapped[Membership] = relationship()


class Setting(Owned, Base):
    """One of the service's own standards, from a day on."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("service_id", "key", "from_on"),)

    key: Mapped[str]
    value: Mapped[str]
    from_on: Mapped[date]


class Source(Owned, Base):
    """A way people hear of fostering."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("service_id", "code"),)

    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[SourceKind | None]


class Campaign(Owned, Base):
    """A piece of marketing; its cost is in pounds."""

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("service_id", "ref"),
        CheckConstraint("until_on >= from_on", name="period"),
        CheckConstraint("cost >= 0", name="cost"),
    )

    ref: Mapped[str]
    name: Mapped[str]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("source.id"), index=True)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    cost: Mapped[Decimal | None]


class Scheme(Owned, Base):
    """A named scheme of the service, such as a hub of homes around one experienced carer."""

    __tablename__ = "scheme"
    __table_args__ = (
        UniqueConstraint("service_id", "code"),
        CheckConstraint("until_on >= from_on", name="period"),
    )

    code: Mapped[str]
    name: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]


class Target(Owned, Base):
    """What was promised, by when (METRICS, Recruitment against target)."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("service_id", "label"),
        CheckConstraint("last_on >= first_on", name="period"),
    )

    label: Mapped[str]
    measure: Mapped[Measure]
    segment: Mapped[str | None]
    shape: Mapped[Shape]
    first_on: Mapped[date]
    last_on: Mapped[date]
    value: Mapped[Decimal]
    upper: Mapped[Decimal | None]
    ambition: Mapped[Decimal | None]
    baseline: Mapped[Decimal | None]
