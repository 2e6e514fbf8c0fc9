"""Outward codes of postcodes, which say the district and not the street."""

from __future__ import annotations

import re

PARTS = re.compile("[0-9]+")


def in_order(area: str | None) -> tuple[bool, str, int, str]:
    """The key that puts LF2 before LF11, and what is not known last."""
    code = area or ""
    number = PARTS.search(code)
    before = code[: number.start()] if number else code
    return area is None, before, int(number[0][:9]) if number else 0, code
