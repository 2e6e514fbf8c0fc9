"""How the list of enquiries reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.domain import clock, lateness
from carers.domain.case_state import CaseState
from carers.domain.register import Skill
from carers.domain.waits import WAITS
from carers.models import Allocation, Enquiry, KeptCase, Source
from carers.queries.enquiry_list import PER_PAGE, Show, Sort, Wanted

SOON = 2  # hours
TEXT_KEPT = 200


@dataclass(frozen=True)
class Row:
    """One enquiry. ``tag`` is the colour of what is due, none where nobody must act."""

    id: UUID
    ref: str
    name: str
    time_left: str
    tag: str | None
    second: str | None
    attempt: str
    received: str
    heard: str
    interests: str
    workers: str | None


@dataclass(frozen=True)
class Choice:
    """A box of the filter, or what is on with the address that takes it off."""

    words: str
    name: str = ""
    value: str = ""
    is_on: bool = False
    url: str = ""


@dataclass(frozen=True)
class Pages:
    """The pages of a list, for the component that links them."""

    total: int
    page: int

    @classmethod
    def of(cls, total: int, asked: str) -> Pages:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        return cls(total, min(max(number, 1), max(-(-total // PER_PAGE), 1)))

    @property
    def pages(self) -> int:
        return max(-(-self.total // PER_PAGE), 1)

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def next_num(self) -> int:
        return self.page + 1

    def iter_pages(self, **_: int) -> list[int | None]:
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        numbers = [number for number in sorted(near) if 1 <= number <= self.pages]
        shown: list[int | None] = []
        for number in numbers:
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    whom = args.getlist("with")
    sort = args.get("sort", "")
    return Wanted(
        q=args.get("q", "").replace("\x00", "").strip()[:TEXT_KEPT],
        show=frozenset(map(Show, set(args.getlist("show")) & set(Show))),
        mine="me" in whom,
        nobodys="nobody" in whom,
        sources=frozenset(one[:TEXT_KEPT].replace("\x00", "") for one in args.getlist("source")),
        interests=frozenset(set(args.getlist("interest")) & set(Skill)),
        sort=Sort(sort) if sort in set(Sort) else Sort.TIME_LEFT,
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """The address that asks for it again."""
    whom = [*(["me"] if wanted.mine else []), *(["nobody"] if wanted.nobodys else [])]
    query: dict[str, Any] = {
        "q": wanted.q,
        "show": sorted(wanted.show),
        "with": whom,
        "source": sorted(wanted.sources),
        "interest": sorted(wanted.interests),
        "sort": wanted.sort if wanted.sort is not Sort.TIME_LEFT else "",
    }
    return {name: value for name, value in query.items() if value}


def chips(wanted: Wanted, names: Mapping[str, str]) -> list[Choice]:
    """What is on, each with the address without it."""
    found = [
        *((f"“{wanted.q}”", replace(wanted, q="")) for _ in (wanted.q,) if wanted.q),
        *((one.label, replace(wanted, show=wanted.show - {one})) for one in sorted(wanted.show)),
        *(("With me", replace(wanted, mine=False)) for _ in (1,) if wanted.mine),
        *(("With no one yet", replace(wanted, nobodys=False)) for _ in (1,) if wanted.nobodys),
        *(
            (names.get(one, one), replace(wanted, sources=wanted.sources - {one}))
            for one in sorted(wanted.sources)
        ),
        *(
            (Skill(one).label, replace(wanted, interests=wanted.interests - {one}))
            for one in sorted(wanted.interests)
        ),
    ]
    return [Choice(words, url=_url(without)) for words, without in found]


def groups(
    wanted: Wanted, counts: Mapping[Show, int], sources: Sequence[Source]
) -> list[tuple[str, list[Choice]]]:
    """The boxes of the filter."""
    return [
        (
            "Show",
            [
                Choice(f"{one.label} ({counts[one]:,})", "show", one.value, one in wanted.show)
                for one in Show
            ],
        ),
        (
            "With",
            [
                Choice("Me", "with", "me", wanted.mine),
                Choice("No one yet", "with", "nobody", wanted.nobodys),
            ],
        ),
        (
            "How they heard",
            [Choice(one.name, "source", one.code, one.code in wanted.sources) for one in sources],
        ),
        (
            "Interested in",
            [
                Choice(one.label, "interest", one.value, one.value in wanted.interests)
                for one in Skill
            ],
        ),
    ]


def sentence(waiting: Sequence[KeptCase], now: datetime) -> str:
    """“10 people have not had a conversation yet. 2 are overdue and 5 run out today.”"""
    if not waiting:
        return "Everybody who asked has had a conversation."
    over = [one for one in waiting if one.state.response_is_overdue_at(now)]
    due = [one.first_response_due_at for one in waiting if one not in over]
    today = [one for one in due if one and clock.local_day(one) == clock.local_day(now)]
    people = filters.count(len(waiting), "household has", "households have")
    parts = [
        *([filters.count(len(over), "is overdue", "are overdue")] if over else []),
        *([filters.count(len(today), "runs out today", "run out today")] if today else []),
    ]
    tail = f" {filters.listed(parts)}." if parts else ""
    return f"{people} not had a conversation yet.{tail}"


def row(enquiry: Enquiry, now: datetime) -> Row:
    state = enquiry.case.state
    words, tag, second = _time_left(state, now)
    return Row(
        id=enquiry.id,
        ref=enquiry.ref,
        name=enquiry.name,
        time_left=words,
        tag=tag,
        second=second,
        attempt=_attempt(enquiry, state),
        received=filters.short_moment(enquiry.received_at),
        heard=enquiry.source.name if enquiry.source else "Not known",
        interests=filters.listed([Skill(one).label for one in enquiry.interests]) or "Not said",
        workers=filters.listed(workers_of(enquiry.allocations)) or None,
    )


def workers_of(allocations: Sequence[Allocation]) -> list[str]:
    """Who has it now."""
    today = clock.today()
    return [one.worker.name for one in allocations if one.period.covers(today)]


def _time_left(state: CaseState, now: datetime) -> tuple[str, str | None, str | None]:
    if not state.is_open or state.approved_on:
        return "Closed" if not state.is_open else "Approved", None, None
    if state.answered_at:
        return "Answered", None, f"Next: {WAITS[state.waits_for].act or 'nothing'}"
    due = state.first_response_due_at
    if due is None:
        return "Clock has not started", None, None
    left = lateness.response_left(due, now)
    tag = "red" if left.total_seconds() < 0 else None
    if tag is None and left.total_seconds() < SOON * 3600:
        tag = "orange"
    return lateness.left_or_over(left), tag, None


def _attempt(enquiry: Enquiry, state: CaseState) -> str:
    if not enquiry.phone and not enquiry.email:
        return "No way to contact: ask whoever passed it on"
    if state.answered_at or not state.is_open:
        return state.stage.label
    if not state.contact_attempts:
        return "Not tried yet"
    times = filters.count(state.contact_attempts, "try", "tries")
    return f"{times}, the last {filters.short_moment(state.last_attempt_at)}"


def csv_rows(found: Sequence[Enquiry]) -> list[list[Any]]:
    """Every enquiry that was found, one a line."""
    return [
        [
            enquiry.ref,
            enquiry.name,
            enquiry.phone,
            enquiry.email,
            enquiry.postcode,
            enquiry.received_at.isoformat(timespec="minutes"),
            enquiry.source.name if enquiry.source else None,
            ";".join(enquiry.interests),
            enquiry.case.stage,
            enquiry.case.waits_for,
            enquiry.case.first_response_due_at.isoformat(timespec="minutes")
            if enquiry.case.first_response_due_at and not enquiry.case.answered_at
            else None,
            ";".join(workers_of(enquiry.allocations)),
        ]
        for enquiry in found
    ]


CSV_HEADER = (
    *("enquiry", "name", "phone", "email", "postcode", "received_at", "heard_through"),
    *("interests", "stage", "waits_for", "answer_due_at", "with"),
)


def _url(wanted: Wanted) -> str:
    return url_for("enquiries.index", **query_of(wanted))
