"""The service's own references, given to new records in order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carers.domain.labels import Code


class Kind(Code):
    """What is given a reference, by the letter it begins with."""

    ENQUIRY = "E", "Enquiry"
    HOUSEHOLD = "H", "Household"
    CHILD = "C", "Child"
    PERSON = "P", "Person"
    PLACEMENT = "PL", "Placement"
    UNAVAILABILITY = "N", "Hold"
    PROVIDER = "A", "Agency"


DIGITS = 4


def next_reference(kind: Kind, in_use: Iterable[str]) -> str:
    """One more than the highest number in use with the prefix: E-0001, then E-0002.

    References of other shapes, as loads bring them, are left out of the count.
    """
    ours = re.compile(rf"{kind.value}-([0-9]{{1,18}})")
    numbers = (int(match[1]) for match in map(ours.fullmatch, in_use) if match)
    return f"{kind.value}-{max(numbers, default=0) + 1:0{DIGITS}}"
