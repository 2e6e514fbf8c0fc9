"""Temporary approvals after the load: those that went on past their last day."""

from __future__ import annotations

from datetime import timedelta

from carers.domain import clock
from carers.domain.temporary_approvals import last_day
from carers.exchange.checks_register import row_of, touched_homes
from carers.exchange.findings import Report
from carers.exchange.records import Record, Records

A_DAY = timedelta(days=1)


def check(records: Records, report: Report) -> None:
    """A finding of each household that the folder touches (EXCHANGE, Findings; RULES 3)."""
    of_home = records.by("temporary_approvals", "household_id")
    for home in touched_homes(records):
        _past_its_last_day(home, of_home.get(home, []), report)


def _past_its_last_day(home: Record, said: list[Record], report: Report) -> None:
    extended_on = said[0]["extended_on"] if said else None
    reason = said[0]["extension_reason"] if said else None
    last = last_day(home["approval"], home["approved_on"], extended_on=extended_on, reason=reason)
    row = row_of(*said, home)
    if last is None or row is None:
        return
    today = clock.today()
    ended = home["ended_on"]
    went_on_to = today if ended is None else min(today, ended - A_DAY)
    if went_on_to > last:
        sentence = f"the temporary approval of household {home.ref} went on after its last day"
        report.finding(row, None, f"{sentence}, {last}")
