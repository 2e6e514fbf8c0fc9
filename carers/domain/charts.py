"""What a picture of figures is of, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

CHARTS = UUID("5d0a8a5e-7c1f-4d0c-9a51-6c6d1f2f8f0b")


@dataclass(frozen=True)
class Recorded:
    """How far a service's records had come: its last audit number, and how many entries there are.

    Of two changes at once the later number may be committed first, and the last number is then the
    same before the other as after: their count is not.
    """

    number: int
    entries: int


@dataclass(frozen=True)
class ChartKey:
    """A report as it was asked, over records as they were: the same key, the same picture.

    ``parameters`` are what the report was asked, as text.
    """

    service_id: UUID
    report: str
    parameters: Mapping[str, str]
    recorded: Recorded

    @property
    def id(self) -> UUID:
        asked = "&".join(f"{name}={self.parameters[name]}" for name in sorted(self.parameters))
        of = (self.service_id, self.report, asked, self.recorded.number, self.recorded.entries)
        return uuid5(CHARTS, "/".join(map(str, of)))
