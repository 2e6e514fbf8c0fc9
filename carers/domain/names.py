"""A person's name as somebody typed it, in its two parts; and the name of a home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev"})
PARTICLES = frozenset(
    {"al", "ap", "bin", "da", "de", "del", "den", "der", "di", "la", "le", "van", "von"}
)


class Name(NamedTuple):
    """``family`` is none where one word was typed: it is nobody's to guess."""

    given: str | None
    family: str | None


def split(typed: str) -> Name:
    """“Jo van der Berg” is Jo, of the family van der Berg; so is “van der Berg, Jo”."""
    family, comma, given = typed.partition(",")
    if comma and given.strip():
        return Name(_joined(given.split()), _joined(family.split()))
    words = _without_title(typed.split())
    if len(words) < 2:
        return Name(_joined(words), None)
    begins = len(words) - 1
    while begins > 1 and words[begins - 1].lower() in PARTICLES:
        begins -= 1
    return Name(_joined(words[:begins]), _joined(words[begins:]))


def of_home(typed: Sequence[str]) -> str:
    """“Angela and Michael Foyle” for two of one family, else both names in full."""
    people = [split(one) for one in typed]
    if len(people) == 2 and people[0].family and people[0].family == people[1].family:
        return f"{people[0].given} and {people[1].given} {people[0].family}"
    return " and ".join(" ".join(one.split()) for one in typed)


def _without_title(words: list[str]) -> list[str]:
    has_title = len(words) > 1 and words[0].lower().rstrip(".") in TITLES
    return words[1:] if has_title else words


def _joined(words: Sequence[str]) -> str | None:
    return " ".join(words) or None
