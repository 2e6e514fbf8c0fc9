"""How the list of enquiries reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from carers import filters
from carers.domain import clock, lateness
from carers.domain.case_state import CaseState
from carers.domain.labels import Code
from carers.domain.recruitment import ClosingReason, WithdrawalReason
from carers.domain.register import Skill
from carers.domain.stages import Beside
from carers.domain.working_days import CalendarEnds, working_time
from carers.models import Allocation, Enquiry, KeptCase, Membership, Source
from carers.queries.enquiry_list import ME, NOBODY, Show, Sort, Wanted

SOON = timedelta(hours=2)
REASONS: tuple[type[Code], ...] = (ClosingReason, WithdrawalReason)
NO_WAY = "No way to contact: ask whoever passed it on"
TEXT_KEPT = 200


@dataclass(frozen=True)
class TimeLeft:
    """What is left to answer, or what became of it; ``colour`` where somebody must act."""

    words: str
    colour: str | None = None
    beside: str | None = None


@dataclass(frozen=True)
class Row:
    """One enquiry. ``is_open`` is for whoever may take it, ``problem`` stands in bold."""

    id: UUID
    ref: str
    name: str
    time_left: TimeLeft
    beside: str
    problem: str | None
    received: str
    heard: str
    campaign: str | None
    interests: str
    workers: str | None
    is_open: bool


@dataclass(frozen=True)
class Choice:
    """A box of the filter, or what is on with the address that takes it off."""

    words: str
    name: str = ""
    value: str = ""
    is_on: bool = False
    url: str = ""


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    sort = args.get("sort", "")
    return Wanted(
        q=args.get("q", "").replace("\x00", "").strip()[:TEXT_KEPT],
        show=frozenset(map(Show, set(args.getlist("show")) & set(Show))),
        workers=frozenset(filter(None, map(_worker, args.getlist("with")))),
        sources=frozenset(one[:TEXT_KEPT].replace("\x00", "") for one in args.getlist("source")),
        interests=frozenset(set(args.getlist("interest")) & set(Skill)),
        sort=Sort(sort) if sort in set(Sort) else Sort.TIME_LEFT,
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """The address that asks for it again."""
    query: dict[str, Any] = {
        "q": wanted.q,
        "show": sorted(wanted.show),
        "with": sorted(wanted.workers),
        "source": sorted(wanted.sources),
        "interest": sorted(wanted.interests),
        "sort": wanted.sort if wanted.sort is not Sort.TIME_LEFT else "",
    }
    return {name: value for name, value in query.items() if value}


def chips(wanted: Wanted, names: Mapping[str, str]) -> list[Choice]:
    """What is on, each with the address without it; ``names`` are those of sources and workers."""
    found = [
        *([(f"“{wanted.q}”", replace(wanted, q=""))] if wanted.q else []),
        *((one.label, replace(wanted, show=wanted.show - {one})) for one in sorted(wanted.show)),
        *(
            (_with_words(one, names), replace(wanted, workers=wanted.workers - {one}))
            for one in sorted(wanted.workers)
        ),
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
    wanted: Wanted,
    counts: Mapping[Show, int],
    sources: Sequence[Source],
    workers: Sequence[Membership],
) -> list[tuple[str, list[Choice]]]:
    """The boxes of the filter. ``workers`` are none for somebody who sees their own only."""
    whom = [(ME, "Me"), *((str(one.id), one.name) for one in workers), (NOBODY, "No one yet")]
    heard = {one.code: one.name for one in sources}
    return [
        (
            "Show",
            [
                Choice(f"{one.label} ({counts[one]:,})", "show", one.value, one in wanted.show)
                for one in Show
            ],
        ),
        ("With", _choices("with", whom if workers else [], wanted.workers)),
        ("How they heard", _choices("source", heard.items(), wanted.sources)),
        (
            "Interested in",
            _choices("interest", ((one.value, one.label) for one in Skill), wanted.interests),
        ),
    ]


def sentence(waiting: Sequence[KeptCase], now: datetime) -> str:
    """“10 people have not had a conversation yet. 2 are overdue and 5 run out today.”"""
    if not waiting:
        return "Nobody is waiting for a first conversation."
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
    reachable = enquiry.phone or enquiry.email
    is_open = state.is_open and enquiry.duplicate_of_id is None
    return Row(
        id=enquiry.id,
        ref=enquiry.ref,
        name=enquiry.name,
        time_left=time_left(state, now) if is_open else _over(enquiry, state),
        beside=_beside(state, now) if is_open else _reason(state),
        problem=None if reachable or not is_open else NO_WAY,
        received=filters.short_moment(enquiry.received_at),
        heard=enquiry.source.name if enquiry.source else filters.NOT_KNOWN.capitalize(),
        campaign=enquiry.campaign.name if enquiry.campaign else None,
        interests=interests(enquiry.interests),
        workers=filters.listed(workers_of(enquiry.allocations)) or None,
        is_open=is_open,
    )


def interests(codes: Sequence[str]) -> str:
    """“Teenagers, parent and child”."""
    words = ", ".join(Skill(one).label.lower() for one in codes)
    return words[0].upper() + words[1:] if words else "Not said"


def workers_of(allocations: Sequence[Allocation]) -> list[str]:
    """Who has it now."""
    today = clock.today()
    return [one.worker.name for one in allocations if one.period.covers(today)]


def time_left(state: CaseState, now: datetime) -> TimeLeft:
    """Of an open enquiry: the working time left to answer it, or what it took."""
    if state.beside is Beside.NOT_NOW:
        return TimeLeft("Put off", None, f"until {filters.day(state.not_now_until_on)}")
    if state.answered_at:
        return TimeLeft("Answered", None, _took(state.received_at, state.answered_at))
    due = state.first_response_due_at
    if due is None:
        return TimeLeft("No limit known")
    left = lateness.response_left(due, now)
    colour = "red" if left < timedelta(0) else "orange" if left < SOON else None
    return TimeLeft(lateness.left_or_over(left), colour)


def _over(enquiry: Enquiry, state: CaseState) -> TimeLeft:
    if enquiry.duplicate_of_id:
        return TimeLeft("Duplicate")
    words = state.beside.label if state.beside else state.stage.label
    return TimeLeft(words, None, filters.day(state.closed_on or state.approved_on))


def _reason(state: CaseState) -> str:
    """Why a case was closed, or an applicant withdrew."""
    labels = {code.value: code.label for kind in REASONS for code in kind}
    return labels.get(state.closing_reason or "", "")


def _took(received_at: datetime, answered_at: datetime) -> str | None:
    """“in 5 hours” of working time."""
    try:
        return f"in {filters.length(working_time(received_at, answered_at))}"
    except CalendarEnds:
        return None


def _beside(state: CaseState, now: datetime) -> str:
    """The last attempt while nobody has answered, then what comes next."""
    if state.handed_over_to:
        return f"Handed over to {state.handed_over_to}, not taken up yet"
    if state.answered_at or state.beside is Beside.NOT_NOW:
        return f"Next: {_lower(state.waits_for.label)}"
    if not state.last_attempt_at:
        return "Not tried yet"
    when = lateness.when_words(state.last_attempt_at, now)
    if state.contact_attempts == 1:
        return f"One try, {when}"
    return f"{state.contact_attempts} tries, the last {when}"


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


def _worker(typed: str) -> str | None:
    if typed in (ME, NOBODY):
        return typed
    try:
        return str(UUID(typed))
    except ValueError:
        return None


def _with_words(worker: str, names: Mapping[str, str]) -> str:
    known = {ME: "me", NOBODY: "no one yet"} | dict(names)
    return f"With {known.get(worker, 'somebody')}"


def _choices(name: str, offered: Iterable[tuple[str, str]], chosen: frozenset[str]) -> list[Choice]:
    return [Choice(words, name, value, value in chosen) for value, words in offered]


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _url(wanted: Wanted) -> str:
    return url_for("enquiries.index", **query_of(wanted))
