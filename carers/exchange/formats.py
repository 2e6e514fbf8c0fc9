"""How a cell is read: a reader gives its value, or says what is wrong and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from carers.domain.clock import LONDON, at
from carers.domain.happenings import read_day
from carers.domain.labels import Code

Reader = Callable[[str], Any]

LONGEST = 10_000  # characters of a cell
LONGEST_KEY = 200  # characters: an index entry has no room for more than a few times that
LARGEST_WHOLE = 2**31 - 1
LARGEST_MONEY = Decimal("9999999999.99")
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of an instant: outside them it is a slip of typing
A_DAY = "a date as YYYY-MM-DD, such as 2023-02-28"
AN_INSTANT = (
    "an instant as YYYY-MM-DDTHH:MM, with an offset or in London time, such as"
    " 2023-02-28T09:30, or a day alone"
)
DAY_SHAPE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT_SHAPE = re.compile(
    rf"{DAY_SHAPE}([T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


class Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected


def words(text: str) -> str:
    """Any text of a length to read, without the one character that the database cannot keep."""
    if "\0" in text:
        raise Wrong("a character (NUL) that is no part of any text", "the text without it")
    if len(text) > LONGEST:
        raise Wrong(f"{len(text):,} characters long", f"{LONGEST:,} characters or fewer")
    return text


def name(text: str) -> str:
    """A reference, a code or a label: what a record is known by."""
    if len(text) > LONGEST_KEY:
        raise Wrong(f"{len(text)} characters long", f"{LONGEST_KEY} characters or fewer")
    return text


def email(text: str) -> str:
    """An address to sign in with: case and spelling of one account are one."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise Wrong("not an email address", "an email address, such as ann@example.org")
    return name(text.lower())


def day(text: str) -> date:
    found = read_day(text)
    if found is None and re.fullmatch(DAY_SHAPE, text):
        raise Wrong("not a day in the calendar", A_DAY)
    if found is None:
        raise Wrong("not a date", A_DAY)
    return found


def instant(text: str) -> datetime:
    """In UTC. Without an offset it is London's; a day alone is its 00:00."""
    if not INSTANT_SHAPE.fullmatch(text):
        raise Wrong("not a date and time", AN_INSTANT)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong("not a time of a day in the calendar", AN_INSTANT) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(f"not in the years {FIRST_YEAR} to {LAST_YEAR}", AN_INSTANT)
    return _of_london(found) if found.tzinfo is None else found.astimezone(UTC)


def _of_london(found: datetime) -> datetime:
    instant = at(found.date(), found.time()).astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != found:
        raise Wrong(
            "a time that London’s clocks went past, in the night to summer time", AN_INSTANT
        )
    return instant


def truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise Wrong("neither true nor false", "true or false")
    return text == "true"


def whole(*, least: int = 0) -> Reader:
    """A whole number, no smaller than ``least``."""
    expected = f"a whole number, {least} or more, such as {least + 2}"

    def read(text: str) -> int:
        if not re.fullmatch("-?[0-9]+", text):
            raise Wrong("not a whole number", expected)
        if len(text) > len(str(LARGEST_WHOLE)) or int(text) > LARGEST_WHOLE:
            raise Wrong("larger than any that is kept", expected)
        if int(text) < least:
            raise Wrong(f"below {least}" if least else "below nought", expected)
        return int(text)

    return read


def number(text: str) -> Decimal:
    """A plain decimal, nought or more."""
    expected = "a plain decimal, nought or more, such as 12.5"
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise Wrong("not a number: no sign for thousands or currency is taken", expected)
    if len(text) > LONGEST_KEY or (found := Decimal(text)) > LARGEST_MONEY:
        raise Wrong("larger than any that is kept", expected)
    if found < 0:
        raise Wrong("below nought", expected)
    return found


def money(text: str) -> Decimal:
    """Pounds, or another figure with at most two decimals."""
    found = number(text)
    if found != round(found, 2):
        raise Wrong("more than two decimals", "at most two decimals, such as 512.50")
    return round(found, 2)


def code(kind: type[Code]) -> Reader:
    """One of a list of codes."""
    known = {member.value: member for member in kind}

    def read(text: str) -> Code:
        if text not in known:
            raise Wrong(*not_a_code(text, list(known)))
        return known[text]

    return read


def codes(kind: type[Code]) -> Reader:
    """Some of a list of codes, separated by ``;``, each once."""
    read_one = code(kind)

    def read(text: str) -> list[str]:
        return [read_one(one).value for one in listed(text)]

    return read


def listed(text: str) -> list[str]:
    """What stands between the semicolons, each once, in order."""
    parts = (part.strip() for part in text.split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def not_a_code(text: str, known: list[str]) -> tuple[str, str]:
    """An unknown code, and the nearest known or all of them."""
    near = get_close_matches(text.lower(), known, n=1, cutoff=0.75)
    return f"“{text}” is not a code of this column", (
        f"one of {', '.join(known)}" + (f": perhaps {near[0]}" if near else "")
    )


def utc(found: datetime | None) -> datetime | None:
    """As instants are compared here: two of one zone are compared by its wall clock."""
    return found.astimezone(UTC) if found else None


def told(found: date) -> str:
    """A day or an instant as a file may say it, an instant in London time."""
    if isinstance(found, datetime):
        return found.astimezone(LONDON).isoformat(timespec="minutes")
    return found.isoformat()
