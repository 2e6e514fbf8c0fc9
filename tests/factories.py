"""Records for tests: `make.household(places=2)` and the like, with what they need made for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import text

from carers.db import db, set_viewer
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.children import PlaceType, ProviderKind
from carers.domain.recruitment import Event, ServiceKind
from carers.domain.register import CarerType, PersonRole, Skill, SkillLevel
from carers.domain.roles import Role
from carers.domain.targets import Measure, Shape
from carers.domain.viewer import Viewer
from carers.models import (
    Allocation,
    Child,
    Confirmation,
    Enquiry,
    Exemption,
    FosteringService,
    Household,
    Membership,
    Person,
    PipelineEvent,
    Placement,
    Provider,
    Search,
    Setting,
    SkillHeld,
    Source,
    Target,
    TemporaryApproval,
    Terms,
    Unavailability,
    User,
)
from carers.services import cases

_numbers = count(1000)  # apart from the references that tests name themselves
LONG_AGO = date(2020, 4, 1)


@contextmanager
def as_worker() -> Iterator[None]:
    """Take the worker's role for a moment: no page writes services, people or settings."""
    db.session.execute(text("SET LOCAL ROLE carers_worker"))
    try:
        yield
    finally:
        db.session.execute(text("SET LOCAL ROLE NONE"))


class Make:
    """Each factory commits, so that a refused change takes nothing of what was made with it."""

    @staticmethod
    def keep(record: Any) -> Any:
        with as_worker():
            db.session.add(record)
            db.session.flush()
        db.session.commit()
        return record

    @classmethod
    def service(cls, **given: Any) -> FosteringService:
        number = next(_numbers)
        named = {
            "code": f"service-{number}",
            "name": f"Service {number}",
            "kind": ServiceKind.LOCAL_AUTHORITY,
        }
        service: FosteringService = cls.keep(FosteringService(**(named | given)))
        cls.show(service)
        return service

    @staticmethod
    def show(*services: FosteringService) -> None:
        """Let this test's session see the rows of more services."""
        seen = db.session.info["viewer"]["carers.services"]
        ids = [UUID(one) for one in seen.split(",") if one]
        set_viewer([*ids, *(service.id for service in services)])

    @classmethod
    def viewer(cls, *roles: Role, works_for: FosteringService | None = None) -> Viewer:
        """Somebody at work in a service, as queries, services and `sign_in` take them."""
        return cls.viewer_of(cls.member(*roles, works_for=works_for))

    @classmethod
    def member(
        cls, *roles: Role, works_for: FosteringService | None = None, **given: Any
    ) -> Membership:
        service = works_for or cls.service()
        number = next(_numbers)
        user = given.pop("user", None) or cls.keep(User(email=f"person{number}@example.org"))
        named = {"ref": f"U-{number}", "name": f"Worker {number}", "role_codes": list(roles)}
        member: Membership = cls.keep(
            Membership(service_id=service.id, user_id=user.id, **(named | given))
        )
        return member

    @staticmethod
    def viewer_of(member: Membership) -> Viewer:
        return Viewer(
            ref=member.ref,
            name=member.name,
            service_id=member.service_id,
            service_ids=(member.service_id,),
            roles=member.roles,
            membership_id=member.id,
            user_id=member.user_id,
            came_from="test",
        )

    @classmethod
    def setting(cls, service: FosteringService, key: str, value: str) -> Setting:
        made: Setting = cls.keep(
            Setting(service_id=service.id, key=key, value=value, from_on=LONG_AGO)
        )
        return made

    @classmethod
    def source(cls, service: FosteringService, **given: Any) -> Source:
        named = {"code": f"source-{next(_numbers)}", "name": "Radio"}
        source: Source = cls.keep(Source(service_id=service.id, **(named | given)))
        return source

    @classmethod
    def enquiry(
        cls,
        service: FosteringService | None = None,
        *events: tuple[Event, datetime] | tuple[Event, datetime, str],
        **given: Any,
    ) -> Enquiry:
        """An enquiry with what happened in it, and its case folded."""
        service = service or cls.service()
        named = {
            "ref": f"E-{next(_numbers):04}",
            "received_at": clock.now() - timedelta(hours=1),
            "applicant_1": "Marcus Bell",
        }
        enquiry: Enquiry = cls.keep(Enquiry(service_id=service.id, **(named | given)))
        for event, at, *detail in events:
            cls.keep(
                PipelineEvent(
                    service_id=service.id,
                    enquiry_id=enquiry.id,
                    event=event,
                    at=at,
                    detail=detail[0] if detail else None,
                )
            )
        with as_worker():
            db.session.expire_all()
            cases.refold(enquiry.id)
            db.session.flush()
        db.session.commit()
        return enquiry

    @classmethod
    def household(
        cls, service: FosteringService | None = None, *, places: int | None = 1, **given: Any
    ) -> Household:
        """A home approved on 1 April 2020, with open terms for `places` unless that is none."""
        service = service or cls.service()
        number = next(_numbers)
        own = set(Household.__mapper__.columns.keys())
        terms = {name: given.pop(name) for name in set(given) - own}
        named = {
            "ref": f"H-{number:04}",
            "name": f"Angela and Michael Foyle {number}",
            "approved_on": LONG_AGO,
            "phone": "01632 960645",
            "postcode": "LF4 1AA",
        }
        household: Household = cls.keep(Household(service_id=service.id, **(named | given)))
        if places is not None:
            cls.terms(household, places=places, **terms)
        return household

    @classmethod
    def terms(cls, household: Household, **given: Any) -> Terms:
        named = {
            "places": 1,
            "from_on": household.approved_on,
            "carer_type": CarerType.GENERAL,
            "age_min": 0,
            "age_max": 17,
        }
        terms: Terms = cls.keep(
            Terms(household_id=household.id, service_id=household.service_id, **(named | given))
        )
        return terms

    @classmethod
    def person(cls, household: Household, **given: Any) -> Person:
        named = {
            "ref": f"P-{next(_numbers)}",
            "role": PersonRole.CARER,
            "given_name": "Angela",
            "family_name": "Foyle",
        }
        person: Person = cls.keep(
            Person(household_id=household.id, service_id=household.service_id, **(named | given))
        )
        return person

    @classmethod
    def skill(cls, household: Household, skill: Skill, **given: Any) -> SkillHeld:
        named = {"level": SkillLevel.APPROVED, "from_on": household.approved_on}
        held: SkillHeld = cls.keep(
            SkillHeld(
                household_id=household.id,
                service_id=household.service_id,
                skill=skill,
                **(named | given),
            )
        )
        return held

    @classmethod
    def child(cls, service: FosteringService | None = None, **given: Any) -> Child:
        service = service or cls.service()
        named = {"ref": f"C-{next(_numbers):04}", "born_on": date(2018, 5, 2)}
        child: Child = cls.keep(Child(service_id=service.id, **(named | given)))
        return child

    @classmethod
    def exemption(cls, household: Household, *children: Child, **given: Any) -> Exemption:
        named = {"from_on": household.approved_on, "granted_by": "Elmshire"}
        exemption: Exemption = cls.keep(
            Exemption(
                household_id=household.id,
                service_id=household.service_id,
                child_ids=[child.id for child in children],
                **(named | given),
            )
        )
        return exemption

    @classmethod
    def temporary_approval(
        cls, household: Household, *children: Child, **given: Any
    ) -> TemporaryApproval:
        approval: TemporaryApproval = cls.keep(
            TemporaryApproval(
                household_id=household.id,
                service_id=household.service_id,
                child_ids=[child.id for child in children],
                **given,
            )
        )
        return approval

    @classmethod
    def provider(cls, service: FosteringService, **given: Any) -> Provider:
        named = {"ref": f"A-{next(_numbers)}", "name": "Larkfield", "kind": ProviderKind.IFA}
        provider: Provider = cls.keep(Provider(service_id=service.id, **(named | given)))
        return provider

    @classmethod
    def placement(
        cls,
        household: Household | None = None,
        *,
        child: Child | None = None,
        service: FosteringService | None = None,
        **given: Any,
    ) -> Placement:
        """A child in a home, or with `provider=`, since 1 January 2026 unless said."""
        if household is not None:
            given |= {"household_id": household.id, "household_service_id": household.service_id}
        if provider := given.pop("provider", None):
            given["provider_id"] = provider.id
        owner = service or (household.service if household else None) or provider
        service_id = owner.id if isinstance(owner, FosteringService) else owner.service_id
        if child is None:
            child = cls.keep(
                Child(service_id=service_id, ref=f"C-{next(_numbers):04}", born_on=date(2018, 5, 2))
            )
        named = {
            "ref": f"PL-{next(_numbers):04}",
            "from_on": date(2026, 1, 1),
            "place_type": PlaceType.U6,
        }
        placement: Placement = cls.keep(
            Placement(service_id=service_id, child_id=child.id, **(named | given))
        )
        return placement

    @classmethod
    def hold(cls, household: Household, **given: Any) -> Unavailability:
        named = {
            "ref": f"N-{next(_numbers):04}",
            "places": 1,
            "reason": UnavailableReason.CARER_BREAK,
            "from_on": date(2026, 1, 1),
        }
        hold: Unavailability = cls.keep(
            Unavailability(
                household_id=household.id, service_id=household.service_id, **(named | given)
            )
        )
        return hold

    @classmethod
    def search(cls, *children: Child, **given: Any) -> Search:
        """An open search for a home for these children."""
        named = {
            "ref": f"S-{next(_numbers):04}",
            "opened_at": clock.now() - timedelta(days=1),
        }
        search: Search = cls.keep(
            Search(
                service_id=children[0].service_id,
                child_ids=[child.id for child in children],
                **(named | given),
            )
        )
        return search

    @classmethod
    def confirmation(cls, household: Household, at: datetime, **given: Any) -> Confirmation:
        made: Confirmation = cls.keep(
            Confirmation(household_id=household.id, service_id=household.service_id, at=at, **given)
        )
        return made

    @classmethod
    def allocation(
        cls,
        viewer: Viewer,
        *,
        household: Household | None = None,
        enquiry: Enquiry | None = None,
        from_on: date = LONG_AGO,
        **given: Any,
    ) -> Allocation:
        """A household or an enquiry given to somebody to work with."""
        made: Allocation = cls.keep(
            Allocation(
                service_id=viewer.service_id,
                membership_id=viewer.membership_id,
                household_id=household.id if household else None,
                enquiry_id=enquiry.id if enquiry else None,
                from_on=from_on,
                **given,
            )
        )
        return made

    @classmethod
    def target(cls, service: FosteringService, **given: Any) -> Target:
        named = {
            "label": f"Target {next(_numbers)}",
            "measure": Measure.HOUSEHOLDS_APPROVED,
            "shape": Shape.COUNT,
            "first_on": date(2026, 4, 1),
            "last_on": date(2027, 3, 31),
            "value": 20,
        }
        target: Target = cls.keep(Target(service_id=service.id, **(named | given)))
        return target
