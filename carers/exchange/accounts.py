"""Which account each person of a load signs in with: one for each email, without a password."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import func, select

from carers.db import db, set_viewer
from carers.exchange.records import Record, Records, grouped
from carers.models import Membership, User


class Accounts:
    """The accounts of the people whose row is new, or whose email changes.

    An email that changes is that account’s, unless the account is somebody’s in another service
    too, or the new email has an account already: then this service’s person signs in with that.
    """

    def __init__(self, records: Records, service_ids: Sequence[UUID]) -> None:
        people = [one for one in records.taken() if one.file.name == "users"]
        self.moving = [one for one in people if one.is_new or "email" in one.changes]
        self._service_ids = service_ids
        self._known = _known({one["email"] for one in self.moving})
        self.made: dict[str, UUID] = {}
        self.renamed: dict[UUID, str] = {}

    def settle(self) -> None:
        """Decide of each: kept under a new email, found, or made."""
        for people in self._by_account():
            emails = {one["email"] for one in people}
            account_id = people[0].account_id
            if account_id is not None and len(emails) == 1 and self._is_theirs(account_id, people):
                self._rename(account_id, emails.pop())
        for person in self.moving:
            person.new_account_id = self._account_of(person["email"])

    def _by_account(self) -> Iterable[list[Record]]:
        groups: dict[UUID, list[Record]] = {}
        for person in self.moving:
            if person.account_id is not None:
                groups.setdefault(person.account_id, []).append(person)
        return groups.values()

    def _is_theirs(self, account_id: UUID, people: Sequence[Record]) -> bool:
        """Whether nobody signs in with an account but these, in any service."""
        set_viewer(self._service_ids, user_id=account_id)
        count = select(func.count()).select_from(Membership)
        found = db.session.scalar(count.where(Membership.user_id == account_id))
        set_viewer(self._service_ids)
        return found == len(people)

    def _rename(self, account_id: UUID, email: str) -> None:
        if email not in self._known:
            self._known[email] = account_id
            self.renamed[account_id] = email

    def _account_of(self, email: str) -> UUID:
        if email not in self._known:
            self._known[email] = self.made[email] = uuid4()
        return self._known[email]

    def service_of(self, account_id: UUID) -> Record | None:
        """The service of the first person who is given an account: whose audit tells of it."""
        of_account = grouped(
            (one for one in self.moving if one.new_account_id == account_id),
            lambda one: one.service,
        )
        return next(iter(of_account), None)


def _known(emails: set[str]) -> dict[str, UUID]:
    query = select(User.email, User.id).where(User.email.in_(emails))
    return dict(db.session.execute(query).tuples().all())
