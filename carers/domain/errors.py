"""The three families of refusal, each with one meaning at the edge."""

from __future__ import annotations


class DomainError(Exception):
    """Something the domain refuses: its words are for the person reading the page."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """There is no such record, or the viewer may not know that there is: a 404."""

    def __init__(self, sentence: str = "There is no such record") -> None:
        super().__init__(sentence)


class RuleBroken(DomainError):
    """A rule was broken by what was typed: it goes beside ``field``, or is a 409."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class EntryRemoved(RuleBroken):
    """An entry was a mistake, as somebody has said: a 409, or its record with these words."""

    WORDS = "That entry was removed, it was a mistake: it stays in the history, struck through"

    def __init__(self, sentence: str = WORDS) -> None:
        super().__init__(sentence)


class Busy(DomainError):
    """Somebody else changed the same record at the same moment: a 409."""


class NotPermitted(DomainError):
    """The role may not do this to this record: a 403."""
