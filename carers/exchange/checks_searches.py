"""Searches after the load: closed without an outcome, or with a placement that was a mistake."""

from __future__ import annotations

from carers.exchange.checks_register import row_of
from carers.exchange.findings import Report
from carers.exchange.records import Records


def check(records: Records, report: Report) -> None:
    for search in records.current("searches"):
        if search.row is not None and search["closed_at"] and search["outcome"] is None:
            sentence = f"search {search.ref} was closed without an outcome"
            report.finding(search.row, "outcome", sentence)
        placement = search["placement_id"]
        if placement is not None and placement.is_void:
            row = row_of(search, placement)
            if row is not None:
                column = "placement" if row is search.row else None
                problem = f"placement {placement.ref}, which search {search.ref} names, is void"
                report.fault(row, column, problem, "a placement that is not void")
