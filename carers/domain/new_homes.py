"""A home approved otherwise than by the panel's way: what must be so for it to be added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from carers.domain import names, placing
from carers.domain.errors import RuleBroken
from carers.domain.exemptions import NobodyNamed
from carers.domain.lateness import day_month
from carers.domain.register import Approval
from carers.domain.working_days import add_years

KINDS = (Approval.TEMPORARY, Approval.ADOPTER, Approval.HOST)
AHEAD = timedelta(weeks=4)  # a child may be about to come


@dataclass(frozen=True)
class NewHome:
    """Who is approved, as what, from which day, and for which children (RULES 3).

    ``children`` are references; ``born_on`` is of a child who has none yet. Both are for those
    approved for named children alone, as ``approved_by`` is.
    """

    approval: Approval
    carers: tuple[str, ...]
    approved_on: date
    children: tuple[str, ...] = ()
    born_on: date | None = None
    approved_by: str | None = None

    @property
    def name(self) -> str:
        return names.of_home(self.carers)

    def check(self, today: date) -> None:
        """Raise RuleBroken; NobodyNamed where the approval is for a child."""
        if self.approval not in KINDS:
            raise RuleBroken(
                "A full approval is the decision maker’s, after the panel", field="approval"
            )
        first, last = add_years(today, -placing.OF_AGE), today + AHEAD
        if not first <= self.approved_on <= last:
            words = f"{day_month(first, today)} and {day_month(last, today)}"
            raise RuleBroken(f"The first day must be between {words}", field="approved_on")
        if self.approval is Approval.HOST:
            self._check_names_nobody()
            return
        if self.born_on:
            placing.check_is_child(self.born_on, self.approved_on)
        elif not self.children:
            raise NobodyNamed
        if not self.approved_by:
            raise RuleBroken("Enter who approved them", field="approved_by")

    def _check_names_nobody(self) -> None:
        if self.children or self.born_on:
            raise RuleBroken(
                "Leave this empty for a host, who is approved for no child by name",
                field="children" if self.children else "born_on",
            )
