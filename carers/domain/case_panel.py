"""Of a case's events, what panel and decision amount to."""

from __future__ import annotations

from datetime import date
from typing import Any

from carers.domain import clocks
from carers.domain.clocks import unless_calendar_ends
from carers.domain.happenings import Happening, History
from carers.domain.recruitment import Event, Outcome

FOR_OR_AGAINST = frozenset({Outcome.APPROVE, Outcome.NOT_APPROVE})


def first_for_or_against(history: History, event: Event) -> Happening | None:
    """The first recommendation, or decision, to approve or not: a deferral is neither."""
    return next((one for one in history.all_of(event) if one.outcome in FOR_OR_AGAINST), None)


def panel_facts(history: History) -> dict[str, Any]:
    return {**_booking(history), **_recommendation(history), **_decision(history)}


def open_booking(history: History) -> Happening | None:
    """The panel booked that has not recommended yet."""
    spent = history.last(Event.PANEL_RECOMMENDED, Event.DECIDED)
    return history.after(spent).last(Event.PANEL_BOOKED)


def _booking(history: History) -> dict[str, Any]:
    booked = open_booking(history)
    panel_on = booked.detail_day if booked else None
    papers_on = panel_on and unless_calendar_ends(clocks.papers_due, panel_on)
    return {"panel_booked_for": panel_on, "papers_due_on": papers_on}


def _recommendation(history: History) -> dict[str, Any]:
    last = history.last(Event.PANEL_RECOMMENDED)
    minutes = history.after(last).first(Event.MINUTES_FINAL) if last else None
    first = first_for_or_against(history, Event.PANEL_RECOMMENDED)
    due: date | None = None
    if last and minutes and last.outcome in FOR_OR_AGAINST:
        due = unless_calendar_ends(clocks.decision_due, last.day, minutes.day)
    return {
        "recommended_at": last.at if last else None,
        "recommendation": last.outcome if last else None,
        "first_recommended_on": first.day if first else None,
        "minutes_final_at": minutes.at if minutes else None,
        "decision_due_on": due,
    }


def _decision(history: History) -> dict[str, Any]:
    first = first_for_or_against(history, Event.DECIDED)
    last = history.last(Event.DECIDED)
    since = history.after(last) if last else History(history.received_at)
    told = since.first(Event.TOLD_ORALLY)
    refused = last is not None and last.outcome is Outcome.NOT_APPROVE
    written = since.first(Event.DETERMINATION_SENT if refused else Event.NOTICE_SENT)
    telling = last if last and last.outcome in FOR_OR_AGAINST else None
    sent = history.last(Event.DETERMINATION_SENT)
    return {
        "first_decided_on": first.day if first else None,
        "first_decision": first.outcome if first else None,
        "decided_at": last.at if last else None,
        "decision": last.outcome if last else None,
        "told_due_on": telling and unless_calendar_ends(clocks.told_due, telling.day),
        "told_orally_at": told.at if told else None,
        "written_due_on": telling and unless_calendar_ends(clocks.written_due, telling.day),
        "notice_sent_at": written.at if written else None,
        "determination_sent_on": sent.day if sent else None,
        "representations_until_on": sent
        and unless_calendar_ends(clocks.representations_last, sent.day),
    }
